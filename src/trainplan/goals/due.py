"""Courses are over by the date on which they are due."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from trainplan.model import Programme, Schedule
from trainplan.rules.base import Board, Expr
from trainplan.words import many


class Due:
    """For each session that ends after its course's ``due``: its seats times the calendar days it is late.

    Example: A session of 20 seats that ends 3 days late counts 60.
    """

    name: ClassVar[str] = "due"
    states: ClassVar[str] = "Seats times the calendar days by which their session ends late."

    def post(self, board: Board) -> Expr:
        """Weigh each late placement's seats by its days."""
        terms: list[Expr] = []
        weights: list[int] = []
        for run in board.runs:
            due = run.lot.course.due
            late = (board.calendar.day(run.placement.last) - due).days if due is not None else 0
            if late > 0:
                terms += run.seats.values()
                weights += [late] * len(run.seats)
        return board.total(terms, weights)

    def measure(self, programme: Programme, schedule: Schedule) -> int:
        """Return late seats times calendar days."""
        return sum(seats * days for seats, days in _late(programme, schedule))

    def say(self, programme: Programme, schedule: Schedule, value: int) -> str:
        """Return how many seats are late and by how much."""
        if not value:
            return "nothing late"
        seats = sum(seats for seats, _ in _late(programme, schedule))
        if not seats:
            return f"{value:,} seat-days late"
        return f"{many(seats, 'seat')} late, by {value / seats:,.1f} days on average"


def _late(programme: Programme, schedule: Schedule) -> Iterator[tuple[int, int]]:
    """Yield seats and days late of each late session."""
    for session in schedule.live:
        course = programme.courses.get(session.course)
        if course is None or course.due is None or not session.slots:
            continue
        days = (session.slots[-1].day - course.due).days
        if days > 0:
            yield sum(session.groups.values()), days
