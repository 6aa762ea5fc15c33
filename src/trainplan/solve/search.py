"""One run of CP-SAT over a board: within a budget, stoppable, with every better solution remembered."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from math import ceil, floor
from threading import Event, Thread
from typing import Literal, Protocol

from ortools.sat.python import cp_model

from trainplan.model import Schedule
from trainplan.outcome import Fault, Limits, apart
from trainplan.rules.base import Expr
from trainplan.solve.board import Board

# What our own work takes, about, where the solver's deterministic time is the clock.
SECONDS_A_CONSTRAINT = 3e-5
SECONDS_A_SESSION = 2e-3
SECONDS_A_DEALING = 5e-3
SECONDS_A_CUT = 0.2
SECONDS_AN_ENTRY = 1e-5
SECONDS_A_MOVE = 5e-5
SECONDS_A_TASK = 2e-5

POLL_SECONDS = 0.05
REMEMBERED = 12  # better solutions kept besides the last, should the last one fail a later test


class Budget:
    """Effort left: seconds of the clock, or of the solver's deterministic time where answers must repeat."""

    def __init__(self, limits: Limits, stop: Event | None) -> None:
        """Start counting now."""
        self.limits = limits
        self.stop = stop or Event()
        self._began = time.monotonic()
        self._spent = 0.0

    @property
    def seconds(self) -> float:
        """Effort so far, in the unit that the budget is counted in."""
        return self._spent if self.limits.reproducible else time.monotonic() - self._began

    @property
    def left(self) -> float:
        """Effort left; none once somebody has asked to stop."""
        return 0.0 if self.stop.is_set() else max(0.0, self.limits.seconds - self.seconds)

    def enough(self, values: Sequence[int], bounds: Sequence[int]) -> bool:
        """Say whether every value is as near to its bound as was asked for."""
        near = self.limits.gap
        return all(apart(value, bound) <= near for value, bound in zip(values, bounds, strict=True))

    def share(self, seconds: float) -> float:
        """Return what share of the budget left so much of it is: 1 where no more than that is left."""
        left = self.left  # read once: it may be none a moment later
        if seconds <= 0:
            return 0.0
        return min(1.0, seconds / left) if left > 0 else 1.0

    def spare(self, share: float) -> Callable[[], bool]:
        """Return a question to ask again and again: is less than this share of the whole budget used?"""
        return lambda: self.left > (1 - share) * self.limits.seconds

    def spend(self, deterministic: float) -> None:
        """Note the deterministic time of a finished run."""
        self._spent += deterministic

    def built(self, board: Board) -> None:
        """Note that a board was built; the clock sees that by itself, deterministic time must be told."""
        self._spent += len(board.model.proto.constraints) * SECONDS_A_CONSTRAINT

    def relaxed(self, entries: int) -> None:
        """Note that a linear relaxation with so many entries in its matrix was solved."""
        self._spent += entries * SECONDS_AN_ENTRY

    def passed(self, schedule: Schedule) -> None:
        """Note that a schedule was put together one session after another."""
        self._spent += len(schedule.sessions) * SECONDS_A_SESSION

    def handled(self, sessions: int) -> None:
        """Note that so many sessions were taken out or placed one by one."""
        self._spent += sessions * SECONDS_A_MOVE

    def listed(self, tasks: int) -> None:
        """Note that so many tasks were put into a list and placed, pushed right and back again."""
        self._spent += tasks * SECONDS_A_TASK

    def dealt(self) -> None:
        """Note that a solution's people were dealt out, or that this failed."""
        self._spent += SECONDS_A_DEALING

    def cut(self) -> None:
        """Note that it was found out who is to blame where people can't be dealt out."""
        self._spent += SECONDS_A_CUT


@dataclass(frozen=True, slots=True)
class Found:
    """What one run came to.

    Attributes:
        status: As CP-SAT proved it; a time-out without a solution is ``unknown``, never ``infeasible``.
        value, bound: Of the objective; None without a solution (and for a bound, without any proof).
        solutions: A value for each variable; the best last.
    """

    status: Literal["optimal", "feasible", "infeasible", "unknown"]
    value: int | None
    bound: int | None
    solutions: tuple[Sequence[int], ...]


Heard = Callable[[int | None, int | None], None]


class Modelled(Protocol):
    """Whatever CP-SAT can be given."""

    model: cp_model.CpModel


