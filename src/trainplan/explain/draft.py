"""A programme while statements are taken out of it: what is left is less strict and never stricter."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from trainplan.model import Closure, Course, Group, Instructor, Programme, Schedule, Venue
from trainplan.solve.ask import Ask, Seats

# How far an end that is taken away moves, in days: at least a year, and more where the courses are long.
YEAR = 366
FARTHEST = 4 * YEAR
# More sessions at a time than that nobody has; nor instructors with a weekly limit.
COPIES, FEW_COPIES = 400, 20
UNLIMITED = 10**6

ClosuresUntil = Callable[[date], tuple[Closure, ...]]


@dataclass
class Draft:
    """What may be changed. Statements are taken out one by one, in any order; ``ask`` puts it together.

    Attributes:
        free_venues: Venues that may hold any number of sessions at once.
        free_instructors: Instructors who may teach any number of sessions at once.
        optional: Seats (course and group) that may stay unplaced.
        unstaffed: Courses that need no instructors.
        anywhere: Courses that need no venue.
        undealt: Groups of any number of people, who need not be dealt out.
        pins: Sessions of the earlier schedule whose pins no longer bind.
        endless: Whether the programme may run on far beyond its end.
        gone: Rows of closures.csv (by position) that no longer count, each for one thing or for all.
    """

    programme: Programme
    before: Schedule | None = None
    closures_until: ClosuresUntil | None = None
    courses: dict[str, Course] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)
    venues: dict[str, Venue] = field(default_factory=dict)
    instructors: dict[str, Instructor] = field(default_factory=dict)
    settings: dict[str, Any] = field(default_factory=dict)
    free_venues: set[str] = field(default_factory=set)
    free_instructors: set[str] = field(default_factory=set)
    optional: set[Seats] = field(default_factory=set)
    undealt: set[str] = field(default_factory=set)
    pins: set[str] = field(default_factory=set)
    unstaffed: set[str] = field(default_factory=set)
    anywhere: set[str] = field(default_factory=set)
    endless: bool = False
    gone: set[int] = field(default_factory=set)
    _copies: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.courses = dict(self.programme.courses)
        self.groups = dict(self.programme.groups)
        self.venues = dict(self.programme.venues)
        self.instructors = dict(self.programme.instructors)

    def course(self, id: str, **fields: Any) -> None:
        """Change a course, if it is still there."""
        if id in self.courses:
            self.courses[id] = replace(self.courses[id], **fields)

    def group(self, id: str, **fields: Any) -> None:
        """Change a group, if it is still there."""
        if id in self.groups:
            self.groups[id] = replace(self.groups[id], **fields)

    def venue(self, id: str, **fields: Any) -> None:
        """Change a venue, if it is still there."""
        if id in self.venues:
            self.venues[id] = replace(self.venues[id], **fields)

    def instructor(self, id: str, **fields: Any) -> None:
        """Change an instructor, if it is still there."""
        if id in self.instructors:
            self.instructors[id] = replace(self.instructors[id], **fields)

    def ask(self) -> Ask:
        """Return whether the seats that are not optional can be placed, with all that was taken out gone."""
        closures = [one for at, one in enumerate(self.programme.closures) if at not in self.gone]
        self._keep_what_matters()
        if self.endless:
            closures = self._run_on(closures)
        for group in self.undealt:
            self._crowd(group)
        before = self._before()
        for id in self.anywhere & self.courses.keys():
            housed = before is not None and any(one.course == id and one.venues for one in before.live)
            self.course(id, features=frozenset() if housed else None)
        self._as_long_as_pinned(before)
        for id in self.unstaffed & self.courses.keys():
            self.course(id, roles=())
        closures = self._share(before, closures)
        if before is not None:
            before = self._rename(before)
        programme = replace(
            self.programme,
            courses=self.courses,
            groups=self.groups,
            venues=self.venues,
            instructors=self.instructors,
            closures=tuple(closures),
            **self.settings,
        )
        every = {(course.id, group) for course in self.courses.values() for group in course.seats}
        must = frozenset(every - self.optional)
        return Ask(programme, must, before, frozenset(self.undealt), self._copies)

    def _keep_what_matters(self) -> None:
        """Leave out seats that may stay unplaced and that nothing else leans upon."""
        pinned = {one.course for one in self.before.live if one.pin} if self.before else set()
        needed: set[Seats] = set()
        ahead = [
            (course.id, group)
            for course in self.courses.values()
            for group in course.seats
            if course.id in pinned or (course.id, group) not in self.optional
        ]
        while ahead:
            id, group = ahead.pop()
            if (id, group) in needed:
                continue
            needed.add((id, group))
            course = self.courses[id]
            if course.mixed:
                ahead += [(id, other) for other in course.seats]
            # With "all" nobody needs a seat in the earlier course: it would only be in the way.
            firsts = [self.courses[order.course] for order in course.after if not order.all]
            ahead += [(first.id, group) for first in firsts if group in first.seats]
        kept = {}
        for id, course in self.courses.items():
            seats = {group: number for group, number in course.seats.items() if (id, group) in needed}
            if seats:
                kept[id] = replace(course, seats=seats)
        for id, course in kept.items():
            kept[id] = replace(course, after=tuple(one for one in course.after if one.course in kept))
        self.courses = kept

    def _run_on(self, closures: list[Closure]) -> list[Closure]:
        needed = sum(
            course.length * -(-sum(course.seats.values()) // max(course.min_class, 1))
            for course in self.courses.values()
        ) // len(self.programme.periods)
        lags = sum(order.at_least or 0 for course in self.courses.values() for order in course.after)
        longest = max((course.length for course in self.courses.values()), default=0)
        days = min(max(YEAR, 2 * needed, 2 * longest) + lags, FARTHEST)
        ends = self.programme.ends + timedelta(days=days)
        self.settings["ends"] = ends
        return later(closures, self.programme.ends, ends, self.closures_until)

    def _crowd(self, id: str) -> None:
        """Let a group have a person for each seat; what it can spare at a time stays as stated."""
        old = self.programme.groups[id]
        people = max(old.headcount, sum(course.seats.get(id, 0) for course in self.courses.values()))
        more = people - old.headcount
        for whole in self.programme.umbrellas(id):
            group, stated = self.groups[whole], self.programme.groups[whole]
            away = group.max_away + (more if stated.max_away >= stated.headcount else 0)
            self.groups[whole] = replace(group, headcount=group.headcount + more, max_away=away)

    def _before(self) -> Schedule | None:
        if self.before is None:
            return None
        kept = []
        for session in self.before.sessions:
            pin = frozenset() if session.id in self.pins else session.pin
            if session.course in self.unstaffed:
                pin -= {"instructors"}
            kept.append(replace(session, pin=pin))
        return Schedule.of(kept)

    def _as_long_as_pinned(self, before: Schedule | None) -> None:
        """Let a course whose length was taken away be as long as its pinned sessions are."""
        for id, course in self.courses.items():
            old = self.programme.courses[id]
            if course.length == old.length or before is None:
                continue
            pinned = [one for one in before.live if one.course == id and "date" in one.pin and one.slots]
            lengths = {len(one.slots) for one in pinned}
            if old.length in lengths:
                self.courses[id] = replace(course, length=old.length, whole_days=old.whole_days)
            elif lengths:
                self.courses[id] = replace(course, length=min(lengths))

    def _share(self, before: Schedule | None, closures: list[Closure]) -> list[Closure]:
        """Stand copies beside the venues and instructors that may be in several places at once.

        Return the closures, those of the copies among them: a copy is closed when its original is.
        """
        sessions = (len(before.live) if before else 0) + sum(map(self._at_once, self.courses.values()))
        places = max((role.count for course in self.courses.values() for role in course.roles), default=1)
        copied: dict[tuple[str, str], list[str]] = {}
        for id in sorted(self.free_venues):
            ids = [_copy(id, number) for number in range(1, min(sessions, COPIES))]
            self.venues |= {copy: replace(self.venues[id], id=copy) for copy in ids}
            copied["venue", id] = ids
        for id in sorted(self.free_instructors):
            # Those with a weekly limit are counted one by one, so that many would be a burden.
            most = COPIES if self.instructors[id].max_days_per_week is None else FEW_COPIES
            ids = [_copy(id, number) for number in range(1, min(sessions * places, most))]
            self.instructors |= {copy: replace(self.instructors[id], id=copy) for copy in ids}
            copied["instructor", id] = ids
            self._copies |= dict.fromkeys(ids, id)
        again = [replace(one, id=copy) for one in closures for copy in copied.get((one.whom, one.id), ())]
        return [*closures, *again]

    def _at_once(self, course: Course) -> int:
        """Return how many sessions of a course it can ever be of use to have at one time.

        Sessions of one group with the same days in like venues might as well be one, up to a full class.
        """
        rooms = [one for one in self.venues.values() if course.features is not None]
        kinds = len({(one.capacity, one.features, one.available_from, one.available_until) for one in rooms})
        full = max(1, min([course.max_class, *(one.capacity for one in rooms)]))
        lots = [sum(course.seats.values())] if course.mixed else list(course.seats.values())
        full_and_not = sum(seats // full + course.length * max(kinds, 1) for seats in lots)
        return min(full_and_not, sum(course.seats.values()) // max(course.min_class, 1))

    def _rename(self, before: Schedule) -> Schedule:
        """Give each pinned session copies of its own, where there are copies."""
        kept = []
        for number, session in enumerate(before.sessions, 1):
            venues = tuple(
                _copy(id, number) if id in self.free_venues and _copy(id, number) in self.venues else id
                for id in session.venues
            )
            staff = tuple(
                _copy(id, number)
                if id in self.free_instructors and _copy(id, number) in self.instructors
                else id
                for id in session.instructors
            )
            kept.append(replace(session, venues=venues, instructors=staff))
        return Schedule.of(kept)


def _copy(id: str, number: int) -> str:
    return f"{id}~{number}"


def later(
    closures: Iterable[Closure], old: date, new: date, closures_until: ClosuresUntil | None
) -> list[Closure]:
    """Return closures as they are with the programme's end moved: what repeats goes on repeating."""
    if closures_until is None or new <= old:
        return list(closures)
    spelled = {one.place: one for one in closures_until(new) if one.place is not None}
    found = []
    for one in closures:
        again = spelled[one.place].blocks if one.place in spelled else ()
        blocks = {*one.blocks, *(block for block in again if block[0] > old)}
        found.append(replace(one, blocks=tuple(sorted(blocks))))
    return found
