"""The days of a session are the days that its course takes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import ClassVar

from trainplan.findings import Finding
from trainplan.model import Course, Programme, Schedule, Session, Slot
from trainplan.rules.base import About, Board
from trainplan.words import dated, listed, many, spanned
from trainplan.workdays import DAY_NAMES, Calendar, Placement, calendar_of


class CourseDays:
    """A session takes its course's length in consecutive working days, and starts where the course may.

    It steps over weekends, holidays and days off for everybody, and over nothing else: a day in between
    on which the others work is not left out. A course given in whole days begins with a day's first
    period. ``start_on`` says on which weekdays a session may start, ``span`` whether it may run on into
    the next week. The stated start and end are the first and last of the days.

    Breach: CP-01 uses 5 Mar 2027, when nobody works (Founders' Day)

    What to do: Shift the session to days that work, or give it all its days. If the days are right, correct
    ``duration``, ``start_on`` or ``span`` in curriculum.csv, or open the day in closures.csv.
    """

    name: ClassVar[str] = "course-days"
    states: ClassVar[str] = (
        "A session takes its course's length in consecutive working days and starts when it may."
    )

    def post(self, board: Board) -> None:
        """Leave only the placements that the calendar enumerates."""
        right = {
            id: frozenset(board.calendar.placements(course)) for id, course in board.programme.courses.items()
        }
        for run in board.runs:
            course = run.lot.course
            if run.placement not in right[course.id]:
                board.forbid(run, self.name, About("course", course.id))

    def check(self, programme: Programme, schedule: Schedule) -> Iterator[Finding]:
        """Yield sessions with the wrong days."""
        calendar = calendar_of(programme)
        for session in schedule.live:
            course = programme.courses.get(session.course)
            for column, message, days in self._faults(calendar, course, session):
                place = session.place and replace(session.place, column=column)
                yield Finding(self.name, "error", f"{session.id} {message}", (session.id,), days, place)

    def _faults(
        self, calendar: Calendar, course: Course | None, session: Session
    ) -> Iterator[tuple[str, str, tuple[date, ...]]]:
        if not session.slots:
            yield "days", "has no days", ()
            return
        days = session.days
        first, last = days[0], days[-1]
        if session.start != first:
            yield (
                "start",
                f"says it starts on {dated(session.start)}; its days start on {dated(first)}",
                (first,),
            )
        if session.end != last:
            yield "end", f"says it ends on {dated(session.end)}; its days end on {dated(last)}", (last,)
        off: dict[str, list[date]] = {}
        for day in days:
            if (why := calendar.why_off(day)) is not None:
                off.setdefault(why, []).append(day)
        for why, when in off.items():
            yield "days", f"uses {spanned(when)}, when nobody works ({why})", tuple(when)
        if course is not None and course.id in calendar.programme.runs:
            taken = Placement(tuple(calendar.number(slot) for slot in session.slots))
            if taken not in calendar.placements(course):
                yield "days", f"takes other days than {course.id} may", days
            return
        left_out = _left_out(calendar, session)
        if left_out:
            yield "days", f"leaves out {spanned(left_out)} in between", left_out
        if course is not None:
            yield from _against(calendar.programme, course, session)

    def because(self, programme: Programme, about: About) -> str:
        """Word the rule for one course."""
        course = programme.courses[about.id]
        text = f"{course.id} takes {_lasting(programme, course, course.length)} in a row"
        if course.start_on is not None:
            text += f", starting on a {_weekdays(course.start_on)}"
        return text if course.span else f"{text}, within one week"


def _against(
    programme: Programme, course: Course, session: Session
) -> Iterator[tuple[str, str, tuple[date, ...]]]:
    days = session.days
    first, last = days[0], days[-1]
    if len(session.slots) != course.length:
        takes, needs = (_lasting(programme, course, slots) for slots in (len(session.slots), course.length))
        yield "days", f"takes {takes}; {course.id} takes {needs}", days
    if course.whole_days and session.slots[0].period != 0:
        period = programme.periods[session.slots[0].period]
        yield "days", f"starts in the {period} of {dated(first)}; {course.id} is held in whole days", (first,)
    if course.start_on is not None and first.weekday() not in course.start_on:
        begins = f"starts on {dated(first)}, a {DAY_NAMES[first.weekday()]}"
        yield "start", f"{begins}; {course.id} may start on a {_weekdays(course.start_on)}", (first,)
    if not course.span and _monday(first) != _monday(last):
        yield "days", f"runs on into the week of {dated(_monday(last))}; {course.id} stays in one week", days


def _left_out(calendar: Calendar, session: Session) -> tuple[date, ...]:
    """Return the working days between first and last slot of which the session leaves out a part."""
    programme, taken = calendar.programme, set(session.slots)
    first, last = session.slots[0], session.slots[-1]
    missing: list[date] = []
    day = max(first.day, programme.starts)  # nothing works outside, however far a typing error reaches
    until = min(last.day, programme.ends)
    while day <= until:
        between = (Slot(day, period) for period in range(len(programme.periods)))
        if calendar.works(day) and any(first < slot < last and slot not in taken for slot in between):
            missing.append(day)
        day += timedelta(days=1)
    return tuple(missing)


def _lasting(programme: Programme, course: Course, slots: int) -> str:
    """Return a length in the words of the curriculum."""
    periods = len(programme.periods)
    if slots % periods == 0 and (course.whole_days or periods == 1):
        return many(slots // periods, "day")
    return many(slots, "half-day" if periods == 2 else "period")


def _weekdays(days: frozenset[int]) -> str:
    return listed([DAY_NAMES[day] for day in sorted(days)], "or")


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
