"""Sessions that stand, by name, and what they leave of rooms, instructors, cover and people's time.

Where ``trainplan.solve.ruin`` counts like things, a repair must know who is where: which room a session was
in decides what it costs to take it elsewhere. Slots taken are bits of a whole number, one for each.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date

from trainplan.attendance import deal
from trainplan.model import After, Course, Session
from trainplan.solve.ledger import bits, lag_fits
from trainplan.solve.ruin.people import Cohort, Crowd, Key, Taken, first_served
from trainplan.solve.ruin.stock import Cover
from trainplan.workdays import Calendar, Placement, week_of

People = Mapping[str, Sequence[tuple[Cohort, int]]]


@dataclass(frozen=True, slots=True, eq=False)
class Held:
    """A session that has its place; a ``fact`` keeps it whatever happens."""

    number: int
    session: Session
    course: Course
    placement: Placement
    mask: int
    fact: bool = False


class Timetable:
    """The sessions that stand, and what is left for others.

    Attributes:
        left: Seats without a session, by course and group; below nought where there are too many.
        held: Sessions by number.
        of_course, of_room, of_teacher, of_group: The numbers of the sessions that each has.
        rooms, staff: Slots taken of each venue and instructor, closures included, one bit each.
        cover: The people of each group, and of each umbrella, who are away.
        shut: Slots in which each group may not be away.
    """

    def __init__(self, calendar: Calendar, facts: Iterable[Session], kept: Iterable[Session]) -> None:
        """Begin with sessions that stay as they are, and with sessions that may yet be taken out.

        Facts may break rules; ``kept`` must keep them all.
        """
        self.calendar = calendar
        self.programme = programme = calendar.programme
        self.slots = ((programme.ends - programme.starts).days + 1) * calendar.periods
        self.left = {id: dict(one.seats) for id, one in programme.courses.items()}
        self.held: dict[int, Held] = {}
        self.of_course: defaultdict[str, set[int]] = defaultdict(set)
        self.of_room: defaultdict[str, set[int]] = defaultdict(set)
        self.of_teacher: defaultdict[str, set[int]] = defaultdict(set)
        self.of_group: defaultdict[str, set[int]] = defaultdict(set)
        self.rooms = {id: self._closed("venue", id) for id in programme.venues}
        self.staff = {id: self._closed("instructor", id) for id in programme.instructors}
        self.shut = {id: self._closed("group", id) for id in programme.groups}
        self.cover = {id: Cover(one.max_away, self.slots) for id, one in programme.groups.items()}
        self.above = {id: programme.umbrellas(id) for id in programme.groups}
        self.crowds = {id: Crowd(one.headcount) for id, one in programme.groups.items()}
        self.worked: defaultdict[tuple[str, date], Counter[date]] = defaultdict(Counter)
        self.running: Counter[tuple[str, date]] = Counter()
        self.orders: dict[tuple[str, str], tuple[After, ...]] = {}
        self.heirs: dict[tuple[str, str], tuple[tuple[str, After], ...]] = {}
        self.waiting: dict[str, list[tuple[str, After]]] = {}
        self.handled = 0
        self._journal: list[tuple[int, Held, dict[str, dict[Key, Cohort]]]] = []
        self._next = 0
        self._look_up_orders()
        for session in facts:
            if session.course in programme.courses:
                self._count(self.new(session, fact=True), 1)
        # What closures and facts take is never given back.
        self._room_base, self._staff_base = dict(self.rooms), dict(self.staff)
        for session in kept:
            self._count(self.new(session), 1)
        for group in programme.groups:
            self._deal(group)
        self._owed_at_first = {group: self._owed(group) for group in programme.groups}

    def _look_up_orders(self) -> None:
        courses = self.programme.courses
        heirs: defaultdict[tuple[str, str], list[tuple[str, After]]] = defaultdict(list)
        for course in courses.values():
            for order in course.after:
                if order.all:
                    self.waiting.setdefault(order.course, []).append((course.id, order))
            for group in course.seats:
                binding = tuple(
                    one for one in course.after if not one.all and group in courses[one.course].seats
                )
                self.orders[course.id, group] = binding
                for order in binding:
                    heirs[order.course, group].append((course.id, order))
        self.heirs = {where: tuple(some) for where, some in heirs.items()}

    def _closed(self, whom: str, id: str) -> int:
        calendar = self.calendar
        first = [(day - self.programme.starts).days * calendar.periods for day in calendar.closed(whom, id)]  # type: ignore[arg-type]
        return bits([slot + period for slot in first if slot >= 0 for period in range(calendar.periods)])

    def new(self, session: Session, *, fact: bool = False) -> Held:
        """Return a session with a number of its own; it has no place yet."""
        slots = tuple(self.calendar.number(slot) for slot in session.slots)
        self._next += 1
        mask = bits([slot for slot in slots if 0 <= slot < self.slots])
        course = self.programme.courses[session.course]
        return Held(self._next, session, course, Placement(slots), mask, fact)

    def _deal(self, group: str) -> None:
        """Deal the group's people out to the sessions that stand."""
        mine = [self.held[number] for number in self.of_group[group] if self.held[number].placement.slots]
        if not mine:
            return
        by_id = {f"{one.number}": one for one in mine}
        asked = [replace(one.session, id=id) for id, one in by_id.items()]
        rosters = deal(self.programme, group, asked, blame=False).seats
        if rosters:
            taken: defaultdict[int, list[Held]] = defaultdict(list)
            for id, roster in rosters.items():
                for person in roster:
                    taken[person].append(by_id[id])
            cohorts: dict[Key, Cohort] = {}
            for person in range(self.programme.groups[group].headcount):
                some = taken.get(person, [])
                key = frozenset(one.number for one in some)
                busy = 0
                for one in some:
                    busy |= one.mask
                people = cohorts[key].people if key in cohorts else 0
                done = {one.course.id: one.placement.last for one in some}
                cohorts[key] = Cohort(people + 1, key, busy, done)
            self.crowds[group].cohorts = cohorts
            return
        # History that can't be dealt out: as many as can be, first come, first served.
        for one in sorted(mine, key=lambda one: one.placement.slots):
            ready = self.ready(group, one.course, one.placement, one.mask)
            self.crowds[group].seat(one.number, _taken(one), first_served(ready, one.session.groups[group]))

    # Taking and giving

    def put(self, held: Held, people: People) -> None:
        """Give a session its place; whoever calls has made sure that it fits."""
        self._journal.append((1, held, self._save(held.session.groups)))
        self._count(held, 1)
        for group, chosen in people.items():
            self.crowds[group].seat(held.number, _taken(held), chosen)

    def take_out(self, held: Held) -> None:
        """Take a session out again."""
        self._journal.append((-1, held, self._save(held.session.groups)))
        self._count(held, -1)
        for group in held.session.groups:
            if group in self.crowds:
                self.crowds[group].unseat(held.number, _taken(held))

    def enlarge(self, held: Held, people: People) -> None:
        """Give a session more people."""
        groups = dict(held.session.groups)
        for group, chosen in people.items():
            groups[group] = groups.get(group, 0) + sum(seats for _, seats in chosen)
        larger = replace(held, session=replace(held.session, groups=groups, seats=sum(groups.values())))
        saved = self._save(groups)
        self._journal.append((-1, held, saved))
        self._count(held, -1)
        self._journal.append((1, larger, saved))
        self._count(larger, 1)
        for group, chosen in people.items():
            self.crowds[group].seat(held.number, _taken(held), chosen)

    def _save(self, groups: Collection[str]) -> dict[str, dict[Key, Cohort]]:
        saved = {}
        for group in groups:
            if group in self.crowds:
                saved[group] = self.crowds[group].cohorts
                self.crowds[group].cohorts = dict(saved[group])
        return saved

    def mark(self) -> int:
        """Return a mark to go back to."""
        return len(self._journal)

    def back(self, mark: int) -> None:
        """Undo everything since a mark."""
        while len(self._journal) > mark:
            sign, held, saved = self._journal.pop()
            self._count(held, -sign)
            for group, cohorts in saved.items():
                self.crowds[group].cohorts = cohorts

    def forget(self) -> None:
        """Let nothing be undone any more."""
        self._journal.clear()

    def touched(self, mark: int) -> set[str]:
        """Return the groups concerned since a mark."""
        return {group for _, _, saved in self._journal[mark:] for group in saved}

    def _count(self, held: Held, sign: int) -> None:
        self.handled += 1
        session, mask, id = held.session, held.mask, held.course.id
        slots = [slot for slot in held.placement.slots if 0 <= slot < self.slots]
        for table, names, index, base in (
            (self.rooms, session.venues, self.of_room, "_room_base"),
            (self.staff, session.instructors, self.of_teacher, "_staff_base"),
        ):
            for name in names:
                if name not in table:
                    continue
                if sign > 0:
                    table[name] |= mask
                    index[name].add(held.number)
                else:
                    table[name] = table[name] & ~mask | getattr(self, base)[name] & mask
                    index[name].discard(held.number)
        for name in session.instructors:
            for day in session.days:
                self.worked[name, week_of(day)][day] += sign
        for day in session.days:
            self.running[id, day] += sign
        for group, seats in session.groups.items():
            if not seats or group not in self.cover:
                continue
            self.left[id][group] = self.left[id].get(group, 0) - sign * seats
            for whole in self.above[group]:
                self.cover[whole].add(slots, sign * seats)
            (self.of_group[group].add if sign > 0 else self.of_group[group].discard)(held.number)
        if sign > 0:
            self.held[held.number] = held
            if held.placement.slots:
                self.of_course[id].add(held.number)
        else:
            del self.held[held.number]
            self.of_course[id].discard(held.number)

    # What is left

    def ready(self, group: str, course: Course, placement: Placement, mask: int) -> list[Cohort]:
        """Return the people who could take a course then: those first who have taken what comes after it."""
        orders, heirs = self.orders.get((course.id, group), ()), self.heirs.get((course.id, group), ())
        periods = self.calendar.periods
        starts, ends = placement.first // periods, placement.last // periods
        found: list[tuple[tuple[bool, list[int], int], Cohort]] = []
        for one in self.crowds[group].cohorts.values():
            if one.busy & mask or course.id in one.done:
                continue
            done = one.done
            if orders and not all(
                order.course in done
                and done[order.course] < placement.first
                and lag_fits(order.at_least, order.at_most, starts - done[order.course] // periods)
                for order in orders
            ):
                continue
            if heirs and not heirs_fit(self, one, heirs, placement.last, ends):
                continue
            owed = any(later in done for later, _ in heirs)
            waited = [done[order.course] for order in orders]
            found.append(((not owed, waited, -one.people), one))
        found.sort(key=lambda item: item[0])
        return [one for _, one in found]

    def begins(self, cohort: Cohort, course: str) -> int:
        """Return the slot in which people begin a course that they take."""
        return next(
            self.held[number].placement.first
            for number in cohort.key
            if number in self.held and self.held[number].course.id == course
        )

    def _owed(self, group: str) -> int:
        return sum(
            one.people
            for one in self.crowds[group].cohorts.values()
            for id in one.done
            for order in self.orders.get((id, group), ())
            if order.course not in one.done
        )

    def owes(self, groups: Iterable[str]) -> bool:
        """Say whether more people of a group than at first take a course without what comes before it."""
        return any(self._owed(group) > self._owed_at_first[group] for group in groups)

    def in_order(self, course: Course, placement: Placement) -> bool:
        """Say whether all that must be over before it is, and it before all that waits for all of it."""
        for order in course.after:
            if order.all and self.of_course[order.course]:
                last = max(self.held[number].placement.last for number in self.of_course[order.course])
                if not self._follows(order, last, placement.first):
                    return False
        waiting = self.waiting.get(course.id)
        if waiting:
            ends = [self.held[number].placement.last for number in self.of_course[course.id]]
            last = max([placement.last, *ends])
            return all(
                self._follows(order, last, self.held[number].placement.first)
                for later, order in waiting
                for number in self.of_course[later]
            )
        return True

    def wholes_in_order(self) -> bool:
        """Say whether each course that waits for all of another does so still."""
        for earlier, waiting in self.waiting.items():
            ends = [self.held[number].placement.last for number in self.of_course[earlier]]
            if not ends:
                continue
            for later, order in waiting:
                for number in self.of_course[later]:
                    one = self.held[number]
                    if not one.fact and not self._follows(order, max(ends), one.placement.first):
                        return False
        return True

    def _follows(self, order: After, last: int, first: int) -> bool:
        lag = first // self.calendar.periods - last // self.calendar.periods
        return first > last and lag_fits(order.at_least, order.at_most, lag)

    def has_days(self, teacher: str, weeks: Mapping[date, Set[date]]) -> bool:
        """Say whether an instructor's weeks bear these days too, by the Monday of each week."""
        limit = self.programme.instructors[teacher].max_days_per_week
        if limit is None:
            return True
        return all(
            len(more | {day for day, times in self.worked[teacher, week].items() if times}) <= limit
            for week, more in weeks.items()
        )

    def overlapping(self, numbers: Iterable[int], mask: int) -> Iterator[Held]:
        """Yield those of some sessions that have a slot among these."""
        return (self.held[number] for number in sorted(numbers) if self.held[number].mask & mask)


def heirs_fit(
    table: Timetable, cohort: Cohort, heirs: Sequence[tuple[str, After]], last: int, ends: int
) -> bool:
    """Say whether people could take a course that ends then before all they take that waits for it."""
    for later, order in heirs:
        if later in cohort.done:
            begins = table.begins(cohort, later)
            lag = begins // table.calendar.periods - ends
            if begins <= last or not lag_fits(order.at_least, order.at_most, lag):
                return False
    return True


def _taken(held: Held) -> Taken:
    return Taken(held.course.id, held.placement.last, held.mask)
