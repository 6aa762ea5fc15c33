"""Everything is done in as few sessions as possible."""

from __future__ import annotations

from typing import ClassVar

from trainplan.model import Programme, Schedule
from trainplan.rules.base import Board, Expr
from trainplan.words import many


class Sessions:
    """The number of sessions that take place.

    Example: A course for 60 police in classes of up to 30 needs 2 at least.
    """

    name: ClassVar[str] = "sessions"
    states: ClassVar[str] = "Number of sessions."

    def post(self, board: Board) -> Expr:
        """Count sessions."""
        return board.total(count for run in board.runs for count in run.counts.values())

    def measure(self, programme: Programme, schedule: Schedule) -> int:
        """Return the number of sessions that are not cancelled."""
        return len(schedule.live)

    def say(self, programme: Programme, schedule: Schedule, value: int) -> str:
        """Return the number in words."""
        return many(value, "session")
