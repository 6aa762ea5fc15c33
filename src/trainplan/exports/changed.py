"""A programme's files with some changes to its model carried over: only the cells that say something new."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from trainplan.load.cells import after_cell, qualification_cell, role_cell
from trainplan.load.plain import Grid, Plain
from trainplan.model import WEEKDAYS, Closure, Course, Group, Instructor, Programme, Venue

CLOSURE_COLUMNS = ("who", "from", "to", "repeats", "kind", "reason")

Cells = Mapping[str, str]


def changed(plain: Plain, old: Programme, new: Programme) -> Plain:
    """Return the files of ``old`` so that reading them gives ``new``.

    Args:
        plain: What ``old`` was read from.
        old: The programme; where ``new`` ends later, with its closures spelled out up to then.
        new: The same with other values, rows more or fewer.
    """
    settings = dict(plain.settings)
    if new.ends != old.ends:
        settings["ends"] = new.ends
    if new.working_days != old.working_days:
        settings["working_days"] = [WEEKDAYS[day] for day in sorted(new.working_days)]
    grids = dict(plain.grids)
    for file, key, before, after, cells in (
        ("curriculum.csv", "course", old.courses, new.courses, course_cells),
        ("groups.csv", "group", old.groups, new.groups, group_cells),
        ("venues.csv", "venue", old.venues, new.venues, venue_cells),
        ("instructors.csv", "instructor", old.instructors, new.instructors, instructor_cells),
    ):
        if before != after:
            grid = grids.get(file, Grid((key,), ()))
            grids[file] = _table(grid, key, before, after, cells)
    if new.closures != old.closures:
        grids["closures.csv"] = _closures(grids.get("closures.csv", Grid(CLOSURE_COLUMNS, ())), old, new)
    return Plain(settings, grids)


def course_cells(course: Course) -> Cells:
    """Return the cells of a course that a change may touch."""
    return {
        "course": course.id,
        "groups": "; ".join(f"{group}:{seats}" for group, seats in course.seats.items()),
        "mixed": "yes" if course.mixed else "no",
        "min_class": str(course.min_class),
        "max_class": str(course.max_class),
        "instructors": "; ".join(map(role_cell, course.roles)),
        "start_on": "; ".join(WEEKDAYS[day] for day in sorted(course.start_on or ())),
        "span": "yes" if course.span else "no",
        "after": "; ".join(map(after_cell, course.after)),
        "earliest": _day(course.earliest),
        "latest": _day(course.latest),
        "parallel": "" if course.parallel is None else str(course.parallel),
    }


def group_cells(group: Group) -> Cells:
    """Return the cells of a group that a change may touch."""
    return {
        "group": group.id,
        "max_away": str(group.max_away),
        "available_from": _day(group.available_from),
        "available_until": _day(group.available_until),
    }


def venue_cells(venue: Venue) -> Cells:
    """Return the cells of a venue that a change may touch, or that a new one has."""
    return {
        "venue": venue.id,
        "title": venue.title,
        "capacity": str(venue.capacity),
        "features": "; ".join(sorted(venue.features)),
        "site": venue.site,
        "available_from": _day(venue.available_from),
        "available_until": _day(venue.available_until),
        "cost_per_day": str(venue.cost_per_day),
    }


def instructor_cells(teacher: Instructor) -> Cells:
    """Return the cells of an instructor that a change may touch, or that a new one has."""
    most = teacher.max_days_per_week
    return {
        "instructor": teacher.id,
        "name": teacher.name,
        "qualifications": "; ".join(map(qualification_cell, teacher.qualifications)),
        "available_from": _day(teacher.available_from),
        "available_until": _day(teacher.available_until),
        "max_days_per_week": "" if most is None else str(most),
    }


def _day(day: date | None) -> str:
    return day.isoformat() if day is not None else ""


def _table(
    grid: Grid, key: str, old: Mapping[str, Any], new: Mapping[str, Any], cells: Callable[[Any], Cells]
) -> Grid:
    """Return a table with the cells that differ written anew, without rows that went, new rows at the end."""
    names = [name.casefold() for name in grid.header]
    known = {id.casefold(): id for id in old}
    edits: dict[str, Cells] = {}
    for id, row in new.items():
        before = cells(old[id]) if id in old else {}
        edits[id] = {name: text for name, text in cells(row).items() if before.get(name, "") != text}
    header = list(grid.header)
    for name in dict.fromkeys(name for edit in edits.values() for name in edit):
        if name not in names:
            header.append(name)
            names.append(name)
    rows = []
    at = names.index(key)
    for row in grid.rows:
        texts = [*row, *[""] * (len(header) - len(row))]
        id = known.get(texts[at].casefold(), "")
        if id and id not in new:
            continue
        for name, text in edits.get(id, {}).items():
            texts[names.index(name)] = text
        rows.append(tuple(texts))
    for id in new:
        if id not in old:
            rows.append(_row(names, edits[id]))
    return Grid(tuple(header), tuple(rows))


def _row(names: Sequence[str], cells: Cells) -> tuple[str, ...]:
    return tuple(cells.get(name, "") for name in names)


def _closures(grid: Grid, old: Programme, new: Programme) -> Grid:
    """Return the closures, a row of which some days were lifted as one row for each stretch that is left."""
    names = [name.casefold() for name in grid.header]
    header = [*grid.header, *(name for name in CLOSURE_COLUMNS if name not in names)]
    names += [name for name in CLOSURE_COLUMNS if name not in names]
    rows: list[tuple[str, ...]] = []
    filled = [row for row in grid.rows if any(row)]
    for at, (before, after) in enumerate(zip(old.closures, new.closures, strict=False)):
        texts = [*filled[at], *[""] * (len(header) - len(filled[at]))]
        if before == after:
            rows.append(tuple(texts))
            continue
        for block in after.blocks:
            for name, text in _stretch(block).items():
                texts[names.index(name)] = text
            rows.append(tuple(texts))
    rows += [_row(names, cells) for one in new.closures[len(old.closures) :] for cells in _new(one)]
    return Grid(tuple(header), tuple(rows))


def _stretch(block: tuple[date, date]) -> Cells:
    first, last = block
    return {"from": _day(first), "to": _day(last) if last != first else "", "repeats": ""}


def _new(closure: Closure) -> Iterable[Cells]:
    who = "all" if closure.whom == "all" else f"{closure.whom}:{closure.id}"
    kind = "open" if closure.opens else "closed"
    for block in closure.blocks:
        yield {"who": who, "kind": kind, "reason": closure.reason, **_stretch(block)}
