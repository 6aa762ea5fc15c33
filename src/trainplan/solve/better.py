"""A schedule made better from where it is, and how good any could be."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from threading import Event

from trainplan.goals import GOALS
from trainplan.goals.base import Goal
from trainplan.model import Programme, Schedule
from trainplan.outcome import Limits, Outcome
from trainplan.rules.base import Expr
from trainplan.solve.answer import answer
from trainplan.solve.board import Board
from trainplan.solve.bound import Relaxation
from trainplan.solve.exact import Exact
from trainplan.solve.improve import Improver
from trainplan.solve.posted import posted
from trainplan.solve.search import Budget
from trainplan.workdays import Calendar

EXACT_VARIABLES = 20_000  # a board with more of them is bettered part by part


def better(programme: Programme, start: Schedule, limits: Limits, stop: Event | None = None) -> Outcome:
    """Return the best schedule found from ``start``, which keeps the programme's rules but may lack seats.

    Raises:
        Fault: The schedule found fails its audit.
    """
    budget = Budget(limits, stop)
    calendar = Calendar(programme)
    names = programme.goals if "seats" in programme.goals else ("seats", *programme.goals)
    goals = tuple(GOALS[name] for name in names)
    board, objectives = posted(calendar, goals, None, budget)
    start = Schedule.of(one for one in start.live)
    if len(board.ranges) <= EXACT_VARIABLES:
        exact = Exact(board, goals, objectives, start, None, budget, _nobody)
        exact.run()
        best, bounds = exact.best or start, exact.bounds
    else:
        best, bounds = _part_by_part(calendar, goals, board, objectives, start, budget)
    return answer(programme, best, goals, bounds, seconds=budget.seconds, interrupted=budget.stop.is_set())


def _part_by_part(
    calendar: Calendar,
    goals: Sequence[Goal],
    board: Board,
    objectives: Sequence[Expr],
    start: Schedule,
    budget: Budget,
) -> tuple[Schedule, list[int]]:
    values = [goal.measure(calendar.programme, start) for goal in goals]
    bounds = [0] * len(goals)
    relaxation = Relaxation(board, budget)
    # One bound for the last goal, under the one promise that the first will not get worse.
    board.structure(objectives[0] <= values[0])
    bounds[-1] = max(0, relaxation.bound(objectives[-1], 0.3) or 0)
    improver = Improver(
        calendar, goals, start, values, list(bounds), None, Random(budget.limits.seed), budget
    )
    improver.run(0.02 * budget.limits.seconds, lambda goal, value: None)
    return improver.best, bounds


def _nobody(goal: str, value: int | None, bound: int | None) -> None:
    """Report to nobody: the one who asks compares many such answers."""
