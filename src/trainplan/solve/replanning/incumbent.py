"""The best schedule so far, and what is proved of any other."""

from __future__ import annotations

from collections.abc import Sequence

from trainplan.goals.base import Goal
from trainplan.model import Schedule
from trainplan.solve.replanning.situation import Situation


class Incumbent:
    """What a replan has come to.

    Attributes:
        best: The best schedule so far, None before there is any.
        bounds: What each goal comes to at least.
        impossible: Whether it is proved that there is no schedule.
        alone: What the changes come to at least, each session by itself.
    """

    def __init__(self, situation: Situation) -> None:
        """Begin without a schedule."""
        self.situation = situation
        self.best: Schedule | None = None
        self.bounds = [0] * len(situation.goals)
        self.impossible = False
        self.alone = 0

    def value(self, number: int, schedule: Schedule | None = None) -> int:
        """Return the value of a goal, of the best schedule unless another is given."""
        schedule = schedule or self.best
        assert schedule is not None
        return self.situation.goals[number].measure(self.situation.programme, schedule)

    def note_bound(self, number: int, bound: int | None) -> None:
        """Note that a goal comes to so much at least; None says nothing."""
        if bound is not None:
            self.bounds[number] = max(self.bounds[number], bound)

    def proved(self, number: int) -> bool:
        """Say whether nothing better is possible for so many goals, the most important first."""
        return self.best is not None and all(self.value(goal) <= self.bounds[goal] for goal in range(number))

    def take(self, found: Schedule, goals: Sequence[Goal]) -> None:
        """Keep a schedule that breaks no rule, if it is better than what there is."""
        if self.situation.unsound(found):
            return
        programme = self.situation.programme
        values = [goal.measure(programme, found) for goal in goals]
        if self.best is None or values < [goal.measure(programme, self.best) for goal in goals]:
            self.best = found
