"""Programmes made to measure around a schedule that breaks no rule of theirs.

Everything that can be tightened is: capacity, availability, cover, class sizes, windows, parallel sessions,
days a week, orders and lags just allow what the schedule does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from random import Random
from typing import Any

import builders as b

from trainplan.audit import audit
from trainplan.model import After, Course, Programme, Qualification, Session
from trainplan.workdays import Calendar, week_of


def made(seed: int) -> tuple[Programme, list[Session]]:
    """A programme and sessions that are just what it asks for; no sessions where chance had it so."""
    chance = Random(seed)
    programme = draft(chance)
    sessions = fill(programme, chance)
    if not sessions:
        return programme, []
    fitted = tailored(asked(programme, sessions), sessions, chance)
    if errors(fitted, sessions):
        # An order that the schedule doesn't keep; without orders it is the schedule that everything fits.
        bare = {id: replace(course, after=()) for id, course in fitted.courses.items()}
        fitted = replace(fitted, courses=bare)
    if errors(fitted, sessions):
        # Fewer people than it takes to deal them out; with as many as there are seats they can be.
        fitted = replace(fitted, groups={id: replace(one, headcount=99) for id, one in fitted.groups.items()})
    assert errors(fitted, sessions) == []
    return fitted, sessions


def draft(chance: Random) -> Programme:
    """Courses, venues, instructors and groups in a month, with nothing tight yet."""
    periods = chance.choice([("day",), b.TWO_PERIODS])
    venues = [
        b.venue(f"v{n}", 9, "x; y" if chance.random() < 0.5 else "x") for n in range(chance.randint(1, 2))
    ]
    teachers = [b.instructor(f"t{n}", chance.choice(["q", "r", "q; r"])) for n in range(chance.randint(1, 3))]
    courses = [
        b.course(
            id,
            {},
            length=chance.randint(1, 4) * (len(periods) if whole else 1),
            whole_days=whole,
            mixed=chance.random() < 0.5,
            features=chance.choice([None, "x", "y", ""]),
            roles=chance.choice(["", "q:1", "r:1", "q:1; r:1", "q:2"]),
            start_on=chance.choice([None, None, (0,), (0, 2)]),
            span=chance.random() < 0.5,
        )
        for id in "ABC"[: chance.randint(1, 3)]
        for whole in [len(periods) == 1 or chance.random() < 0.5]
    ]
    groups = [b.group("north", 99, part_of="all"), b.group("south", 99, part_of="all"), b.group("all", 198)]
    closures = [
        b.closure(whom, id, f"03-{chance.randint(1, 25):02}")
        for whom, id in [
            ("all", ""),
            ("venue", "v0"),
            ("group", "north"),
            ("instructor", "t0"),
            ("course", "A"),
        ]
        if chance.random() < 0.4
    ]
    ends = f"03-{chance.randint(10, 31)}"
    return b.programme(
        *courses,
        groups=groups,
        venues=venues,
        instructors=teachers,
        closures=closures,
        periods=periods,
        ends=ends,
    )


def fill(programme: Programme, chance: Random) -> list[Session]:
    """Sessions at random, each kept if the seats apart nothing is broken by it."""
    calendar = Calendar(programme)
    kept: list[Session] = []
    in_turn = chance.random() < 0.5  # each course in its own part of the month, so that orders hold
    names = list(programme.courses)
    for number in range(chance.randint(1, 12)):
        course = programme.courses[chance.choice(names)]
        runs = [run for run in calendar.placements(course) if calendar.in_window(course, run)]
        if in_turn:
            part = len(runs) // len(names)
            runs = runs[names.index(course.id) * part :][:part]
        if not runs:
            continue
        slots = tuple(calendar.slot(slot) for slot in chance.choice(runs).slots)
        rooms = [] if course.features is None else [chance.choice(list(programme.venues))]
        count = sum(role.count for role in course.roles)
        teachers = chance.sample(list(programme.instructors), min(count, len(programme.instructors)))
        who = (
            ["north", "south"]
            if course.mixed and chance.random() < 0.5
            else [chance.choice(["north", "south"])]
        )
        seats = {group: chance.randint(1, 3) for group in who}
        one = Session(
            f"{course.id}-{number:02}",
            course.id,
            slots[0].day,
            slots[-1].day,
            slots,
            tuple(rooms),
            tuple(sorted(teachers)),
            seats,
            sum(seats.values()),
        )
        trial = asked(programme, [*kept, one])
        if not any(found.severity == "error" for found in audit(trial, b.schedule(*kept, one))):
            kept.append(one)
    return kept


def asked(programme: Programme, sessions: Iterable[Session]) -> Programme:
    """The programme that asks for just these seats."""
    seats: dict[str, dict[str, int]] = {id: {} for id in programme.courses}
    for one in sessions:
        for group, count in one.groups.items():
            seats[one.course][group] = seats[one.course].get(group, 0) + count
    courses = {id: replace(course, seats=seats[id]) for id, course in programme.courses.items() if seats[id]}
    return replace(programme, courses=courses)


def peak(sessions: Iterable[Session], what: Callable[[Session], int], where: str = "slots") -> int:
    """The most at one time."""
    at: dict[Any, int] = {}
    for one in sessions:
        for slot in getattr(one, where):
            at[slot] = at.get(slot, 0) + what(one)
    return max(at.values(), default=0)


def tailored(programme: Programme, sessions: list[Session], chance: Random) -> Programme:
    """The programme, each limit as tight as the schedule allows or left alone, by lot."""

    def tight(new: Any, old: Any) -> Any:
        return new if chance.random() < 0.7 else old

    def away(*parts: str) -> int:
        return peak(sessions, lambda one: sum(one.groups.get(part, 0) for part in parts))

    def days(used: list[Session]) -> dict[str, date]:
        return {
            "available_from": tight(min(one.start for one in used), None),
            "available_until": tight(max(one.end for one in used), None),
        }

    groups = dict(programme.groups)
    for id, parts in (("north", ["north"]), ("south", ["south"]), ("all", ["north", "south"])):
        used = [one for one in sessions if any(part in one.groups for part in parts)]
        most = max(
            (sum(c.seats.get(part, 0) for part in parts) for c in programme.courses.values()), default=0
        )
        heads = groups[id].headcount if id == "all" else tight(max(most, away(*parts), 1), 99)
        groups[id] = replace(groups[id], headcount=heads, max_away=tight(away(*parts), groups[id].headcount))
        groups[id] = replace(groups[id], **(days(used) if used else {}))
    groups["all"] = replace(groups["all"], headcount=groups["north"].headcount + groups["south"].headcount)
    venues = {}
    for venue in programme.venues.values():
        used = [one for one in sessions if venue.id in one.venues]
        room = tight(max((one.seats for one in used), default=1), 9)
        venues[venue.id] = replace(venue, capacity=room, **(days(used) if used else {}))
    instructors = {}
    for teacher in programme.instructors.values():
        used = [one for one in sessions if teacher.id in one.instructors]
        week: dict[date, set[date]] = {}
        for one in used:
            for day in one.days:
                week.setdefault(week_of(day), set()).add(day)
        load = tight(max(map(len, week.values()), default=1), None)
        until = tight(max((one.end for one in used), default=None), None)
        held = tuple(Qualification(name, until) for name, _ in teacher.qualifications)
        instructors[teacher.id] = replace(
            teacher, max_days_per_week=load, qualifications=held, **(days(used) if used else {})
        )
    courses = {}
    for course in programme.courses.values():
        used = [one for one in sessions if one.course == course.id]
        courses[course.id] = replace(
            course,
            min_class=tight(min(one.seats for one in used), 1),
            max_class=tight(max(one.seats for one in used), 30),
            earliest=tight(min(one.start for one in used), None),
            latest=tight(max(one.end for one in used), None),
            parallel=tight(peak(used, lambda one: 1, "days"), None),
            after=orders(course, courses, sessions, chance),
        )
    return replace(programme, groups=groups, venues=venues, instructors=instructors, courses=courses)


def orders(
    course: Course, earlier: dict[str, Course], sessions: list[Session], chance: Random
) -> tuple[After, ...]:
    """Orders that may hold; whether they do is for the audit to say."""
    later = [one for one in sessions if one.course == course.id]
    found = []
    for id in earlier:
        if chance.random() < 0.6:
            before = [one for one in sessions if one.course == id]
            lags = [(two.start - one.end).days for one in before for two in later]
            found.append(
                After(
                    id,
                    chance.random() < 0.4,
                    chance.choice([None, *(lag for lag in lags if lag >= 0)]),
                    chance.choice([None, None, max(lags)]) if max(lags) >= 0 else None,
                )
            )
    return tuple(found)


def errors(programme: Programme, sessions: list[Session]) -> list[str]:
    return [str(one) for one in audit(programme, b.schedule(*sessions)) if one.severity == "error"]
