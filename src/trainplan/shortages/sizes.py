"""How large one session of a course can be, and so how many it takes at least."""

from __future__ import annotations

from collections.abc import Mapping

from trainplan.model import Course, Programme
from trainplan.shortages.openings import Survey


def spared(programme: Programme, seats: Mapping[str, int]) -> int:
    """Return how many of these people can be away at one time, their umbrellas' limits counted."""
    parts: dict[str | None, list[str]] = {}
    for group in programme.groups.values():
        parts.setdefault(group.part_of, []).append(group.id)

    def of(group: str) -> int:
        below = sum(of(part) for part in parts[group]) if group in parts else seats.get(group, 0)
        return min(below, programme.groups[group].max_away)

    return sum(of(top) for top in parts.get(None, ()))


def roomiest(survey: Survey, course: Course) -> int:
    """Return the most seats that a venue and ``max_class`` allow in one session."""
    if course.features is None:
        return course.max_class
    venues = survey.of(course.id).venues
    held = [survey.programme.venues[id].capacity for id, runs in venues.items() if runs]
    return min(course.max_class, max(held, default=0))


def largest(survey: Survey, course: Course, seats: Mapping[str, int]) -> int:
    """Return the most seats that one session can have with these groups and no more seats than these."""
    return min(roomiest(survey, course), spared(survey.programme, seats))


def sessions(survey: Survey, course: Course) -> int:
    """Return how many sessions the course takes at least; 0 where no session is possible at all."""
    alone = [_least(seats, largest(survey, course, {group: seats})) for group, seats in course.seats.items()]
    if not course.mixed:
        return 0 if 0 in alone else sum(alone)
    together = _least(sum(course.seats.values()), largest(survey, course, course.seats))
    return 0 if 0 in alone or not together else max(*alone, together)


def _least(seats: int, most: int) -> int:
    return -(-seats // most) if most > 0 else 0
