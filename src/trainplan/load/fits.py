"""Whether each course has at least one run of days that it could take, and if not, why, in numbers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from trainplan.findings import Place
from trainplan.load.notes import Notes, Reason
from trainplan.model import WEEKDAYS, Course, Programme
from trainplan.words import dated, listed, many
from trainplan.workdays import Calendar, calendar_of, week_of


def check_fits(programme: Programme, notes: Notes) -> None:
    """Each course fits somewhere into the programme, and into its own window."""
    calendar = calendar_of(programme)
    for course in programme.courses.values():
        if not any(calendar.in_window(course, run) for run in calendar.placements(course)):
            column, said = _why(course, calendar)
            notes.error(Reason("no-placement", said), spot(course, column))


def spot(course: Course, column: str) -> Place:
    """Return where a cell of a course's row is."""
    return replace(course.place or Place("curriculum.csv"), column=column)


def _why(course: Course, calendar: Calendar) -> tuple[str, str]:
    """Return the column that is to blame, and the sentence, for the narrowest part that shows it."""
    programme = calendar.programme
    if course.earliest is not None and course.earliest > programme.ends:
        said = f"no session may start before {dated(course.earliest)}"
        return "earliest", f"{said}, but the programme ends on {dated(programme.ends)}"
    if course.latest is not None and course.latest < programme.starts:
        said = f"every session must end by {dated(course.latest)}"
        return "latest", f"{said}, but the programme starts on {dated(programme.starts)}"
    days = -(-course.length // calendar.periods)
    takes = f"a session takes {many(days, 'working day')}"
    if not course.span and days > len(programme.working_days):
        return "span", f"{takes}, but a week has {len(programme.working_days)}; span must be yes"
    first, last = course.earliest or programme.starts, course.latest or programme.ends
    inside = [day for day in calendar.working if first <= day <= last]
    free = set(inside) - calendar.closed("course", course.id)
    where = "the programme"
    column = "duration"
    if course.earliest or course.latest:
        where = f"the time from {dated(first)} to {dated(last)}"
        column = "latest" if course.latest else "earliest"
    closed = len(inside) - len(free)
    shut = f", not counting {many(closed, 'day')} closed to it" if closed else ""
    if len(free) < days:
        return column, f"{takes}, but {where} has {len(free)}{shut}"
    return _no_stretch(course, inside, free, takes, f"in {where}", shut, column)


def _no_stretch(
    course: Course, inside: list[date], free: set[date], takes: str, where: str, shut: str, column: str
) -> tuple[str, str]:
    start_on = course.start_on
    starts = [at for at, day in enumerate(inside) if start_on is None or day.weekday() in start_on]
    when = ""
    if start_on is not None:
        names = listed([WEEKDAYS[day] for day in sorted(start_on)], "or")
        if not starts:
            return "start_on", f"a session must start on {names}, and none of these works {where}{shut}"
        when, column = f" starting on {names}", "start_on" if column == "duration" else column
    week = "" if course.span else " within one week"
    longest = max(_stretch(inside, at, free, course.span) for at in starts)
    return column, f"{takes} in a row{week}, but the longest stretch{when} {where} has {longest}{shut}"


def _stretch(inside: list[date], at: int, free: set[date], span: bool) -> int:
    """Count the days in a row from one on that are free, to the end of its week unless it may span."""
    length = 0
    for day in inside[at:]:
        if day not in free or not (span or week_of(day) == week_of(inside[at])):
            break
        length += 1
    return length
