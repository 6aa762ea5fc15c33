"""The strips that calendars are made of: one week of one session, each day as wide as the next."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from rich.text import Text

from trainplan.model import Programme, Session, Slot
from trainplan.views.console import Screen
from trainplan.views.text import SHORT_DAYS
from trainplan.workdays import Calendar

# No red: it would look like a warning.
COLOURS = ("cyan", "magenta", "green", "yellow", "blue")
LETTERS = "MTWTFSS"


class Week(NamedTuple):
    """The days of one week that belong to a month."""

    days: tuple[date, ...]


class Sheet:
    """What every part of one calendar shares: the programme, its days off, the screen and the colours."""

    def __init__(self, programme: Programme, screen: Screen) -> None:
        """Give each course of ``programme`` a colour."""
        self.programme = programme
        self.screen = screen
        self.calendar = Calendar(programme)
        self.periods = len(programme.periods)
        self.colours = {
            course: COLOURS[number % len(COLOURS)] for number, course in enumerate(programme.courses)
        }

    def cell(self, day: date, session: Session, used: frozenset[Slot], width: int) -> Text:
        """Return one day of one session's row, each period of the day its share of ``width``."""
        glyphs = self.screen.glyphs
        share = width // self.periods
        works = self.calendar.works(day)
        if works and not any(Slot(day, period) in used for period in range(self.periods)):
            return Text(glyphs.free.ljust(width), style="dim")
        out = Text()
        for period in range(self.periods):
            if Slot(day, period) in used:
                mark = glyphs.cancelled if session.status == "cancelled" else glyphs.bar
                out.append(mark * share, style=self.colours.get(session.course, ""))
            elif works:
                out.append(glyphs.free.ljust(share), style="dim")
            elif not self.programme.starts <= day <= self.programme.ends:
                out.append(" " * share)
            else:
                mark = glyphs.off if day in self.calendar.off else glyphs.weekend
                out.append(mark * share, style="dim")
        return out

    def ruler(self, week: Week, width: int) -> Text:
        """Return the two lines above a week: dates (all of them, or the first) and days of the week."""
        if width >= 3:
            numbers = "".join(f"{day.day:>2}".ljust(width) for day in week.days)
            letters = "".join(SHORT_DAYS[day.weekday()][:2].ljust(width) for day in week.days)
        else:
            room = width * len(week.days)
            numbers = str(week.days[0].day).ljust(room)
            letters = "".join(LETTERS[day.weekday()].ljust(width) for day in week.days)
        return Text(f"{numbers}\n{letters}")

    def strip(self, week: Week, session: Session, used: frozenset[Slot], width: int) -> Text:
        """Return one week of one session's row; ``used`` are the session's slots."""
        out = Text()
        for day in week.days:
            out.append_text(self.cell(day, session, used, width))
        return out
