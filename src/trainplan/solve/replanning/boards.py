"""What is freed is laid out on a board and solved; what comes of it is kept if it is better."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from threading import Event

from trainplan.goals import GOALS
from trainplan.goals.base import Goal
from trainplan.outcome import Progress, Report
from trainplan.rules.base import Expr
from trainplan.solve.board import Board
from trainplan.solve.exact import Exact
from trainplan.solve.keep import KEPT
from trainplan.solve.posted import posted
from trainplan.solve.replanning.freedom import Freedom, leeway_of
from trainplan.solve.replanning.incumbent import Incumbent
from trainplan.solve.replanning.situation import Situation
from trainplan.solve.search import Budget

POSTING = 0.004  # seconds (or effort) that a session adds to posting a board, before one was posted


class Boards:
    """Solves one board after another.

    Attributes:
        posting: What posting a board takes, seconds or effort: the last one, or a guess before.
    """

    def __init__(
        self, situation: Situation, incumbent: Incumbent, budget: Budget, report: Report, stop: Event | None
    ) -> None:
        """Note what is known; nothing is posted yet."""
        self.situation = situation
        self.incumbent = incumbent
        self.budget = budget
        self.report = report
        self.stop = stop
        self.posting = POSTING * len(situation.stands.live)

    def time_to_post(self) -> bool:
        """Say whether there is time to post another board and to search on it."""
        return self.budget.left > 1.5 * self.posting

    def post(self, freedom: Freedom, goals: Sequence[Goal], budget: Budget) -> tuple[Board, list[Expr]]:
        """Return a board on which so much is free, and its goals."""
        situation = self.situation
        candidates = {
            id: situation.choice(course) if id in freedom.more else []
            for id, course in situation.programme.courses.items()
        }
        began = budget.seconds
        leeway = leeway_of(situation, freedom)
        board = posted(situation.calendar, goals, situation.before, budget, candidates, leeway)
        _keep_out(situation, board[0])
        self.posting = budget.seconds - began
        return board

    def solve(self, freedom: Freedom, share: float, own: bool = False) -> Exact | None:
        """Solve what is free, and keep what comes of it if it is better; return the search.

        There is none where there is a schedule, and no time to lay out a board. With ``own`` the programme's
        own goals count too, and after all of them that people keep their seats.
        """
        situation, incumbent = self.situation, self.incumbent
        if incumbent.best is not None and not self.time_to_post():
            return None
        goals = (*situation.goals, KEPT) if own else situation.goals[:2]
        seconds = self.budget.left * share
        budget = Budget(replace(self.budget.limits, seconds=max(seconds, 0.5)), self.stop)
        board, objectives = self.post(freedom, goals, budget)
        start = incumbent.best
        if start is not None:
            for goal, objective in list(zip(goals, objectives, strict=True))[: 2 if own else 1]:
                board.structure(objective <= goal.measure(situation.programme, start))
        exact = Exact(
            board, goals, objectives, start, situation.before, budget, self._tell, situation.excused
        )
        exact.run()
        self.budget.spend(budget.seconds)
        if exact.best is not None and exact.best is not incumbent.best:
            incumbent.take(situation.dressed(exact.best), goals)
        return exact

    def _tell(self, goal: str, value: int | None, bound: int | None) -> None:
        # A bound on what has been freed is none on the whole: told as one it would promise too much.
        if goal in GOALS:
            self.report(Progress(goal, value, None, self.budget.seconds))


def _keep_out(situation: Situation, board: Board) -> None:
    """Let nothing else of its course take the days of a cancelled session at its venue."""
    for gone in (one for one in situation.before.live if one.id in situation.dropped):
        days = set(gone.days)
        for run in board.runs:
            at = situation.calendar.days(run.placement)
            if run.lot.course.id != gone.course or days.isdisjoint(at) or not run.alive:
                continue
            session = run.lot.session
            if session is not None and run.placement == situation.own(session):
                continue
            for kind, count in run.counts.items():
                # Venues of named sessions are alike to none: a kind is one of them.
                if set(kind) == set(gone.venues):
                    board.structure(count == 0)
