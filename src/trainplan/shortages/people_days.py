"""What courses ask of a group's people, against the days on which these can be spared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from itertools import accumulate

from trainplan.findings import Severity
from trainplan.model import Group
from trainplan.shortages.crowding import Crowd, Need, notable
from trainplan.shortages.openings import joined
from trainplan.shortages.reach import Reach
from trainplan.shortages.shortage import Shortage, between, ends, in_days, short
from trainplan.words import listed, many


def cover_days(reach: Reach) -> Iterator[Shortage]:
    """Yield groups, umbrellas too, whose seats take more person-days than the group can spare."""
    programme = reach.survey.programme
    for group in programme.groups.values():
        parts = programme.parts(group.id)
        needs = []
        for course in programme.courses.values():
            mine = [part for part in parts if part in course.seats]
            slots = reach.survey.of(course.id).slots(joined(reach.runs(course.id, part) for part in mine))
            if slots:
                seats = sum(course.seats[part] for part in mine)
                needs.append(Need(course.id, seats * course.length, {group.id: slots}))
        too_much, nearly = notable(needs, partial(_spared, group.max_away))
        for crowd in too_much:
            yield _told(reach, group, crowd, "error")
        for crowd in nearly:
            yield _told(reach, group, crowd, "warning")


def _spared(most: int, useful: Mapping[str, int]) -> int:
    return most * sum(mask.bit_count() for mask in useful.values())


def _told(reach: Reach, group: Group, crowd: Crowd, severity: Severity) -> Shortage:
    programme, calendar = reach.survey.programme, reach.survey.calendar
    alone = len(crowd.courses) == 1
    seats = sum(
        programme.courses[id].seats.get(part, 0) for id in crowd.courses for part in programme.parts(group.id)
    )
    days = in_days(crowd.supply // group.max_away if group.max_away else 0, calendar.periods)
    said = (
        f"{listed(crowd.courses)} {'needs' if alone else 'together need'}"
        f" {_person(crowd.demand, calendar.periods)} of {group.id} {between(calendar, crowd.span)}"
        f" ({many(seats, 'seat')});"
        f" {group.max_away:,} at a time on {days} are {_person(crowd.supply, calendar.periods)}"
    )
    return short(
        "group-cover",
        said,
        crowd.courses,
        group.place,
        "max_away",
        groups=programme.parts(group.id),
        days=ends(calendar, crowd.span),
        severity=severity,
    )


def _person(slots: int, periods: int) -> str:
    return in_days(slots, periods).replace("day", "person-day")


def own_days(reach: Reach) -> Iterator[Shortage]:
    """Yield groups in which somebody would have to take courses that are longer than their time.

    Where so few people can stay out of each course that they can't be different people every time,
    somebody takes them all.
    """
    programme, calendar = reach.survey.programme, reach.survey.calendar
    for group in programme.groups.values():
        taken = {
            course.id: reach.survey.of(course.id).slots(reach.runs(course.id, group.id))
            for course in programme.courses.values()
            if group.id in course.seats
        }
        spans = {
            id: ((mask & -mask).bit_length() - 1, mask.bit_length() - 1) for id, mask in taken.items() if mask
        }
        found = False
        for first in sorted({first for first, _ in spans.values()}):
            for last in sorted({last for _, last in spans.values()}):
                inside = [id for id, span in spans.items() if first <= span[0] and span[1] <= last]
                inside.sort(key=lambda id: -programme.courses[id].seats[group.id])
                left_out = accumulate(
                    group.headcount - programme.courses[id].seats[group.id] for id in inside
                )
                both = [id for id, out in zip(inside, left_out, strict=True) if out < group.headcount]
                length = sum(programme.courses[id].length for id in both)
                there = joined(taken[id] for id in both).bit_count()
                if length > there and not found and len(both) > 1:
                    found = True
                    yield short(
                        "group-attendance",
                        f"somebody of {group.id} has to take {listed(both)}, which are"
                        f" {in_days(length, calendar.periods)} {between(calendar, (first, last))};"
                        f" there are {in_days(there, calendar.periods)} for them",
                        both,
                        group.place,
                        "headcount",
                        groups=(group.id,),
                        days=ends(calendar, (first, last)),
                    )
