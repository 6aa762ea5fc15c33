"""Ways out by days: those that were to be free, and those beyond the programme's end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial

from trainplan.explain import effort
from trainplan.explain.dial import Dial, one
from trainplan.explain.draft import ClosuresUntil
from trainplan.explain.line import Line
from trainplan.explain.makes import closed_days, open_days, set_end, set_settings, work_on
from trainplan.explain.result import Change
from trainplan.model import WEEKDAYS, Closure, Programme, Schedule, Session
from trainplan.rules.base import About
from trainplan.words import dated, many, spanned
from trainplan.workdays import DAY_NAMES, Calendar, public_holidays

LONGEST = 366  # days by which the programme's end is moved at the most
# Statements that leave too few days: against each of them another weekday may help.
OF_TIME = frozenset(
    {"ends", "holidays", "latest", "earliest", "available_from", "available_until", "closure"}
)


def end_dial(programme: Programme, closures_until: ClosuresUntil | None) -> Dial:
    """Return how the programme's end may be moved."""
    old = programme.ends

    def change(at: int) -> Change:
        new = old + timedelta(days=at + 1)
        message = f"let the programme end on {dated(new)} (ends), {many(at + 1, 'day')} later"
        make = partial(set_end, new, closures_until)
        about, costs = About("programme", "ends"), effort.by_days(effort.WINDOW + 1, at + 1)
        return Change(message, about, "ends", old.isoformat(), new.isoformat(), costs, make)

    return Dial(LONGEST, change)


def weekend_dials(programme: Programme) -> Iterator[Dial]:
    """Yield one more working day a week."""
    free = [day for day in (5, 6, 4, 0, 1, 2, 3) if day not in programme.working_days]
    if free:
        days = programme.working_days | {free[0]}
        old, new = (
            "; ".join(WEEKDAYS[day] for day in sorted(some)) for some in (programme.working_days, days)
        )
        message = f"work on {DAY_NAMES[free[0]]}s too (working_days)"
        make = partial(set_settings, {"working_days": days})
        about = About("programme", "working_days")
        yield one(Change(message, about, "working_days", old, new, effort.WEEKEND, make))


def closed_by(programme: Programme, line: Line) -> frozenset[date]:
    """Return the days that a closure, or the holidays, take away from those on which one would work."""
    if line.part == "holidays":
        calendar = Calendar(programme)
        off = public_holidays(programme.holidays or "", programme.starts, programme.ends)
        days = frozenset(day for day in off if not calendar.works(day))
    else:
        days = closed_days(programme.closures[row_of(line)])
    return frozenset(
        day
        for day in days
        if programme.starts <= day <= programme.ends and day.weekday() in programme.working_days
    )


def opening(programme: Programme, line: Line, days: frozenset[date]) -> Change:
    """Return the change that opens these days."""
    told, many_days = spanned(days), len(days)
    if line.part == "holidays":
        message = f"work on {told} (kind: open in closures.csv)"
        costs = effort.CLOSURE + many_days
        about, make = About("all", ""), partial(work_on, days)
        return Change(message, about, "kind", "closed", told, costs, make)
    row = programme.closures[row_of(line)]
    whom = "for everybody" if row.whom == "all" else f"for {row.id}"
    what = {"venue": f"open {row.id}", "site": f"open {row.id}"}.get(row.whom, f"lift the closure {whom}")
    whole = days >= closed_by(programme, line)
    message = f"{what} on {told}"
    if row.reason:
        message += f" ({row.reason})"
    costs = effort.CLOSURE + 0.5 * many_days
    about = About(row.whom, row.id)
    new = "" if whole else spanned(closed_days(row) - days)
    old = spanned(closed_days(row))
    return Change(message, about, "from", old, new, costs, partial(open_days, row_of(line), days))


def used(programme: Programme, line: Line, schedule: Schedule) -> frozenset[date]:
    """Return the days on which a schedule uses what a closure closes."""
    row = None if line.part == "holidays" else programme.closures[row_of(line)]
    return frozenset(
        day for one in schedule.live if row is None or _touches(programme, row, one) for day in one.days
    )


def row_of(line: Line) -> int:
    """Return the position of the row of closures that a statement stands for."""
    return int(line.part.partition(" ")[2])


def _touches(programme: Programme, row: Closure, session: Session) -> bool:
    match row.whom:
        case "venue":
            return row.id in session.venues
        case "site":
            return any(
                id in programme.venues and programme.venues[id].site == row.id for id in session.venues
            )
        case "instructor":
            return row.id in session.instructors
        case "group":
            return not set(programme.parts(row.id)).isdisjoint(session.groups)
        case "course":
            return row.id == session.course
        case _:
            return True
