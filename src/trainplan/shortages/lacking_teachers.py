"""What keeps one role of a course from ever being filled."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from trainplan.model import Instructor
from trainplan.shortages.openings import Openings, Survey
from trainplan.shortages.shortage import Shortage, in_days, never_there, short
from trainplan.words import dated, listed, many


def no_teacher(survey: Survey, openings: Openings, number: int) -> Iterator[Shortage]:
    """Yield why a role (by its number) is filled on no run of days, if it is not."""
    course, role = openings.course, openings.course.roles[number]
    name, holders = role.qualification, openings.teachers[number]
    people = [survey.programme.instructors[id] for id in holders]
    needs = f"{course.id} needs {many(role.count, 'instructor')} with {name}"
    takes = f"a session of {course.id} takes {in_days(course.length, survey.calendar.periods)}"
    if len(people) < role.count:
        hold = {0: "nobody holds it", 1: f"only {listed(list(holders))} holds it"}
        said = f"{needs}; {hold.get(len(people), f'{len(people)} hold it')}"
        yield short("instructor-qualified", said, [course.id], course.place, "instructors")
    elif _together(openings, holders) >= role.count:
        return
    # What would do without the limits of a week, or the end of a qualification, lacks just that.
    elif _together(openings, survey.able(openings, name, load=False)) >= role.count:
        limits = [
            f"{one.id} teaches {many(one.max_days_per_week, 'day')} a week at most"
            for one in people
            if one.max_days_per_week is not None
        ]
        said = f"{takes}; {listed(limits)}"
        yield short("instructor-load", said, [course.id], people[0].place, "max_days_per_week")
    elif _together(openings, survey.able(openings, name, load=False, expiry=False)) >= role.count:
        over = [f"that of {one.id} on {dated(day)}" for one in people if (day := _until(one, name))]
        said = f"{needs} to the end of a session, and {name} runs out before: {listed(over)}"
        yield short("instructor-qualified", said, [course.id], people[0].place, "qualifications")
    else:
        who = listed(list(holders), "or" if role.count == 1 else "and")
        who = f"{who} is" if role.count == 1 else f"{role.count} of {who} are"
        said = f"{takes}; {who} never there so long"
        place, column = never_there(survey.programme, "instructor", people[0])
        yield short("instructor-closed", f"{said} when it may start", [course.id], place, column)


def _together(openings: Openings, masks: Mapping[str, int]) -> int:
    """Return the most people that may teach at the same run."""
    return max(sum(mask >> run & 1 for mask in masks.values()) for run in range(len(openings.runs)))


def _until(one: Instructor, name: str) -> date | None:
    held = [qualification.until for qualification in one.qualifications if qualification.name == name]
    return None if None in held else max(day for day in held if day is not None)
