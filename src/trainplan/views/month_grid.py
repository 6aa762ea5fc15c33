"""The month grid: a row for each week, a column for each day, bars that run across the days."""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Sequence
from datetime import date

from rich.cells import cell_len
from rich.console import RenderableType
from rich.text import Text

from trainplan.model import Programme, Schedule
from trainplan.portrait import Off, closures, days_off
from trainplan.views.bars import Canvas, Run, lanes, sessions_of
from trainplan.views.console import Screen
from trainplan.views.tables import note
from trainplan.views.text import SHORT_DAYS, days_in_words, heading, shown
from trainplan.words import FULL_MONTHS
from trainplan.workdays import dates, week_of

WIDEST = 26  # columns of a day; wider ones only spread the bars


def month_grid(
    programme: Programme,
    schedule: Schedule,
    screen: Screen,
    first: date | None = None,
    last: date | None = None,
) -> Iterator[RenderableType]:
    """Yield a grid for each month in which ``schedule`` has a day, from ``first`` to ``last``."""
    canvas = Canvas(programme, schedule, screen, first, last)
    if not canvas.runs:
        yield note(screen, "No session in this time.")
        return
    for number, (year, month) in enumerate(dict.fromkeys((day.year, day.month) for day in canvas.days)):
        if number:
            yield Text()
        start = max(date(year, month, 1), first or date.min)
        end = min(date(year, month, calendar.monthrange(year, month)[1]), last or date.max)
        yield from _month(canvas, start, end)


def _month(canvas: Canvas, start: date, end: date) -> Iterator[RenderableType]:
    screen = canvas.screen
    runs = [one for one in canvas.runs if start <= one.first <= end]
    yield heading(f"{FULL_MONTHS[start.month - 1]} {start.year}")
    cell = _cell(canvas)
    if cell * len(canvas.weekdays) > screen.width and not screen.plain:
        cell = 0  # not even the tags have room: the key alone must tell
    offs = days_off(canvas.programme, start, end)
    if cell:
        yield Text("".join(SHORT_DAYS[one].ljust(cell) for one in canvas.weekdays).rstrip(), style="dim")
        weeks: dict[date, list[date]] = {}
        for day in dates(start, end):
            if day.weekday() in canvas.weekdays:
                weeks.setdefault(week_of(day), []).append(day)
        for days in weeks.values():
            yield from _week(canvas, days, runs, cell)
        yield Text()
    for session in sessions_of(runs):
        yield canvas.key(session)
    yield from named("Off", offs, screen)
    yield from named("Closed", closures(canvas.programme, start, end), screen)


def _cell(canvas: Canvas) -> int:
    least = max(canvas.narrowest(), 4)
    if canvas.screen.plain:
        label = max(cell_len(f"[{canvas.tag(one.session)} {shown(one.session.id)}]") for one in canvas.runs)
        return max(least, min(label, WIDEST) + 1)
    return max(least, min(canvas.screen.width // len(canvas.weekdays), WIDEST))


def _week(canvas: Canvas, days: Sequence[date], runs: Sequence[Run], cell: int) -> Iterator[Text]:
    at = {day: canvas.weekdays.index(day.weekday()) * cell for day in days}
    numbers = Text()
    for day in days:
        numbers.append(" " * (at[day] - numbers.cell_len))
        why = canvas.calendar.off.get(day)
        numbers.append(str(day.day), style="bold" if why is None else "dim")
        if why is not None:
            name = f" {shown(why)}"
            room = cell - 1 - len(str(day.day))
            numbers.append(name if cell_len(name) <= room else canvas.screen.glyphs.off, style="dim")
    yield numbers
    for lane in lanes(run for run in runs if run.first in at):
        yield canvas.lane(lane, at, cell)


def named(title: str, offs: Sequence[Off], screen: Screen) -> Iterator[RenderableType]:
    """Yield one line that names days off, those with one reason together."""
    stretches: dict[tuple[str, str], list[Off]] = {}
    for one in offs:
        stretches.setdefault((one.id, one.reason), []).append(one)
    told = []
    for (id, reason), parts in stretches.items():
        days = sorted({day for one in parts for day in dates(one.first, one.last)})
        told.append(f"{days_in_words(days, screen.glyphs)} {f'{id}, ' if id else ''}{reason}")
    if told:
        yield note(screen, f"{title}: {'; '.join(told)}")
