"""Every statement that could be to blame where certain seats can't be placed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from trainplan.explain.calendar_lines import calendar_lines
from trainplan.explain.course_lines import course_lines, demand_line, mixed_demand_line
from trainplan.explain.line import Line
from trainplan.explain.thing_lines import (
    group_lines,
    instructor_lines,
    pin_line,
    sharing_line,
    site_lines,
    venue_lines,
)
from trainplan.model import Course, Programme, Schedule
from trainplan.solve.ask import Seats
from trainplan.solve.kinds import instructor_pools, venue_kinds
from trainplan.workdays import Calendar

# What is tried first to be left out of a cause comes first: what people would change least readily, or
# what only repeats another statement, should not stand in a cause without need.
FIRST_OUT = (
    ("group-attendance", ""),
    ("venue-capacity", ""),
    ("class-mix", ""),
    ("course-days", "ends"),
    ("class-size", "min"),
    ("course-parallel", ""),
    ("course-days", "start_on"),
    ("course-days", "span"),
    ("instructor-load", ""),
    ("course-days", ""),
    ("group-closed", ""),
    ("venue-closed", ""),
    ("instructor-closed", ""),
    ("instructor-qualified", ""),
    ("course-window", ""),
    ("course-order", ""),
    ("group-cover", ""),
    ("venue-clash", ""),
    ("instructor-clash", ""),
    ("class-size", "max"),
    ("instructor-roles", ""),
    ("venue-features", ""),
    ("course-days", "duration"),
    ("pinned", ""),
    ("demand", ""),
)


class Statements:
    """All statements of a programme, found by the seats that they can matter to."""

    def __init__(self, programme: Programme, before: Schedule | None) -> None:
        """Lay out what is the same for every question."""
        self.programme = programme
        self.before = before
        calendar = Calendar(programme)
        self.kinds = venue_kinds(calendar, before)
        self.pools = instructor_pools(calendar, before)
        self.calendar = tuple(calendar_lines(programme, calendar))
        self.units = dict(_units(programme))
        self._of = {pair: line for line, unit in self.units.items() for pair in unit}
        self.pins = tuple(pin_line(one) for one in before.live if one.pin) if before else ()

    def about(self, seats: Iterable[Seats]) -> list[Line]:
        """Return the statements that can keep these seats from their place, the first to leave out first."""
        must = set(seats)
        found = dict.fromkeys((*self.calendar, *self._around(self._reached(must)), *self.pins))
        found |= {self._of[one]: None for one in sorted(must)}
        return sorted(found, key=rank)

    def units_of(self, seats: Iterable[Seats]) -> list[Line]:
        """Return the statements that ask for these seats."""
        return list(dict.fromkeys(self._of[one] for one in sorted(seats)))

    def seats_of(self, lines: Iterable[Line]) -> frozenset[Seats]:
        """Return the seats that some of these statements ask for."""
        return frozenset().union(*(self.units[line] for line in lines if line in self.units))

    @property
    def everything(self) -> frozenset[Seats]:
        """All seats asked for."""
        return frozenset(self._of)

    def _reached(self, must: set[Seats]) -> set[Seats]:
        """Return the seats, and those that they wait for."""
        reached: set[Seats] = set()
        ahead = list(must)
        for session in self.before.live if self.before else ():
            course = self.programme.courses.get(session.course)
            if session.pin and course is not None:
                ahead += [(course.id, group) for group in course.seats]
        while ahead:
            id, group = ahead.pop()
            if (id, group) not in reached:
                reached.add((id, group))
                course = self.programme.courses[id]
                # Even where they may not sit together now: without that statement they might.
                ahead += [(id, other) for other in course.seats]
                for order in course.after:
                    first = self.programme.courses[order.course]
                    ahead += [(first.id, group)] if group in first.seats else []
        return reached

    def _around(self, seats: set[Seats]) -> Iterator[Line]:
        programme = self.programme
        courses = [course for id, course in programme.courses.items() if any(one == id for one, _ in seats)]
        for course in courses:
            yield from course_lines(programme, course)
        above = {whole for _, group in seats for whole in programme.umbrellas(group)}
        for id, group in programme.groups.items():
            if id in above:
                yield from group_lines(programme, group)
        yield from self._venues(courses)
        yield from self._teachers(courses)

    def _venues(self, courses: list[Course]) -> Iterator[Line]:
        programme, useful = self.programme, [one for one in courses if one.features is not None]
        named = self._pinned("venues")
        largest = max((sum(one.seats.values()) for one in useful), default=0)
        sites = set()
        for kind in self.kinds:
            features = programme.venues[kind[0]].features
            if named.isdisjoint(kind) and not any(
                one.features is not None and one.features <= features for one in useful
            ):
                continue
            yield sharing_line(programme, "venue-clash", kind)
            for id in kind:
                yield from venue_lines(programme, programme.venues[id], largest)
                sites.add(programme.venues[id].site)
        for site in sorted(sites - {""}):
            yield from site_lines(programme, site)

    def _teachers(self, courses: list[Course]) -> Iterator[Line]:
        programme, named = self.programme, self._pinned("instructors")
        asked = frozenset(role.qualification for course in courses for role in course.roles)
        for pool in self.pools:
            holds = {one.name for one in programme.instructors[pool[0]].qualifications}
            if named.isdisjoint(pool) and holds.isdisjoint(asked):
                continue
            yield sharing_line(programme, "instructor-clash", pool)
            for id in pool:
                yield from instructor_lines(programme, programme.instructors[id], asked)

    def _pinned(self, what: str) -> set[str]:
        live = self.before.live if self.before else ()
        return {id for session in live if session.pin for id in getattr(session, what)}


def _units(programme: Programme) -> Iterator[tuple[Line, frozenset[Seats]]]:
    """Yield what asks for seats: a group in a course, or a course whose sessions hold several groups."""
    for course in programme.courses.values():
        if course.mixed and len(course.seats) > 1:
            yield (
                mixed_demand_line(programme, course),
                frozenset((course.id, group) for group in course.seats),
            )
        else:
            for group in course.seats:
                yield demand_line(course, group), frozenset([(course.id, group)])


def rank(line: Line) -> int:
    """Return how late a statement is tried to be left out."""
    exact = (line.rule, line.part)
    if exact in FIRST_OUT:
        return FIRST_OUT.index(exact)
    return FIRST_OUT.index((line.rule, ""))
