"""Asks the engine, again and again, whether seats can be placed with some statements dropped."""

from __future__ import annotations

import time
from collections.abc import Iterable
from threading import Event

from trainplan.explain.draft import ClosuresUntil, Draft
from trainplan.explain.line import Line
from trainplan.model import Programme, Schedule
from trainplan.outcome import Limits
from trainplan.solve.ask import Ask, Seats, Settled

SHARE = 0.25  # of the time that is left, for one question at the most


class Oracle:
    """One explanation's questions and its clock.

    Attributes:
        asked: Questions so far.
        until: The share of the whole time at which this part of the work has to end.
    """

    def __init__(
        self,
        programme: Programme,
        before: Schedule | None,
        limits: Limits,
        stop: Event | None,
        closures_until: ClosuresUntil | None = None,
    ) -> None:
        """Start the clock."""
        self.programme = programme
        self.before = before
        self.limits = limits
        self.stop = stop or Event()
        self.closures_until = closures_until
        self.asked = 0
        self.until = 1.0
        self._began = time.monotonic()
        self._known: dict[tuple[frozenset[Line], frozenset[Seats]], Settled] = {}

    @property
    def seconds(self) -> float:
        """Time taken so far."""
        return time.monotonic() - self._began

    @property
    def left(self) -> float:
        """Seconds left; none once somebody has asked to stop."""
        return 0.0 if self.stop.is_set() else max(0.0, self.limits.seconds * self.until - self.seconds)

    def draft(
        self,
        dropped: Iterable[Line],
        must: Iterable[Seats],
        programme: Programme | None = None,
        before: Schedule | None = None,
    ) -> Draft:
        """Return the programme, or a changed one, with statements dropped and only these seats asked for."""
        if programme is None:
            programme, before = self.programme, self.before
        draft = Draft(programme, before, self.closures_until)
        wanted = set(must)
        draft.optional = {
            (course.id, group)
            for course in programme.courses.values()
            for group in course.seats
            if (course.id, group) not in wanted
        }
        for line in dropped:
            line.drop(draft)
        return draft

    def possible(self, dropped: Iterable[Line], must: Iterable[Seats], *, search: bool = True) -> Settled:
        """Say whether these seats can be placed without these statements; what was asked before is known."""
        gone, wanted = frozenset(dropped), frozenset(must)
        key = gone, wanted
        if key not in self._known:
            settled = self.settle(self.draft(gone, wanted).ask(), search=search)
            if settled.possible is None:
                return settled
            self._known[key] = settled
        return self._known[key]

    def impossible(
        self, dropped: Iterable[Line], must: Iterable[Seats], *, search: bool = True
    ) -> bool | None:
        """Say whether these seats can't be placed with these statements dropped."""
        possible = self.possible(dropped, must, search=search).possible
        return None if possible is None else not possible

    def settle(self, ask: Ask, share: float = SHARE, *, search: bool = True) -> Settled:
        """Answer one question, with a share of the time that is left."""
        from trainplan.solve import settle

        if self.left <= 0:
            return Settled(None)
        self.asked += 1
        limits = Limits(max(self.left * share, 0.05), self.limits.workers, self.limits.seed)
        return settle(ask, limits, stop=self.stop, search=search)
