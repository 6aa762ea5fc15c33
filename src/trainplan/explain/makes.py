"""How changes are carried out on a programme: small functions to be bound to what they change."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Literal

from trainplan.explain.draft import ClosuresUntil, later
from trainplan.explain.result import Both
from trainplan.model import Closure, Course, Instructor, Pin, Programme, Schedule, Venue

Rows = Literal["courses", "groups", "venues", "instructors"]


def set_fields(rows: Rows, id: str, fields: Mapping[str, Any], both: Both) -> Both:
    """Change fields of one row, if no other change has taken it out."""
    programme, before = both
    table = dict(getattr(programme, rows))
    if id not in table:
        return both
    table[id] = replace(table[id], **fields)
    return _with(programme, rows, table), before


def _with(programme: Programme, rows: Rows, table: Mapping[str, Any]) -> Programme:
    changed: dict[str, Any] = {rows: table}
    return replace(programme, **changed)


def change_course(id: str, edit: Callable[[Course], Course], both: Both) -> Both:
    """Change a course by way of what it is now."""
    programme, before = both
    if id not in programme.courses:
        return both
    return replace(programme, courses={**programme.courses, id: edit(programme.courses[id])}), before


def change_instructor(id: str, edit: Callable[[Instructor], Instructor], both: Both) -> Both:
    """Change an instructor by way of what is now said."""
    programme, before = both
    changed = {**programme.instructors, id: edit(programme.instructors[id])}
    return replace(programme, instructors=changed), before


def add_rows(rows: Rows, new: tuple[Venue | Instructor, ...], both: Both) -> Both:
    """Add rows; ids that are taken already get a number."""
    programme, before = both
    table = dict(getattr(programme, rows))
    for one in new:
        table[one.id] = one
    return _with(programme, rows, table), before


def drop_seats(fewer: Mapping[tuple[str, str], int], both: Both) -> Both:
    """Take seats off courses; a group without seats leaves its course, a course without groups goes."""
    programme, before = both
    courses = {}
    for id, course in programme.courses.items():
        seats = {group: number - fewer.get((id, group), 0) for group, number in course.seats.items()}
        seats = {group: number for group, number in seats.items() if number > 0}
        if seats:
            courses[id] = replace(course, seats=seats)
    for id, course in courses.items():
        courses[id] = replace(course, after=tuple(one for one in course.after if one.course in courses))
    return replace(programme, courses=courses), before


def set_end(ends: date, closures_until: ClosuresUntil | None, both: Both) -> Both:
    """Move the programme's end; closures that repeat go on repeating."""
    programme, before = both
    closures = tuple(later(programme.closures, programme.ends, ends, closures_until))
    return replace(programme, ends=ends, closures=closures), before


def set_settings(fields: Mapping[str, Any], both: Both) -> Both:
    """Change keys of programme.toml."""
    programme, before = both
    return replace(programme, **fields), before


def open_days(at: int, days: frozenset[date], both: Both) -> Both:
    """Lift one row of closures on some days; a row without any left goes."""
    programme, before = both
    closures = list(programme.closures)
    row = closures[at]
    blocks = tuple(block for one in row.blocks for block in _without(one, days))
    closures[at] = replace(row, blocks=blocks)
    return replace(programme, closures=tuple(closures)), before


def work_on(days: frozenset[date], both: Both) -> Both:
    """Make holidays working days, by a row of closures for each stretch."""
    programme, before = both
    rows = tuple(Closure("all", "", ((day, day),), True, "working day") for day in sorted(days))
    return replace(programme, closures=(*programme.closures, *rows)), before


def unpin(id: str, what: frozenset[Pin], both: Both) -> Both:
    """Take pins off a session of the earlier schedule."""
    programme, before = both
    assert before is not None
    sessions = [replace(one, pin=one.pin - what) if one.id == id else one for one in before.sessions]
    return programme, Schedule.of(sessions)


def closed_days(closure: Closure) -> frozenset[date]:
    """Return every date of a row of closures."""
    return frozenset(
        first + timedelta(days=step)
        for first, last in closure.blocks
        for step in range((last - first).days + 1)
    )


def _without(block: tuple[date, date], days: frozenset[date]) -> list[tuple[date, date]]:
    first, last = block
    if not any(first <= day <= last for day in days):
        return [block]
    kept: list[tuple[date, date]] = []
    for step in range((last - first).days + 1):
        day = first + timedelta(days=step)
        if day in days:
            continue
        if kept and kept[-1][1] == day - timedelta(days=1):
            kept[-1] = (kept[-1][0], day)
        else:
            kept.append((day, day))
    return kept
