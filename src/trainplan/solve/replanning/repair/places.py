"""Where a session fits among those that stand, and what it costs to have it there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from trainplan.model import Course, Session
from trainplan.solve.ledger import bits
from trainplan.solve.replanning.repair.timetable import Held, People, Timetable
from trainplan.solve.ruin.people import Cohort
from trainplan.workdays import Placement, week_of

GONE, MOVED, NEW, ROOM = 30, 10, 10, 3  # what a session counts, see ``trainplan.goals.changes``


@dataclass(frozen=True, slots=True)
class Job:
    """A session that needs a place.

    Attributes:
        session: As it is to be; its slots, venues and instructors are wishes, kept where they can be.
        old: The session of the earlier schedule that it is; None for one that is new.
    """

    session: Session
    old: Session | None

    @property
    def course(self) -> str:
        """Which course it is of."""
        return self.session.course

    @property
    def pin(self) -> frozenset[str]:
        """What of it may not change."""
        return self.old.pin if self.old is not None else frozenset()


@dataclass(frozen=True, slots=True)
class Spot:
    """A course's placement as the repair sees it, with what a seat there adds to each of the other goals."""

    placement: Placement
    mask: int
    weights: tuple[int, ...]
    days: tuple[date, ...]
    weeks: Mapping[date, frozenset[date]]


@dataclass(frozen=True, slots=True)
class Fit:
    """A place for a session, with its people, and what it adds to the goal ``changes``."""

    held: Held
    people: People
    cost: int


def price(old: Session | None, new: Session | None) -> int:
    """Return what a session adds to the goal ``changes``."""
    if old is None:
        return NEW if new is not None else 0
    seats = sum(old.groups.values())
    if new is None:
        return GONE + seats
    total = len(set(old.instructors) - set(new.instructors))
    total += ROOM if set(old.venues) != set(new.venues) else 0
    if old.slots != new.slots:
        return total + MOVED + seats
    return total + sum(max(0, number - new.groups.get(group, 0)) for group, number in old.groups.items())


