"""What keeps a course from having even one session, with the whole programme to itself."""

from __future__ import annotations

from collections.abc import Iterator

from trainplan.shortages.lacking_days import no_day, no_run
from trainplan.shortages.lacking_groups import no_class, no_time
from trainplan.shortages.lacking_teachers import no_teacher
from trainplan.shortages.openings import Openings, Survey, joined
from trainplan.shortages.reach import Reach
from trainplan.shortages.shortage import Shortage, in_days, never_there, short
from trainplan.words import listed, many


def alone(reach: Reach) -> Iterator[Shortage]:
    """Yield the first thing that is lacking for each course, or for each of its groups."""
    idle = no_day(reach.survey)
    if idle is not None:
        yield idle
        return
    for course in reach.survey.programme.courses.values():
        openings = reach.survey.of(course.id)
        whole = next(_lacking(reach.survey, openings), None)
        if whole is not None:
            yield whole
        else:
            yield from no_class(reach.survey, course)
            yield from no_time(reach, course)


def _lacking(survey: Survey, openings: Openings) -> Iterator[Shortage]:
    course = openings.course
    if not openings.runs:
        yield no_run(survey, course)
        return
    yield from _no_venue(survey, openings)
    for number in range(len(course.roles)):
        yield from no_teacher(survey, openings, number)
    if not openings.taught:
        said = f"on no run of days for {course.id} are enough instructors there for all its roles"
        yield short("instructor-closed", said, [course.id], course.place, "instructors")
    if not openings.housed & openings.taught:
        said = f"when {course.id} has a venue open it has too few instructors there, and the other way round"
        yield short("venue-closed", said, [course.id], course.place, "venue")


def _no_venue(survey: Survey, openings: Openings) -> Iterator[Shortage]:
    course = openings.course
    if course.features is None:
        return
    having = f" with {listed(sorted(course.features))}" if course.features else ""
    if not openings.venues:
        said = f"{course.id} needs a venue{having}; there is none"
        yield short("venue-features", said, [course.id], course.place, "venue")
        return
    venues = [survey.programme.venues[id] for id in openings.venues]
    best = max(venues, key=lambda one: one.capacity)
    if best.capacity < course.min_class:
        said = f"a class of {course.id} has at least {many(course.min_class, 'seat')}; "
        said += f"the largest venue{having}, {best.id}, has {best.capacity:,}"
        yield short("venue-capacity", said, [course.id], best.place, "capacity")
        return
    fit = [venue for venue in venues if venue.capacity >= course.min_class]
    if not joined(openings.venues[venue.id] for venue in fit):
        takes = in_days(course.length, survey.calendar.periods)
        rooms = listed([venue.id for venue in fit], "or")
        said = f"{course.id} takes {takes} in a row; {rooms} is never open so long when it may start"
        yield short("venue-closed", said, [course.id], *never_there(survey.programme, "venue", fit[0]))
