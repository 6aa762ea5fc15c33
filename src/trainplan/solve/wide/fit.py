"""Which programmes can be searched session by session, and how large they are."""

from __future__ import annotations

from collections.abc import Sequence

from trainplan.goals.base import Goal
from trainplan.model import Programme, Schedule
from trainplan.workdays import Calendar

ADDITIVE = frozenset({"seats", "due", "sessions", "early"})


def suits(programme: Programme, goals: Sequence[Goal], before: Schedule | None) -> bool:
    """Say whether sessions can be taken out and placed anew one by one: no pins, and goals that add up.

    Seats have to be the first goal: a schedule that is better for having fewer of them is not looked for.
    """
    pinned = before is not None and any(session.pin for session in before.live)
    orders = [order for course in programme.courses.values() for order in course.after]
    # What has to begin soon after the last session of a course depends on which is the last.
    tied = any(order.all and order.at_most is not None for order in orders)
    add_up = goals[0].name == "seats" and all(goal.name in ADDITIVE for goal in goals)
    return add_up and not pinned and not tied


def width(calendar: Calendar) -> int:
    """Return the number of placements of all groups in all courses: how large a programme is to a solver."""
    return sum(
        len(calendar.placements(course)) * len(course.seats) for course in calendar.programme.courses.values()
    )