class Places:
    """Finds places in a timetable."""

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
        self._holders: dict[str, list[tuple[str, date | None]]] = {}
        for teacher in table.programme.instructors.values():
            for held in teacher.qualifications:
                self._holders.setdefault(held.name, []).append((teacher.id, held.until))
        self._banned: dict[tuple[str, str], int] = {}
        for one in banned:
            numbers = {table.calendar.number(slot) // table.calendar.periods for slot in one.slots}
            periods = range(table.calendar.periods)
            mask = bits([day * len(periods) + period for day in numbers if day >= 0 for period in periods])
            for venue in one.venues or ("",):
                self._banned[one.course, venue] = self._banned.get((one.course, venue), 0) | mask
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
        blocked = self._banned.get((course.id, ""), 0)
        if course.features is not None:
            taken = every
            for room, capacity in self.suited[course.id]:
                if capacity >= size:
                    taken &= table.rooms[room]
            blocked |= taken
        for role in course.roles:
            taken = every
            for one, _ in self._holders.get(role.qualification, ()):
                taken &= table.staff[one]
            blocked |= taken
        if full or len(groups) == 1:
            for group, seats in groups.items():
                blocked |= table.shut[group]
                for whole in table.above[group]:
                    blocked |= table.cover[whole].blocked(seats if full else course.min_class)
        return blocked

    def fit(self, job: Job, spot: Spot, *, full: bool = True) -> Fit | None:
        """Return the session at a place, in the best room and with the best team; None if it can't be.

        Args:
            job: The session.
            spot: Where in time.
            full: With all its seats; else with as many as there is room for.
        """
        table, course = self.table, self.table.programme.courses[job.course]
        placement = spot.placement
        if course.parallel is not None and any(
            table.running[course.id, day] >= course.parallel for day in spot.days
        ):
            return None
        if not table.in_order(course, placement):
            return None
        wanted = sum(job.session.groups.values())
        if "seats" in job.pin:
            full = True
        venues, room = self.room(job, spot, wanted if full else course.min_class)
        if venues is None or (full and wanted > room):
            return None
        people = self.seated(job, spot, min(room, course.max_class), full=full)
        if people is None:
            return None
        groups = {group: sum(seats for _, seats in chosen) for group, chosen in people.items()}
        size = sum(groups.values())
        if size < course.min_class or size > course.max_class:
            return None
        team = self.team(job, spot)
        if team is None:
            return None
        slots = tuple(table.calendar.slot(number) for number in placement.slots)
        session = replace(
            job.session,
            slots=slots,
            start=slots[0].day,
            end=slots[-1].day,
            venues=venues,
            instructors=team,
            groups=groups,
            seats=size,
        )
        return Fit(table.new(session), people, price(job.old, session))

    def room(self, job: Job, spot: Spot, seats: int) -> tuple[tuple[str, ...] | None, int]:
        """Return the venue of a session at a place and how many it takes; None where there is none.

        Its own comes first, then the smallest that holds them all, then the largest.
        """
        table, course = self.table, self.table.programme.courses[job.course]
        own = job.old.venues if job.old is not None else ()
        if course.features is None:
            known = len(own) == 1 and own[0] in table.rooms
            if known and self._free(job.course, own[0], spot.mask):
                capacity = table.programme.venues[own[0]].capacity
                if capacity >= seats:
                    return own, capacity
            return (None, 0) if "venue" in job.pin and own else ((), course.max_class)
        wanted = min(sum(job.session.groups.values()), course.max_class)
        best: tuple[tuple[bool, bool, int], str, int] | None = None
        for room, capacity in self.suited[course.id]:
            if capacity < seats or ("venue" in job.pin and own != (room,)):
                continue
            if not self._free(course.id, room, spot.mask):
                continue
            large = capacity >= wanted
            rank = (own != (room,) or not large, not large, capacity if large else -capacity)
            if best is None or rank < best[0]:
                best = rank, room, capacity
        return (None, 0) if best is None else ((best[1],), best[2])

    def _free(self, course: str, room: str, mask: int) -> bool:
        return not (self.table.rooms[room] | self._banned.get((course, room), 0)) & mask

    def able(self, course: Course, spot: Spot, *, free: bool = True) -> list[list[str]]:
        """Return for each place in the team who could fill it at a place in time, ``free`` or not."""
        table, ends = self.table, spot.days[-1]
        seats: list[list[str]] = []
        for role in course.roles:
            # Whoever holds a qualification twice is named twice, which does no harm.
            some = [
                one
                for one, until in self._holders.get(role.qualification, ())
                if not (free and table.staff[one] & spot.mask)
                and (until is None or ends <= until)
                and (not free or table.has_days(one, spot.weeks))
            ]
            seats += [some] * role.count
        return seats

    def team(self, job: Job, spot: Spot) -> tuple[str, ...] | None:
        """Return instructors for all roles, as many of the session's own as can be; None without enough."""
        course = self.table.programme.courses[job.course]
        own = job.old.instructors if job.old is not None else ()
        seats = self.able(course, spot)
        if "instructors" in job.pin:
            seats = [[one for one in some if one in own] for some in seats]
        team: dict[str, int] = {}

        def find(seat: int, among: Sequence[Sequence[str]], seen: set[str]) -> bool:
            for one in among[seat]:
                if one not in seen:
                    seen.add(one)
                    if one not in team or find(team[one], among, seen):
                        team[one] = seat
                        return True
            return False

        mine = [[one for one in some if one in own] for some in seats]
        for seat in range(len(seats)):
            find(seat, mine, set())
        filled = set(team.values())
        others = [sorted(some, key=lambda one: (one not in own, *self._versatile(one))) for some in seats]
        for seat in range(len(seats)):
            # Whoever is on the team already stays on it, if in another place.
            if seat not in filled and not find(seat, others, set()):
                return None
        if "instructors" in job.pin and set(team) != set(own):
            return None
        return tuple(
            sorted(team, key=lambda one: (one not in own, list(own).index(one) if one in own else 0))
        )

    def _versatile(self, id: str) -> tuple[bool, int, object]:
        one = self.table.programme.instructors[id]
        return bool(one.trip_cost), len(one.qualifications), one.cost_per_day

    def seated(self, job: Job, spot: Spot, room: int, *, full: bool) -> People | None:
        """Return people for a session at a place: for all its seats, or for as many as can be spared."""
        table, course = self.table, self.table.programme.courses[job.course]
        spare: dict[str, int] = {}
        people: dict[str, list[tuple[Cohort, int]]] = {}
        for group, wanted in job.session.groups.items():
            seats = min(wanted, room)
            if seats <= 0:
                continue
            if table.shut[group] & spot.mask:
                seats = 0
            for whole in table.above[group]:
                if whole not in spare:
                    spare[whole] = table.cover[whole].slack(spot.placement)
                seats = min(seats, spare[whole])
            if full and seats < wanted:
                return None
            if seats <= 0:
                continue
            ready = table.ready(group, course, spot.placement, spot.mask)
            chosen, got = chosen_from(ready, seats)
            if full and got < wanted:
                return None
            if got:
                people[group] = chosen
                room -= got
                for whole in table.above[group]:
                    spare[whole] -= got
        return people

    # What stands in the way

    def blockers(self, job: Job, spot: Spot, movable: Callable[[Held], bool]) -> list[Held] | None:
        """Return the sessions that would have to leave a place for another; None if that is not enough.

        Args:
            job: The session.
            spot: The place.
            movable: Says which sessions may be asked to leave.
        """
        table, course = self.table, self.table.programme.courses[job.course]
        out: dict[int, Held] = {}
        if course.features is not None:
            ways = []
            for room, capacity in self.suited[course.id]:
                if capacity < sum(job.session.groups.values()):
                    continue
                if "venue" in job.pin and job.old is not None and job.old.venues != (room,):
                    continue
                found = self._way(table.of_room[room], spot.mask, movable)
                if found is None or self._banned.get((course.id, room), 0) & spot.mask:
                    continue
                if self._shut_without(table.rooms[room], found, spot.mask):
                    continue
                ways.append(found)
            if not ways:
                return None
            out |= {one.number: one for one in min(ways, key=len)}
        team = self._blocking_team(job, course, spot, movable)
        if team is None:
            return None
        out |= {one.number: one for one in team}
        for group, seats in job.session.groups.items():
            if seats and not self._blocking_people(group, seats, course, spot, movable, out):
                return None
        if course.parallel is not None:
            same = list(table.overlapping(table.of_course[course.id] - out.keys(), spot.mask))
            for one in [one for one in same if movable(one)][: max(0, len(same) - course.parallel + 1)]:
                out[one.number] = one
        return list(out.values())

    def _way(self, numbers: set[int], mask: int, movable: Callable[[Held], bool]) -> list[Held] | None:
        found = list(self.table.overlapping(numbers, mask))
        return found if all(movable(one) for one in found) else None

    @staticmethod
    def _shut_without(taken: int, out: Sequence[Held], mask: int) -> bool:
        for one in out:
            taken &= ~one.mask
        return bool(taken & mask)

    def _blocking_team(
        self, job: Job, course: Course, spot: Spot, movable: Callable[[Held], bool]
    ) -> list[Held] | None:
        """Return the sessions whose instructors would be needed."""
        table, out = self.table, list[Held]()
        chosen: set[str] = set()
        free = self.able(course, spot)
        for seat, every in enumerate(self.able(course, spot, free=False)):
            there = [one for one in free[seat] if one not in chosen]
            if there:
                chosen.add(there[0])
                continue
            ways = []
            for one in every:
                if one in chosen:
                    continue
                found = self._way(table.of_teacher[one], spot.mask, movable)
                if found is None or self._shut_without(table.staff[one], found, spot.mask):
                    continue
                limit = table.programme.instructors[one].max_days_per_week
                if limit is not None:
                    found += [
                        held
                        for number in sorted(table.of_teacher[one])
                        if movable(held := table.held[number])
                        and held not in found
                        and spot.weeks.keys() & {week_of(day) for day in held.session.days}
                    ]
                ways.append((len(found), one, found))
            if not ways:
                return None
            _, one, found = min(ways, key=lambda way: way[:2])
            chosen.add(one)
            out += found
        return out

    def _blocking_people(
        self,
        group: str,
        seats: int,
        course: Course,
        spot: Spot,
        movable: Callable[[Held], bool],
        out: dict[int, Held],
    ) -> bool:
        """Add the sessions that would have to give people back; say whether that is enough."""
        table = self.table
        if table.shut[group] & spot.mask:
            return False
        slots = spot.placement.slots
        for whole in table.above[group]:
            cover = table.cover[whole]
            parts = table.programme.parts(whole)
            while True:
                away = [cover.away[slot] for slot in slots]
                for one in out.values():
                    theirs = sum(one.session.groups.get(part, 0) for part in parts)
                    mine = set(one.placement.slots)
                    away = [n - theirs * (slot in mine) for n, slot in zip(away, slots, strict=True)]
                if max(away) + seats <= cover.most:
                    break
                more = [
                    one
                    for part in parts
                    for one in table.overlapping(table.of_group[part] - out.keys(), spot.mask)
                    if movable(one)
                ]
                if not more:
                    return False
                one = min(more, key=lambda one: (abs(one.session.seats - seats), one.number))
                out[one.number] = one
        ready = sum(one.people for one in table.ready(group, course, spot.placement, spot.mask))
        if ready < seats:
            # People who sit elsewhere then.
            for one in table.overlapping(table.of_group[group] - out.keys(), spot.mask):
                if ready >= seats:
                    break
                if movable(one):
                    out[one.number] = one
                    ready += one.session.groups[group]
        return ready >= seats


def chosen_from(cohorts: Sequence[Cohort], seats: int) -> tuple[list[tuple[Cohort, int]], int]:
    """Choose so many people, first come, first served, and say how many there were."""
    chosen: list[tuple[Cohort, int]] = []
    got = 0
    for one in cohorts:
        if got >= seats:
            break
        some = min(seats - got, one.people)
        chosen.append((one, some))
        got += some
    return chosen, got
