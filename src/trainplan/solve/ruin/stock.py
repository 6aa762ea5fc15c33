"""What is left of a programme's venues, instructors and people while sessions come and go.

Like venues and like instructors are counted, not named, as on the board: a slot in which all of a kind are
taken is one bit of a whole number, so that "is there one free for all of it?" is one operation. Names are
dealt out in the end.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from trainplan.model import After, Course, Programme
from trainplan.solve.kinds import Kind, Pool, instructor_pools, venue_kinds
from trainplan.solve.ledger import bits
from trainplan.solve.ruin.people import Cohort, Crowd, Key, Taken
from trainplan.workdays import Calendar, Placement


class Pile:
    """Like things that are taken slot by slot.

    Attributes:
        most: How many there are.
        used: How many are taken, by slot.
        full: The slots in which none is left, closures included, one bit each.
    """

    def __init__(self, most: int, closed: int, slots: int) -> None:
        """Start with nothing taken but what closures take."""
        self.most = most
        self.used = [0] * slots
        self.full = closed if most else (1 << slots) - 1
        self._closed = closed

    def take(self, slots: Sequence[int], number: int) -> None:
        """Take so many in each of some slots."""
        used, most = self.used, self.most
        for slot in slots:
            used[slot] += number
            if used[slot] >= most:
                self.full |= 1 << slot

    def give(self, slots: Sequence[int], number: int) -> None:
        """Give so many back in each of some slots."""
        used, most, closed = self.used, self.most, self._closed
        for slot in slots:
            used[slot] -= number
            if used[slot] < most and not closed >> slot & 1:
                self.full &= ~(1 << slot)

    def free(self, placement: Placement, mask: int) -> int:
        """Return how many are left for all of a placement."""
        if self.full & mask:
            return 0
        return self.most - max([self.used[slot] for slot in placement.slots])


class Cover:
    """The people of a group, or of an umbrella, who are away, by slot."""

    def __init__(self, most: int, slots: int) -> None:
        """Start with nobody away of ``most`` who may be at one time."""
        self.most = most
        self.away = [0] * slots
        self._blocked: dict[int, int] = {}

    def add(self, slots: Sequence[int], people: int) -> None:
        """Let so many more (or fewer) be away in each of some slots."""
        away = self.away
        for slot in slots:
            away[slot] += people
        for size, mask in self._blocked.items():
            most = self.most - size
            for slot in slots:
                if away[slot] > most:
                    mask |= 1 << slot
                else:
                    mask &= ~(1 << slot)
            self._blocked[size] = mask

    def blocked(self, size: int) -> int:
        """Return the slots in which not so many more can be spared, one bit each."""
        if size not in self._blocked:
            self._blocked[size] = bits(
                [slot for slot, away in enumerate(self.away) if away + size > self.most]
            )
        return self._blocked[size]

    def slack(self, placement: Placement) -> int:
        """Return how many more can be spared for all of a placement."""
        return self.most - max([self.away[slot] for slot in placement.slots])


@dataclass(frozen=True, slots=True)
class Offer:
    """A course's placement as the search sees it: its dates by week, and what a seat adds to each goal."""

    placement: Placement
    mask: int
    days: tuple[date, ...]
    weeks: tuple[tuple[date, frozenset[date]], ...]
    weights: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Placed:
    """A session that has its place: ``teams`` are the places filled from each pool, by role."""

    number: int
    course: Course
    offer: Offer
    kind: int | None
    teams: tuple[tuple[int, int], ...]
    groups: Mapping[str, int]
    seats: int
    value: tuple[int, ...]


