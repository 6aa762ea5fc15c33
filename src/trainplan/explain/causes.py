"""Finds what can't hold together: smallest sets of statements, one after another, while there is time."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from trainplan.audit import audit
from trainplan.explain.gather import Statements, rank
from trainplan.explain.line import Line
from trainplan.explain.oracle import Oracle
from trainplan.explain.parts import parts
from trainplan.explain.result import Cause
from trainplan.explain.shrink import shrink
from trainplan.findings import Finding
from trainplan.outcome import Fault
from trainplan.shortages import found as shortages
from trainplan.shortages.openings import Survey
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
                if self._fine(left):
                    fine.append(left)
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

        if self.oracle.left < 1 or ask.undealt:
            return Settled(None)
        seconds = self.oracle.left * WHOLE
        limits = Limits(seconds, self.oracle.limits.workers, self.oracle.limits.seed)
        programme = replace(ask.programme, goals=("seats",))
        outcome = plan(programme, limits, before=ask.before, stop=self.oracle.stop)
        if outcome.status == "infeasible":
            return Settled(False)
        if outcome.schedule is not None and not missing(ask, outcome.schedule):
            return Settled(True, outcome.schedule)
        every = {(one.id, group) for one in ask.programme.courses.values() for group in one.seats}
        if outcome.goals and outcome.goals[0].bound > 0 and ask.must == every:
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
            cause = self._smallest(must, mended)
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
                if held <= set(about) and self._impossible(frozenset(about) - held, must):
                    self.found[number] = replace(cause, alike=cause.alike | must)
                    return True
        return False

    def _smallest(self, must: frozenset[Seats], mended: Iterable[Line]) -> Cause:
        """Shrink the statements about these seats, the seats first: fewer seats make a smaller question."""
        gone, statements = frozenset(mended), self.statements
        units = statements.units_of(must)
        # Where arithmetic is enough to say no, it is enough for most of the shrinking too, and much faster.
        ways = (False, True) if self._impossible(gone, must, search=False) else (True,)
        for search in ways if len(units) > 1 else ():
            units, _ = shrink(
                units, lambda some: self._impossible(gone, statements.seats_of(some), search=search)
            )
        told = self._arithmetic(statements.seats_of(units), gone)
        lines = [line for line in statements.about(statements.seats_of(units)) if line not in gone]
        if told is not None:
            # What the arithmetic speaks of stays to the last, so that both say the same.
            lines.sort(key=lambda line: _spoken_of(told, line))

        def impossible(kept: Iterable[Line]) -> bool | None:
            held = set(kept)
            dropped = frozenset(one for one in lines if one not in held and one.rule != "demand")
            return self._impossible(gone | dropped, statements.seats_of(held), search=search)

        kept, sure = lines, False
        for search in ways:
            kept, sure = shrink(kept, impossible)
        self.complete &= sure
        kept.sort(key=rank, reverse=True)
        return Cause(tuple(kept), statements.seats_of(kept), sure, told.message if told is not None else "")

    def _impossible(
        self, dropped: frozenset[Line], must: Iterable[Seats], *, search: bool = True
    ) -> bool | None:
        possible = self.oracle.possible(dropped, must, search=search).possible
        return None if possible is None else not possible

    def _arithmetic(self, seats: frozenset[Seats], gone: frozenset[Line]) -> Finding | None:
        """Return the contradiction in numbers, if arithmetic alone shows it."""
        if not seats:
            return None
        programme = self.oracle.draft(gone, seats).ask().programme
        for one in shortages(Survey(programme)):
            of = {(id, group) for id in one.courses for group in programme.courses[id].seats}
            if one.finding.severity == "error" and {id for id, _ in seats} == {id for id, _ in of}:
                return one.finding
        return None


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


def _spoken_of(told: Finding, line: Line) -> int:
    """Return how near a statement is to what arithmetic speaks of: 0 for other kinds of things."""
    if line.rule == "demand":
        return 3
    if line.rule == told.rule:
        return 2
    kind = line.rule.partition("-")[0]
    return int(kind not in ("venue", "instructor", "group") or kind == told.rule.partition("-")[0])


def _named(seats: frozenset[Seats]) -> str:
    courses = sorted({course for course, _ in seats})
    return ", ".join(courses[:3]) + (" …" if len(courses) > 3 else "")
