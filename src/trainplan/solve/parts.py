"""The parts of a programme that have nothing to do with each other: no people, room, instructor or order.

Two courses belong together when they share a group, or groups under an umbrella that limits them; when a
venue suits both; when an instructor holds what each asks for; when one comes after the other. A session
that is pinned, or that a plan begins with, ties its course to whatever it uses. What is left apart can be
planned apart: each part is a programme of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from trainplan.model import Course, Group, Programme, Schedule, Session, Venue
from trainplan.workdays import Calendar

# Goals whose value is the sum of the parts' values, and those whose value is the largest of them.
SUMS = frozenset({"seats", "due", "sessions", "early", "cost"})
LARGEST = frozenset({"finish", "even"})

Thing = tuple[str, str]  # what it is (course, group, venue or instructor) and its id


@dataclass(frozen=True, slots=True)
class Part:
    """A programme that is part of another one, with what an earlier schedule says of it.

    Attributes:
        work: How large it is: placements, once for each group or mixed class that may have them; never 0.
    """

    programme: Programme
    before: Schedule | None
    start: Schedule | None
    work: int

    @property
    def pinned(self) -> bool:
        """Whether sessions of the earlier schedule must be kept."""
        return self.before is not None and any(one.pin for one in self.before.live)


def split(
    programme: Programme, before: Schedule | None = None, start: Schedule | None = None
) -> tuple[Part, ...]:
    """Return the independent parts of ``programme``; none where it has to be planned as a whole.

    Goal by goal, the best of each part together are the best of the whole as long as values add up. Of
    a goal whose value is the largest of the parts' only the worst part matters: the others could give
    some of it up for a later goal. So at most one such goal is allowed, as the last.
    """
    if not _separable(programme) or not _plain(programme, before, start):
        return ()
    things = _together(programme, before, start)
    if len(things) < 2:
        return ()
    calendar = Calendar(programme)
    return tuple(_part(calendar, before, start, mine) for mine in things)


def _separable(programme: Programme) -> bool:
    *first, last = programme.goals or ("seats",)
    if not SUMS.issuperset(first) or last not in SUMS | LARGEST:
        return False
    # The sum of rounded amounts is the rounded sum only where nothing needs rounding.
    prices = [one.cost_per_day for one in programme.venues.values()]
    for one in programme.instructors.values():
        prices += [one.cost_per_day, one.trip_cost]
    return "cost" not in programme.goals or all(price == int(price) for price in prices)


def _plain(programme: Programme, before: Schedule | None, start: Schedule | None) -> bool:
    """Say whether every session has its place in one part, and a name that no other part will give."""
    for session in (*(before.sessions if before else ()), *(start.sessions if start else ())):
        named = session.id.rpartition("-")[0]
        if named != session.course and named in programme.courses:
            return False
    return all(programme.knows(one) for one in (before.live if before else ()) if one.pin)


class _Ties:
    """What belongs together, as disjoint sets."""

    def __init__(self) -> None:
        self._next: dict[Thing, Thing] = {}

    def end(self, thing: Thing) -> Thing:
        """Return the one that stands for all that ``thing`` belongs with."""
        while (above := self._next.get(thing, thing)) != thing:
            self._next[thing] = self._next.get(above, above)
            thing = above
        return thing

    def tie(self, one: Thing, other: Thing) -> None:
        self._next[self.end(one)] = self.end(other)


def _together(programme: Programme, before: Schedule | None, start: Schedule | None) -> list[set[Thing]]:
    """Return the things of each part, in the order of their courses."""
    ties = _Ties()
    for umbrella in _limiting(programme):
        for leaf in programme.parts(umbrella):
            ties.tie(("group", umbrella), ("group", leaf))
    for course in programme.courses.values():
        for thing in _needs(programme, course):
            ties.tie(("course", course.id), thing)
    pinned = [one for one in before.live if one.pin] if before else []
    for session in (*pinned, *(start.live if start else ())):
        if programme.knows(session):
            for thing in _uses(session):
                ties.tie(("course", session.course), thing)
    found: dict[Thing, set[Thing]] = {}
    for id in programme.courses:
        found.setdefault(ties.end(("course", id)), set()).add(("course", id))
    for kind, ids in (
        ("group", programme.groups),
        ("venue", programme.venues),
        ("instructor", programme.instructors),
    ):
        for id in ids:
            # What no course needs is in no part.
            found.get(ties.end((kind, id)), set()).add((kind, id))
    return list(found.values())


def _limiting(programme: Programme) -> Iterator[str]:
    """Yield the umbrellas that can keep people back whom the groups under them could spare."""
    children: dict[str, list[Group]] = {}
    for group in programme.groups.values():
        if group.part_of is not None:
            children.setdefault(group.part_of, []).append(group)

    def spares(group: Group) -> int:
        below = children.get(group.id)
        return min(group.max_away, sum(map(spares, below))) if below else group.max_away

    for id, below in children.items():
        if programme.groups[id].max_away < sum(map(spares, below)):
            yield id


def _needs(programme: Programme, course: Course) -> Iterator[Thing]:
    """Yield whatever a session of the course may use, and the courses that come before it."""
    yield from (("group", group) for group in course.seats)
    yield from (("course", order.course) for order in course.after)
    yield from (("venue", one.id) for one in programme.venues.values() if _suits(one, course))
    asked = {role.qualification for role in course.roles}
    for teacher in programme.instructors.values():
        if any(held.name in asked for held in teacher.qualifications):
            yield "instructor", teacher.id


def _suits(venue: Venue, course: Course) -> bool:
    return (
        course.features is not None
        and course.features <= venue.features
        and venue.capacity >= course.min_class
    )


def _uses(session: Session) -> Iterator[Thing]:
    yield from (("venue", id) for id in session.venues)
    yield from (("instructor", id) for id in session.instructors)
    yield from (("group", id) for id in session.groups)


def _part(calendar: Calendar, before: Schedule | None, start: Schedule | None, mine: set[Thing]) -> Part:
    programme = calendar.programme
    courses = {id: one for id, one in programme.courses.items() if ("course", id) in mine}
    groups = _groups(programme, mine)
    part = replace(
        programme,
        courses=courses,
        groups=groups,
        venues={id: one for id, one in programme.venues.items() if ("venue", id) in mine},
        instructors={id: one for id, one in programme.instructors.items() if ("instructor", id) in mine},
        closures=tuple(
            one
            for one in programme.closures
            if one.whom in ("all", "site")
            or (one.id in groups if one.whom == "group" else (one.whom, one.id) in mine)
        ),
    )
    work = sum(
        len(calendar.placements(course)) * (1 if course.mixed else len(course.seats))
        for course in courses.values()
    )
    return Part(part, _of(courses, before), _of(courses, start), max(1, work))


def _groups(programme: Programme, mine: set[Thing]) -> dict[str, Group]:
    """Return the groups of a part and the umbrellas above them, which count its own people alone.

    An umbrella that has people in other parts too limits nobody, here or there; what else it says, when
    its people are there, still holds.
    """
    leaves = [id for id in programme.groups if ("group", id) in mine and programme.parts(id) == (id,)]
    people: dict[str, int] = {}
    for id in leaves:
        for above in programme.umbrellas(id):
            people[above] = people.get(above, 0) + programme.groups[id].headcount
    return {
        id: replace(one, headcount=people[id], max_away=min(one.max_away, people[id]))
        for id, one in programme.groups.items()
        if id in people
    }


def _of(courses: dict[str, Course], schedule: Schedule | None) -> Schedule | None:
    """Return what of a schedule is about these courses."""
    if schedule is None:
        return None
    mine = (one for one in schedule.sessions if one.course in courses)
    return Schedule.of(mine, schedule.before, schedule.today)


def lanes(parts: Sequence[Part], number: int) -> list[list[int]]:
    """Deal the parts out to so many lanes of like work, by number; in each the smallest comes first.

    Small parts are done before their time is up, and leave what they had over to the large ones.
    """
    dealt: list[list[int]] = [[] for _ in range(number)]
    work = [0] * number
    for part in sorted(range(len(parts)), key=lambda one: -parts[one].work):
        lane = work.index(min(work))
        dealt[lane].insert(0, part)
        work[lane] += parts[part].work
    return dealt
