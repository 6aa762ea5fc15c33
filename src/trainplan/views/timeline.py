"""The timeline: courses, venues, instructors or groups down, days across, as many weeks as have room."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Literal

from rich.cells import cell_len
from rich.console import RenderableType
from rich.text import Text

from trainplan.model import Programme, Schedule, Session
from trainplan.portrait import closures, days_off
from trainplan.views.bars import Canvas, Run, lanes, sessions_of
from trainplan.views.console import Screen
from trainplan.views.month_grid import named
from trainplan.views.tables import note
from trainplan.views.text import heading, shown
from trainplan.words import MONTHS, ranged
from trainplan.workdays import dates, week_of

Rows = Literal["courses", "venues", "instructors", "groups"]
WIDEST = 4  # columns of a day


def timeline(
    programme: Programme,
    schedule: Schedule,
    screen: Screen,
    first: date | None = None,
    last: date | None = None,
    rows: Rows = "courses",
) -> Iterator[RenderableType]:
    """Yield windows of whole weeks with a row for each of ``rows``, then what each bar's tag stands for."""
    canvas = Canvas(programme, schedule, screen, first, last)
    if not canvas.runs:
        yield note(screen, "No session in this time.")
        return
    weeks = list(dict.fromkeys(map(week_of, dates(canvas.days[0], canvas.days[-1]))))
    labels = {name: shown(name) for run in canvas.runs for name in _names(run.session, rows)}
    wanted = max(map(cell_len, [*labels.values(), rows.title()]))
    label = wanted if screen.plain else min(wanted, max(screen.width // 4, 8))
    room = screen.width - label - 1
    cell, fit = _zoom(canvas, len(weeks), room)
    for at in range(0, len(weeks) if fit else 0, fit or 1):
        yield from _window(canvas, weeks[at : at + fit], cell, label, rows)
    for session in sessions_of(canvas.runs):
        yield canvas.key(session)
    start, end = canvas.days[0], canvas.days[-1]
    yield from named("Off", days_off(programme, start, end), screen)
    yield from named("Closed", closures(programme, start, end), screen)


def _zoom(canvas: Canvas, weeks: int, room: int) -> tuple[int, int]:
    """Return the columns of a day, and how many weeks stand side by side: all, if that can be.

    0 weeks, where not even the tags of one week have room; then the key alone tells.
    """
    least = max(canvas.narrowest(), 1)
    across = len(canvas.weekdays)
    if canvas.screen.plain:
        return max(least, 2), weeks
    for cell in range(max(WIDEST, least), least - 1, -1):
        if weeks * (across * cell + 1) <= room:
            return cell, weeks
    return least, room // (across * least + 1)


def _window(
    canvas: Canvas, weeks: Sequence[date], cell: int, label: int, rows: Rows
) -> Iterator[RenderableType]:
    screen = canvas.screen
    across = len(canvas.weekdays)
    at: dict[date, int] = {}
    ruler = Text(" " * (label + 1))
    for number, monday in enumerate(weeks):
        start = label + 1 + number * (across * cell + 1)
        for column, weekday in enumerate(canvas.weekdays):
            at[monday + timedelta(days=weekday)] = start + column * cell
        head = monday + timedelta(days=canvas.weekdays[0])
        name = f"{head.day} {MONTHS[head.month - 1]}"
        if cell * across < len(name):
            name = str(head.day)
        ruler.append(" " * (start - ruler.cell_len) + name)
    runs = [run for run in canvas.runs if run.first in at]
    if not runs:
        return
    yield heading(ranged(min(at), max(at)).replace("–", screen.glyphs.dash))
    ruler.stylize("dim")
    yield ruler
    order = _order(canvas.programme, rows)
    names = {name for run in runs for name in _names(run.session, rows)}
    for name in sorted(names, key=lambda one: (order.get(one, len(order)), one)):
        own = [run for run in runs if name in _names(run.session, rows)]
        yield from _row(canvas, name, own, at, cell, label)
    yield Text()


def _row(
    canvas: Canvas, name: str, runs: Sequence[Run], at: dict[date, int], cell: int, label: int
) -> Iterator[Text]:
    pieces = list(Text(shown(name)).wrap(canvas.screen.console, label, overflow="fold"))
    drawn = [canvas.lane(lane, at, cell) for lane in lanes(runs)]
    for number in range(max(len(pieces), len(drawn))):
        line = Text(pieces[number].plain.rstrip() if number < len(pieces) else "")
        if number < len(drawn):
            bars = drawn[number]
            line.append(" " * (label + 1 - line.cell_len))
            line.append_text(bars[label + 1 :])
        yield line


def _order(programme: Programme, rows: Rows) -> dict[str, int]:
    known = {
        "courses": programme.courses,
        "venues": programme.venues,
        "instructors": programme.instructors,
        "groups": programme.groups,
    }[rows]
    return {id: number for number, id in enumerate(known)}


def _names(session: Session, rows: Rows) -> tuple[str, ...]:
    if rows == "courses":
        return (session.course,)
    found = {
        "venues": session.venues,
        "instructors": session.instructors,
        "groups": tuple(session.groups),
    }[rows]
    return tuple(dict.fromkeys(found)) or (f"(no {rows.removesuffix('s')})",)
