"""The exact search: each goal made as small as it gets, then held while the next one is made small."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from trainplan.goals.base import Goal
from trainplan.model import Schedule
from trainplan.rules.base import Expr
from trainplan.solve.board import Board
from trainplan.solve.dealing import cut_off, undealt
from trainplan.solve.decode import decode
from trainplan.solve.encode import hint
from trainplan.solve.search import Budget, Found, minimise
from trainplan.solve.strengthen import once_every_seat_is_placed

SHARE = 0.5  # of the budget left, for a goal that has others after it
LAST_SHARE = 0.95
SLICE = (
    0.5  # of what is left for a goal, for one run: should its people not be dealt out, time is left to mend
)
ENOUGH = 0.1  # of what a goal was given; with less left another run is not begun


class Exact:
    """One exact search, and what it has found.

    Attributes:
        best: The best schedule whose people can be dealt out, or None.
        bounds: A value for each goal below which it can't be, given the goals before it.
        impossible: It is proved that there is no schedule at all.
        barren: It is proved that nothing on the board is as good as what it was held to.
    """

    def __init__(
        self,
        board: Board,
        goals: Sequence[Goal],
        objectives: Sequence[Expr],
        best: Schedule | None,
        before: Schedule | None,
        budget: Budget,
        tell: Callable[[str, int | None, int | None], None],
        excused: frozenset[str] = frozenset(),
        like: Schedule | None = None,
    ) -> None:
        """Start from ``best``, on a board with every rule posted and a linear expression for each goal.

        Groups that are ``excused`` need not be dealt out: what is over already can't be. Without ``best`` the
        search looks first near the schedule that it is to be ``like``, sound or not.
        """
        self.best = best
        self.bounds = [0] * len(goals)
        self.impossible = False
        self.barren = False
        self._board = board
        self._goals = goals
        self._objectives = objectives
        self._before = before
        self._budget = budget
        self._tell = tell
        self._excused = excused
        near = best if best is not None else like
        self._start: Mapping[int, int] | None = hint(board, near) if near is not None else None
        self._sound = True  # no cut has ruled out more than could be proved

    def run(self, share: float = 1.0) -> None:
        """Go through the goals, most important first, for a share of the budget left."""
        for number, (goal, objective) in enumerate(zip(self._goals, self._objectives, strict=True)):
            # No goal can be negative: a value of nought needs no search.
            if not self._enough(number):
                last = number == len(self._goals) - 1
                self._descend(number, goal, objective, share * (LAST_SHARE if last else SHARE))
            if self.best is None:
                return
            value = self._value(goal, self.best)
            self._board.structure(objective <= value)
            if goal.name == "seats" and value == 0:
                once_every_seat_is_placed(self._board)

    def _value(self, goal: Goal, schedule: Schedule) -> int:
        return goal.measure(self._board.programme, schedule)

    def _enough(self, number: int) -> bool:
        """Say whether a goal is as near to its bound as was asked for."""
        if self.best is None:
            return False
        return self._budget.enough([self._value(self._goals[number], self.best)], [self.bounds[number]])

    def _descend(self, number: int, goal: Goal, objective: Expr, share: float) -> None:
        """Make one goal small, cutting off what can't be dealt out, until its best value can be."""

        def heard(value: int | None, bound: int | None) -> None:
            self._tell(goal.name, value, bound if self._sound else None)

        def dealt(values: Sequence[int]) -> bool:
            return not self._undealt(values, goal)

        given = self._budget.left * share
        until = self._budget.left - given
        while self.best is None or self._budget.left > until + ENOUGH * given:
            left = self._budget.left
            part = SLICE * (left - until) / left if left > until else share
            found = minimise(
                self._board,
                objective,
                self._budget,
                share=part,
                hint=self._start,
                heard=heard,
                gap=self._budget.limits.gap,
                counts=dealt,
            )
            if found.bound is not None and self._sound and found.bound > self.bounds[number]:
                self.bounds[number] = found.bound
                self._board.structure(objective >= found.bound)
            if found.status == "infeasible":
                self.barren = self._sound
                self.impossible = self._sound and self.best is None
                return
            if found.solutions:
                kept = self._keep(found, goal)
                if found.status == "optimal" and kept:
                    return
            if self._enough(number):
                return
            if self._budget.left <= 0:
                return

    def _keep(self, found: Found, goal: Goal) -> bool:
        """Take the best solution whose people can be dealt out; say whether it was the very best one.

        If it was not, what can't be dealt is cut off, for another run to find the next best.
        """
        for values in reversed(found.solutions):
            last = values is found.solutions[-1]
            failed = self._undealt(values, goal)
            if not failed:
                return last
            if last:
                schedule = decode(self._board, values, self._before)
                for group, certain in failed:
                    self._budget.cut()
                    self._sound &= cut_off(self._board, schedule, group) and certain
        return False

    def _undealt(self, values: Sequence[int], goal: Goal) -> list[tuple[str, bool]]:
        """Return the groups that can't be dealt out, and whether that is certain; take what has none."""
        schedule = decode(self._board, values, self._before)
        self._budget.dealt()
        failed = [one for one in undealt(self._board.programme, schedule) if one[0] not in self._excused]
        if not failed and (self.best is None or self._value(goal, schedule) <= self._value(goal, self.best)):
            self.best, self._start = schedule, dict(enumerate(values))
        return failed
