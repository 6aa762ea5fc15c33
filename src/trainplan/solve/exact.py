"""The exact search: each goal made as small as it gets, then held while the next one is made small."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import inf

from trainplan.goals.base import Goal
from trainplan.model import Schedule
from trainplan.rules.base import Expr
from trainplan.solve.board import Board
from trainplan.solve.dealing import cut_off, undealt
from trainplan.solve.decode import decode
from trainplan.solve.encode import hint
from trainplan.solve.proofs import Proofs
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
        proofs: What is proved of each goal.
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
        proofs: Proofs | None = None,
    ) -> None:
        """Start from ``best``, on a board with every rule posted and a linear expression for each goal.

        Groups that are ``excused`` need not be dealt out: what is over already can't be. Without ``best`` the
        search looks first near the schedule that it is to be ``like``, sound or not. What it proves is added
        to ``proofs``.
        """
        self.best = best
        self.proofs = proofs if proofs is not None else Proofs(len(goals))
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
        self._values = self._measured(best) if best is not None else None

    @property
    def bounds(self) -> list[int]:
        """For each goal a value that no schedule betters which is as good as ``best`` on those before it."""
        return self.proofs.of([inf] * len(self._goals) if self._values is None else self._values)

    def run(self, share: float = 1.0) -> None:
        """Go through the goals, most important first, for a share of the budget left.

        What holds a goal at its value ends with the search: another one on the same board may do better on an
        early goal and worse on a later one.
        """
        with self._board.for_now():
            for number, (goal, objective) in enumerate(zip(self._goals, self._objectives, strict=True)):
                # No goal can be negative: a value of nought needs no search.
                if not self._enough(number):
                    last = number == len(self._goals) - 1
                    self._descend(number, goal, objective, share * (LAST_SHARE if last else SHARE))
                if self._values is None:
                    return
                self._board.limit(objective <= self._values[number])
                if goal.name == "seats" and self._values[number] == 0:
                    once_every_seat_is_placed(self._board)

    def _measured(self, schedule: Schedule) -> list[int]:
        return [goal.measure(self._board.programme, schedule) for goal in self._goals]

    def _enough(self, number: int) -> bool:
        """Say whether a goal is as near to its bound as was asked for."""
        if self._values is None:
            return False
        return self._budget.enough([self._values[number]], [self.bounds[number]])

    def _descend(self, number: int, goal: Goal, objective: Expr, share: float) -> None:
        """Make one goal small, cutting off what can't be dealt out, until its best value can be."""

        def heard(value: int | None, bound: int | None) -> None:
            self._tell(goal.name, value, bound if self._sound else None)

        def dealt(values: Sequence[int]) -> bool:
            return not self._undealt(values)

        # What the goals before this one are held at.
        held = self._values[:number] if self._values is not None else []
        if self.bounds[number]:
            self._board.limit(objective >= self.bounds[number])
        left = self._budget.left
        given = left * share
        until = left - given
        while self.best is None or self._budget.left > until + ENOUGH * given:
            part = SLICE * self._budget.share(self._budget.left - until) or share
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
                self.proofs.add(number, found.bound, held)
                self._board.limit(objective >= found.bound)
            if found.status == "infeasible":
                self.barren = self._sound
                self.impossible = self._sound and self.best is None
                return
            if found.solutions:
                kept = self._keep(found)
                if found.status == "optimal" and kept:
                    return
            if self._enough(number):
                return
            if self._budget.left <= 0:
                return

    def _keep(self, found: Found) -> bool:
        """Take the best solution whose people can be dealt out; say whether it was the very best one.

        If it was not, what can't be dealt is cut off, for another run to find the next best.
        """
        for values in reversed(found.solutions):
            last = values is found.solutions[-1]
            failed = self._undealt(values)
            if not failed:
                return last
            if last:
                schedule = decode(self._board, values, self._before)
                for group, certain in failed:
                    self._budget.cut()
                    self._sound &= cut_off(self._board, schedule, group) and certain
        return False

    def _undealt(self, values: Sequence[int]) -> list[tuple[str, bool]]:
        """Return the groups that can't be dealt out, and whether that is certain; take what has none.

        What is worse in a later goal is not taken for being as good in this one.
        """
        schedule = decode(self._board, values, self._before)
        self._budget.dealt()
        failed = [one for one in undealt(self._board.programme, schedule) if one[0] not in self._excused]
        if not failed:
            measured = self._measured(schedule)
            if self._values is None or measured <= self._values:
                self.best, self._values, self._start = schedule, measured, dict(enumerate(values))
        return failed
