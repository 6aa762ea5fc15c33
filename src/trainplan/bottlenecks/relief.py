"""What might be had more of: one more venue or instructor for some months, more cover, an order let go."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from trainplan.model import Instructor, Programme, Qualification, Venue
from trainplan.words import FULL_MONTHS, listed, many

MORE = "(one more)"
ENOUGH = 0.8  # of its worth has to lie within the months for which something is added
STEP = 10  # max_away is raised by a tenth, or one


@dataclass(frozen=True, slots=True)
class Worth:
    """What a row of the relaxation limits, and what one more would take off a goal."""

    goal: str
    rule: str
    id: str
    month: date | None
    worth: float


@dataclass(frozen=True, slots=True)
class Relief:
    """A programme with a little more of one thing.

    Attributes:
        kind: What there is more of.
        about: The features, qualification, group or course.
        message: The same in words: "one more venue with computers, in March 2027".
        first, last: Dates between which; None for the whole programme.
        worth: What the relaxation promises at most, in the units of ``goal``.
    """

    kind: Literal["venue", "instructor", "cover", "order", "parallel"]
    about: str
    message: str
    programme: Programme
    goal: str
    worth: float
    first: date | None = None
    last: date | None = None


def with_ghosts(programme: Programme) -> tuple[Programme, dict[str, Venue | Instructor]]:
    """Return the programme with one more of everything that its courses need, and what was added, by id.

    What is added is open on every day: it is worth something when what there is, is closed.
    """
    venues, instructors = dict(programme.venues), dict(programme.instructors)
    ghosts: dict[str, Venue | Instructor] = {}
    for course in programme.courses.values():
        if course.features is not None:
            id = f"{MORE} {'; '.join(sorted(course.features))}"
            like = [one for one in programme.venues.values() if course.features <= one.features]
            seats = max((one.capacity for one in like), default=course.max_class)
            if id in ghosts:
                continue
            cost = like[0].cost_per_day if like else Venue("", "", 1).cost_per_day
            venues[id] = Venue(id, id, seats, course.features | {MORE}, cost_per_day=cost)
            ghosts[id] = venues[id]
    for course in programme.courses.values():
        for role in course.roles:
            id = f"{MORE} {role.qualification}"
            if id not in instructors:
                held = (Qualification(role.qualification), Qualification(MORE))
                instructors[id] = Instructor(id, id, held)
                ghosts[id] = instructors[id]
    return replace(programme, venues=venues, instructors=instructors), ghosts


def reliefs(
    programme: Programme, ghosts: Mapping[str, Venue | Instructor], worths: Iterable[Worth]
) -> list[Relief]:
    """Return what could be added, for the goal that counts most first, of each kind what promises most."""
    things: dict[tuple[str, str, str], dict[date | None, float]] = {}
    for one in worths:
        months = things.setdefault((one.goal, one.rule, one.id), {})
        months[one.month] = months.get(one.month, 0.0) + one.worth
    found = [
        relief
        for (goal, rule, id), months in things.items()
        for relief in _relief(programme, ghosts, goal, rule, id, months)
    ]
    order = list(programme.goals)
    found.sort(key=lambda one: (order.index(one.goal), -one.worth, one.message))
    # What helps several goals is tried once, for the first of them.
    once = {(relief.kind, relief.about): relief for relief in reversed(found)}
    kinds: Counter[tuple[str, str]] = Counter()
    ranked: list[tuple[int, int, Relief]] = []
    for relief in found:
        if once[relief.kind, relief.about] is relief:
            # The best of each kind come first, then the second best: worths of kinds compare badly.
            kinds[relief.goal, relief.kind] += 1
            ranked.append((order.index(relief.goal), kinds[relief.goal, relief.kind], relief))
    ranked.sort(key=lambda item: item[:2])
    return [relief for _, _, relief in ranked]


def unpriced(programme: Programme) -> Iterator[Relief]:
    """Yield one more of everything, on every day: the relaxation may see no use in what whole classes need.

    Each is for the goal that counts most, and promises nothing.
    """
    _, ghosts = with_ghosts(programme)
    rules = [
        ("venue-clash" if isinstance(one, Venue) else "instructor-clash", id) for id, one in ghosts.items()
    ]
    rules += [("group-cover", one.id) for one in programme.groups.values() if one.max_away < one.headcount]
    rules += [("course-order", one.id) for one in programme.courses.values() if one.after]
    rules += [("course-parallel", one.id) for one in programme.courses.values() if one.parallel]
    for rule, id in rules:
        yield from _relief(programme, ghosts, programme.goals[0], rule, id, {})


def _relief(
    programme: Programme,
    ghosts: Mapping[str, Venue | Instructor],
    goal: str,
    rule: str,
    id: str,
    months: Mapping[date | None, float],
) -> Iterator[Relief]:
    total = sum(months.values())
    if id in ghosts and rule in ("venue-clash", "instructor-clash"):
        first, last, within = _span(programme, {month: worth for month, worth in months.items() if month})
        ghost = ghosts[id]
        added = replace(ghost, available_from=first, available_until=last)
        when = _when(first, last)
        if isinstance(added, Venue):
            features = sorted(added.features - {MORE})
            what = f"one more venue{f' with {listed(features)}' if features else ''}"
            what += f" ({many(added.capacity, 'seat')})"
            more = replace(programme, venues={**programme.venues, id: added})
            yield Relief("venue", "; ".join(features), f"{what}, {when}", more, goal, within, first, last)
        else:
            about = added.qualifications[0].name
            more = replace(programme, instructors={**programme.instructors, id: added})
            what = f"one more instructor for {about}"
            yield Relief("instructor", about, f"{what}, {when}", more, goal, within, first, last)
    elif rule == "group-cover":
        row = programme.groups[id]
        step = min(max(1, row.max_away // STEP), row.headcount - row.max_away)
        if step > 0:
            groups = {**programme.groups, id: replace(row, max_away=row.max_away + step)}
            message = (
                f"{row.max_away + step:,} of {id} away at a time in place of {row.max_away:,} (max_away)"
            )
            yield Relief("cover", id, message, replace(programme, groups=groups), goal, total * step)
    elif rule == "course-order":
        course = programme.courses[id]
        courses = {**programme.courses, id: replace(course, after=())}
        before = listed(list(dict.fromkeys(one.course for one in course.after)))
        message = f"{id} without having to come after {before}"
        yield Relief("order", id, message, replace(programme, courses=courses), goal, total)
    elif rule == "course-parallel":
        course = programme.courses[id]
        limit = (course.parallel or 0) + 1
        courses = {**programme.courses, id: replace(course, parallel=limit)}
        message = f"{limit} sessions of {id} on a day in place of {limit - 1} (parallel)"
        yield Relief("parallel", id, message, replace(programme, courses=courses), goal, total)


def _span(programme: Programme, months: Mapping[date, float]) -> tuple[date, date, float]:
    """Return the shortest run of months in which most of the worth lies, as dates, and that worth."""
    every = list(_months(programme.starts, programme.ends))
    total = sum(months.values())
    for length in range(1, len(every) + 1) if months else ():
        runs = [every[at : at + length] for at in range(len(every) - length + 1)]
        best = max(runs, key=lambda run: sum(months.get(month, 0.0) for month in run))
        worth = sum(months.get(month, 0.0) for month in best)
        if worth >= ENOUGH * total:
            end = _next(best[-1]) - timedelta(days=1)
            return max(best[0], programme.starts), min(end, programme.ends), worth
    return programme.starts, programme.ends, total


def _months(first: date, last: date) -> Iterator[date]:
    month = first.replace(day=1)
    while month <= last:
        yield month
        month = _next(month)


def _next(month: date) -> date:
    return (month + timedelta(days=31)).replace(day=1)


def _when(first: date, last: date) -> str:
    names = [f"{FULL_MONTHS[day.month - 1]} {day.year}" for day in (first, last)]
    if names[0] == names[1]:
        return f"in {names[0]}"
    if first.year == last.year:
        names[0] = FULL_MONTHS[first.month - 1]
    return f"from {names[0]} to {names[1]}"
