"""What is proved of each goal, and of which schedules.

A bound on a goal is proved of the schedules that do well enough on the goals before it. Of a schedule that
does better on an early goal and worse on a later one it may say nothing, so it is never kept without the
values that it rests on.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import inf

Upto = tuple[float, ...]  # the largest value of each goal before; infinite where any will do


class Proofs:
    """The bounds that were proved for one programme's goals, most important first."""

    def __init__(self, goals: int) -> None:
        """Know nothing of so many goals, but that none of them can be negative."""
        self._known: list[dict[Upto, int]] = [{} for _ in range(goals)]

    def add(self, number: int, bound: int, upto: Sequence[float] = ()) -> None:
        """Note a bound on a goal.

        Args:
            number: Of the goal, from 0.
            bound: No schedule has less, in the goal's units.
            upto: Of the schedules whose goals before it have these values at the most; any, where left out.
        """
        rests = (*upto, *[inf] * number)[:number]
        known = self._known[number]
        known[rests] = max(bound, known.get(rests, 0))

    def take(self, other: Proofs) -> None:
        """Note all that another search for the same goals has proved."""
        for number, known in enumerate(other._known):
            for upto, bound in known.items():
                self.add(number, bound, upto)

    def of(self, values: Sequence[float]) -> list[int]:
        """Return for each goal what no schedule betters that is as good on the goals before it.

        Args:
            values: Of the goals, infinite where any will do; the last ones may be left out.
        """
        # A copy of each, for other threads add to them.
        return [
            max(
                (
                    bound
                    for upto, bound in list(known.items())
                    if all(value <= most for value, most in zip(values, upto, strict=False))
                ),
                default=0,
            )
            for known, _ in zip(self._known, values, strict=False)
        ]

    def at_best(self, values: Sequence[int]) -> list[int]:
        """Return the bounds that rest on nothing but the first goal's value."""
        return self.of((*values[:1], *[inf] * (len(self._known) - 1)))