@dataclass(slots=True)
class Stock:
    """The state of the search: every session that has its place, and what is left.

    Attributes:
        left: Seats without a session, by course and group.
        placed: Sessions by number.
        beginning: Numbers of the sessions that begin in each slot, in the order in which they came.
        of_pool, of_group, of_course: The sessions that draw on each.
    """

    calendar: Calendar
    left: dict[str, dict[str, int]]
    slots: int
    kinds: tuple[Kind, ...] = ()
    pools: tuple[Pool, ...] = ()
    placed: dict[int, Placed] = field(default_factory=dict)
    rooms: list[Pile] = field(default_factory=list)
    staff: list[Pile] = field(default_factory=list)
    cover: dict[str, Cover] = field(default_factory=dict)
    crowds: dict[str, Crowd] = field(default_factory=dict)
    shut: dict[str, int] = field(default_factory=dict)
    above: dict[str, tuple[str, ...]] = field(default_factory=dict)
    limits: dict[int, int] = field(default_factory=dict)
    worked: dict[tuple[int, date], Counter[date]] = field(default_factory=dict)
    running: Counter[tuple[str, date]] = field(default_factory=Counter)
    heirs: dict[str, list[str]] = field(default_factory=dict)
    waiting: dict[str, list[tuple[str, After]]] = field(default_factory=dict)
    of_course: dict[str, dict[int, Placed]] = field(default_factory=dict)
    beginning: list[dict[int, None]] = field(default_factory=list)
    of_pool: list[dict[int, Placed]] = field(default_factory=list)
    of_group: dict[str, dict[int, Placed]] = field(default_factory=dict)
    _next: int = 0

    @classmethod
    def of(cls, calendar: Calendar) -> Stock:
        """Return the stock of a programme with nothing placed."""
        programme = calendar.programme
        slots = ((programme.ends - programme.starts).days + 1) * calendar.periods
        stock = cls(calendar, {id: dict(one.seats) for id, one in programme.courses.items()}, slots)
        stock.beginning = [{} for _ in range(slots)]
        stock.kinds, stock.pools = venue_kinds(calendar, None), instructor_pools(calendar, None)
        stock.rooms = [Pile(len(kind), _closed(calendar, "venue", kind[0]), slots) for kind in stock.kinds]
        stock.of_pool = [{} for _ in stock.pools]
        stock.staff = [Pile(len(one), _closed(calendar, "instructor", one[0]), slots) for one in stock.pools]
        for id, group in programme.groups.items():
            stock.cover[id] = Cover(group.max_away, slots)
            stock.of_group[id] = {}
            stock.crowds[id] = Crowd(group.headcount)
            stock.shut[id] = _closed(calendar, "group", id)
            stock.above[id] = programme.umbrellas(id)
        for number, pool in enumerate(stock.pools):
            limit = programme.instructors[pool[0]].max_days_per_week
            if limit is not None:
                stock.limits[number] = limit
        for course in programme.courses.values():
            stock.of_course[course.id] = {}
            for order in course.after:
                if order.all:
                    stock.waiting.setdefault(order.course, []).append((course.id, order))
                else:
                    stock.heirs.setdefault(order.course, []).append(course.id)
        return stock

    @property
    def programme(self) -> Programme:
        """What is planned."""
        return self.calendar.programme

    def put(
        self,
        course: Course,
        offer: Offer,
        kind: int | None,
        teams: tuple[tuple[int, int], ...],
        people: Mapping[str, Sequence[tuple[Cohort, int]]],
        value: tuple[int, ...],
    ) -> Placed:
        """Place a session; whoever calls has made sure that it fits."""
        groups = {group: sum(seats for _, seats in chosen) for group, chosen in people.items()}
        placed = Placed(self._next, course, offer, kind, teams, groups, sum(groups.values()), value)
        self._next += 1
        self._count(placed, 1)
        taken = Taken(course.id, offer.placement.last, offer.mask)
        for group, chosen in people.items():
            self.crowds[group].seat(placed.number, taken, chosen)
        return placed

    def take_out(self, placed: Placed) -> None:
        """Take a session out again."""
        self._count(placed, -1)
        taken = Taken(placed.course.id, placed.offer.placement.last, placed.offer.mask)
        for group in placed.groups:
            self.crowds[group].unseat(placed.number, taken)

    def undo(
        self, put: Sequence[Placed], taken: Sequence[Placed], people: Mapping[str, dict[Key, Cohort]]
    ) -> None:
        """Go back to where some sessions had been taken out and others put in.

        Args:
            put: Sessions that go.
            taken: Sessions that come back.
            people: The cohorts of every group concerned as they were.
        """
        for placed in put:
            self._count(placed, -1)
        for placed in taken:
            self._count(placed, 1)
        for group, cohorts in people.items():
            self.crowds[group].cohorts = cohorts

    def _count(self, placed: Placed, sign: int) -> None:
        """Count what a session takes of everything but people's calendars, or give it back."""
        course, offer = placed.course, placed.offer
        slots = offer.placement.slots
        if placed.kind is not None:
            room = self.rooms[placed.kind]
            (room.take if sign > 0 else room.give)(slots, 1)
        for pool, number in placed.teams:
            (self.staff[pool].take if sign > 0 else self.staff[pool].give)(slots, number)
            if pool in self.limits:
                for week, days in offer.weeks:
                    worked = self.worked.setdefault((pool, week), Counter())
                    for day in days:
                        worked[day] += sign
                        if not worked[day]:
                            del worked[day]
        left = self.left[course.id]
        for group, seats in placed.groups.items():
            left[group] -= sign * seats
            for whole in self.above[group]:
                self.cover[whole].add(slots, sign * seats)
        if course.parallel is not None:
            for day in offer.days:
                self.running[course.id, day] += sign
        if sign > 0:
            self.placed[placed.number] = placed
            self.of_course[course.id][placed.number] = placed
            self.beginning[offer.placement.first][placed.number] = None
        else:
            del self.placed[placed.number]
            del self.beginning[offer.placement.first][placed.number]
            del self.of_course[course.id][placed.number]
        for index in [
            *(self.of_pool[pool] for pool, _ in placed.teams),
            *(self.of_group[group] for group in placed.groups),
        ]:
            if sign > 0:
                index[placed.number] = placed
            else:
                del index[placed.number]

    def followers(self, placed: Placed) -> Iterator[Placed]:
        """Yield the sessions that people of this one may take only after it."""
        heirs = self.heirs.get(placed.course.id)
        if heirs:
            for group in placed.groups:
                for number in sorted(self.crowds[group].also_in(placed.number)):
                    other = self.placed.get(number)
                    if other is not None and other.course.id in heirs:
                        yield other


def _closed(calendar: Calendar, whom: str, id: str) -> int:
    first = [(day - calendar.programme.starts).days * calendar.periods for day in calendar.closed(whom, id)]  # type: ignore[arg-type]
    return bits([slot + period for slot in first if slot >= 0 for period in range(calendar.periods)])
