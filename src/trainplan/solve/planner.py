"""The way from a programme to an audited schedule: goal by goal, most important first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from threading import Event

from trainplan.goals import GOALS
from trainplan.goals.base import Goal
from trainplan.model import Programme, Schedule
from trainplan.outcome import Limits, Outcome, Progress, Report
from trainplan.rules import RULES
from trainplan.rules.base import Expr
from trainplan.solve.answer import answer, unkeepable
from trainplan.solve.board import Board
from trainplan.solve.dealing import cut_off, undealt
from trainplan.solve.decode import decode
from trainplan.solve.evenness import unevenness
from trainplan.solve.search import Budget, Found, minimise

SHARE = 0.5  # of the budget left, for a goal that has others after it
EVEN_SHARE = 0.2  # of the budget left, for evening out class sizes at the end


@dataclass(slots=True)
class Best:
    """The best solution so far that can be dealt out, and the schedule it stands for."""

    values: Sequence[int]
    schedule: Schedule


class Planner:
    """One plan in the making."""

    def __init__(
        self,
        programme: Programme,
        limits: Limits,
        before: Schedule | None,
        report: Report,
        stop: Event | None,
    ) -> None:
        """Build the board and post every rule and goal."""
        self.programme = programme
        self.before = before
        self.budget = Budget(limits, stop)
        self.report = report
        self.report(Progress("", None, None, 0.0))
        self.board = Board(programme, before=before)
        for rule in RULES:
            rule.post(self.board)
        self.goals = _goals(programme)
        self.objectives = [goal.post(self.board) for goal in self.goals]
        self.best: Best | None = None
        self.exact = True  # no cut has ruled out more than it could prove
        self.impossible = False

    def run(self) -> Outcome:
        """Make each goal as small as it gets, then hold it while the next one is made small."""
        bounds: list[int | None] = []
        for number, (goal, objective) in enumerate(zip(self.goals, self.objectives, strict=True)):
            last = number == len(self.goals) - 1
            bounds.append(self._improve(goal, objective, 1 - EVEN_SHARE / 4 if last else SHARE))
            if self.best is None:
                break
            self.board.structure(objective <= self.board.value(objective, self.best.values))
        if self.best is not None:
            self._even_out()
        return self._answer(bounds)

    def _improve(self, goal: Goal, objective: Expr, share: float) -> int | None:
        """Make one goal small; return its bound, None where there is no proof of any."""

        def heard(value: int | None, bound: int | None) -> None:
            self.report(Progress(goal.name, value, bound, self.budget.seconds))

        bound: int | None = None
        while True:
            if self.best is not None and self.budget.left <= 0:
                return bound
            hint = self.best.values if self.best else None
            found = minimise(self.board, objective, self.budget, share=share, hint=hint, heard=heard)
            if found.bound is not None and self.exact:
                bound = found.bound if bound is None else max(bound, found.bound)
            if found.status == "infeasible":
                self.impossible = self.exact and self.best is None
                return bound
            if not found.solutions or self._keep(found, objective):
                return bound

    def _keep(self, found: Found, objective: Expr) -> bool:
        """Take the best solution whose people can be dealt out; say whether it was the very best one.

        If it was not, what can't be dealt is cut off, for another run to find the next best.
        """
        for values in reversed(found.solutions):
            schedule = decode(self.board, values, self.before)
            failed = list(undealt(self.programme, schedule))
            if not failed:
                if self.best is None or not self._worse(objective, values):
                    self.best = Best(values, schedule)
                return values is found.solutions[-1]
            if values is found.solutions[-1]:
                for group, certain in failed:
                    self.exact &= cut_off(self.board, schedule, group) and certain
        return False

    def _worse(self, objective: Expr, values: Sequence[int]) -> bool:
        assert self.best is not None
        return self.board.value(objective, values) > self.board.value(objective, self.best.values)

    def _even_out(self) -> None:
        """Make class sizes alike where no goal minds."""
        assert self.best is not None
        objective = unevenness(self.board, self.best.values)
        if self.budget.left <= 0 or isinstance(objective, int):
            return
        found = minimise(
            self.board,
            objective,
            self.budget,
            share=EVEN_SHARE,
            hint=self.best.values,
            heard=lambda value, bound: None,
        )
        for values in reversed(found.solutions):
            schedule = decode(self.board, values, self.before)
            if not any(True for _ in undealt(self.programme, schedule)):
                self.best = Best(values, schedule)
                return

    def _answer(self, bounds: Sequence[int | None]) -> Outcome:
        interrupted, seconds = self.budget.stop.is_set(), self.budget.seconds
        if self.best is not None:
            return answer(
                self.programme,
                self.best.schedule,
                self.goals,
                [bound or 0 for bound in bounds],
                seconds=seconds,
                interrupted=interrupted,
            )
        if self.impossible:
            because = unkeepable(self.programme, self.before)
            return Outcome("infeasible", None, (), (), seconds, interrupted, because)
        return Outcome("unknown", None, (), (), seconds, interrupted)


def _goals(programme: Programme) -> tuple[Goal, ...]:
    """Return the programme's goals; seats come first where it does not name them.

    No other goal gives a reason to place a seat at all.
    """
    names = programme.goals if "seats" in programme.goals else ("seats", *programme.goals)
    return tuple(GOALS[name] for name in names)


def run(
    programme: Programme,
    limits: Limits,
    *,
    before: Schedule | None,
    report: Report | None,
    stop: Event | None,
) -> Outcome:
    """Plan ``programme``; see ``trainplan.solve.plan``."""
    return Planner(programme, limits, before, report or (lambda progress: None), stop).run()
