"""A question to the engine that has a yes or a no: can these seats all be placed? Free of OR-Tools."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from trainplan.model import Programme, Schedule
from trainplan.workdays import week_of

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
        days_a_week: How many dates a week such a person may work, however many sessions run at once.
        enough: Whether a no counts: nothing that was to be allowed had to be left out of the question.
    """

    programme: Programme
    must: frozenset[Seats]
    before: Schedule | None = None
    undealt: frozenset[str] = frozenset()
    copies: Mapping[str, str] = field(default_factory=dict)
    days_a_week: Mapping[str, int] = field(default_factory=dict)
    enough: bool = True

    def overworks(self, schedule: Schedule) -> bool:
        """Say whether a session has the same person twice, or a person works on too many dates of a week."""
        if not self.copies and not self.days_a_week:
            return False
        worked: dict[tuple[str, date], set[date]] = {}
        for one in schedule.live:
            people = {self.copies.get(id, id) for id in one.instructors}
            if len(people) < len(one.instructors):
                return True
            for person in people & self.days_a_week.keys():
                for day in one.days:
                    worked.setdefault((person, week_of(day)), set()).add(day)
        return any(len(days) > self.days_a_week[person] for (person, _), days in worked.items())


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
