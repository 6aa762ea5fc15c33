"""The calendar, month by month: days across, a row for each session, so that a bar is as long as it takes."""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from rich import box
from rich.cells import cell_len
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from trainplan.model import Programme, Schedule, Session
from trainplan.views.console import Screen
from trainplan.views.strips import Sheet, Week
from trainplan.views.tables import note
from trainplan.views.text import (
    FULL_MONTHS,
    days_in_words,
    heading,
    seats_in_words,
    shown,
)
from trainplan.workdays import dates, week_of


def months(
    programme: Programme,
    schedule: Schedule,
    screen: Screen,
    first: date | None = None,
    last: date | None = None,
) -> Iterator[RenderableType]:
    """Yield the calendar of ``schedule``, only its days from ``first`` to ``last`` where these are given.

    Where a month is wider than the screen, it is split between weeks.
    """
    sheet = Sheet(programme, screen)
    by_month: dict[tuple[int, int], list[Session]] = {}
    for session in schedule.sessions:
        days = [
            day for day in session.days if (first is None or day >= first) and (last is None or day <= last)
        ]
        for key in dict.fromkeys((day.year, day.month) for day in days):
            by_month.setdefault(key, []).append(session)
    if not by_month:
        yield note(screen, "No session in this time.")
        return
    for number, (year, month) in enumerate(sorted(by_month)):
        if number and not screen.plain:
            yield Text()
        start = max(date(year, month, 1), first or date.min)
        end = min(date(year, month, calendar.monthrange(year, month)[1]), last or date.max)
        yield from _month(sheet, by_month[year, month], start, end)
    yield from _legend(sheet, schedule)


def _month(sheet: Sheet, sessions: Sequence[Session], start: date, end: date) -> Iterator[RenderableType]:
    name = f"{FULL_MONTHS[start.month - 1]} {start.year}"
    weeks = _weeks(start, end)
    label = max(cell_len("Session"), *(cell_len(shown(one.id)) for one in sessions))
    width, per_window = _zoom(sheet, weeks, label)
    for at in range(0, len(weeks), per_window):
        window = weeks[at : at + per_window]
        inside = {day for week in window for day in week.days}
        present = [one for one in sessions if not inside.isdisjoint(one.days)]
        if not present:
            continue
        if len(window) == len(weeks):
            yield heading(name)
        else:
            first, last = min(inside), max(inside)
            stretch = f"{first.day}" if first == last else f"{first.day}{sheet.screen.glyphs.dash}{last.day}"
            yield heading(f"{name}, {stretch}")
        yield from _window(sheet, window, present, width, label, len(window) == len(weeks))
    yield from _days_off(sheet, start, end)


def _weeks(start: date, end: date) -> list[Week]:
    found: dict[date, list[date]] = {}
    for day in dates(start, end):
        found.setdefault(week_of(day), []).append(day)
    return [Week(tuple(days)) for days in found.values()]


def _zoom(sheet: Sheet, weeks: Sequence[Week], label: int) -> tuple[int, int]:
    """Return the width of a day and how many weeks stand side by side."""
    periods = sheet.periods
    wide, slim = periods * -(-3 // periods), periods * -(-2 // periods)
    if sheet.screen.plain:
        return wide, len(weeks)
    room = sheet.screen.width - min(label, sheet.screen.width // 3) - 1
    for width in (wide, slim):
        if sum(len(week.days) * width + 1 for week in weeks) <= room:
            return width, len(weeks)
    for width in (slim, periods):
        fit = room // (7 * width + 1)
        if fit:
            return width, fit
    return 1, 1


def _window(
    sheet: Sheet,
    window: Sequence[Week],
    sessions: Sequence[Session],
    width: int,
    label: int,
    whole: bool,
) -> Iterator[RenderableType]:
    used = {id(one): frozenset(one.slots) for one in sessions}
    strips = [[sheet.strip(week, one, used[id(one)], width) for week in window] for one in sessions]
    taken = label + 1 + sum(len(week.days) * width + 1 for week in window)
    if sheet.screen.plain:
        yield from _plain(sheet, window, sessions, strips, width, label)
        return
    drawn = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=0, show_edge=False)
    room = min(label, sheet.screen.width // 3)
    drawn.add_column(Text("Session"), width=room, overflow="fold", vertical="top")
    for week in window:
        drawn.add_column(sheet.ruler(week, width), width=len(week.days) * width, no_wrap=True)
    left = sheet.screen.width - taken if whole and room == label else 0
    beside = _beside(sessions, left)
    if beside is not None:
        drawn.add_column(Text(beside[0]), no_wrap=True)
    for number, (session, strip) in enumerate(zip(sessions, strips, strict=True)):
        row = [Text(shown(session.id), style=sheet.colours.get(session.course, "")), *strip]
        drawn.add_row(*row, *([Text(beside[1][number])] if beside is not None else []))
    yield drawn


def _beside(sessions: Sequence[Session], room: int) -> tuple[str, list[str]] | None:
    """Return what may stand at the right of a month, the more of it the more room there is."""
    for header, texts in (
        ("Where, who", [_details(one) for one in sessions]),
        ("Where", [shown(", ".join(one.venues)) for one in sessions]),
    ):
        if any(texts) and max(map(cell_len, [header, *texts])) <= room:
            return header, texts
    return None


def _plain(
    sheet: Sheet,
    window: Sequence[Week],
    sessions: Sequence[Session],
    strips: Sequence[Sequence[Text]],
    width: int,
    label: int,
) -> Iterator[Text]:
    rulers = [sheet.ruler(week, width).plain.split("\n") for week in window]
    for number in range(2):
        head = ("Session" if number else "").ljust(label)
        yield Text(" ".join([head, *(ruler[number] for ruler in rulers)]).rstrip())
    for session, strip in zip(sessions, strips, strict=True):
        name = shown(session.id)
        padded = name + " " * (label - cell_len(name))
        yield Text(" ".join([padded, *(piece.plain for piece in strip), _details(session)]).rstrip())


def _details(session: Session) -> str:
    parts = [", ".join(session.venues), seats_in_words(session.groups)]
    return shown(": ".join(part for part in parts if part))


def _days_off(sheet: Sheet, start: date, end: date) -> Iterator[Text]:
    off = [(day, why) for day, why in sheet.calendar.off.items() if start <= day <= end]
    if not off:
        return
    named: list[str] = []
    at = 0
    while at < len(off):
        run = at + 1
        while run < len(off) and off[run] == (off[run - 1][0] + timedelta(days=1), off[at][1]):
            run += 1
        stretch = days_in_words([day for day, _ in off[at:run]], sheet.screen.glyphs)
        named.append(f"{stretch.removesuffix(f' {start.year}')} {off[at][1]}")
        at = run
    yield note(sheet.screen, f"Off: {'; '.join(named)}")


def _legend(sheet: Sheet, schedule: Schedule) -> Iterator[RenderableType]:
    glyphs = sheet.screen.glyphs
    parts = [f"{glyphs.bar * 2} in session"]
    if any(one.status == "cancelled" for one in schedule.sessions):
        parts.append(f"{glyphs.cancelled * 2} cancelled")
    if sheet.periods > 1:
        shares = ", ".join(shown(name) for name in sheet.programme.periods)
        parts.append(f"each day is drawn as its {shares}")
    parts += [f"{glyphs.free} free", f"{glyphs.weekend * 2} weekend", f"{glyphs.off * 2} day off"]
    if not sheet.screen.plain:
        yield Text()
    yield note(sheet.screen, "   ".join(parts))
