"""Where sessions may be as far as rooms, instructors and cover go."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from trainplan.model import Course, Session
from trainplan.solve.ledger import bits
from trainplan.solve.replanning.repair.jobs import Job, Spot
from trainplan.solve.replanning.repair.timetable import Timetable
from trainplan.workdays import Placement, week_of


class Places:
    """Looks up where sessions may be in a timetable.

    Attributes:
        table: The sessions that stand.
        spots: Where sessions of each course may newly lie, what costs least first.
        suited: Rooms for each course that needs one, and how many they take, the smallest first.
        holders: Who has each qualification, and until when.
        banned: Slots that a course may not have at a venue, one bit each.
    """

    def __init__(
        self,
        table: Timetable,
        choice: Callable[[Course], Sequence[Placement]],
        weigh: Callable[[Course, Placement], tuple[int, ...]],
        banned: Sequence[Session],
    ) -> None:
        """Look up once what each course needs.

        Args:
            table: The sessions that stand.
            choice: Where sessions of a course may newly lie.
            weigh: What a seat at a placement adds to each goal after ``changes``.
            banned: Cancelled sessions: no other of their course has their days at their venue.
        """
        self.table = table
        self._weigh = weigh
        self.holders: dict[str, list[tuple[str, date | None]]] = {}
        for teacher in table.programme.instructors.values():
            for held in teacher.qualifications:
                self.holders.setdefault(held.name, []).append((teacher.id, held.until))
        self.banned: dict[tuple[str, str], int] = {}
        for one in banned:
            numbers = {table.calendar.number(slot) // table.calendar.periods for slot in one.slots}
            periods = range(table.calendar.periods)
            mask = bits([day * len(periods) + period for day in numbers if day >= 0 for period in periods])
            for venue in one.venues or ("",):
                self.banned[one.course, venue] = self.banned.get((one.course, venue), 0) | mask
        self.spots: dict[str, tuple[Spot, ...]] = {}
        self.suited: dict[str, tuple[tuple[str, int], ...]] = {}
        programme = table.programme
        for course in programme.courses.values():
            spots = [self.spot(course, one) for one in choice(course)]
            self.spots[course.id] = tuple(sorted(spots, key=lambda one: (one.weights, one.placement)))
            if course.features is not None:
                rooms = [
                    (one.id, one.capacity)
                    for one in programme.venues.values()
                    if course.features <= one.features and one.capacity >= course.min_class
                ]
                self.suited[course.id] = tuple(sorted(rooms, key=lambda one: one[1]))
        self._own: dict[tuple[str, tuple[object, ...]], Spot | None] = {}

    def spot(self, course: Course, placement: Placement) -> Spot:
        """Return a placement with all that is looked up about it again and again."""
        days = self.table.calendar.days(placement)
        weeks: dict[date, set[date]] = {}
        for day in days:
            weeks.setdefault(week_of(day), set()).add(day)
        frozen = {week: frozenset(some) for week, some in weeks.items()}
        return Spot(placement, bits(placement.slots), self._weigh(course, placement), days, frozen)

    def own(self, job: Job) -> Spot | None:
        """Return the place that a session had, if its course may have it still."""
        old = job.old
        if old is None or not old.slots:
            return None
        key = old.course, old.slots
        if key not in self._own:
            calendar, course = self.table.calendar, self.table.programme.courses[old.course]
            placement = Placement(tuple(calendar.number(slot) for slot in old.slots))
            there = placement in calendar.placements(course) and calendar.in_window(course, placement)
            self._own[key] = self.spot(course, placement) if there else None
        return self._own[key]

    def open_to(self, job: Job, *, full: bool) -> Iterator[Spot]:
        """Yield where a session may be as far as rooms, instructors and cover go: its own place first."""
        own = self.own(job)
        if own is not None:
            yield own
        if "date" in job.pin:
            return
        blocked = self.blocked(job, full=full)
        for spot in self.spots[job.course]:
            if not spot.mask & blocked and spot is not own:
                yield spot

    def blocked(self, job: Job, *, full: bool) -> int:
        """Return slots in which the session can't be, one bit each; others may turn out to be no good too."""
        table, course = self.table, self.table.programme.courses[job.course]
        groups = {group: seats for group, seats in job.session.groups.items() if seats}
        size = sum(groups.values()) if full else course.min_class
        every = (1 << table.slots) - 1
        blocked = self.banned.get((course.id, ""), 0)
        if course.features is not None:
            taken = every
            for room, capacity in self.suited[course.id]:
                if capacity >= size:
                    taken &= table.rooms[room]
            blocked |= taken
        for role in course.roles:
            taken = every
            for one, _ in self.holders.get(role.qualification, ()):
                taken &= table.staff[one]
            blocked |= taken
        if full or len(groups) == 1:
            for group, seats in groups.items():
                blocked |= table.shut[group]
                for whole in table.above[group]:
                    blocked |= table.cover[whole].blocked(seats if full else course.min_class)
        return blocked

    def free(self, course: str, room: str, mask: int) -> bool:
        """Say whether a course may have a room in slots, one bit each."""
        return not (self.table.rooms[room] | self.banned.get((course, room), 0)) & mask
