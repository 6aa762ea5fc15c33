"""A question to the engine that has a yes or a no: can these seats all be placed? Free of OR-Tools."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from trainplan.model import Programme, Schedule

Seats = tuple[str, str]  # course and group


@dataclass(frozen=True)
class Ask:
    """What is asked.

    Attributes:
        programme: The rules.
        must: The seats (course and group) that have to be placed, all of them; others may be.
        before: An earlier schedule whose pins must be kept.
        undealt: Groups whose people need not be dealt out.
        copies: Instructors who stand for another (who is elsewhere at the same time), with whom they stand
            for: no session has the same person twice.
    """

    programme: Programme
    must: frozenset[Seats]
    before: Schedule | None = None
    undealt: frozenset[str] = frozenset()
    copies: Mapping[str, str] = field(default_factory=dict)

    def twice(self, schedule: Schedule) -> bool:
        """Say whether a session has the same person twice."""
        return bool(self.copies) and any(
            len({self.copies.get(id, id) for id in one.instructors}) < len(one.instructors)
            for one in schedule.live
        )


class Settled(NamedTuple):
    """The answer: ``possible`` is None where it was not settled; a schedule comes with a yes."""

    possible: bool | None
    schedule: Schedule | None = None


def missing(ask: Ask, schedule: Schedule) -> dict[Seats, int]:
    """Return how many of the seats that must be placed are not, by course and group."""
    left = {(course, group): ask.programme.courses[course].seats[group] for course, group in ask.must}
    for session in schedule.live:
        for group, seats in session.groups.items():
            if (session.course, group) in left:
                left[session.course, group] -= seats
    return {where: seats for where, seats in left.items() if seats}
