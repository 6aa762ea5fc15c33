"""A schedule made better from where it is; for a small programme, the best, and proved to be."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from threading import Event

from trainplan.goals import pursued
from trainplan.goals.base import Goal
from trainplan.model import Programme, Schedule
from trainplan.outcome import Limits, Outcome
from trainplan.solve.answer import answer
from trainplan.solve.exact import Exact
from trainplan.solve.improve import Improver
from trainplan.solve.posted import posted
from trainplan.solve.proofs import Proofs
from trainplan.solve.search import Budget
from trainplan.workdays import Calendar

EXACT_VARIABLES = 20_000  # a board with more of them is bettered part by part


def better(programme: Programme, start: Schedule, limits: Limits, stop: Event | None = None) -> Outcome:
    """Return the best schedule found from ``start``, which keeps the programme's rules but may lack seats.

    It is never worse than ``start``, goal by goal in their order.

    Raises:
        Fault: The schedule found fails its audit.
    """
    budget = Budget(limits, stop)
    calendar = Calendar(programme)
    goals = pursued(programme)
    board, objectives = posted(calendar, goals, None, budget)
    start = Schedule.of(one for one in start.live)
    proofs = Proofs(len(goals))
    if len(board.ranges) <= EXACT_VARIABLES:
        exact = Exact(board, goals, objectives, start, None, budget, _nobody, proofs=proofs)
        exact.run()
        best = exact.best or start
    else:
        best = _part_by_part(calendar, goals, start, budget)
    now, found = ([goal.measure(programme, one) for goal in goals] for one in (start, best))
    if now < found:
        # A search that is cut short may have given up a later goal for people who can be dealt out.
        best, found = start, now
    return answer(
        programme,
        best,
        goals,
        proofs.of(found),
        seconds=budget.seconds,
        interrupted=budget.stop.is_set(),
    )


def _part_by_part(calendar: Calendar, goals: Sequence[Goal], start: Schedule, budget: Budget) -> Schedule:
    """Improve a large schedule part by part; all the time goes there, and none into bounds."""
    values = [goal.measure(calendar.programme, start) for goal in goals]
    nothing, random = Proofs(len(goals)), Random(budget.limits.seed)
    improver = Improver(calendar, goals, start, values, nothing.of, None, random, budget)
    improver.run(0.02 * budget.limits.seconds, lambda goal, value: None)
    return improver.best


def _nobody(goal: str, value: int | None, bound: int | None) -> None:
    """Report to nobody: the one who asks compares many such answers."""
