"""People don't wait long for their training."""

from __future__ import annotations

from typing import ClassVar

from trainplan.model import Programme, Schedule
from trainplan.rules.base import Board, Expr


class Early:
    """For each session: its seats times the calendar days from the programme's start to its last day.

    Divided by the seats, that is how long a person waits on average until trained.

    Example: A session of 20 seats that ends on the programme's 11th day counts 200.
    """

    name: ClassVar[str] = "early"
    states: ClassVar[str] = (
        "Seats times the calendar days from the programme's start to their session's last day."
    )

    def post(self, board: Board) -> Expr:
        """Weigh each placement's seats by the days until it ends."""
        terms: list[Expr] = []
        weights: list[int] = []
        for run in board.runs:
            wait = (board.calendar.day(run.placement.last) - board.programme.starts).days
            terms += run.seats.values()
            weights += [wait] * len(run.seats)
        return board.total(terms, weights)

    def measure(self, programme: Programme, schedule: Schedule) -> int:
        """Return seats times calendar days of waiting."""
        return sum(
            sum(session.groups.values()) * (session.slots[-1].day - programme.starts).days
            for session in schedule.live
            if session.slots
        )

    def say(self, programme: Programme, schedule: Schedule, value: int) -> str:
        """Return the mean wait of a seat."""
        seats = sum(sum(session.groups.values()) for session in schedule.live if session.slots)
        if not seats:
            return "nobody trained"
        wait = f"{value / seats:.0f}"
        return f"mean wait {wait} day{'' if wait == '1' else 's'}"
