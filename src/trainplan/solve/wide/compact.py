"""A small relaxation of a large programme: seats by course, group and placement, and little else.

The board's own relaxation counts sessions and seats apart, for each kind of venue and pool of instructors.
Here a seat in a class of twenty takes a twentieth of a room and of an instructor, and rooms that suit the
same courses are one. The linear program has a quarter of the rows, and no board is built for it.

What it proves is said by ``lagrange``; its solution gives the order in which classes are placed (``guide``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from trainplan.model import After, Course
from trainplan.solve.construct import Turn
from trainplan.solve.ledger import bits
from trainplan.solve.wide.sizes import largest_class
from trainplan.workdays import Calendar, Placement

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Lot:
    """The seats of one group in one course.

    Attributes:
        seats: How many are asked for.
        at: Number of its first column; the others follow, one for each placement.
        spare: Number of the first column of classes beyond full ones; None where they are not told apart.
        lacking: How many classes beyond full ones there are at least, times ``size``.
        first, last: Working slots in which each placement begins and ends, ascending.
        cost: Of one seat, by placement, in units of the goal.
        size: Seats in the largest class there can be.
        by_class: Piles that a class draws on, and how much of each.
        by_seat: Piles that each seat draws on.
    """

    course: Course
    group: str
    seats: int
    at: int
    spare: int | None
    lacking: int
    choice: tuple[Placement, ...]
    first: Ints
    last: Ints
    cost: Ints
    size: int
    by_class: tuple[tuple[int, int], ...]
    by_seat: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Order:
    """Two lots of which the later may not overtake the earlier, seat by seat.

    Attributes:
        times: Number of times at which that is asked, ascending.
        done, begun: By placement of the earlier and the later lot: the first time that sees it.
    """

    earlier: Lot
    later: Lot
    times: int
    done: Ints
    begun: Ints


@dataclass(frozen=True, slots=True)
class Places:
    """The placements of a course, ascending; first, last and cost as in a lot."""

    choice: tuple[Placement, ...]
    masks: tuple[int, ...]
    first: Ints
    last: Ints
    cost: Ints
    by_class: tuple[tuple[int, int], ...]


class Compact:
    """The relaxation of one programme for one goal.

    Attributes:
        most: How many of each pile there are, by working slot; shape (piles, working slots).
        columns: Their number, by lot and placement.
    """

    def __init__(
        self,
        calendar: Calendar,
        weigh: Callable[[Course, Placement], int],
        unplaced: int,
        coarse: bool = False,
    ) -> None:
        """Lay out lots, piles and orders.

        Args:
            calendar: Of the programme to plan.
            weigh: What a seat adds to the goal.
            unplaced: Seats that may stay without a session, weighed by priority.
            coarse: Ask for order once a week only, and let classes be of any size.
        """
        self.calendar = calendar
        self.unplaced = unplaced
        self._coarse = coarse
        programme = calendar.programme
        self.slots = sorted(
            {
                slot
                for course in programme.courses.values()
                for one in calendar.placements(course)
                for slot in one.slots
            }
        )
        self._number = {slot: number for number, slot in enumerate(self.slots)}
        self._most: list[Ints] = []
        self._piles: dict[object, int] = {}
        self.lots: list[Lot] = []
        self.columns = 0
        self._suits = self._sets(
            {self._suiting(course) for course in programme.courses.values() if course.features is not None}
        )
        self._skills = self._sets(
            {
                self._holding(role.qualification)
                for course in programme.courses.values()
                for role in course.roles
            }
        )
        for course in programme.courses.values():
            places = self._places(course, weigh)
            for group, seats in course.seats.items():
                if seats:
                    self._lay_out(course, group, seats, places)
        self.most = np.array(self._most, dtype=np.int64).reshape(len(self._most), len(self.slots))
        self.orders = list(self._orders())

    def _suiting(self, course: Course) -> frozenset[str]:
        wanted = course.features or frozenset()
        venues = self.calendar.programme.venues.values()
        return frozenset(
            one.id for one in venues if wanted <= one.features and one.capacity >= course.min_class
        )

    def _holding(self, qualification: str) -> frozenset[str]:
        everybody = self.calendar.programme.instructors.values()
        return frozenset(
            one.id for one in everybody if any(held.name == qualification for held in one.qualifications)
        )

    @staticmethod
    def _sets(asked: Iterable[frozenset[str]]) -> list[frozenset[str]]:
        """Return the sets asked for, and the unions of those that overlap: each is a pile of its own."""
        sets = sorted(set(asked), key=sorted)
        joined: list[frozenset[str]] = []
        for one in sets:
            touching = [other for other in joined if other & one]
            joined = [other for other in joined if not other & one]
            joined.append(one.union(*touching))
        return list(dict.fromkeys([*sets, *joined]))

    def _pile(self, key: object, most: Callable[[], Ints]) -> int:
        if key not in self._piles:
            self._piles[key] = len(self._most)
            self._most.append(most())
        return self._piles[key]

    def _open(self, whom: str, ids: frozenset[str]) -> Ints:
        """Return how many of some venues or instructors are there, by working slot."""
        number = np.zeros(len(self.slots), dtype=np.int64)
        days = [self.calendar.day(slot) for slot in self.slots]
        for id in ids:
            closed = self.calendar.closed(whom, id)  # type: ignore[arg-type]
            number += np.array([day not in closed for day in days], dtype=np.int64)
        return number

    def _places(self, course: Course, weigh: Callable[[Course, Placement], int]) -> Places:
        """Return the placements of a course with some venue there throughout, and what a class takes."""
        calendar = self.calendar
        suiting = self._suiting(course) if course.features is not None else None
        venues = {self._mask("venue", id) for id in suiting} if suiting is not None else {0}
        found = [
            (one, bits(one.slots)) for one in calendar.placements(course) if calendar.in_window(course, one)
        ]
        found = [(one, mask) for one, mask in found if not all(closed & mask for closed in venues)]
        choice = tuple(one for one, _ in found)
        by_class: dict[int, int] = {}
        if suiting is not None:
            for ids in self._suits:
                if suiting <= ids:
                    by_class[self._pile(("venue", ids), partial(self._open, "venue", ids))] = 1
        for role in course.roles:
            holding = self._holding(role.qualification)
            for ids in self._skills:
                if holding <= ids:
                    pile = self._pile(("staff", ids), partial(self._open, "instructor", ids))
                    by_class[pile] = by_class.get(pile, 0) + role.count
        if course.parallel is not None:
            by_class[self._pile(("parallel", course.id), partial(self._even, course.parallel))] = 1
        return Places(
            choice,
            tuple(mask for _, mask in found),
            np.array([self._number[one.first] for one in choice], dtype=np.int64),
            np.array([self._number[one.last] for one in choice], dtype=np.int64),
            np.array([weigh(course, one) for one in choice], dtype=np.int64),
            tuple(by_class.items()),
        )

    def _lay_out(self, course: Course, group: str, seats: int, places: Places) -> None:
        programme = self.calendar.programme
        shut = self._mask("group", group)
        # Where the group is there throughout.
        there = np.array(
            [number for number, mask in enumerate(places.masks) if not shut & mask], dtype=np.int64
        )
        size = largest_class(programme, course, group)
        by_seat = tuple(
            self._pile(("group", whole), partial(self._even, programme.groups[whole].max_away))
            for whole in programme.umbrellas(group)
        )
        lacking = 0 if course.mixed else -seats % size
        told = bool(lacking) and course.min_class < size and not self._coarse and not self.unplaced
        at = self.columns
        self.columns += len(there) * (2 if told else 1)
        self.lots.append(
            Lot(
                course,
                group,
                seats,
                at,
                at + len(there) if told else None,
                lacking,
                tuple(places.choice[number] for number in there),
                places.first[there],
                places.last[there],
                places.cost[there],
                size,
                places.by_class,
                by_seat,
            )
        )

    def _even(self, most: int) -> Ints:
        return np.full(len(self.slots), most, dtype=np.int64)

    def _mask(self, whom: str, id: str) -> int:
        calendar = self.calendar
        closed = calendar.closed(whom, id)  # type: ignore[arg-type]
        first = [(day - calendar.programme.starts).days * calendar.periods for day in closed]
        return bits([slot + period for slot in first if slot >= 0 for period in range(calendar.periods)])

    def _orders(self) -> Iterator[Order]:
        by_key = {(lot.course.id, lot.group): lot for lot in self.lots}
        for later in self.lots:
            for after in later.course.after:
                earlier = by_key.get((after.course, later.group))
                if not after.all and earlier is not None and later.choice:
                    yield self._order(earlier, later, after)

    def _order(self, earlier: Lot, later: Lot, after: After) -> Order:
        periods = self.calendar.periods
        starts = np.array(sorted({one.first for one in later.choice}), dtype=np.int64)
        if self._coarse:
            # The last start of each week: to ask less often only allows more.
            weeks = np.array([self.calendar.day(int(slot)).toordinal() // 7 for slot in starts])
            starts = starts[np.append(weeks[1:] != weeks[:-1], True)]
        ready = []
        for one in earlier.choice:
            soonest = one.last + 1
            if after.at_least is not None:
                soonest = max(soonest, (one.last // periods + after.at_least) * periods)
            ready.append(soonest)
        begun = [one.first for one in later.choice]
        return Order(
            earlier,
            later,
            len(starts),
            np.searchsorted(starts, np.array(ready, dtype=np.int64)),
            np.searchsorted(starts, np.array(begun, dtype=np.int64)),
        )

    @property
    def entries(self) -> int:
        """About how many entries its matrix has: what solving it takes."""
        return sum(
            int((lot.last - lot.first + 1).sum()) * (len(lot.by_class) + len(lot.by_seat))
            for lot in self.lots
        )

    def comes(self, values: Floats) -> Mapping[Turn, list[tuple[int, float]]]:
        """Return when the seats of each class come in a solution: slots of their begin, and how many."""
        found: dict[Turn, dict[int, float]] = {}
        for lot in self.lots:
            turn = (lot.course.id, tuple(lot.course.seats) if lot.course.mixed else (lot.group,))
            at = found.setdefault(turn, {})
            for one, seats in zip(lot.choice, values[lot.at : lot.at + len(lot.choice)], strict=True):
                if seats > 1e-6:
                    at[one.first] = at.get(one.first, 0.0) + float(seats)
        return {turn: sorted(at.items()) for turn, at in found.items()}
