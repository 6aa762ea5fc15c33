"""As few seats as possible are left without a session."""

from __future__ import annotations

from typing import ClassVar

from trainplan.model import Programme, Schedule
from trainplan.rules.base import Board, Expr
from trainplan.words import many


class Seats:
    """Seats that were asked for and have no session, each times its course's ``priority``.

    A seat too many in one place makes up for none that is missing in another.

    Example: 4 seats missing in a course of priority 3 count 12.
    """

    name: ClassVar[str] = "seats"
    states: ClassVar[str] = "Seats left unplaced, each times its course's priority."

    def post(self, board: Board) -> Expr:
        """Weigh the seats that stay unplaced."""
        terms: list[Expr] = []
        weights: list[int] = []
        for course in board.programme.courses.values():
            for group in course.seats:
                terms.append(board.unplaced(course, group))
                weights.append(course.priority)
        return board.total(terms, weights)

    def measure(self, programme: Programme, schedule: Schedule) -> int:
        """Return the priority-weighted number of unplaced seats."""
        return sum(
            programme.courses[course].priority * seats
            for (course, _), seats in _missing(programme, schedule).items()
        )

    def say(self, programme: Programme, schedule: Schedule, value: int) -> str:
        """Return how many seats are unplaced."""
        if not value:
            return "every seat placed"
        seats = sum(_missing(programme, schedule).values())
        text = f"{many(seats, 'seat')} unplaced"
        return text if seats == value else f"{text}, {value:,} by priority"


def _missing(programme: Programme, schedule: Schedule) -> dict[tuple[str, str], int]:
    placed: dict[tuple[str, str], int] = {}
    for session in schedule.live:
        for group, seats in session.groups.items():
            key = session.course, group
            placed[key] = placed.get(key, 0) + seats
    return {
        (course.id, group): max(0, asked - placed.get((course.id, group), 0))
        for course in programme.courses.values()
        for group, asked in course.seats.items()
    }
