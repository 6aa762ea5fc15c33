"""Finds what can't hold together: smallest sets of statements, one after another, while there is time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from trainplan.audit import audit
from trainplan.explain.gather import Statements
from trainplan.explain.line import Line
from trainplan.explain.oracle import Oracle
from trainplan.explain.parts import parts
from trainplan.explain.result import Cause
from trainplan.explain.smallest import smallest
from trainplan.outcome import Fault
from trainplan.solve.ask import Ask, Seats, Settled

PART = 0.05  # of the time left, for the question whether one part of the programme is possible
WHOLE = 0.4
CAUSES = 0.6  # of the time, for the causes; the rest is for the fixes
READABLE = 25  # lines; a longer cause that is not proved to be smallest is not worth showing beside others
AGAIN = 2.0  # seconds that must be left for asking once more what was not settled


class Causes:
    """The hunt for causes.

    Attributes:
        found: The causes so far.
        complete: No question that mattered was left unsettled.
        first: Seconds until the first cause.
    """

    def __init__(self, oracle: Oracle, statements: Statements, tell: Callable[[str], None]) -> None:
        """Prepare to look."""
        self.oracle = oracle
        self.statements = statements
        self.found: list[Cause] = []
        self.complete = True
        self.first: float | None = None
        self._tell = tell

    @property
    def explained(self) -> frozenset[Seats]:
        """The seats that some cause names."""
        return frozenset().union(*(cause.seats | cause.alike for cause in self.found))

    @property
    def unpinned(self) -> frozenset[Line]:
        """The pins that can't be kept whatever the seats: there is nothing more to be learnt from them."""
        return frozenset(
            line for cause in self.found if not cause.seats for line in cause.lines if line.rule == "pinned"
        )

    def run(self) -> bool | None:
        """Find causes; return whether all seats that none of them names can be placed together."""
        everything = self.statements.everything
        if self._whole(everything, search=False).possible:
            return True
        if self.statements.pins:
            self._tell("looking at what is pinned")
            self._exhaust(frozenset())
        fine: list[frozenset[Seats]] = []
        for part in parts(self.oracle.programme):
            left = part - self.explained
            if left and part != everything and not any(left <= one for one in fine):
                self._tell(f"looking at {_named(left)}")
                possible = self._fine(left)
                if possible is not False:
                    fine += [left] if possible else []
                    continue
                units = self.statements.units_of(left)
                if len({id for id, _ in left}) == 1 and len(units) > 1:
                    for unit in units:
                        seats = self.statements.units[unit]
                        if not self._alike(seats):
                            self._exhaust(seats)
                if not self._alike(left - self.explained):
                    self._exhaust(left - self.explained)
        return self._rest(everything)

    def _rest(self, everything: frozenset[Seats]) -> bool | None:
        while True:
            left = everything - self.explained
            pins = self.unpinned
            if not left and not self.statements.pins:
                return True
            self._tell("looking at everything together")
            settled = self._whole(left, pins)
            while settled.possible is None and not self.found and self.oracle.left > AGAIN:
                settled = self._whole(left, pins)
            if settled.possible is not False:
                return settled.possible
            before = len(self.found)
            self._exhaust(left, pins, known=True)
            if len(self.found) == before or self.explained >= everything:
                return None if len(self.found) == before else True

    def _whole(
        self, must: frozenset[Seats], dropped: frozenset[Line] = frozenset(), *, search: bool = True
    ) -> Settled:
        ask = self.oracle.draft(dropped, must).ask()
        settled = self.oracle.settle(ask, WHOLE, search=search)
        if settled.possible is None and search:
            settled = self._planned(ask)
        if settled.schedule is not None:
            sound(ask, settled)
        return settled

    def _planned(self, ask: Ask) -> Settled:
        """Ask the planner itself, which goes about large programmes with more cunning."""
        from trainplan.outcome import Limits
        from trainplan.solve import plan
        from trainplan.solve.ask import missing

        if self.oracle.left < 1 or ask.undealt or ask.programme.runs or ask.days_a_week:
            return Settled(None)
        seconds = self.oracle.left * WHOLE
        limits = Limits(seconds, self.oracle.limits.workers, self.oracle.limits.seed)
        programme = replace(ask.programme, goals=("seats",))
        outcome = plan(programme, limits, before=ask.before, stop=self.oracle.stop)
        if outcome.status == "infeasible":
            return Settled(False if ask.enough else None)
        if outcome.schedule is not None and not missing(ask, outcome.schedule):
            return Settled(True, outcome.schedule)
        every = {(one.id, group) for one in ask.programme.courses.values() for group in one.seats}
        if ask.enough and outcome.goals and outcome.goals[0].bound > 0 and ask.must == every:
            return Settled(False)
        return Settled(None)

    def _exhaust(
        self, must: frozenset[Seats], dropped: frozenset[Line] = frozenset(), *, known: bool = False
    ) -> None:
        """Find the causes that keep these seats from being placed, no two with the same statements."""
        mended = {*dropped, *self.unpinned}
        before = len(self.found)
        while self.oracle.left > 0:
            if not known:
                verdict = self.oracle.settle(self.oracle.draft(mended, must).ask(), PART).possible
                if verdict is None:
                    self.complete = False
                if verdict is not False:
                    break
            known = False
            cause = smallest(self.oracle, self.statements, must, mended)
            self.complete &= cause.verified
            if len(cause.lines) > READABLE and not cause.verified and self.found:
                # Time ran out over it: so long a list would say nothing.
                break
            self.found.append(cause)
            if self.first is None:
                # From now on fixes will want their time too.
                self.first = self.oracle.seconds
                done = self.first / self.oracle.limits.seconds
                self.oracle.until = max(CAUSES, (1 + done) / 2)
            blamed = {line for line in cause.lines if line.rule != "demand"}
            if not blamed:
                break
            mended |= blamed
        seats = frozenset().union(*(cause.seats for cause in self.found[before:]))
        if seats and must - seats and self.oracle.left > 0:
            self._exhaust(must - seats, dropped)

    def _fine(self, must: frozenset[Seats]) -> bool | None:
        """Say whether these seats, alone, can be placed; so can all of them that are fewer."""
        possible = self.oracle.settle(self.oracle.draft(self.unpinned, must).ask(), PART).possible
        self.complete &= possible is not None
        return possible

    def _alike(self, must: frozenset[Seats]) -> bool:
        """Say whether a known cause keeps these seats, too, from being placed; if so it is noted there."""
        if len(must) != 1:
            return False
        ((course, _),) = must
        for number, cause in enumerate(self.found):
            if {id for id, _ in cause.seats} == {course} and len(cause.seats) == 1:
                held = {line for line in cause.lines if line.rule != "demand"}
                about = [line for line in self.statements.about(must) if line.rule != "demand"]
                if held <= set(about) and self.oracle.impossible(frozenset(about) - held, must):
                    self.found[number] = replace(cause, alike=cause.alike | must)
                    return True
        return False


def sound(ask: Ask, settled: Settled) -> None:
    """Refuse a schedule that breaks a rule; seats that may stay unplaced are none.

    Raises:
        Fault: It breaks one.
    """
    assert settled.schedule is not None
    for finding in audit(ask.programme, settled.schedule):
        if finding.severity != "error" or finding.rule == "demand":
            continue
        if finding.rule == "group-attendance" and ask.undealt:
            continue
        raise Fault(f"a schedule that shows what is possible breaks {finding.rule}: {finding}")


def _named(seats: frozenset[Seats]) -> str:
    courses = sorted({course for course, _ in seats})
    return ", ".join(courses[:3]) + (" …" if len(courses) > 3 else "")
