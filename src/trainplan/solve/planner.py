"""The way from a programme to an audited schedule.

Construct one, make it better, prove how good it is. What is small enough is solved exactly, goal by goal; for
the rest parts are solved anew as long as there is time, and a linear program says how far off it can be.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import inf
from random import Random
from threading import Event

from trainplan.audit import audit
from trainplan.goals import pursued
from trainplan.model import Programme, Schedule
from trainplan.outcome import Limits, Outcome, Report
from trainplan.rules.base import Expr
from trainplan.solve.answer import answer, unkeepable
from trainplan.solve.board import Board
from trainplan.solve.bound import Relaxation
from trainplan.solve.chains.run import Run as ChainsRun
from trainplan.solve.chains.tasks import fits
from trainplan.solve.construct import construct
from trainplan.solve.evenness import even_out
from trainplan.solve.exact import Exact
from trainplan.solve.improve import Improver
from trainplan.solve.posted import Stopped, posted
from trainplan.solve.proofs import Proofs
from trainplan.solve.search import Budget
from trainplan.solve.strengthen import once_every_seat_is_placed
from trainplan.solve.telling import Telling
from trainplan.solve.warm import named_after, pinned, sound
from trainplan.solve.wide.fit import suits, width
from trainplan.solve.wide.search import Wide
from trainplan.workdays import Calendar

EXACT_VARIABLES = 20_000  # a board with more of them is not given to the exact search whole
GUIDED_PLACEMENTS = 1_500  # of all groups in all courses; with fewer the exact search needs no other
EXACT_PLACEMENTS = 6_500  # with more the exact search would get nowhere, and no board is built
GLANCE = 0.1  # of what is left, for a first exact search, which proves what is easy
SEARCHING = 0.3  # of what is left then, to search session by session
BETTERING = 0.5  # of what is left then, part by part, before the exact search goes on
GUIDED_VARIABLES = 2_000  # with fewer, the exact search is quicker than the relaxation
PLACING = 0.25  # of what is left then, to better the first goal of a large programme
CONSTRUCTING = 0.1  # of the budget
RELAXING = 0.5  # of what is left then, at the most
BOUNDING = 2  # times as long as the first relaxation took, for the tighter ones at the end
AUDITS = 1.3  # times as long as the first schedule's audit took, for the last one's
RESERVED = 0.02  # of the budget, for what comes after the search


class Planner:
    """One plan in the making."""

    def __init__(
        self,
        programme: Programme,
        limits: Limits,
        before: Schedule | None,
        report: Report,
        stop: Event | None,
        start: Schedule | None = None,
    ) -> None:
        """Take the order; nothing is computed yet."""
        self.start = start
        self.programme = programme
        self.before = before
        self.calendar = Calendar(programme)
        self.budget = Budget(limits, stop)
        self.random = Random(limits.seed)
        self.goals = pursued(programme)
        self.telling = Telling([goal.name for goal in self.goals], report)
        self.best: Schedule | None = None
        self.proofs = Proofs(len(self.goals))
        self.impossible = False
        # The searches that are on: their best comes back only at their end.
        self._exact: Exact | None = None
        self._wide: Wide | None = None

    @property
    def bounds(self) -> list[int]:
        """A value for each goal that no schedule betters which is as good as the best on those before it."""
        return self.proofs.of(self._values(self.best) if self.best is not None else [inf] * len(self.goals))

    def run(self) -> Outcome:
        """Search, then audit what was found."""
        self.search()
        return self._answer()

    def search(self) -> None:
        """Construct, improve, prove, even out."""
        self.telling.begin(self._so_far, self.budget.seconds)
        if self._chained():
            return
        size = width(self.calendar)
        wide = size > GUIDED_PLACEMENTS and suits(self.programme, self.goals, self.before)
        if wide and size > EXACT_PLACEMENTS:
            self._begin_with_start()
            self._search(1 - RESERVED)
            self._name()
            return
        self._construct()
        self._begin_with_start()
        try:
            board, objectives = posted(
                self.calendar, self.goals, self.before, self.budget, unless=self.budget.stop
            )
        except Stopped:
            return
        if wide:
            self._take_turns(board, objectives)
        else:
            self._relax_and_solve(board, objectives)
        if self.best is not None:
            self.best = even_out(self.calendar, self.goals, self.best, self.before, self.budget)
        self._name()

    def _take_turns(self, board: Board, objectives: Sequence[Expr]) -> None:
        """Prove at once what is easy; else search session by session, part by part, and prove what can be."""
        self._solve(board, objectives, GLANCE)
        if self.impossible or self._proved():
            return
        self._search(SEARCHING)
        self._improve(BETTERING, foremost=False)
        self._solve(board, objectives, 1.0)

    def _proved(self) -> bool:
        return self.best is not None and self.budget.enough(self._values(self.best), self.bounds)

    def _proved_first(self) -> bool:
        return self.best is not None and self._values(self.best)[0] <= self.bounds[0]

    def _relax_and_solve(self, board: Board, objectives: Sequence[Expr]) -> None:
        """Ask the relaxation where the board is large, and give it to the exact search where it is not."""
        relaxation = None
        if self.best is not None and len(board.ranges) > GUIDED_VARIABLES:
            if len(board.ranges) > EXACT_VARIABLES:
                # What it says of the last goal is worth more once the first is as good as it gets.
                self._improve(PLACING, foremost=True)
            relaxation = self._relax(board, objectives)
        if relaxation is None or len(board.ranges) <= EXACT_VARIABLES:
            self._solve(board, objectives, 1.0)
        else:
            self._better(board, objectives, relaxation)

    def _name(self) -> None:
        """Give what was found the names of the schedule to start from."""
        if self.best is not None and self.start is not None:
            self.best = named_after(self.best, self.start)

    def _tell(self, goal: str, value: int | None, bound: int | None) -> None:
        self.telling.tell(goal, value, bound, self.budget.seconds)

    def _values(self, schedule: Schedule) -> list[int]:
        return [goal.measure(self.programme, schedule) for goal in self.goals]

    def _chained(self) -> bool:
        """Plan by intervals where they say all there is to say; say whether nothing is left to do."""
        names = [goal.name for goal in self.goals]
        if (self.before is not None and self.before.sessions) or not fits(self.calendar, names):
            return False
        found = ChainsRun(self.calendar, self.goals, self.budget, self.random, self._tell).run()
        if found is None:
            return False
        self.best = found.schedule
        if found.proofs is None:
            return False
        self.proofs.take(found.proofs)
        self._begin_with_start()
        self._name()
        return True

    def _construct(self) -> None:
        """Place sessions one by one; with pins it is left to the exact search."""
        if self.best is not None or (
            self.before is not None and any(session.pin for session in self.before.live)
        ):
            return
        self.best = construct(self.calendar, self._passed, self.random, self.budget.spare(CONSTRUCTING))
        if self.best is not None:
            self._tell_best()

    def _begin_with_start(self) -> None:
        """Take the schedule to start from, if it breaks no rule and is better than what was put together."""
        if self.start is None:
            return
        begun = sound(self.programme, self.start, self.before or Schedule(()))
        if begun is not None and (self.best is None or self._values(begun) <= self._values(self.best)):
            self.best = begun
            self._tell_best()

    def _passed(self, schedule: Schedule) -> list[int]:
        """Return the values of a schedule that was put together session by session."""
        self.budget.passed(schedule)
        return self._values(schedule)

    def _tell_best(self) -> None:
        assert self.best is not None
        self._tell_values(self._values(self.best))

    def _tell_values(self, values: Sequence[int]) -> None:
        self.telling.measured(values, self.proofs.of(values), self.budget.seconds)

    def _search(self, share: float) -> None:
        """Take sessions out and place them anew for a share of the budget left, and bound the last goal."""
        begun = (self.best, self._values(self.best)) if self.best is not None else None
        until = self.budget.left * (1 - share)
        search = Wide(
            self.calendar,
            self.goals,
            begun,
            self.before,
            self.random,
            self.budget,
            self._tell_values,
            self.proofs,
        )
        self._wide = search
        if not self.budget.limits.reproducible:
            until = max(until, AUDITS * self._audit_takes(search.best[0]))
        search.run(until)
        self.best = search.best[0]
        self._wide = None

    def _audit_takes(self, schedule: Schedule) -> float:
        """Return how many seconds it takes to audit a schedule: with thousands of sessions, many."""
        began = self.budget.seconds
        audit(self.programme, schedule)
        return self.budget.seconds - began

    def _relax(self, board: Board, objectives: Sequence[Expr]) -> Relaxation:
        """Ask the relaxation how good the last goal can be at most."""
        assert self.best is not None
        relaxation = Relaxation(board, self.budget)
        # Whatever gets better later, the first goal will not get worse: that holds from here on, and so
        # does the bound.
        first = self.goals[0].measure(self.programme, self.best)
        board.structure(objectives[0] <= first)
        if self.goals[0].name == "seats" and first == 0:
            once_every_seat_is_placed(board)
        self._bound(relaxation, objectives, len(self.goals) - 1, [first], RELAXING)
        return relaxation

    def _solve(self, board: Board, objectives: Sequence[Expr], share: float) -> None:
        """Give the whole board to the exact search, for a share of the budget left."""
        exact = Exact(
            board,
            self.goals,
            objectives,
            self.best,
            self.before,
            self.budget,
            self._tell,
            like=self.start,
            proofs=self.proofs,
        )
        self._exact = exact
        exact.run(share)
        self.best, self.impossible = exact.best, exact.impossible
        self._exact = None

    def _better(self, board: Board, objectives: Sequence[Expr], relaxation: Relaxation) -> None:
        """Better the schedule part by part, then ask the relaxation again how good it can be at most."""
        assert self.best is not None
        # With every seat placed and nothing between the first goal and the last, it would say the same.
        again = len(self.goals) > 2 or not self._proved_first()
        if again and self.budget.limits.gap:
            # As long as nothing is known of the goals in between, no search is ever good enough.
            self._bound_each(board, objectives, relaxation, RELAXING)
        spare = relaxation.took * BOUNDING if again else 0.0
        self._improve(1 - RESERVED - spare / max(self.budget.left, spare, 1e-6), foremost=False)
        if again and not self.budget.enough(self._values(self.best), self.bounds):
            self._bound_each(board, objectives, relaxation)

    def _bound_each(
        self, board: Board, objectives: Sequence[Expr], relaxation: Relaxation, share: float = 1.0
    ) -> None:
        """Ask the relaxation about each goal, the ones before it no worse than they are."""
        assert self.best is not None
        values = self._values(self.best)
        with board.for_now():
            for number, (goal, objective) in enumerate(zip(self.goals, objectives, strict=True)):
                if not self.budget.enough(values[number : number + 1], self.bounds[number : number + 1]):
                    self._bound(relaxation, objectives, number, values[:number], share)
                board.limit(objective <= values[number])
                if goal.name == "seats" and values[number] == 0:
                    once_every_seat_is_placed(board)

    def _improve(self, share: float, *, foremost: bool) -> None:
        """Better the schedule part by part for a share of the budget left, or only its first goal."""
        assert self.best is not None
        values = self._values(self.best)
        improver = Improver(
            self.calendar,
            self.goals[:1] if foremost else self.goals,
            self.best,
            values[:1] if foremost else values,
            self.proofs.of,
            self.before,
            self.random,
            self.budget,
        )
        until = self.budget.left * (1 - share)

        def heard(goal: str, value: int) -> None:
            self.best = improver.best
            self._tell_best()

        improver.run(until, heard)
        self.best = improver.best

    def _bound(
        self,
        relaxation: Relaxation,
        objectives: Sequence[Expr],
        number: int,
        upto: Sequence[int],
        share: float = 1.0,
    ) -> None:
        """Ask the relaxation about a goal, with those before it held ``upto`` these values on its board."""
        assert self.best is not None
        bound = relaxation.bound(objectives[number], share)
        if bound is not None:
            self.proofs.add(number, bound, upto)
            goal = self.goals[number]
            self._tell(goal.name, goal.measure(self.programme, self.best), self.bounds[number])

    def _so_far(self) -> Outcome | None:
        """Return the answer there would be now, asked for by another thread."""
        wide, exact = self._wide, self._exact
        best = wide.now if wide is not None else exact.best if exact is not None else self.best
        if best is None:
            return None
        bounds = self.proofs.of(self._values(best))
        interrupted, seconds = self.budget.stop.is_set(), self.budget.seconds
        return answer(
            self.programme,
            best,
            self.goals,
            bounds,
            seconds=seconds,
            interrupted=interrupted,
            reasons=False,
        )

    def _answer(self) -> Outcome:
        interrupted, seconds = self.budget.stop.is_set(), self.budget.seconds
        if self.best is not None:
            return answer(
                self.programme, self.best, self.goals, self.bounds, seconds=seconds, interrupted=interrupted
            )
        if self.impossible:
            because = unkeepable(self.programme, self.before)
            return Outcome("infeasible", None, (), (), seconds, interrupted, because)
        return Outcome("unknown", None, (), (), seconds, interrupted)


def run(
    programme: Programme,
    limits: Limits,
    *,
    before: Schedule | None,
    report: Report | None,
    stop: Event | None,
    start: Schedule | None = None,
) -> Outcome:
    """Plan ``programme``; see ``trainplan.solve.plan``."""
    if start is not None and before is None:
        before = pinned(start)
    return Planner(programme, limits, before, report or (lambda progress: None), stop, start).run()
