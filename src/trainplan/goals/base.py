"""What a goal is: a number to make small, told to the solver and measured on the finished schedule."""

from __future__ import annotations

from typing import ClassVar, Protocol

from trainplan.model import Programme, Schedule
from trainplan.rules.base import Board, Expr


class Goal(Protocol):
    """One goal; smaller is better. ``post`` and ``measure`` are as blind to each other as a rule's halves."""

    name: ClassVar[str]
    states: ClassVar[str]

    def post(self, board: Board) -> Expr:
        """Return the expression that the solver should make small."""

    def measure(self, programme: Programme, schedule: Schedule) -> int:
        """Return the goal's value for a finished schedule, in the units of ``states``."""

    def say(self, programme: Programme, schedule: Schedule, value: int) -> str:
        """Return the value in plain units, e.g. "mean wait 41 days"."""
