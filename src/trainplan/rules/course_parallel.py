"""A course runs only so often on one day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import ClassVar

from trainplan.findings import Finding
from trainplan.model import Programme, Schedule, Slot
from trainplan.rules.base import About, Board, Expr
from trainplan.rules.sharing import days_of, same_sessions
from trainplan.words import many, spanned
from trainplan.workdays import Placement


class CourseParallel:
    """No more sessions of a course run on one date than its ``parallel``.

    The date counts: with two periods, a session in the morning and one in the afternoon are two.

    Breach: CP has 2 sessions on 2 Mar 2027; 1 a day is the most

    What to do: Move one of the sessions, or raise ``parallel`` in curriculum.csv.
    """

    name: ClassVar[str] = "course-parallel"
    states: ClassVar[str] = "No more sessions of a course run on one day than its limit."

    def post(self, board: Board) -> None:
        """Count the sessions of a course date by date."""
        uses: dict[str, list[tuple[Placement, Expr]]] = {}
        for run in board.runs:
            if run.lot.course.parallel is not None:
                uses.setdefault(run.lot.course.id, []).append((run.placement, run.total))
        for id, used in uses.items():
            for together in board.at_once(used, by_day=True):
                limit = board.programme.courses[id].parallel
                board.require(board.total(together) <= limit, self.name, About("course", id))

    def check(self, programme: Programme, schedule: Schedule) -> Iterator[Finding]:
        """Yield courses with too many sessions on a date."""
        live = schedule.live
        running: dict[str, dict[Slot, list[int]]] = {}
        for number, session in enumerate(live):
            course = programme.courses.get(session.course)
            if course is not None and course.parallel is not None:
                for day in session.days:
                    running.setdefault(course.id, {}).setdefault(Slot(day, 0), []).append(number)
        for id, times in running.items():
            course = programme.courses[id]
            most = course.parallel or 0
            for numbers, slots in same_sessions({day: who for day, who in times.items() if len(who) > most}):
                yield Finding(
                    self.name,
                    "error",
                    f"{id} has {many(len(numbers), 'session')} on {spanned(days_of(slots))}; "
                    f"{most:,} a day is the most",
                    tuple(live[number].id for number in numbers),
                    days_of(slots),
                    course.place and replace(course.place, column="parallel"),
                )

    def because(self, programme: Programme, about: About) -> str:
        """Word the rule for one course."""
        most = programme.courses[about.id].parallel
        return f"at most {many(most or 0, 'session')} of {about.id} (parallel) may run on a day"
