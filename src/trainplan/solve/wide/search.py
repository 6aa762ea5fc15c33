"""A programme too wide for the exact search: ruin and recreate, in the order that a small relaxation gives.

The relaxation is solved in a process of its own while the search has begun already. It says how good the last
goal can be at most, and in what order the classes come; from there the search goes on.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import dataclass
from multiprocessing import current_process
from random import Random
from threading import Event

from trainplan.goals import GOALS
from trainplan.goals.base import Goal
from trainplan.model import Course, Programme, Schedule
from trainplan.outcome import Limits
from trainplan.parallel import beside
from trainplan.solve.construct import Turn, listed
from trainplan.solve.improve import Improver
from trainplan.solve.proofs import Proofs
from trainplan.solve.ruin.naming import schedule_of
from trainplan.solve.ruin.search import Ruin, Values
from trainplan.solve.search import Budget
from trainplan.solve.wide.compact import Compact
from trainplan.solve.wide.fit import width
from trainplan.solve.wide.guide import Guide
from trainplan.solve.wide.lagrange import bound
from trainplan.solve.wide.linear import CLOSE, ROUGH, Solved, solved
from trainplan.solve.wide.sizes import least_sessions
from trainplan.workdays import Calendar, Placement

MENDED = 30_000  # placements of all groups up to which parts are small enough to be solved exactly
MENDING = 0.25  # of the time, at the most, for that
PLACING = 0.1  # of the time, at the most, to place every seat before the relaxation is asked
RELAXING = 0.6  # of the time, at the most, for the relaxation
RESTARTED = 6_500  # placements of all groups up to which it begins anew
RESTARTS = 6  # how often, at the most
ANNEALING = 3.0  # seconds (or effort) that one search has then, at least
WORTH_A_PROCESS = 4.0  # seconds left, for another process to search as well: to start one takes one
SHARES = (0.3, 0.5, 0.7)  # of a class that has come: orders to try
TELLING = 1.0  # seconds between two signs of progress
SHARP = 40_000  # placements up to which the relaxation is asked in full at once
SHARPER = 130_000  # placements up to which it is asked in full once its coarse form is solved
AS_LONG = 12  # times as long as that took: what the full form may take


@dataclass(frozen=True, slots=True)
class Other:
    """What another process needs to search for itself; ``ends`` as ``time.time()`` counts."""

    programme: Programme
    goals: tuple[str, ...]
    before: Schedule | None
    turns: Sequence[Turn] | None
    ends: float


def another(order: Other, seed: int, stop: Event) -> tuple[Schedule, list[int]]:
    """Search in the given order until the time is over; a job of ``trainplan.parallel``."""
    limits = Limits(max(0.01, order.ends - time.time()), workers=1, seed=seed)
    wide = Wide(
        Calendar(order.programme),
        [GOALS[name] for name in order.goals],
        None,
        order.before,
        Random(seed),
        Budget(limits, stop),
        lambda values: None,
        Proofs(len(order.goals)),
        order.turns,
    )
    wide.anneal(0.0)
    return wide.best


class Wide:
    """The search for one programme.

    Attributes:
        best: The best schedule so far, and the goals' values in it.
        proofs: What is proved of each goal.
    """

    def __init__(
        self,
        calendar: Calendar,
        goals: Sequence[Goal],
        best: tuple[Schedule, list[int]] | None,
        before: Schedule | None,
        random: Random,
        budget: Budget,
        tell: Callable[[Sequence[int]], None],
        proofs: Proofs,
        turns: Sequence[Turn] | None = None,
    ) -> None:
        """Begin with ``best``, or without it with what can be placed one by one, by ``turns`` if given.

        It adds to the ``proofs`` that there are.
        """
        self.calendar = calendar
        self._goals = goals
        self.goals = [goal.name for goal in goals]
        self.proofs = proofs
        self._before = before
        self._random = random
        self._budget = budget
        self._tell = tell
        self._told = budget.seconds
        self._turns = turns  # the best order that the relaxation gave
        self._ruin, self.best = self._begun(best)

    def run(self, until: float) -> None:
        """Search until so much of the budget is left, or nothing can be bettered.

        Args:
            until: In the budget's own unit.
        """
        span = self._budget.left - until
        if span <= 0:
            return
        least = self._budget.left - PLACING * span
        self._search(lambda: self._unplaced() > 0 and self._budget.left > least, until)
        if self._unplaced() and width(self.calendar) <= MENDED:
            self._mend(max(0.0, self._budget.left - MENDING * span))
        left_over = self._unplaced()
        before, least = self._budget.left, self._budget.left - RELAXING * span
        coarse = width(self.calendar) > SHARP
        self._relax(least, until, coarse=coarse)
        took = before - self._budget.left
        if left_over:
            # The bound will be better once it need not allow for any.
            self._search(lambda: self._unplaced() > 0, until)
            self._relax(until, until, coarse=coarse)
        if coarse and width(self.calendar) <= SHARPER and self._budget.left - least > AS_LONG * took:
            # Its order leads further, even where the search has got ahead of it meanwhile.
            self._relax(least, until, coarse=False, anew=True)
        with self._others(until) as others:
            self.anneal(until)
        for schedule, values in others:
            if values < self.best[1]:
                self.best = (schedule, values)
        self._bound_sessions()

    def _others(self, until: float) -> AbstractContextManager[list[tuple[Schedule, list[int]]]]:
        """Search in as many more processes as there are processors, each by other chances, during a block."""
        limits, left = self._budget.limits, self._budget.left - until
        processes = (limits.workers or os.cpu_count() or 1) - 1
        # A process of a pool may not start processes of its own.
        if limits.reproducible or left < WORTH_A_PROCESS or current_process().daemon:
            processes = 0
        ends = time.time() + left
        order = Other(self.calendar.programme, tuple(self.goals), self._before, self._turns, ends)
        seeds = [self._random.randrange(1 << 30) for _ in range(processes)]
        return beside(another, order, seeds)

    def anneal(self, until: float) -> None:
        """Search to the end; a small programme again and again, for much depends on what was placed first."""
        again = width(self.calendar) <= RESTARTED and self._turns is not None
        number = max(1, min(RESTARTS, int((self._budget.left - until) / ANNEALING))) if again else 1
        for left in range(number, 0, -1):
            if left < number and self._turns is not None:
                self._ruin = self._new()
                self._ruin.build(self._turns)
            self._search(lambda: True, until + (self._budget.left - until) * (left - 1) / left)
            self._keep(self._ruin)

    def _begun(self, best: tuple[Schedule, list[int]] | None) -> tuple[Ruin, tuple[Schedule, list[int]]]:
        """Return a search that begins with a schedule, or with what it can place itself, and the better."""
        ruin = self._new()
        if best is None or not ruin.take(best[0]):
            ruin = self._new()
            ruin.build(self._turns or self._usual())
        self._budget.handled(ruin.handled)
        if best is None or list(ruin.best[1]) < best[1]:
            best = (schedule_of(ruin.stock, ruin.best[0], self._before), list(ruin.best[1]))
            self._tell(best[1])
        return ruin, best

    def _new(self) -> Ruin:
        return Ruin(self.calendar, self.goals, Random(self._random.random()))

    def _usual(self) -> list[Turn]:
        turns: list[Turn] = []
        for course in listed(self.calendar.programme, self._random, shaken=False):
            lots = [tuple(course.seats)] if course.mixed else [(group,) for group in course.seats]
            turns += [(course.id, groups) for groups in lots]
        return turns

    def _mend(self, least: float) -> None:
        """Place seats that found no place by solving parts exactly, and go on from there."""
        self._keep(self._ruin)
        schedule, values = self.best
        improver = Improver(
            self.calendar,
            self._goals[:1],
            schedule,
            values[:1],
            self.proofs.of,
            self._before,
            self._random,
            self._budget,
        )
        improver.run(least, lambda goal, value: None)
        ruin = self._new()
        if improver.values < values[:1] and ruin.take(improver.best):
            self._ruin = ruin
            self._keep(ruin)

    def _keep(self, ruin: Ruin) -> None:
        """Keep a search's best schedule, if it is better than what there is."""
        placed, value = ruin.best
        if list(value) < self.best[1]:
            self.best = (schedule_of(ruin.stock, placed, self._before), list(value))

    @property
    def now(self) -> Schedule:
        """The best schedule at this moment, asked for by another thread."""
        best, ruin = self.best, self._ruin
        placed, value = ruin.best
        return best[0] if best[1] <= list(value) else schedule_of(ruin.stock, placed, self._before)

    def _search(self, wanted: Callable[[], bool], until: float) -> None:
        """Go on as long as it is wanted; it cools down towards the end of the time."""
        ruin, budget = self._ruin, self._budget
        span = max(budget.left - until, 1e-9)
        noted = ruin.handled

        def left() -> float:
            nonlocal noted
            budget.handled(ruin.handled - noted)
            noted = ruin.handled
            if not wanted() or budget.enough(ruin.best[1], self.proofs.of(ruin.best[1])):
                return 0.0
            return max(0.0, (budget.left - until) / span)

        ruin.run(left, self._hear)
        self._hear(ruin.best[1], now=True)

    def _hear(self, value: Values, *, now: bool = False) -> None:
        if now or self._budget.seconds > self._told + TELLING:
            self._told = self._budget.seconds
            if list(value) <= self.best[1]:
                self._tell(value)

    def _relaxation(self, coarse: bool) -> Compact | None:
        """Lay out the relaxation for the last goal, where it says anything about it."""
        goal = self.goals[-1]
        if goal not in ("due", "early") or self._ruin.best[1][-1] == 0:
            return None
        compact = Compact(self.calendar, self._weigh(goal), self._unplaced(), coarse=coarse)
        return compact if compact.columns else None

    def _unplaced(self) -> int:
        return self._ruin.best[1][0]

    def _weigh(self, goal: str) -> Callable[[Course, Placement], int]:
        starts, day = self.calendar.programme.starts, self.calendar.day

        def late(course: Course, placement: Placement) -> int:
            return max(0, (day(placement.last) - course.due).days) if course.due is not None else 0

        return late if goal == "due" else lambda course, placement: (day(placement.last) - starts).days

    def _bound_sessions(self) -> None:
        """Count the classes that there must be at least: every seat not placed saves one at the most."""
        if "sessions" in self.goals:
            at = self.goals.index("sessions")
            programme = self.calendar.programme
            least = min((course.priority for course in programme.courses.values()), default=1)
            left = self._unplaced()
            self.proofs.add(at, max(0, least_sessions(programme) - left // least), (left,))

    def _relax(self, least: float, until: float, *, coarse: bool, anew: bool = False) -> None:
        """Solve the relaxation beside the search, then take its bound and go on in its order.

        Args:
            least: Of the budget, to leave when it has not come to an end.
            until: To leave in any case.
            coarse: Ask for less, and less exactly: see ``Compact``.
            anew: Go on in its order even if that begins with a worse schedule.
        """
        budget = self._budget
        compact = self._relaxation(coarse) if budget.left > least else None
        if compact is None:
            return
        budget.relaxed(compact.entries)

        def in_time() -> bool:
            # Where answers must repeat, the solver takes its time.
            return not budget.stop.is_set() if budget.limits.reproducible else budget.left > least

        with ThreadPoolExecutor(1) as pool:
            waiting: Future[Solved | None] = pool.submit(solved, compact, in_time, ROUGH if coarse else CLOSE)
            if not budget.limits.reproducible:
                self._search(lambda: not waiting.done(), until)
            found = waiting.result()
        if found is None:
            return
        self.proofs.add(len(self.goals) - 1, bound(compact, found.prices), (compact.unplaced,))
        self._hear(self._ruin.best[1], now=True)
        guide = Guide(self.calendar.programme.courses, compact.comes(found.values))
        guided: Ruin | None = None
        for share in SHARES:
            if budget.left <= until:
                return
            ruin, turns = self._new(), guide.turns(share)
            ruin.build(turns)
            budget.handled(ruin.handled)
            if guided is None or ruin.best[1] < guided.best[1]:
                guided, self._turns = ruin, turns
        # A few seats that found no place in that order are sooner placed than the order is found again.
        if guided is not None and (anew or guided.best[1][-1] < self._ruin.best[1][-1]):
            self._keep(self._ruin)
            self._ruin = guided
