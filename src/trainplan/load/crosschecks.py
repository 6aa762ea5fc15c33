"""What only shows between courses: orders that can't be kept, sessions that fit nowhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from trainplan.findings import Place
from trainplan.load.loops import loops
from trainplan.load.notes import Notes, Reason
from trainplan.model import WEEKDAYS, Course, Programme
from trainplan.words import dated
from trainplan.workdays import Calendar, calendar_of, week_of


def check_order(programme: Programme, notes: Notes) -> None:
    """No course comes before itself, however long the way round."""
    courses = programme.courses
    for loop in loops({id: [one.course for one in course.after] for id, course in courses.items()}):
        said = f"these courses wait for one another: {' after '.join((*loop, loop[0]))}"
        notes.error(Reason("cycle", said), _at(courses[loop[0]], "after"))


def check_order_seats(programme: Programme, notes: Notes) -> None:
    """Whoever takes a course has a seat in the course that comes before it."""
    for later in programme.courses.values():
        for order in later.after:
            earlier = programme.courses.get(order.course)
            if earlier is None or order.all:
                continue
            shared = [group for group in later.seats if group in earlier.seats]
            if not shared:
                said = (
                    f"no group takes both {earlier.id} and {later.id}, so this binds nobody;"
                    f' write "all {earlier.id}" to wait for every session of it'
                )
                notes.warn(Reason("order-binds-nobody", said), _at(later, "after"))
            for group in shared:
                if later.seats[group] > earlier.seats[group]:
                    said = (
                        f"{later.seats[group]} seats for {group} come after {earlier.id},"
                        f" which has only {earlier.seats[group]} for it"
                    )
                    notes.error(Reason("order-seats", said), _at(later, "groups"))


def check_room_in_time(programme: Programme, notes: Notes) -> None:
    """Each course has at least one run of days that it could take."""
    calendar = calendar_of(programme)
    for course in programme.courses.values():
        runs = calendar.placements(course)
        if not runs:
            column, said = _no_run(course, calendar)
        elif not any(calendar.in_window(course, run) for run in runs):
            column, said = _no_run_in_window(course, calendar, len(runs))
        else:
            continue
        notes.error(Reason("no-placement", said), _at(course, column))


Check = Callable[[Programme, Notes], None]
CHECKS: tuple[Check, ...] = (check_order, check_order_seats, check_room_in_time)


def _at(course: Course, column: str) -> Place:
    return replace(course.place, column=column) if course.place else Place("curriculum.csv", 0, column)


def _days(course: Course, calendar: Calendar) -> int:
    return -(-course.length // calendar.periods)


def _no_run(course: Course, calendar: Calendar) -> tuple[str, str]:
    """Say in numbers why a course fits nowhere in the whole programme."""
    programme, working, days = calendar.programme, calendar.working, _days(course, calendar)
    takes = f"a session takes {days} working day{'s' * (days != 1)}"
    if days > len(working):
        return "duration", f"{takes}, but the whole programme has {len(working)}"
    week = len(programme.working_days)
    if not course.span and days > week:
        return "span", f"{takes}, but a week has {week}; span must be yes"
    starts = [
        at for at, day in enumerate(working) if course.start_on is None or day.weekday() in course.start_on
    ]
    names = ", ".join(WEEKDAYS[day] for day in sorted(course.start_on or ()))
    if not starts:
        return "start_on", f"a session may start on {names} only, and none of these is a working day"
    longest = max(_stretch(working, at, course.span) for at in starts)
    when = f" from a {names} on" if names else ""
    where = "to the programme's end" if course.span else "within one week"
    said = f"{takes}, but the longest stretch{when} {where} has {longest}"
    return "start_on" if names else "duration", said


def _stretch(working: tuple[date, ...], at: int, span: bool) -> int:
    """Count the working days from one on, to the end of its week or of the programme."""
    if span:
        return len(working) - at
    return sum(week_of(day) == week_of(working[at]) for day in working[at : at + 7])


def _no_run_in_window(course: Course, calendar: Calendar, runs: int) -> tuple[str, str]:
    """Say in numbers why a course fits in the programme, but not into its own window."""
    programme, days = calendar.programme, _days(course, calendar)
    first = max(course.earliest or programme.starts, programme.starts)
    last = min(course.latest or programme.ends, programme.ends)
    closed = calendar.closed("course", course.id)
    inside = [day for day in calendar.working if first <= day <= last]
    free = [day for day in inside if day not in closed]
    column = "latest" if course.latest else "earliest" if course.earliest else "duration"
    takes = f"a session takes {days} working day{'s' * (days != 1)}"
    there = (
        f"from {dated(first)} to {dated(last)}"
        if first <= last
        else "in the part of the programme left to it"
    )
    shut = f", {len(inside) - len(free)} more being closed to this course" if len(free) < len(inside) else ""
    if len(free) < days:
        return column, f"{takes}, but {there} there {'is' if len(free) == 1 else 'are'} {len(free)}{shut}"
    how = f"none of the {runs} runs of days that it could take lies {there}"
    return column, f"{takes}, and {how} clear of weeks' ends and of what is closed to the course{shut}"