def minimise(
    board: Modelled,
    objective: Expr,
    budget: Budget,
    *,
    share: float,
    hint: Mapping[int, int] | None,
    heard: Heard,
    gap: float = 0.0,
    ways: Mapping[str, object] | None = None,
    halt: Callable[[], bool] = lambda: False,
    counts: Callable[[Sequence[int]], bool] = lambda values: True,
) -> Found:
    """Make ``objective`` small with whatever has been posted on the board.

    Args:
        board: The model; its objective and hint are replaced.
        objective: A linear expression.
        budget: Stops the run when it is used up, or when somebody asks to stop.
        share: At most so much of the budget that is left, 0 to 1.
        hint: Where to start from: values by the number of the variable.
        heard: Called with each better value or bound, from the solver's threads.
        gap: The run ends as soon as the value is within this share of its bound.
        ways: Parameters of CP-SAT by name, where its own are not the best for the model.
        halt: Asked now and then whether to end the run early.
        counts: Says of each better solution, from the solver's threads, whether its value may be told.

    Raises:
        Fault: CP-SAT calls the model invalid.
    """
    model = board.model
    model.proto.clear_objective()
    model.proto.clear_solution_hint()
    if hint is not None:
        model.proto.solution_hint.vars.extend(list(hint.keys()))
        model.proto.solution_hint.values.extend(list(hint.values()))
    model.minimize(objective)
    solver = _solver(budget, share)
    # CP-SAT's gap is a share of the value, ours of the bound; a hair more, for it counts in floats.
    solver.parameters.relative_gap_limit = gap / (1 + gap) * (1 + 1e-12)
    for name, value in (ways or {}).items():
        setattr(solver.parameters, name, value)
    listener = _Listener(heard, counts)
    solver.best_bound_callback = listener.on_bound
    with _stoppable(solver, lambda: budget.stop.is_set() or halt()):
        status = solver.solve(model, listener)
    budget.spend(solver.response_proto.deterministic_time)
    if status == cp_model.MODEL_INVALID:
        raise Fault(f"the solver calls the model invalid: {model.validate()}")
    if status == cp_model.INFEASIBLE:
        return Found("infeasible", None, None, ())
    if status == cp_model.UNKNOWN:
        return Found("unknown", None, _whole_bound(solver.best_objective_bound), ())
    best = list(solver.response_proto.solution)
    value, bound = round(solver.objective_value), _whole_bound(solver.best_objective_bound)
    # What is within the gap is optimal to CP-SAT; to us only what can't be bettered is.
    proved = status == cp_model.OPTIMAL and (not gap or (bound is not None and bound >= value))
    return Found("optimal" if proved else "feasible", value, bound, (*listener.kept, best))


def _solver(budget: Budget, share: float) -> cp_model.CpSolver:
    limits = budget.limits
    solver = cp_model.CpSolver()
    parameters = solver.parameters
    parameters.random_seed = limits.seed
    # Ours is the terminal: left alone, CP-SAT would take Ctrl-C for itself and keep it.
    parameters.catch_sigint_signal = False
    if limits.reproducible:
        parameters.num_workers = 1
        parameters.max_deterministic_time = max(budget.left * share, 0.001)
    else:
        parameters.num_workers = limits.workers or os.cpu_count() or 1
        parameters.max_time_in_seconds = max(budget.left * share, 0.001)
    return solver


def _whole_bound(bound: float) -> int | None:
    # Bounds come as floats a hair off; rounding up from just below keeps them sound.
    return ceil(bound - 1e-6) if abs(bound) < 2**53 else None


class _Listener(cp_model.CpSolverSolutionCallback):
    """Remembers the last few solutions and passes values and bounds on."""

    def __init__(self, heard: Heard, counts: Callable[[Sequence[int]], bool]) -> None:
        super().__init__()
        self.kept: list[Sequence[int]] = []
        self._heard = heard
        self._counts = counts
        self._value: int | None = None

    def on_solution_callback(self) -> None:
        solution = list(self.response_proto.solution)
        self.kept = [*self.kept[-REMEMBERED:], solution]
        if self._counts(solution):
            self._value = round(self.objective_value)
        self._heard(self._value, floor(self.best_objective_bound))

    def on_bound(self, bound: float) -> None:
        self._heard(self._value, _whole_bound(bound))


@contextmanager
def _stoppable(solver: cp_model.CpSolver, stop: Callable[[], bool]) -> Iterator[None]:
    """Stop the solver as soon as it should stop, while the body runs."""
    done = Event()

    def watch() -> None:
        # Again and again: a stop that is asked for before the search has begun would be lost.
        while not done.wait(POLL_SECONDS):
            if stop():
                solver.stop_search()

    watcher = Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        done.set()
        watcher.join()
