"""What the rows of curriculum.csv say, cell by cell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from trainplan.explain.calendar_lines import when, without_row
from trainplan.explain.draft import Draft
from trainplan.explain.line import Line, cell
from trainplan.model import Course, Programme
from trainplan.rules import RULES
from trainplan.rules.base import About
from trainplan.words import dated, listed, many
from trainplan.workdays import DAY_NAMES

_RULES = {rule.name: rule for rule in RULES}


def demand_line(course: Course, group: str) -> Line:
    """Return the statement that a group has its seats."""
    return Line(
        "demand",
        About("course", course.id),
        group,
        f"{course.id} needs {many(course.seats[group], 'seat')} for {group}",
        cell(course.place, "groups"),
        partial(_optional, course.id, group),
    )


def mixed_demand_line(programme: Programme, course: Course) -> Line:
    """Return the statement that all groups of a course have their seats."""
    about = About("course", course.id)
    return Line(
        "demand",
        about,
        "",
        _RULES["demand"].because(programme, about),
        cell(course.place, "groups"),
        partial(_all_optional, course),
    )


def course_lines(programme: Programme, course: Course) -> Iterator[Line]:
    """Yield the statements about one course, but for its seats; those that say nothing are left out."""
    about, seats = About("course", course.id), sum(course.seats.values())

    def said(rule: str, part: str, message: str, column: str, **fields: object) -> Line:
        return Line(
            rule, about, part, message, cell(course.place, column), partial(_change, course.id, fields)
        )

    if course.min_class > 1:
        message = f"a session of {course.id} has at least {many(course.min_class, 'seat')}"
        yield said("class-size", "min", message, "min_class", min_class=1)
    if course.max_class < seats:
        message = f"a session of {course.id} has at most {many(course.max_class, 'seat')}"
        yield said("class-size", "max", message, "max_class", max_class=seats)
    if not course.mixed and len(course.seats) > 1:
        message = _RULES["class-mix"].because(programme, about)
        yield said("class-mix", "", message, "mixed", mixed=True)
    if course.parallel is not None:
        message = _RULES["course-parallel"].because(programme, about)
        yield said("course-parallel", "", message, "parallel", parallel=None)
    if course.earliest is not None:
        message = f"{course.id} may not start before {dated(course.earliest)}"
        yield said("course-window", "earliest", message, "earliest", earliest=None)
    if course.latest is not None:
        message = f"{course.id} must end by {dated(course.latest)}"
        yield said("course-window", "latest", message, "latest", latest=None)
    if course.start_on is not None:
        days = listed([DAY_NAMES[day] for day in sorted(course.start_on)], "or")
        yield said("course-days", "start_on", f"{course.id} starts on a {days}", "start_on", start_on=None)
    if not course.span and course.length > 1:
        message = f"all days of a session of {course.id} lie in one week"
        yield said("course-days", "span", message, "span", span=True)
    # A session of a single slot can be too short only for a longest lag that counts from its end.
    if course.length > 1 or any(
        order.course == course.id and order.at_most is not None
        for other in programme.courses.values()
        for order in other.after
    ):
        length = f"a session of {course.id} takes {lasting(programme, course)}"
        length += " in a row" if course.length > 1 else ""
        drop = partial(_any_length, course.id)
        yield Line("course-days", about, "duration", length, cell(course.place, "duration"), drop)
    yield from _orders(course)
    if course.features is not None:
        message = _RULES["venue-features"].because(programme, about)
        place = cell(course.place, "venue")
        yield Line("venue-features", about, "", message, place, partial(_anywhere, course.id))
    if course.roles:
        place = cell(course.place, "instructors")
        message = f"{_RULES['instructor-roles'].because(programme, about)}; {_holders(programme, course)}"
        yield Line("instructor-roles", about, "", message, place, partial(_unstaffed, course.id))
    for at, closure in enumerate(programme.closures):
        if closure.whom == "course" and closure.id == course.id and closure.blocks:
            message = f"{course.id} may not be held on {when(closure)}"
            drop = partial(without_row, at)
            yield Line("course-window", about, f"closure {at}", message, closure.place, drop)


def lasting(programme: Programme, course: Course, slots: int | None = None) -> str:
    """Return the length of a course's session in the words of the curriculum."""
    slots, periods = slots or course.length, len(programme.periods)
    if slots % periods == 0 and (course.whole_days or periods == 1):
        return many(slots // periods, "day")
    return many(slots, "half-day" if periods == 2 else "period")


def _holders(programme: Programme, course: Course) -> str:
    told = []
    for name in dict.fromkeys(role.qualification for role in course.roles):
        who = [
            one.id
            for one in programme.instructors.values()
            if any(q.name == name for q in one.qualifications)
        ]
        told.append(f"{name} is held by {listed(who) or 'nobody'}")
    return listed(told)


def _orders(course: Course) -> Iterator[Line]:
    for number, order in enumerate(course.after):
        lag = ""
        if order.at_least is not None:
            lag += f" at least {many(order.at_least, 'day')}"
        if order.at_most is not None:
            lag += f"{' and' if lag else ''} at most {many(order.at_most, 'day')}"
        first = f"all sessions of {order.course}" if order.all else order.course
        yield Line(
            "course-order",
            About("course", course.id),
            f"after {number}",
            f"{course.id} comes{lag} after {first}",
            cell(course.place, "after"),
            partial(_unordered, course.id, order),
        )


def _change(id: str, fields: dict[str, object], draft: Draft) -> None:
    draft.course(id, **fields)


def _optional(id: str, group: str, draft: Draft) -> None:
    draft.optional.add((id, group))


def _all_optional(course: Course, draft: Draft) -> None:
    draft.optional |= {(course.id, group) for group in course.seats}


def _any_length(id: str, draft: Draft) -> None:
    draft.any_length.add(id)


def _anywhere(id: str, draft: Draft) -> None:
    draft.anywhere.add(id)


def _unstaffed(id: str, draft: Draft) -> None:
    draft.unstaffed.add(id)


def _unordered(id: str, order: object, draft: Draft) -> None:
    course = draft.courses.get(id)
    # The very same order may stand there twice; each is a statement of its own. A change may have mended it.
    at = next((number for number, one in enumerate(course.after) if one is order), None) if course else None
    if course is not None and at is not None:
        draft.courses[id] = replace(course, after=course.after[:at] + course.after[at + 1 :])
