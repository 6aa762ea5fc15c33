"""How large a class can be, and how many it takes."""

from __future__ import annotations

from trainplan.model import Course, Programme


def largest_class(programme: Programme, course: Course, group: str) -> int:
    """Return the seats in the largest class that ``group`` could sit in; 1 where there is no venue at all."""
    size = course.max_class
    if course.features is not None:
        rooms = [one.capacity for one in programme.venues.values() if course.features <= one.features]
        size = min(size, max(rooms, default=size))
    if not course.mixed:
        # With the others of a mixed class it could be larger than the group itself can spare.
        size = min(size, *(programme.groups[whole].max_away for whole in programme.umbrellas(group)))
    return max(1, size)


def least_sessions(programme: Programme) -> int:
    """Return how many sessions it takes at least to place every seat."""
    total = 0
    for course in programme.courses.values():
        if course.mixed:
            some = next(iter(course.seats))
            total += -(-sum(course.seats.values()) // largest_class(programme, course, some))
        else:
            total += sum(
                -(-seats // largest_class(programme, course, group)) for group, seats in course.seats.items()
            )
    return total
