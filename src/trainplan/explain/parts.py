"""Parts of a programme worth asking about alone: what is impossible there is impossible as a whole."""

from __future__ import annotations

from collections.abc import Iterator

from trainplan.model import Programme
from trainplan.shortages import found
from trainplan.shortages.openings import Survey
from trainplan.solve.ask import Seats


def parts(programme: Programme) -> Iterator[frozenset[Seats]]:
    """Yield sets of seats, the small ones first, each once; the last is everything."""
    seen: set[frozenset[Seats]] = set()
    for part in _all(programme):
        if part and part not in seen:
            seen.add(part)
            yield part


def _all(programme: Programme) -> Iterator[frozenset[Seats]]:
    courses = programme.courses.values()
    of = {course.id: frozenset((course.id, group) for group in course.seats) for course in courses}
    everything = frozenset().union(*of.values())
    arithmetic = []
    for one in found(Survey(programme)):
        if one.finding.severity == "error":
            seats = frozenset().union(*(of[id] for id in one.courses))
            arithmetic.append(frozenset(pair for pair in seats if not one.groups or pair[1] in one.groups))
    yield from sorted(arithmetic, key=len)
    for course in courses:
        yield of[course.id]
    for course in courses:
        waited = {course.id}
        ahead = [course.id]
        while ahead:
            for order in programme.courses[ahead.pop()].after:
                if order.course not in waited:
                    waited.add(order.course)
                    ahead.append(order.course)
        if len(waited) > 1:
            yield frozenset().union(*(of[id] for id in waited))
    for group in programme.groups:
        leaves = set(programme.parts(group))
        yield frozenset(pair for pair in everything if pair[1] in leaves)
    for name in sorted({role.qualification for course in courses for role in course.roles}):
        sharing = [one.id for one in courses if any(role.qualification == name for role in one.roles)]
        yield frozenset().union(*(of[id] for id in sharing))
    for venue in programme.venues.values():
        there = [one.id for one in courses if one.features is not None and one.features <= venue.features]
        yield frozenset().union(*(of[id] for id in there))
    yield everything
