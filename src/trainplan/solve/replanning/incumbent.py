"""The best schedule so far, and what is proved of any other."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf

from trainplan.goals.base import Goal
from trainplan.model import Schedule
from trainplan.solve.proofs import Proofs
from trainplan.solve.replanning.situation import Situation


class Incumbent:
    """What a replan has come to.

    Attributes:
        best: The best schedule so far, None before there is any.
        proofs: What is proved of each goal, and of which schedules.
        impossible: Whether it is proved that there is no schedule.
        alone: What the changes come to at least, each session by itself.
    """

    def __init__(self, situation: Situation) -> None:
        """Begin without a schedule."""
        self.situation = situation
        self.best: Schedule | None = None
        self.proofs = Proofs(len(situation.goals))
        self.impossible = False
        self.alone = 0

    def value(self, number: int, schedule: Schedule | None = None) -> int:
        """Return the value of a goal, of the best schedule unless another is given."""
        schedule = schedule or self.best
        assert schedule is not None
        return self.situation.goals[number].measure(self.situation.programme, schedule)

    def values(self, schedule: Schedule | None = None) -> list[int]:
        """Return the values of all goals, of the best schedule unless another is given."""
        return [self.value(number, schedule) for number in range(len(self.situation.goals))]

    @property
    def bounds(self) -> list[int]:
        """What no schedule betters, for each goal, that is as good as the best on the goals before it."""
        best = self.best
        return self.proofs.of([inf] * len(self.situation.goals) if best is None else self.values(best))

    def note_bound(self, number: int, bound: int | None, upto: Sequence[float] = ()) -> None:
        """Note that a goal comes to so much at least; None says nothing.

        Args:
            number: Of the goal.
            bound: In its units.
            upto: What the goals before it come to at most where that holds; anything, where left out.
        """
        if bound is not None:
            self.proofs.add(number, bound, upto)

    def proved(self, number: int) -> bool:
        """Say whether nothing better is possible for so many goals, the most important first."""
        best = self.best
        if best is None:
            return False
        values = self.values(best)
        pairs = zip(values, self.proofs.of(values), strict=True)
        return all(value <= bound for value, bound in list(pairs)[:number])

    def take(self, found: Schedule, goals: Sequence[Goal]) -> None:
        """Keep a schedule that breaks no rule, if it is better than what there is."""
        if self.situation.unsound(found):
            return
        programme = self.situation.programme
        values = [goal.measure(programme, found) for goal in goals]
        if self.best is None or values < [goal.measure(programme, self.best) for goal in goals]:
            self.best = found
