"""Whether sessions of one course that must follow one another find room for all their turns.

Where only so many can be at it at once, the sessions fall into so many rows in which each follows the one
before; and a row has room for only so many.
"""

from __future__ import annotations

from collections.abc import Iterator

from trainplan.model import Course
from trainplan.shortages.reach import Reach, one_after_another
from trainplan.shortages.shortage import Shortage, short
from trainplan.shortages.sizes import sessions
from trainplan.words import listed, many


def turns(reach: Reach) -> Iterator[Shortage]:
    """Yield courses with more sessions or seats than there are turns for them."""
    for course in reach.survey.programme.courses.values():
        if sessions(reach.survey, course) and reach.any(course.id):
            yield from _in_parallel(reach, course)
            yield from _in_venues(reach, course)
            yield from _with_teachers(reach, course)
            yield from _of_groups(reach, course)


def _rows(reach: Reach, course: Course, runs: int) -> int:
    return len(one_after_another(reach.survey.calendar, reach.placements(course.id, runs)))


def _in_parallel(reach: Reach, course: Course) -> Iterator[Shortage]:
    if course.parallel is None:
        return
    least, row = sessions(reach.survey, course), _rows(reach, course, reach.any(course.id))
    if least > course.parallel * row:
        said = (
            f"{course.id} takes {many(least, 'session')} at least; with {course.parallel:,} at once"
            f" and room for {row:,} one after another it can have {course.parallel * row:,}"
        )
        yield short("course-parallel", said, [course.id], course.place, "parallel")


def _in_venues(reach: Reach, course: Course) -> Iterator[Shortage]:
    if course.features is None:
        return
    venues, any_ = reach.survey.of(course.id).venues, reach.any(course.id)
    rows = {id: _rows(reach, course, mask & any_) for id, mask in venues.items() if mask & any_}
    held = {id: min(course.max_class, reach.survey.programme.venues[id].capacity) for id in rows}
    seats, room = (
        sum(course.seats.values()),
        sum(rows[id] * held[id] for id in rows if held[id] >= course.min_class),
    )
    if seats > room:
        each = [f"{many(rows[id], 'session')} of {held[id]:,} in {id}" for id in rows]
        said = (
            f"{course.id} asks for {many(seats, 'seat')}; there is room for {listed(each)}, {room:,} in all"
        )
        yield short("venue-clash", said, [course.id], course.place, "groups")


def _with_teachers(reach: Reach, course: Course) -> Iterator[Shortage]:
    least, any_ = sessions(reach.survey, course), reach.any(course.id)
    for role, holders in zip(course.roles, reach.survey.of(course.id).teachers, strict=True):
        rows = {id: _rows(reach, course, mask & any_) for id, mask in holders.items() if mask & any_}
        if least * role.count > sum(rows.values()):
            each = [f"{id} can teach {row:,}" for id, row in rows.items()]
            count = f", each with {role.count} of {role.qualification}" if role.count > 1 else ""
            said = f"{course.id} takes {many(least, 'session')} at least{count}; {listed(each)}"
            place = reach.survey.programme.instructors[next(iter(rows))].place if len(rows) == 1 else None
            yield short(
                "instructor-clash", said, [course.id], place or course.place, "" if place else "instructors"
            )


def _of_groups(reach: Reach, course: Course) -> Iterator[Shortage]:
    for group, seats in course.seats.items():
        row = _rows(reach, course, reach.runs(course.id, group))
        most = reach.survey.programme.groups[group].max_away
        if row and seats > row * most:
            said = (
                f"{course.id} asks for {many(seats, 'seat')} of {group}, which spares {most:,} at a time;"
                f" with room for {many(row, 'session')} one after another that makes {row * most:,}"
            )
            place = reach.survey.programme.groups[group].place
            yield short("group-cover", said, [course.id], place, "max_away", groups=[group])
