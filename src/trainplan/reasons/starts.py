"""Every run of days on which some missing seats might have a session, and the first thing that blocks it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from functools import cached_property

from trainplan.attendance import deal
from trainplan.model import Course, Session
from trainplan.reasons.order import Order, probe
from trainplan.reasons.usage import Usage
from trainplan.shortages.openings import Openings, Survey
from trainplan.workdays import Placement, week_of

# Dealing a whole group out is the dearest question of all, and asked last; so many starts get it.
DEALT = 6
EFFORT = 20_000


class Block(Enum):
    """What stands in the way of a start, in the order in which it is asked."""

    CLOSED = "group-closed"
    ORDER = "course-order"
    FEW = "class-size"
    PARALLEL = "course-parallel"
    SHUT = "venue-closed"
    VENUE = "venue-clash"
    ABSENT = "instructor-closed"
    TEACHER = "instructor-clash"
    COVER = "group-cover"
    PEOPLE = "group-attendance"
    UNTRIED = ""


@dataclass(frozen=True, slots=True)
class Free:
    """A start that nothing blocks, in a new session or in one that has room.

    Attributes:
        settled: Whether the people were dealt out and no other group is needed to fill the class.
    """

    run: Placement
    session: Session | None
    settled: bool


@dataclass
class Starts:
    """The runs of one course for some missing seats of one group."""

    survey: Survey
    usage: Usage
    course: Course
    group: str
    seats: int
    today: date | None = None  # nothing begins on it or before

    @property
    def openings(self) -> Openings:
        """Where the course might run with nothing else in the way."""
        return self.survey.of(self.course.id)

    @cached_property
    def runs(self) -> list[tuple[int, Placement]]:
        """The starts that are still to come, each with its number among all."""
        day, today = self.survey.calendar.day, self.today
        return [
            (number, run)
            for number, run in enumerate(self.openings.runs)
            if today is None or day(run.first) > today
        ]

    @cached_property
    def _missing(self) -> int:
        """Missing seats of all groups that a new session might have."""
        if not self.course.mixed:
            return self.seats
        asked = self.course.seats.items()
        others = (
            seats - self.usage.seats[self.course.id, group] for group, seats in asked if group != self.group
        )
        return self.seats + sum(max(0, missing) for missing in others)

    @cached_property
    def _order(self) -> Order:
        return Order(self.survey, self.usage, self.course, self.group)

    @cached_property
    def found(self) -> tuple[dict[Block, int], Free | None]:
        """How many starts each thing blocks, and the first start that nothing does."""
        blocked: dict[Block, int] = {}
        dealt = 0
        for number, run in self.runs:
            block, session = self._blocked(number, run)
            if block is None and dealt == DEALT:
                block = Block.UNTRIED
            elif block is None:
                dealt += 1
                possible = self._dealt(run, session)
                if possible is not False:
                    alone = session is not None or self._room(self.group, run) >= self.course.min_class
                    return blocked, Free(run, session, bool(possible) and alone)
                block = Block.PEOPLE
            blocked[block] = blocked.get(block, 0) + 1
        return blocked, None

    def _blocked(self, number: int, run: Placement) -> tuple[Block | None, Session | None]:
        if not self.openings.groups[self.group] >> number & 1:
            return Block.CLOSED, None
        if not self._order.kept(run):
            return Block.ORDER, None
        room = self._room(self.group, run)
        # A seat in a session that has room needs neither venue nor instructor.
        session = next(self._with_room(run), None) if room else None
        if session is not None:
            return None, session
        if self._missing < self.course.min_class:
            return Block.FEW, None
        calendar, limit = self.survey.calendar, self.course.parallel
        if limit is not None and any(
            self.usage.dates[self.course.id, day] >= limit for day in calendar.days(run)
        ):
            return Block.PARALLEL, None
        block = self._no_venue(number) or self._no_teacher(number)
        if block is None and (not room or room + self._others(number, run) < self.course.min_class):
            block = Block.COVER
        return block, None

    def _room(self, group: str, run: Placement) -> int:
        """Return how many missing seats of a group cover allows at a run."""
        missing = self.course.seats[group] - self.usage.seats[self.course.id, group]
        spared = min(
            self.survey.programme.groups[whole].max_away
            - max(self.usage.away[whole].get(slot, 0) for slot in run.slots)
            for whole in self.survey.programme.umbrellas(group)
        )
        return max(0, min(self.seats if group == self.group else missing, spared))

    def _others(self, number: int, run: Placement) -> int:
        """Return how many missing seats of other groups might fill a class of this one."""
        if not self.course.mixed:
            return 0
        there = (other for other, mask in self.openings.groups.items() if mask >> number & 1)
        return sum(self._room(other, run) for other in there if other != self.group)

    def _with_room(self, run: Placement) -> Iterator[Session]:
        """Yield the sessions at a run that could take one more of the group."""
        venues = self.survey.programme.venues
        for session in self.usage.at.get((self.course.id, run.slots), ()):
            held = min(venues[id].capacity for id in session.venues) if session.venues else session.seats + 1
            full = session.seats >= min(self.course.max_class, held)
            if not full and (self.course.mixed or set(session.groups) == {self.group}):
                yield session

    def _no_venue(self, number: int) -> Block | None:
        if self.course.features is None:
            return None
        programme, mask = self.survey.programme, self.openings.masks[number]
        open_ = [
            id
            for id, runs in self.openings.venues.items()
            if runs >> number & 1 and programme.venues[id].capacity >= self.course.min_class
        ]
        if not open_:
            return Block.SHUT
        return None if any(not self.usage.venues[id] & mask for id in open_) else Block.VENUE

    def _no_teacher(self, number: int) -> Block | None:
        if not self.openings.taught >> number & 1:
            return Block.ABSENT
        mask = self.openings.masks[number]
        days = self.survey.calendar.days(self.openings.runs[number])
        busy = {
            id
            for id in frozenset().union(*self.openings.teachers)
            if self.usage.teachers[id] & mask or self._overworked(id, days)
        }
        return None if self.openings.staffed(number, frozenset(busy)) else Block.TEACHER

    def _overworked(self, id: str, days: tuple[date, ...]) -> bool:
        most = self.survey.programme.instructors[id].max_days_per_week
        if most is None:
            return False
        weeks = {week_of(day) for day in days}
        return any(
            len(self.usage.weeks.get((id, week), set()) | {day for day in days if week_of(day) == week})
            > most
            for week in weeks
        )

    def _dealt(self, run: Placement, session: Session | None) -> bool | None:
        """Say whether the group's people can still be dealt out with seats added at a run."""
        others = [one for one in self.usage.of_group[self.group] if one is not session]
        if session is not None:
            seats = {**session.groups, self.group: session.groups.get(self.group, 0) + 1}
            added = replace(session, groups=seats)
        else:
            seats = {self.group: max(1, min(self._room(self.group, run), self.course.min_class))}
            added = probe(self.survey.calendar, self.course, run, seats)
        return deal(self.survey.programme, self.group, [*others, added], effort=EFFORT).possible
