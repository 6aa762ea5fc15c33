"""Bars that say whose they are: one for each unbroken run of a session's days, laid out in lanes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from rich.cells import cell_len
from rich.text import Text

from trainplan.model import Programme, Schedule, Session
from trainplan.portrait import Mark, marks
from trainplan.views.console import Screen
from trainplan.views.text import hanging, seats_in_words, shown, when
from trainplan.workdays import ONE_DAY, calendar_of, dates, week_of


class Run(NamedTuple):
    """An unbroken run of a session's days inside one week, all used in the same periods."""

    session: Session
    first: date
    last: date
    periods: tuple[int, ...]


class Canvas:
    """What every part of one picture shares: programme, screen, marks, and the days that have columns."""

    def __init__(
        self,
        programme: Programme,
        schedule: Schedule,
        screen: Screen,
        first: date | None = None,
        last: date | None = None,
    ) -> None:
        """Number the sessions of each course, and cut them to ``first`` and ``last`` where given."""
        self.programme = programme
        self.screen = screen
        self.calendar = calendar_of(programme)
        self.marks: Mapping[str, Mark] = marks(programme, schedule)
        self.tags: dict[int, str] = {}
        counts: dict[str, int] = {}
        for one in schedule.sessions:
            counts[one.course] = counts.get(one.course, 0) + 1
            self.tags[id(one)] = f"{self.marks[one.course].letter}{counts[one.course]}"
        whole = (run for one in schedule.sessions for run in _runs(one))
        self.runs = [run for run in (_clipped(one, first, last) for one in whole) if run is not None]
        used = {day for run in self.runs for day in dates(run.first, run.last)}
        self.days = tuple(sorted(used))
        self.weekdays = tuple(sorted(programme.working_days | {day.weekday() for day in used}))

    def tag(self, session: Session) -> str:
        """Return the course's letter and which of its sessions it is: ``C12``."""
        return self.tags[id(session)]

    def narrowest(self) -> int:
        """Return how wide a day must be at least, so that each run has room for its tag and a gap."""
        return max(
            (-(-(len(self.tag(run.session)) + 1) // ((run.last - run.first).days + 1)) for run in self.runs),
            default=1,
        )

    def key(self, session: Session, indent: str = "") -> Text:
        """Return all about one session in a line: what its tag stands for, when, where, who."""
        course = self.programme.courses.get(session.course)
        parts = [
            when(session, self.programme, self.screen) or "no days",
            ", ".join(session.venues),
            ", ".join(session.instructors),
            seats_in_words(session.groups),
            session.title or (course.title if course and course.title != session.course else ""),
            "cancelled" if session.status == "cancelled" else "",
        ]
        mark, tag = self.marks[session.course], self.tag(session)
        text = Text.assemble((shown(session.id), "bold"), ": ", shown("; ".join(filter(None, parts))))
        out = hanging(self.screen, f"{indent}{tag} ", text)
        out.stylize(f"bold {mark.ink} on {mark.terminal}", len(indent), len(indent) + len(tag))
        return out

    def bar(self, run: Run, width: int) -> Text:
        """Return one bar, ``width`` columns: its tag always, then as much more as has room whole."""
        glyphs, mark = self.screen.glyphs, self.marks[run.session.course]
        off = run.session.status == "cancelled"
        text = self.tag(run.session)
        part = len(run.periods) < len(self.programme.periods)
        more = [
            shown(run.session.id),
            *([shown("+".join(self.programme.periods[one] for one in run.periods))] if part else []),
            *(shown(venue) for venue in run.session.venues),
        ]
        for piece in more:
            if cell_len(text) + 1 + cell_len(piece) > width - 2:
                break
            text = f"{text} {piece}"
        fill = glyphs.cancelled if off else "=" if glyphs.bar == "#" else "━"
        body = f"[{text}{fill * (width - 2 - cell_len(text))}]" if cell_len(text) + 2 <= width else text
        body += fill * (width - cell_len(body))
        return Text(body, style=f"{mark.ink} on {mark.terminal}")

    def lane(self, lane: Iterable[Run], at: Mapping[date, int], cell: int) -> Text:
        """Return the bars of one lane, the days starting at the columns of ``at``; a gap after each."""
        out = Text()
        for run in lane:
            start, end = at[run.first], at[run.last] + cell
            out.append(" " * (start - out.cell_len))
            out.append_text(self.bar(run, max(end - start - 1, 1)))
        return out


def lanes(runs: Iterable[Run]) -> list[list[Run]]:
    """Deal runs out to as few lanes as hold them without overlap, earlier and longer ones above."""
    found: list[list[Run]] = []
    for run in sorted(runs, key=lambda one: (one.first, one.first - one.last, one.session.id)):
        free = next((lane for lane in found if lane[-1].last < run.first), None)
        if free is None:
            found.append([run])
        else:
            free.append(run)
    return found


def sessions_of(runs: Sequence[Run]) -> list[Session]:
    """Return the sessions that ``runs`` belong to, each once, in order of their first run."""
    return list({id(run.session): run.session for run in runs}.values())


def _runs(session: Session) -> list[Run]:
    periods: dict[date, tuple[int, ...]] = {}
    for slot in session.slots:
        periods[slot.day] = (*periods.get(slot.day, ()), slot.period)
    found: list[Run] = []
    for day, used in sorted(periods.items()):
        before = found[-1] if found else None
        if (
            before
            and before.last + ONE_DAY == day
            and before.periods == used
            and week_of(before.last) == week_of(day)
            and day.day != 1  # a month's picture begins with its first
        ):
            found[-1] = before._replace(last=day)
        else:
            found.append(Run(session, day, day, used))
    return found


def _clipped(run: Run, first: date | None, last: date | None) -> Run | None:
    """Return the part of ``run`` from ``first`` to ``last``, or None where there is none."""
    start, end = max(run.first, first or date.min), min(run.last, last or date.max)
    return run._replace(first=start, last=end) if start <= end else None
