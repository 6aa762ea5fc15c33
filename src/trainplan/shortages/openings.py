"""Where each course could run if it had the whole programme to itself, and who and what is there for it.

Sets of slots and sets of runs are bit masks: a year's programme has some hundred thousand pairs of a run
and a thing that may be closed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import combinations
from typing import Literal

from trainplan.model import Course, Instructor, Programme, Whom
from trainplan.workdays import Calendar, Placement, calendar_of, week_of

Heed = Literal["venues", "teachers", "groups"]
EVERYTHING: tuple[Heed, ...] = ("venues", "teachers", "groups")


def bits(mask: int) -> Iterator[int]:
    """Yield the numbers of the bits that are set, ascending."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


@dataclass(frozen=True)
class Openings:
    """The runs that one course may take, and what is there for them.

    Attributes:
        course: Which course.
        runs: The placements in its window, in order of time.
        masks: The slots (bits) of each run.
        venues: For each venue with the features asked for, the runs (bits) on all days of which it is open.
            Empty where the course needs none.
        teachers: For each role, whoever holds its qualification at some run, and the runs (bits) at which
            they hold it, are available and may work that many days a week.
        groups: For each group that takes the course, the runs (bits) on which it may be in training.
    """

    course: Course
    runs: tuple[Placement, ...]
    masks: tuple[int, ...]
    venues: Mapping[str, int]
    teachers: tuple[Mapping[str, int], ...]
    groups: Mapping[str, int]

    @property
    def all(self) -> int:
        """Every run (bits)."""
        return (1 << len(self.runs)) - 1

    @cached_property
    def housed(self) -> int:
        """The runs (bits) for which some venue is open, all where none is needed."""
        return self.all if self.course.features is None else joined(self.venues.values())

    @cached_property
    def taught(self) -> int:
        """The runs (bits) for which there are enough instructors for all roles, each in one place."""
        return sum(1 << run for run in range(len(self.runs)) if self.staffed(run))

    def staffed(self, run: int, absent: frozenset[str] = frozenset()) -> bool:
        """Say whether all roles can be filled at a run without those who are ``absent``."""
        there = [
            frozenset(id for id, mask in holders.items() if mask >> run & 1) - absent
            for holders in self.teachers
        ]
        return enough(there, [role.count for role in self.course.roles])

    def usable(self, group: str, heeds: Collection[Heed] = EVERYTHING) -> int:
        """Return the runs (bits) at which nothing is closed that a session for ``group`` needs.

        Args:
            group: A group that takes the course.
            heeds: What counts; the rest is taken to be there.
        """
        runs = self.all
        if "venues" in heeds:
            runs &= self.housed
        if "teachers" in heeds:
            runs &= self.taught
        if "groups" in heeds:
            runs &= self.groups.get(group, 0)
        return runs

    def slots(self, runs: int) -> int:
        """Return the slots (bits) of all these runs."""
        return joined(self.masks[run] for run in bits(runs))


def joined(masks: Iterable[int]) -> int:
    """Return the union of sets of bits."""
    union = 0
    for mask in masks:
        union |= mask
    return union


def enough(there: list[frozenset[str]], counts: list[int]) -> bool:
    """Say whether people can fill several roles, each person one, by looking at every choice of roles."""
    for size in range(1, len(counts) + 1):
        for chosen in combinations(range(len(counts)), size):
            if len(frozenset().union(*(there[n] for n in chosen))) < sum(counts[n] for n in chosen):
                return False
    return True


class Survey:
    """The openings of every course of one programme, each worked out when it is first asked for."""

    def __init__(self, programme: Programme) -> None:
        """Survey ``programme``."""
        self.programme = programme
        self.calendar: Calendar = calendar_of(programme)
        self._openings: dict[str, Openings] = {}
        self._days: dict[str, list[tuple[date, int]]] = {}
        self._closed: dict[tuple[Whom, str], int] = {}

    def of(self, course: str) -> Openings:
        """Return where a course may run."""
        if course not in self._openings:
            self._openings[course] = self._survey(self.programme.courses[course])
        return self._openings[course]

    def mask(self, days: Iterable[date]) -> int:
        """Return the slots (bits) of these dates."""
        periods = self.calendar.periods
        whole = (1 << periods) - 1
        return joined(whole << (day - self.programme.starts).days * periods for day in days)

    def open(self, whom: Whom, id: str, span: tuple[int, int]) -> int:
        """Return the working slots (bits) of a stretch in which a venue or instructor is not closed."""
        first, last = span
        return self._working & ~self._closed_to(whom, id) & ((1 << last + 1) - (1 << first))

    @cached_property
    def _working(self) -> int:
        return self.mask(self.calendar.working)

    def _closed_to(self, whom: Whom, id: str) -> int:
        if (whom, id) not in self._closed:
            self._closed[whom, id] = self.mask(self.calendar.closed(whom, id))
        return self._closed[whom, id]

    def _survey(self, course: Course) -> Openings:
        calendar, programme = self.calendar, self.programme
        runs = tuple(run for run in calendar.placements(course) if calendar.in_window(course, run))
        masks = tuple(sum(1 << slot for slot in run.slots) for run in runs)
        venues = {
            venue.id: self._open(masks, "venue", venue.id)
            for venue in programme.venues.values()
            if course.features is not None and course.features <= venue.features
        }
        groups = {group: self._open(masks, "group", group) for group in course.seats}
        bare = Openings(course, runs, masks, venues, (), groups)
        return replace(bare, teachers=tuple(self.able(bare, role.qualification) for role in course.roles))

    def _open(self, masks: tuple[int, ...], whom: Whom, id: str) -> int:
        closed = self._closed_to(whom, id)
        return sum(1 << number for number, mask in enumerate(masks) if not mask & closed)

    def able(
        self, openings: Openings, name: str, *, expiry: bool = True, load: bool = True
    ) -> dict[str, int]:
        """Return the runs (bits) at which each holder of a qualification may teach.

        Args:
            openings: The runs.
            name: The qualification.
            expiry: Whether it has to hold to the run's last day.
            load: Whether ``max_days_per_week`` counts.
        """
        return {
            one.id: self._able(openings, one, name, expiry, load)
            for one in self.programme.instructors.values()
            if any(held.name == name for held in one.qualifications)
        }

    def _days_of(self, openings: Openings) -> list[tuple[date, int]]:
        """Return the last day of each run, and the most days of it that lie in one week."""
        id = openings.course.id
        if id not in self._days:
            taken = [self.calendar.days(run) for run in openings.runs]
            self._days[id] = [(days[-1], fullest(days)) for days in taken]
        return self._days[id]

    def _able(self, openings: Openings, one: Instructor, name: str, expiry: bool, load: bool) -> int:
        holds = [held.until for held in one.qualifications if held.name == name]
        until = None if None in holds or not expiry else max(day for day in holds if day is not None)
        most = one.max_days_per_week if load else None
        kept = 0
        days = self._days_of(openings)
        for number in bits(self._open(openings.masks, "instructor", one.id)):
            last, in_a_week = days[number]
            if (until is None or last <= until) and (most is None or in_a_week <= most):
                kept |= 1 << number
        return kept


def fullest(days: Iterable[date]) -> int:
    """Return the largest number of these days that lie in one week."""
    weeks: dict[date, int] = {}
    for day in days:
        weeks[week_of(day)] = weeks.get(week_of(day), 0) + 1
    return max(weeks.values(), default=0)
