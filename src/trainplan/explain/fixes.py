"""Finds ways out of each cause: the smallest amount of each change that works, solved again to be sure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

from trainplan.explain import effort
from trainplan.explain.causes import sound
from trainplan.explain.course_fixes import course_dials
from trainplan.explain.day_fixes import OF_TIME, closed_by, end_dial, opening, used, weekend_dials
from trainplan.explain.dial import Dial, smallest
from trainplan.explain.draft import Draft
from trainplan.explain.gather import Statements
from trainplan.explain.line import Line
from trainplan.explain.makes import Rows, add_rows
from trainplan.explain.oracle import Oracle
from trainplan.explain.result import Both, Cause, Change, Fix
from trainplan.explain.seat_fixes import dropping
from trainplan.explain.thing_fixes import thing_dials
from trainplan.model import Instructor, Venue
from trainplan.solve.ask import Seats, Settled
from trainplan.words import dated, many

PART = 0.03  # of the time left, for one change and the cause's own seats
WHOLE = 0.3  # for one change and everything else
MOST = 8  # fixes for one cause
WINDOWS = 60  # questions spent on how briefly something new is needed


class Fixes:
    """Looks for fixes, cause by cause."""

    def __init__(
        self, oracle: Oracle, statements: Statements, causes: Sequence[Cause], tell: Callable[[str], None]
    ) -> None:
        """Prepare to look for ways out of ``causes``."""
        self.oracle = oracle
        self.statements = statements
        self.causes = causes
        self._tell = tell
        self._both: Both = (oracle.programme, oracle.before)

    def run(self) -> tuple[list[Fix], tuple[int, ...]]:
        """Return fixes, the least effort first, and which of them together give everything its place."""
        found: list[Fix] = []
        for number in range(len(self.causes)):
            self._tell(f"looking for ways out of cause {number + 1}")
            found += self._of(number)
        found.sort(key=lambda fix: (fix.change.effort, fix.cause))
        return found, self._together(found)

    def _of(self, number: int) -> list[Fix]:
        changes: list[tuple[Change, Dial | None, int]] = []
        cause = self.causes[number]
        for line in cause.lines:
            if self.oracle.left <= 0:
                break
            changes += self._changes(number, line)
        if any(line.part.partition(" ")[0] in OF_TIME for line in cause.lines):
            for dial in weekend_dials(self.oracle.programme):
                changes += self._turned(number, dial)
        unique = {(one[0].message): one for one in changes}
        ordered = sorted(unique.values(), key=lambda one: one[0].effort)
        return [self._verified(number, *one) for one in ordered[:MOST]]

    def _changes(self, number: int, line: Line) -> Iterator[tuple[Change, Dial | None, int]]:
        programme, before = self._both
        part = line.part.partition(" ")[0]
        if line.rule == "demand":
            if line in self.causes[number].lines[:1]:
                change = self._dropped(number)
                if change is not None:
                    yield change, None, 0
        elif part in ("closure", "holidays"):
            change = self._opened(number, line)
            if change is not None:
                yield change, None, 0
        elif line.about.kind == "programme":
            yield from self._turned(number, end_dial(programme, self.oracle.closures_until))
        else:
            courses = [programme.courses[id] for id in {course for course, _ in self._seats(number)}]
            dials = list(thing_dials(programme, before, line, courses))
            if line.about.kind == "course":
                dials += course_dials(programme, line)
            for dial in dials:
                yield from self._turned(number, dial)

    def _turned(self, number: int, dial: Dial) -> Iterator[tuple[Change, Dial | None, int]]:
        def works(change: Change) -> bool | None:
            return self._alone(number, change).possible

        for count, at in enumerate(smallest(dial, works)):
            if count >= dial.few:
                return
            change = dial.change(at)
            brief = self._briefly(number, change) if change.adds else change
            yield brief, dial if brief is change else None, at

    def _seats(self, number: int) -> frozenset[Seats]:
        return self.causes[number].seats | self.causes[number].alike

    def _alone(self, number: int, change: Change) -> Settled:
        """Say whether the cause's own seats can be placed with a change; a question made small."""
        dropped, _ = self._context(number)
        return self.oracle.settle(self._draft(change, dropped, self._seats(number)).ask(), PART)

    def _context(self, number: int) -> tuple[frozenset[Line], frozenset[Seats]]:
        """Return statements and seats to be left out as other causes' business."""
        mine, seats = frozenset(self.causes[number].lines), self._seats(number)
        dropped: set[Line] = set()
        given_up: set[Seats] = set()
        for other, cause in enumerate(self.causes):
            if other == number:
                continue
            theirs = cause.seats | cause.alike
            if theirs and theirs.isdisjoint(seats):
                given_up |= theirs
            else:
                dropped |= {line for line in cause.lines if line.rule != "demand"} - mine
        return frozenset(dropped), frozenset(given_up)

    def _draft(self, change: Change, dropped: Iterable[Line], must: Iterable[Seats]) -> Draft:
        programme, before = change.make(self._both)
        return self.oracle.draft(dropped, must, programme, before)

    def _verified(self, number: int, change: Change, dial: Dial | None, at: int) -> Fix:
        """Solve again with the change and everything that no other cause keeps from its place."""
        dropped, given_up = self._context(number)
        rest = self.statements.everything - given_up

        def works(one: Change) -> bool | None:
            ask = self._draft(one, dropped, rest).ask()
            settled = self.oracle.settle(ask, WHOLE)
            if settled.schedule is not None:
                sound(ask, settled)
            return settled.possible

        possible = works(change)
        if possible is False and dial is not None and dial.rising:
            for further in smallest(dial, works, at + 1):
                return Fix(dial.change(further), number, verified=True)
        return Fix(change, number, verified=bool(possible))

    def _dropped(self, number: int) -> Change | None:
        from trainplan.outcome import Limits
        from trainplan.solve import fewest_unplaced

        if self.oracle.left <= 0:
            return None
        dropped, given_up = self._context(number)
        for rest in (self._seats(number), self.statements.everything - given_up):
            ask = self.oracle.draft(dropped, rest).ask()
            limits = Limits(self.oracle.left * 0.1, self.oracle.limits.workers, self.oracle.limits.seed)
            fewer = fewest_unplaced(ask, self._seats(number), limits, stop=self.oracle.stop)
            change = dropping(self.oracle.programme, fewer) if fewer else None
            if change is None:
                return None
            if rest == self.statements.everything - given_up:
                return change
            whole = self._draft(change, dropped, self.statements.everything - given_up).ask()
            if self.oracle.settle(whole, WHOLE).possible is not False:
                return change
        return None

    def _opened(self, number: int, line: Line) -> Change | None:
        """Open the days of a closure that it takes, and no more."""
        programme = self.oracle.programme
        days = closed_by(programme, line)
        settled = self._alone(number, opening(programme, line, days)) if days else Settled(None)
        if not settled.possible or settled.schedule is None:
            return None
        needed = days & used(programme, line, settled.schedule)
        for day in sorted(needed, reverse=True):
            fewer = needed - {day}
            if fewer and self._alone(number, opening(programme, line, fewer)).possible:
                needed = fewer
        return opening(programme, line, needed) if needed else None

    def _briefly(self, number: int, change: Change) -> Change:
        """Have something new for as few weeks as it takes."""
        programme = self.oracle.programme
        asked = 0
        weeks = max(1, -(-((programme.ends - programme.starts).days + 1) // 7))
        monday = programme.starts - timedelta(days=programme.starts.weekday())
        best = change
        high, low = weeks, 1
        while low <= high and asked < WINDOWS:
            length = (low + high) // 2
            for start in range(weeks - length + 1):
                asked += 1
                first = max(programme.starts, monday + timedelta(weeks=start))
                last = min(programme.ends, monday + timedelta(weeks=start + length, days=-1))
                trial = _during(change, first, last, length)
                if self._alone(number, trial).possible:
                    best, high = trial, length - 1
                    break
                if asked >= WINDOWS:
                    break
            else:
                low = length + 1
        return best

    def _together(self, fixes: Sequence[Fix]) -> tuple[int, ...]:
        """Return a verified fix of each cause, cheap ones, with which everything has its place.

        Cause by cause the cheapest is taken that gets on with those taken before.
        """
        if len(self.causes) < 2:
            return ()
        self._tell("putting fixes together")
        chosen: list[int] = []
        for number in range(len(self.causes)):
            still = range(number + 1, len(self.causes))
            mine = [at for at, fix in enumerate(fixes) if fix.cause == number and fix.verified]
            at = next((at for at in mine if self._gets_on([*chosen, at], fixes, still)), None)
            if at is None:
                return ()
            chosen.append(at)
        return tuple(sorted(set(chosen)))

    def _gets_on(self, chosen: Sequence[int], fixes: Sequence[Fix], still: Iterable[int]) -> bool:
        """Say whether with these fixes everything has its place but for causes to be mended later."""
        programme, before = combined([fixes[at].change for at in chosen], self._both)
        dropped: set[Line] = set()
        given_up: set[Seats] = set()
        mended = [self.causes[fixes[at].cause] for at in chosen]
        safe = frozenset(line for cause in mended for line in cause.lines)
        seats = frozenset().union(*(cause.seats | cause.alike for cause in mended))
        for number in still:
            theirs = self.causes[number].seats | self.causes[number].alike
            if theirs and theirs.isdisjoint(seats):
                given_up |= theirs
            else:
                dropped |= {line for line in self.causes[number].lines if line.rule != "demand"} - safe
        every = {(course.id, group) for course in programme.courses.values() for group in course.seats}
        ask = self.oracle.draft(dropped, every - given_up, programme, before).ask()
        settled = self.oracle.settle(ask, WHOLE)
        if settled.schedule is not None:
            sound(ask, settled)
        return bool(settled.possible)


def combined(changes: Iterable[Change], both: Both) -> Both:
    """Return the programme with several changes."""
    for change in changes:
        both = change.make(both)
    return both


def _during(change: Change, first: date, last: date, weeks: int) -> Change:
    rows: tuple[Venue | Instructor, ...] = tuple(
        replace(one, available_from=first, available_until=last) for one in change.adds
    )
    kind: Rows = "venues" if isinstance(rows[0], Venue) else "instructors"
    message = f"{change.message} from {dated(first)} to {dated(last)} ({many(weeks, 'week')})"
    costs = change.effort / 2 + effort.PER_DAY * 7 * weeks * len(rows)
    make = partial(add_rows, kind, rows)
    return replace(change, message=message, effort=costs, make=make, adds=rows)
