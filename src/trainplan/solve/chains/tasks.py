"""A programme as single sessions on the axis of its working slots, tied by orders, sharing resources.

An unbroken run of working slots is an interval on that axis, whatever weekends lie in it. Sets of slots are
whole numbers, one bit each.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from trainplan.model import After, Course, Programme
from trainplan.solve.kinds import instructor_pools, venue_kinds
from trainplan.workdays import Calendar, Placement

GOALS = frozenset({"seats", "sessions", "finish", "due", "early"})


@dataclass(frozen=True, slots=True)
class Resource:
    """Something that ``capacity`` of may be in use in one slot: seats of a group, like venues, a pool.

    Attributes:
        what: What ``names`` are.
        names: The like venues or instructors, the one group or the one course.
        capacity: Seats, venues, instructors or sessions at once.
    """

    what: str  # group, venue, instructor or course
    names: tuple[str, ...]
    capacity: int


@dataclass(frozen=True, slots=True)
class Choice:
    """A resource that a need can be met from, and the first slots (bits) with which it can."""

    resource: int
    starts: int


@dataclass(frozen=True, slots=True)
class Need:
    """So many units from among several resources for the whole of a session."""

    amount: int
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Task:
    """One session that must take place.

    Attributes:
        course, seats: What is taught, to how many of each group.
        starts: First slots (bits) that length, windows and closures leave.
        uses: Amount of each resource that it takes in any case.
        needs: What it takes from one resource or another.
    """

    course: Course
    seats: Mapping[str, int]
    starts: int
    uses: Mapping[int, int]
    needs: tuple[Need, ...]

    @property
    def length(self) -> int:
        """Working slots in a row."""
        return self.course.length


@dataclass(frozen=True, slots=True)
class Link:
    """One task comes before another, both by number; lags as in the order."""

    first: int
    then: int
    order: After


class Chains:
    """The tasks of a programme, what they share and what ties them.

    Attributes:
        axis: The calendar's number of each working slot.
        days: Calendar days from the programme's start to each working slot.
    """

    def __init__(self, calendar: Calendar) -> None:
        """Lay out a programme that ``fits``."""
        self.calendar = calendar
        self.axis = tuple(
            (day - calendar.programme.starts).days * calendar.periods + period
            for day in calendar.working
            for period in range(calendar.periods)
        )
        self.days = tuple(number // calendar.periods for number in self.axis)
        self.resources: list[Resource] = []
        self._shapes: dict[tuple[object, ...], int] = {}
        self._shut: dict[tuple[str, str], int] = {}
        self._courses: dict[str, int] = {}
        programme = calendar.programme
        self._groups = {
            id: self._resource("group", (id,), min(one.max_away, one.headcount))
            for id, one in programme.groups.items()
        }
        self._kinds = {
            kind: self._resource("venue", kind, len(kind)) for kind in venue_kinds(calendar, None) if kind
        }
        self._pools = {
            pool: self._resource("instructor", pool, len(pool)) for pool in instructor_pools(calendar, None)
        }
        self.tasks = tuple(
            self._task(course, seats) for course in programme.courses.values() for seats in lots(course)
        )
        self.links = tuple(self._links())

    @property
    def even(self) -> bool:
        """Whether every calendar day is one working slot, so that days and slots are the same."""
        return self.calendar.periods == 1 and self.days == tuple(range(len(self.days)))

    def placement(self, task: Task, start: int) -> Placement:
        """Return the slots of a task that begins in a working slot."""
        return Placement(self.axis[start : start + task.length])

    def soonest(self, order: After) -> Sequence[int]:
        """Return for each last slot of the earlier session the first in which the later may begin."""
        ahead = order.at_least or 0
        return [
            max(last + 1, bisect_left(self.days, self.days[last] + ahead)) for last in range(len(self.axis))
        ]

    def latest(self, order: After) -> Sequence[int]:
        """Return for each last slot of the earlier session the last in which the later may begin."""
        if order.at_most is None:
            return [len(self.axis)] * len(self.axis)
        return [bisect_left(self.days, day + order.at_most + 1) - 1 for day in self.days]

    def _resource(self, what: str, names: tuple[str, ...], capacity: int) -> int:
        self.resources.append(Resource(what, names, capacity))
        return len(self.resources) - 1

    def _task(self, course: Course, seats: Mapping[str, int]) -> Task:
        programme = self.calendar.programme
        starts = self._window(course)
        uses: dict[int, int] = {}
        for group, people in seats.items():
            starts &= self._open("group", group, course.length)
            for whole in programme.umbrellas(group):
                uses[self._groups[whole]] = uses.get(self._groups[whole], 0) + people
        needs: list[Need] = []
        if course.features is not None:
            needs.append(Need(1, tuple(self._rooms(course, sum(seats.values())))))
        needs += [Need(role.count, tuple(self._staff(course, role.qualification))) for role in course.roles]
        if course.parallel is not None and course.parallel < len(course.seats) and not course.mixed:
            if course.id not in self._courses:
                self._courses[course.id] = self._resource("course", (course.id,), course.parallel)
            uses[self._courses[course.id]] = 1
        chosen: list[Need] = []
        for need in needs:
            if len(need.choices) == 1:
                (choice,) = need.choices
                uses[choice.resource] = uses.get(choice.resource, 0) + need.amount
                starts &= choice.starts
            else:
                chosen.append(need)
        return Task(course, dict(seats), starts, uses, tuple(chosen))

    def _rooms(self, course: Course, seats: int) -> Iterator[Choice]:
        venues = self.calendar.programme.venues
        for kind, resource in self._kinds.items():
            one = venues[kind[0]]
            if (course.features or frozenset()) <= one.features and one.capacity >= seats:
                yield Choice(resource, self._open("venue", one.id, course.length))

    def _staff(self, course: Course, qualification: str) -> Iterator[Choice]:
        for pool, resource in self._pools.items():
            one = self.calendar.programme.instructors[pool[0]]
            held = [it.until for it in one.qualifications if it.name == qualification]
            if held:
                until = None if None in held else max(filter(None, held))
                open_to = self._open("instructor", one.id, course.length)
                yield Choice(resource, open_to & self._ending(course.length, until))

    def _window(self, course: Course) -> int:
        shape = course.length, course.whole_days, course.start_on, course.span
        if shape not in self._shapes:
            at = {number: slot for slot, number in enumerate(self.axis)}
            self._shapes[shape] = sum(1 << at[one.first] for one in self.calendar.placements(course))
        starts = self._shapes[shape] & self._open("course", course.id, course.length)
        if course.earliest is not None:
            day = (course.earliest - self.calendar.programme.starts).days
            starts = starts >> (first := bisect_left(self.days, day)) << first
        return starts & self._ending(course.length, course.latest)

    def _ending(self, length: int, until: date | None) -> int:
        """Return the first slots of runs that end on a date or before."""
        if until is None:
            return (1 << len(self.axis)) - 1
        over = bisect_left(self.days, (until - self.calendar.programme.starts).days + 1)
        return (1 << max(0, over - length + 1)) - 1

    def _open(self, whom: str, id: str, length: int) -> int:
        """Return the first slots of runs that touch no day on which a thing is closed."""
        if (whom, id) not in self._shut:
            starts = self.calendar.programme.starts
            closed = {(day - starts).days for day in self.calendar.closed(whom, id)}  # type: ignore[arg-type]
            self._shut[whom, id] = sum(1 << slot for slot, day in enumerate(self.days) if day in closed)
        shut, touched = self._shut[whom, id], 0
        for back in range(length if shut else 0):
            touched |= shut >> back
        return ((1 << len(self.axis)) - 1) & ~touched

    def _links(self) -> Iterator[Link]:
        of: dict[str, list[int]] = {}
        for number, task in enumerate(self.tasks):
            of.setdefault(task.course.id, []).append(number)
        for then, task in enumerate(self.tasks):
            for order in task.course.after:
                for first in of.get(order.course, ()):
                    if order.all or not self.tasks[first].seats.keys().isdisjoint(task.seats):
                        yield Link(first, then, order)


def lots(course: Course) -> list[Mapping[str, int]]:
    """Return the seats of each session of a course that is held once for whom it is for."""
    return [course.seats] if course.mixed else [{group: seats} for group, seats in course.seats.items()]


def fits(calendar: Calendar, goals: Sequence[str]) -> bool:
    """Say whether the interval model says all there is to say of a programme with every seat placed.

    Seats must be the first of its goals: no other gives a reason to place one.
    """
    programme = calendar.programme
    return (
        goals[0] == "seats"
        and set(goals) <= GOALS
        and bool(programme.courses)
        and all(_single(course) for course in programme.courses.values())
        and all(_plain(programme, course, calendar.periods) for course in programme.courses.values())
        and all(
            one.max_days_per_week is None or one.max_days_per_week >= len(programme.working_days)
            for one in programme.instructors.values()
        )
    )


def _single(course: Course) -> bool:
    """Say whether each lot's seats fill one session, no more and no less."""
    return all(
        course.min_class <= (size := sum(seats.values())) <= course.max_class and 2 * course.min_class > size
        for seats in lots(course)
    )


def _plain(programme: Programme, course: Course, periods: int) -> bool:
    """Say whether a course asks for nothing that intervals on working slots can't say."""
    held = len(lots(course))
    if course.parallel is not None and course.parallel < held and periods > 1:
        return False  # it counts dates
    # The last of several sessions is not known beforehand; with one there is only that one.
    return not any(
        order.all and order.at_most is not None and len(lots(programme.courses[order.course])) > 1
        for order in course.after
    )
