"""From a schedule that has to change to the nearest one that need not.

Sessions keep their names here: each is a lot of its own, and what it costs to change it is exact. First only
what no longer stands is freed and everything else is a fact; then, as long as something better is not ruled
out, more is freed. Two bounds rule it out: what each session costs at least by itself, and a board on which
every change that could still pay is open.
"""

from __future__ import annotations

from collections.abc import Collection
from threading import Event

from trainplan.model import Programme, Schedule
from trainplan.outcome import Limits, Outcome, Progress, Report
from trainplan.solve.history import history
from trainplan.solve.replanning.answer import answer
from trainplan.solve.replanning.boards import Boards
from trainplan.solve.replanning.bounds import least_alone
from trainplan.solve.replanning.freedom import Freedom
from trainplan.solve.replanning.incumbent import Incumbent
from trainplan.solve.replanning.mending import Mending, trimmed
from trainplan.solve.replanning.situation import FIRST, Situation
from trainplan.solve.replanning.widening import polish, widen
from trainplan.solve.search import Budget
from trainplan.workdays import Calendar

QUICK = 0.02  # of the budget: what is posted in less is proved rather than searched


class Replanner:
    """One replan in the making."""

    def __init__(
        self,
        programme: Programme,
        before: Schedule,
        fixed: Collection[str],
        dropped: Collection[str],
        limits: Limits,
        report: Report,
        stop: Event | None,
    ) -> None:
        """Take the order; nothing is searched yet."""
        past = history(programme, before, fixed)
        calendar = Calendar(past.programme)
        self.budget = Budget(limits, stop)
        self.report = report
        self.situation = Situation(programme, past, calendar, fixed, dropped)
        self.incumbent = Incumbent(self.situation)
        self.mending = Mending(self.situation, self.incumbent, self.budget)
        self.boards = Boards(self.situation, self.incumbent, self.budget, report, stop)

    def run(self) -> Outcome:
        """Free more and more until nothing better is possible or the time is up."""
        situation, incumbent, budget, mending = self.situation, self.incumbent, self.budget, self.mending
        stands, goals, movable = situation.stands, situation.goals, situation.movable
        self.report(Progress("", None, None, budget.seconds, so_far=self._so_far))
        found = situation.breaches(stands)
        broken = {id for one in found if one.rule != "demand" for id in one.sessions if id in movable}
        broken |= {id for id, one in movable.items() if not situation.programme.knows(one)}
        short = situation.short(found)
        if not broken and not situation.surplus(stands):
            # Sound as it is: only seats that it does not place could be a reason to touch it.
            incumbent.best = stands
            incumbent.note_bound(1, incumbent.value(1))
            if not short:
                # Every seat has its place: no other schedule changes no more than this one, which leaves
                # everything as it was but what is called off.
                least = incumbent.values()
                for number in range(len(FIRST), len(goals)):
                    incumbent.note_bound(number, least[number], least[: len(FIRST)])
                return self._answer()
        if situation.surplus(stands) and (fewer := trimmed(situation)) is not None:
            # Nobody but those who are no longer there has to give way: what it costs can't be less.
            incumbent.best = fewer
            incumbent.note_bound(1, incumbent.value(1))
            if incumbent.value(0) <= 0:
                # Whose seats go is open: that is decided by the programme's own goals.
                fuller = {course for (course, _), seats in situation.left(stands).items() if seats < 0}
                here = frozenset(id for id, one in movable.items() if one.course in fuller)
                polish(situation, incumbent, self.boards, Freedom(frozenset(), here), budget)
                mending.search(1.0, goals)
                return self._answer()
        broken |= mending.strip(broken)
        mending.mend(broken)
        lost = incumbent.best is not None and incumbent.value(0) > max(0, incumbent.value(0, stands))
        if lost or budget.left < 4 * self.boards.posting:
            # Seats are lost, or there are too many sessions for the time: what proves nothing comes first.
            mending.search(0.5, goals[:2])
        freedom = Freedom(
            frozenset(broken),
            frozenset(one.id for one in movable.values() if one.course in short),
            frozenset(short | {movable[id].course for id in broken}),
        )
        self._prove(freedom, frozenset(broken))
        return self._answer()

    def _prove(self, freedom: Freedom, broken: frozenset[str]) -> None:
        """Solve what is free, then more, with what bounds there are; search where they leave room."""
        situation, incumbent, budget, mending = self.situation, self.incumbent, self.budget, self.mending
        boards, goals = self.boards, situation.goals
        boards.solve(freedom, share=0.3)
        if incumbent.best is None or boards.time_to_post():
            incumbent.alone = least_alone(situation, broken, budget)
            incumbent.note_bound(1, incumbent.alone)
        if boards.posting > QUICK * budget.limits.seconds:
            mending.search(0.3, goals[:2])
        widen(situation, incumbent, boards, freedom, budget)
        mending.search(0.5, goals[:2])
        if incumbent.best is not None:
            polish(situation, incumbent, boards, freedom, budget)
        mending.search(1.0, goals)

    def _so_far(self) -> Outcome | None:
        """Return the answer there would be now, asked for by another thread."""
        if self.incumbent.best is None:
            return None
        return answer(self.situation, self.incumbent, self.budget, reasons=False)

    def _answer(self) -> Outcome:
        return answer(self.situation, self.incumbent, self.budget)


def run(
    programme: Programme,
    before: Schedule,
    fixed: Collection[str],
    dropped: Collection[str],
    limits: Limits,
    report: Report | None,
    stop: Event | None,
) -> Outcome:
    """Replan; see ``trainplan.solve.replan``."""
    return Replanner(programme, before, fixed, dropped, limits, report or (lambda progress: None), stop).run()
