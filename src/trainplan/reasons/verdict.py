"""The blocked starts of a course in one sentence."""

from __future__ import annotations

from trainplan.model import Course
from trainplan.reasons.starts import Block, Free, Starts
from trainplan.words import dated, listed, many


def worded(starts: Starts) -> str:
    """Return in one sentence why the seats have no session."""
    total = len(starts.runs)
    if not total and starts.openings.runs and starts.today is not None:
        return f"every possible start of {starts.course.id} is over by {dated(starts.today)}"
    if not total:
        return f"no run of {starts.course.id} fits between its earliest and latest dates"
    blocked, free = starts.found
    if free is not None:
        return _free(starts, free)
    ranked = sorted(blocked.items(), key=lambda one: -one[1])
    if len(ranked) == 1:
        return f"of {many(total, 'possible start')}, all {_why(starts, ranked[0][0], 2)}"
    parts = [f"{count:,} {_why(starts, block, count)}" for block, count in ranked]
    return f"of {many(total, 'possible start')}, {listed(parts)}"


def _why(starts: Starts, block: Block, count: int) -> str:
    course, group = starts.course, starts.group
    have, fall, find = ("has", "falls", "finds") if count == 1 else ("have", "fall", "find")
    alone = f"{many(starts.seats, 'seat')} {'is' if starts.seats == 1 else 'are'} too few"
    return {
        Block.CLOSED: f"{fall} on days when {group} may not be away",
        Block.ORDER: f"can't keep the order with {_orders(starts)}",
        Block.FEW: f"{have} no session with room, and {alone} for a class ({course.min_class})",
        Block.PARALLEL: f"already {have} as many sessions of {course.id} as may run at once",
        Block.SHUT: f"{have} no fitting venue open",
        Block.VENUE: f"{have} no free venue",
        Block.ABSENT: f"{have} too few instructors available",
        Block.TEACHER: f"{have} too few instructors free",
        Block.COVER: f"would leave too few {group} on duty",
        Block.PEOPLE: f"{find} nobody of {group} who is free and still needs it",
        Block.UNTRIED: "can't be judged without dealing out every person anew",
    }[block]


def _orders(starts: Starts) -> str:
    course = starts.course
    after = [one.course for one in course.after]
    before = [
        other.id
        for other in starts.survey.programme.courses.values()
        if any(order.all and order.course == course.id for order in other.after)
    ]
    return listed([*after, *before])


def _free(starts: Starts, free: Free) -> str:
    day = dated(starts.survey.calendar.day(free.run.first))
    could = f"start on {day}" if free.session is None else f"be added to {free.session.id} on {day}"
    what = f"a session for {starts.group}" if free.session is None else "seats"
    if free.settled:
        return f"{what} could {could}; another goal weighed more, or the search ended first"
    whom = _whom(starts.course, starts.group)
    return f"{what} might {could}; whether there are people of {whom} for it was not settled"


def _whom(course: Course, group: str) -> str:
    return f"{group} or the other groups" if course.mixed and len(course.seats) > 1 else group
