"""A programme while statements are taken out of it: what is left is less strict and never stricter.

Most statements only forbid, and go. Others do more: a day off shifts the days of what runs across it, a
length decides when a session ends. There all that could be is allowed side by side (see ``runs``), or, where
that can't be asked, a no is not taken for an answer (``Ask.enough``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from trainplan.explain.runs import open_runs
from trainplan.explain.sharing import Sharing
from trainplan.model import Closure, Course, Group, Instructor, Programme, Schedule, Venue
from trainplan.solve.ask import Ask, Seats
from trainplan.workdays import Calendar, dates, public_holidays

# How far an end that is taken away moves, in days: at least a year, and more where the courses are long.
YEAR = 366
FARTHEST = 4 * YEAR
# Days off that may be worked on, by rows: each doubles the ways across it.
OPEN_ROWS = 12
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
        any_length: Courses of which a session may take any number of slots.
        endless: Whether the programme may run on far beyond its end.
        no_holidays: Whether the public holidays no longer bind.
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
    any_length: set[str] = field(default_factory=set)
    endless: bool = False
    no_holidays: bool = False
    gone: set[int] = field(default_factory=set)
    _enough: bool = True

    def __post_init__(self) -> None:
        self.courses = dict(self.programme.courses)
        self.groups = dict(self.programme.groups)
        self.venues = dict(self.programme.venues)
        self.instructors = dict(self.programme.instructors)

    @property
    def shifts(self) -> bool:
        """Whether a session may have other days than the calendar alone would give it."""
        rows = (self.programme.closures[at] for at in self.gone)
        return self.no_holidays or bool(self.any_length) or any(row.whom == "all" for row in rows)

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
        self._keep_what_matters()
        closures = list(self.programme.closures)
        if self.endless:
            closures = self._run_on(closures)
        for group in self.undealt:
            self._crowd(group)
        before = self._before()
        for id in self.unstaffed & self.courses.keys():
            self.course(id, roles=())
        for id in self.any_length & self.courses.keys():
            self.course(id, length=1, whole_days=False)
        sharing = Sharing(self, before)
        sharing.house_anywhere(self.anywhere & self.courses.keys())
        sharing.copy()
        kept = [one for at, one in enumerate(closures) if at not in self.gone]
        programme = replace(
            self.programme,
            courses=self.courses,
            groups=self.groups,
            venues=self.venues,
            instructors=self.instructors,
            closures=tuple(sharing.closures(kept)),
            goals=("seats",),
            **self.settings,
        )
        if self.no_holidays:
            programme = replace(programme, holidays=None)
        off = self._days_off(programme, [one for at, one in enumerate(closures) if at in self.gone])
        programme = self._open(programme, off, before)
        if programme.runs:
            programme = sharing.told_apart(programme)
        every = {(course.id, group) for course in self.courses.values() for group in course.seats}
        must = frozenset(every - self.optional)
        enough = self._enough and sharing.enough
        undealt, people = frozenset(self.undealt), sharing.people
        return Ask(programme, must, sharing.renamed, undealt, people, sharing.days_a_week, enough)

    def _days_off(self, programme: Programme, gone: Iterable[Closure]) -> list[frozenset[date]]:
        """Return the sets of days that are off by a statement taken out and by no other."""
        first, last = programme.starts, programme.ends
        works = Calendar(programme).works
        sets = []
        if self.no_holidays and self.programme.holidays:
            opened = {
                day
                for one in self.programme.closures
                if one.whom == "all" and one.opens
                for block in one.blocks
                for day in dates(*block)
            }
            sets.append(frozenset(public_holidays(self.programme.holidays, first, last)) - opened)
        for one in gone:
            if one.whom == "all" and not one.opens:
                sets.append(frozenset(day for block in one.blocks for day in dates(*block)))
        found = dict.fromkeys(frozenset(day for day in days if works(day)) for days in sets)
        return [days for days in found if days]

    def _open(self, programme: Programme, off: list[frozenset[date]], before: Schedule | None) -> Programme:
        """Spell out the runs of courses that may go about a day off, or be long, as they like."""
        pinned: dict[str, set[int]] = {}
        for one in before.live if before else ():
            if "date" in one.pin and one.slots:
                pinned.setdefault(one.course, set()).add(len(one.slots))
        waited = {
            order.course
            for course in programme.courses.values()
            for order in course.after
            if order.at_most is not None
        }
        if len(off) > OPEN_ROWS:
            self._enough, off = False, []
        calendar, runs = Calendar(programme), {}
        for id, course in programme.courses.items():
            free = id in self.any_length and (id in waited or id in pinned)
            if not free and (course.length == 1 or not off):
                continue
            found = open_runs(
                calendar,
                course,
                off,
                any_length=free,
                every_start=any(order.at_most is not None for order in course.after),
                lengths=pinned.get(id, ()) if free else (),
            )
            if found is None:
                self._enough = False
            else:
                runs[id] = found
        return replace(programme, runs=runs)

    def _keep_what_matters(self) -> None:
        """Leave out seats that may stay unplaced and that nothing else leans upon."""
        live = self.before.live if self.before else ()
        pinned = {one.course for one in live if one.pin and one.id not in self.pins}
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
        # What begins only after the end is waited for.
        begins = [one.earliest for one in self.courses.values()]
        begins += [one.available_from for one in self.groups.values()]
        begins += [one.available_from for one in self.venues.values()]
        begins += [one.available_from for one in self.instructors.values()]
        wait = max(((day - self.programme.ends).days for day in begins if day is not None), default=0)
        days = max(YEAR, 2 * needed, 2 * longest) + lags + max(0, wait)
        self._enough &= days <= FARTHEST
        ends = self.programme.ends + timedelta(days=min(days, FARTHEST))
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
