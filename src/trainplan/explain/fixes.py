"""Finds ways out of each cause: the smallest amount of each change that works, solved again to be sure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from itertools import islice

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
from trainplan.explain.together import smallest_set
from trainplan.model import Instructor, Venue
from trainplan.solve.ask import Seats, Settled
from trainplan.words import dated, many

PART = 0.03  # of the time left, for one change and the cause's own seats
WHOLE = 0.3  # for one change and everything else
MOST = 8  # fixes for one cause
WINDOWS = 60  # questions spent on how briefly something new is needed


@dataclass(frozen=True, slots=True)
class Offer:
    """A change that mends a cause's own seats, and what there is if that is not enough.

    Attributes:
        dial: What it is a position (``at``) of.
        larger: The same change at its full extent.
    """

    change: Change
    dial: Dial | None = None
    at: int = 0
    larger: Change | None = None


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

    def run(self) -> tuple[list[Fix], tuple[int, ...], bool]:
        """Return fixes, the least effort first; which together make room for everything; if all was tried."""
        found: dict[str, Fix] = {}
        for number in range(len(self.causes)):
            self._tell(f"looking for ways out of cause {number + 1}")
            for fix in self._of(number):
                known = found.get(fix.change.message)
                if known is None:
                    found[fix.change.message] = fix
                elif known.verified == fix.verified:
                    found[fix.change.message] = replace(known, also=(*known.also, number))
                elif fix.verified:
                    found[fix.change.message] = fix
        fixes = sorted(found.values(), key=lambda fix: (fix.change.effort, fix.cause))
        return fixes, *self._together(fixes)

    def _of(self, number: int) -> Iterator[Fix]:
        offers: list[Offer] = []
        cause = self.causes[number]
        for line in cause.lines:
            if self.oracle.left <= 0:
                break
            offers += self._changes(number, line)
        if any(line.part.partition(" ")[0] in OF_TIME for line in cause.lines):
            for dial in weekend_dials(self.oracle.programme):
                offers += self._turned(number, dial)
        unique = {offer.change.message: offer for offer in offers}
        ordered = sorted(unique.values(), key=lambda offer: offer.change.effort)
        fixes = (self._verified(number, offer) for offer in ordered)
        return islice((fix for fix in fixes if fix is not None), MOST)

    def _changes(self, number: int, line: Line) -> Iterator[Offer]:
        programme, before = self._both
        part = line.part.partition(" ")[0]
        if line.rule == "demand":
            if line in self.causes[number].lines[:1]:
                change = self._dropped(number)
                if change is not None:
                    yield Offer(change)
        elif part in ("closure", "holidays"):
            change = self._opened(number, line)
            if change is not None:
                all_days = closed_by(programme, line)
                yield Offer(change, larger=opening(programme, line, all_days))
        elif line.about.kind == "programme":
            yield from self._turned(number, end_dial(programme, self.oracle.closures_until))
        else:
            courses = [programme.courses[id] for id in {course for course, _ in self._seats(number)}]
            dials = list(thing_dials(programme, before, line, courses))
            if line.about.kind == "course":
                dials += course_dials(programme, line)
            for dial in dials:
                yield from self._turned(number, dial)

    def _turned(self, number: int, dial: Dial) -> Iterator[Offer]:
        def works(change: Change) -> bool | None:
            return self._alone(number, change).possible

        for count, at in enumerate(smallest(dial, works)):
            if count >= dial.few:
                return
            change = dial.change(at)
            if change.adds:
                brief = self._briefly(change, lambda one: self._alone(number, one).possible)
                yield Offer(brief, dial, at, change if brief is not change else None)
            else:
                yield Offer(change, dial, at)

    def _seats(self, number: int) -> frozenset[Seats]:
        return self.causes[number].seats | self.causes[number].alike

    def _alone(self, number: int, change: Change) -> Settled:
        """Say whether the cause's own seats can be placed with a change; a question made small."""
        dropped, _ = self._context(number)
        return self.oracle.settle(self._draft(change, dropped, self._seats(number)).ask(), PART)

    def _context(self, number: int) -> tuple[frozenset[Line], frozenset[Seats]]:
        """Return statements and seats to be left out as other causes' business.

        Where people of this cause have to take another's seats before, that cause is mended for them.
        """
        held, seats = frozenset(self.causes[number].lines), self._seats(number)
        waited = self._waited(seats)
        dropped: set[Line] = set()
        given_up: set[Seats] = set()
        for other, cause in enumerate(self.causes):
            if other == number:
                continue
            theirs = self._seats(other)
            if theirs.isdisjoint(seats):
                given_up |= theirs
            if not theirs or not theirs.isdisjoint(waited):
                dropped |= {line for line in cause.lines if line.rule != "demand"} - held
        return frozenset(dropped), frozenset(given_up)

    def _waited(self, seats: Iterable[Seats]) -> set[Seats]:
        """Return seats with those that their people must have had before."""
        waited: set[Seats] = set()
        ahead = list(seats)
        while ahead:
            id, group = ahead.pop()
            if (id, group) not in waited:
                waited.add((id, group))
                for order in self.oracle.programme.courses[id].after:
                    first = self.oracle.programme.courses[order.course]
                    ahead += [(first.id, group)] if group in first.seats and not order.all else []
        return waited

    def _draft(self, change: Change, dropped: Iterable[Line], must: Iterable[Seats]) -> Draft:
        programme, before = change.make(self._both)
        return self.oracle.draft(dropped, must, programme, before)

    def _verified(self, number: int, offer: Offer) -> Fix | None:
        """Solve again with the change and everything that no other cause keeps from its place.

        What that refutes is made larger until it holds; None where no amount of it does.
        """
        dropped, given_up = self._context(number)
        rest = self.statements.everything - given_up
        unsettled: list[Change] = []

        def works(change: Change) -> bool | None:
            ask = self._draft(change, dropped, rest).ask()
            settled = self.oracle.settle(ask, WHOLE)
            if settled.schedule is not None:
                sound(ask, settled)
            elif settled.possible is None:
                unsettled.append(change)
            return settled.possible

        if works(offer.change):
            return Fix(offer.change, number, verified=True)
        if not unsettled:
            if offer.larger is not None and works(offer.larger):
                change = offer.larger
                if change.adds:
                    change = self._briefly(change, works)
                return Fix(change, number, verified=True)
            if offer.dial is not None and (offer.dial.rising or offer.dial.few == 1):
                for further in smallest(offer.dial, works, offer.at + 1):
                    return Fix(offer.dial.change(further), number, verified=True)
        return Fix(unsettled[0], number, verified=False) if unsettled else None

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

    def _briefly(self, change: Change, works: Callable[[Change], bool | None]) -> Change:
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
                if works(trial):
                    best, high = trial, length - 1
                    break
                if asked >= WINDOWS:
                    break
            else:
                low = length + 1
        return best

    def _together(self, fixes: Sequence[Fix]) -> tuple[tuple[int, ...], bool]:
        """Return the smallest set of fixes with which everything has its place, and whether it is sure."""
        if len(self.causes) < 2:
            return (), True
        self._tell("putting fixes together")

        def mends(at: int, cause: int) -> bool:
            return cause in fixes[at].causes or self._alone(cause, fixes[at].change).possible is not False

        return smallest_set(fixes, len(self.causes), mends, partial(self._all_placed, fixes))

    def _all_placed(self, fixes: Sequence[Fix], chosen: tuple[int, ...]) -> bool | None:
        programme, before = combined([fixes[at].change for at in chosen], self._both)
        every = {(course.id, group) for course in programme.courses.values() for group in course.seats}
        ask = self.oracle.draft((), every, programme, before).ask()
        settled = self.oracle.settle(ask, WHOLE)
        if settled.schedule is not None:
            sound(ask, settled)
        return settled.possible


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
