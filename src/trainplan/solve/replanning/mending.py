"""What proves nothing and comes first: what is broken is taken out and placed anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from random import Random

from trainplan.goals.base import Goal
from trainplan.model import Schedule, Session
from trainplan.solve.replanning.incumbent import Incumbent
from trainplan.solve.replanning.repair.greedy import greedy
from trainplan.solve.replanning.repair.mend import Mend
from trainplan.solve.replanning.repair.ruin import HEAT, HOT, ruin_and_recreate
from trainplan.solve.replanning.situation import Situation
from trainplan.solve.search import Budget

AGAIN = 4  # times that more seats are looked for from the best schedule on


def trimmed(situation: Situation) -> Schedule | None:
    """Return what stands without the seats that nobody asks for, if that is sound."""
    stands, programme = situation.stands, situation.programme
    sessions = {one.id: one for one in stands.live}
    for (course, group), seats in situation.left(stands).items():
        over = -seats
        for one in reversed(stands.live):
            now = sessions[one.id]
            if over <= 0 or one.id not in situation.movable or one.course != course or "seats" in one.pin:
                continue
            size = sum(now.groups.values())
            fewer = min(over, now.groups.get(group, 0), size - programme.courses[course].min_class)
            if fewer > 0:
                groups = {**now.groups, group: now.groups[group] - fewer}
                groups = {id: number for id, number in groups.items() if number}
                sessions[one.id] = replace(now, groups=groups, seats=size - fewer)
                over -= fewer
        if over > 0:
            return None
    schedule = Schedule.of(sessions.values(), situation.before)
    return None if situation.unsound(schedule) else schedule


class Mending:
    """Repairs what stands, and goes on from the best there is."""

    def __init__(self, situation: Situation, incumbent: Incumbent, budget: Budget) -> None:
        """Note what is known; nothing is repaired yet."""
        self.situation = situation
        self.incumbent = incumbent
        self.budget = budget
        self._searched = 0
        self._mended: tuple[Mend | None, Schedule | None] = (None, None)

    def strip(self, broken: set[str]) -> set[str]:
        """Take out what is broken, and what can't stand without it; return all of it.

        What is left is a first answer, if a poor one: everything taken out is gone.
        """
        situation, movable = self.situation, self.situation.movable
        gone = set(broken)
        while True:
            left = Schedule.of([one for one in situation.stands.live if one.id not in gone], situation.before)
            unsound = situation.unsound(left)
            more = {
                id
                for one in unsound
                for id in one.sessions
                if id in movable and id not in gone and not movable[id].pin
            }
            if not more:
                break
            gone |= more
        if not unsound and self.incumbent.best is None and not situation.surplus(left):
            self.incumbent.best = left
        return gone

    def mend(self, gone: set[str]) -> None:
        """Give what was taken out new places, one after another: whatever comes later is no worse."""
        movable = self.situation.movable
        mend = self._mend_of([one for id, one in movable.items() if id not in gone])
        greedy(mend, [movable[id] for id in sorted(gone)], lambda: not self.budget.stop.is_set())
        self._hear(mend)

    def search(self, share: float, goals: Sequence[Goal]) -> None:
        """Take sessions out and place them anew for a share of the time, unless these goals are proved."""
        incumbent = self.incumbent
        if incumbent.best is None or self.budget.left <= 0 or incumbent.proved(len(goals)):
            return
        if incumbent.value(0) > incumbent.bounds[0] and share < 1:
            # First more seats, whatever that changes, again and again by other chances; then fewer changes.
            span = self.budget.left * share / 2 / AGAIN
            for _ in range(AGAIN):
                self._wander(span / max(self.budget.left, span, 1e-9), HOT)
        self._wander(share, HEAT)

    def _wander(self, share: float, heat: float) -> None:
        best = self.incumbent.best
        if best is None or self.budget.left <= 0:
            return
        mend, mended = self._mended
        if mend is None or mended is not best or mend.value != mend.best[1]:
            mend = self._mend_of([one for one in best.live if one.id not in self.situation.fixed])
        self._searched += 1
        until = self.budget.left * (1 - share)
        span = max(self.budget.left - until, 1e-9)
        enough = self.incumbent.bounds[0] if heat == HOT else -1

        def left() -> float:
            self.budget.handled(mend.table.handled - mend.noted)
            mend.noted = mend.table.handled
            if mend.best[1][0] <= enough:
                return 0.0
            return max(0.0, (self.budget.left - until) / span)

        ruin_and_recreate(mend, left, heat)
        self._hear(mend)

    def _mend_of(self, kept: Sequence[Session]) -> Mend:
        situation = self.situation
        return Mend(
            situation.calendar,
            situation.before,
            [one for one in situation.stands.live if one.id in situation.fixed],
            kept,
            situation.choice,
            [one for one in situation.before.live if one.id in situation.dropped],
            Random(f"{self.budget.limits.seed} {self._searched}"),
        )

    def _hear(self, mend: Mend) -> None:
        """Keep what a repair has come to, and the repair itself, if that is better."""
        incumbent = self.incumbent
        before = incumbent.best
        self.budget.handled(mend.table.handled - mend.noted)
        mend.noted = mend.table.handled
        incumbent.take(self.situation.dressed(Schedule.of(mend.sessions())), self.situation.goals)
        if incumbent.best is not before:
            self._mended = mend, incumbent.best
