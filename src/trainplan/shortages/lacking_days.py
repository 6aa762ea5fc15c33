"""What leaves a course without a single run of days, in numbers and with the cell that is to blame."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from trainplan.findings import Place
from trainplan.model import WEEKDAYS, Closure, Course
from trainplan.shortages.openings import Survey
from trainplan.shortages.shortage import Shortage, in_days, short
from trainplan.words import dated, listed, many, ranged, spanned
from trainplan.workdays import Calendar, dates, week_of

# So many days off are named one by one; of more there is only the number.
NAMED = 3


def no_day(survey: Survey) -> Shortage | None:
    """Return that nobody works on any day of the programme, so that no course can be held; None if not so."""
    calendar, programme = survey.calendar, survey.programme
    if calendar.working or not programme.courses:
        return None
    said = f"nobody works on any day of the programme, {ranged(programme.starts, programme.ends)}"
    closed = _closures(calendar, "all", "", list(calendar.off))
    if len(closed) == 1 and closed[0].place is not None:
        place, column = closed[0].place, "from"
    else:
        place, column = Place("programme.toml"), "holidays" if calendar.off else "working_days"
    said += f"{_off(calendar, calendar.off)}, so no course can be held"
    return short("course-days", said, list(programme.courses), place, column)


def no_run(survey: Survey, course: Course) -> Shortage:
    """Return why a course fits into no run of days, for the narrowest part of its row that shows it."""
    blame = _Blame(survey.calendar, course)
    return blame.outside() or blame.too_few() or blame.no_stretch()


class _Blame:
    """A course that has no run, and the days that might have been one."""

    def __init__(self, calendar: Calendar, course: Course) -> None:
        programme = calendar.programme
        self.calendar, self.course = calendar, course
        self.first = max(course.earliest or programme.starts, programme.starts)
        self.last = min(course.latest or programme.ends, programme.ends)
        self.inside = [day for day in calendar.working if self.first <= day <= self.last]
        self.free = set(self.inside) - calendar.closed("course", course.id)
        self.days = -(-course.length // calendar.periods)
        self.takes = f"{course.id} takes {in_days(course.length, calendar.periods)}"
        self.window = "latest" if course.latest else "earliest" if course.earliest else ""
        self.where = "the programme"
        if self.window:
            self.where = f"the time from {dated(self.first)} to {dated(self.last)}"

    def outside(self) -> Shortage | None:
        """Say where the window holds no day of the programme, or where a week can't hold the course."""
        course, programme = self.course, self.calendar.programme
        earliest, latest = course.earliest, course.latest
        if earliest is not None and latest is not None and latest < earliest:
            said = f"{course.id} must end by {dated(latest)}, but may not start before {dated(earliest)}"
            return self._short(said, "latest")
        if earliest is not None and earliest > programme.ends:
            said = f"{course.id} may not start before {dated(earliest)}"
            return self._short(f"{said}, but the programme ends on {dated(programme.ends)}", "earliest")
        if latest is not None and latest < programme.starts:
            said = f"{course.id} must end by {dated(latest)}"
            return self._short(f"{said}, but the programme starts on {dated(programme.starts)}", "latest")
        week = len(programme.working_days)
        if not course.span and self.days > week:
            said = f"{self.takes}, but a week has {many(week, 'working day')}; span must be yes"
            return self._short(said, "span")
        return None

    def too_few(self) -> Shortage | None:
        """Say where there are fewer days than the course takes, wherever they lie."""
        if len(self.free) >= self.days:
            return None
        if self.inside and not self.free:
            said = f"{self.course.id} is closed on every working day of {self.where}{self._lost()}"
            return self._short(said.replace(" closed to it", ""), "duration")
        have = many(len(self.free), "working day") if self.free else "no working day"
        return self._short(f"{self.takes}, but {self.where} has {have}{self._lost()}", "duration")

    def no_stretch(self) -> Shortage:
        """Say how long the longest stretch is in which it may start."""
        course, start_on = self.course, self.course.start_on
        starts = [at for at, day in enumerate(self.inside) if start_on is None or day.weekday() in start_on]
        when, column = "", "duration"
        if start_on is not None:
            names, column = listed([WEEKDAYS[day] for day in sorted(start_on)], "or"), "start_on"
            if not starts:
                missed = [day for day in dates(self.first, self.last) if day.weekday() in start_on]
                said = f"{course.id} may only start on {names}, and no such day in {self.where}"
                return self._short(f"{said} is a working day{_off(self.calendar, missed)}", column)
            when = f" starting on {names}"
        week = "" if course.span else " within one week"
        longest = max(self._stretch(at) for at in starts)
        said = f"{self.takes} in a row{week}, but the longest stretch{when} in {self.where} has"
        return self._short(f"{said} {many(longest, 'day')}{self._lost()}", column)

    def _stretch(self, at: int) -> int:
        """Count the free days in a row from one on, to the end of its week unless it may span."""
        length = 0
        for day in self.inside[at:]:
            same = self.course.span or week_of(day) == week_of(self.inside[at])
            if day not in self.free or not same:
                break
            length += 1
        return length

    def _lost(self) -> str:
        """Return the days that are closed to the course, else those that nobody works, in brackets."""
        own = self._own
        if not own:
            return _off(self.calendar, dates(self.first, self.last)) if self.window else ""
        why = listed(list(dict.fromkeys(one.reason for one in own if one.reason)))
        blocks = [
            (first, last)
            for one in own
            for first, last in one.blocks
            if first <= self.last and self.first <= last
        ]
        when = spanned(day for first, last in blocks for day in dates(first, last))
        if len(blocks) > NAMED:
            when = many(len(set(self.inside) - self.free), "day")
        return f" ({when} closed to it{': ' if why else ''}{why})"

    @property
    def _own(self) -> list[Closure]:
        return _closures(self.calendar, "course", self.course.id, self.inside)

    def _short(self, said: str, column: str) -> Shortage:
        """Return the shortage, at the one closure that is to blame or else in the course's row."""
        course, id = self.course, [self.course.id]
        own = self._own
        if own and self._fits(replace(course, id="")):
            place = own[0].place if len(own) == 1 else None
            if place is not None:
                return short("course-window", said, id, place, "from")
            return short("course-window", said, id, course.place, self.window or column)
        if column in ("earliest", "latest"):
            return short("course-window", said, id, course.place, column)
        if self.window and self._fits(replace(course, earliest=None, latest=None)):
            return short("course-window", said, id, course.place, self.window)
        return short("course-days", said, id, course.place, column)

    def _fits(self, course: Course) -> bool:
        """Say whether it would have a run if its row said this; under no id no closure is its own."""
        calendar = Calendar(replace(self.calendar.programme, courses={course.id: course}))
        return any(calendar.in_window(course, run) for run in calendar.placements(course))


def _closures(calendar: Calendar, whom: str, id: str, days: list[date]) -> list[Closure]:
    """Return the closures of something that close any of these days."""
    return [
        one
        for one in calendar.programme.closures
        if one.whom == whom
        and one.id == id
        and not one.opens
        and any(first <= day <= last for first, last in one.blocks for day in days)
    ]


def _off(calendar: Calendar, days: Iterable[date]) -> str:
    """Return which of these days are holidays or days off, and why, in brackets; empty where none is."""
    off = [day for day in days if day in calendar.off]
    if not off:
        return ""
    why = listed(list(dict.fromkeys(calendar.off[day] for day in off)))
    when = spanned(off) if len(off) <= NAMED else many(len(off), "day")
    return f" ({when} off: {why})"
