"""A course runs inside its window and outside its closures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import ClassVar

from trainplan.findings import Finding
from trainplan.model import Programme, Schedule
from trainplan.rules.base import About, Board
from trainplan.rules.closed import Closed
from trainplan.words import dated, listed, spanned


class CourseWindow:
    """No session of a course starts before its ``earliest`` or ends after its ``latest``.

    Nor has it a day in a closure of the course (``course:ID`` in closures.csv). ``due`` is another
    matter: a session that ends later is allowed, only late.

    Breach: CP-01 ends on 10 Mar 2027; CP must end by 9 Mar 2027

    What to do: Move the session inside the window, or widen ``earliest`` or ``latest`` in curriculum.csv.
    """

    name: ClassVar[str] = "course-window"
    states: ClassVar[str] = (
        "No session starts before its course's earliest date, ends after its latest or runs in a closure."
    )

    def post(self, board: Board) -> None:
        """Leave only the placements inside the course's window and outside its closures."""
        for run in board.runs:
            course = run.lot.course
            if not board.calendar.in_window(course, run.placement):
                board.forbid(run, self.name, About("course", course.id))

    def check(self, programme: Programme, schedule: Schedule) -> Iterator[Finding]:
        """Yield sessions outside their course's window."""
        closed = Closed(programme)
        for session in schedule.live:
            course = programme.courses.get(session.course)
            if course is None or not session.slots:
                continue
            days = session.days
            if course.earliest is not None and days[0] < course.earliest:
                yield Finding(
                    self.name,
                    "error",
                    f"{session.id} starts on {dated(days[0])}; "
                    f"{course.id} may not start before {dated(course.earliest)}",
                    (session.id,),
                    tuple(day for day in days if day < course.earliest),
                    session.place and replace(session.place, column="start"),
                )
            if course.latest is not None and days[-1] > course.latest:
                yield Finding(
                    self.name,
                    "error",
                    f"{session.id} ends on {dated(days[-1])}; {course.id} must end by {dated(course.latest)}",
                    (session.id,),
                    tuple(day for day in days if day > course.latest),
                    session.place and replace(session.place, column="end"),
                )
            for why, shut in closed.on("course", course.id, days).items():
                yield Finding(
                    self.name,
                    "error",
                    f"{session.id} runs on {spanned(shut)}, when {course.id} may not be held ({why})",
                    (session.id,),
                    tuple(shut),
                    session.place and replace(session.place, column="days"),
                )

    def because(self, programme: Programme, about: About) -> str:
        """Word the rule for one course."""
        course = programme.courses[about.id]
        parts: list[str] = []
        if course.earliest is not None:
            parts.append(f"may not start before {dated(course.earliest)}")
        if course.latest is not None:
            parts.append(f"must end by {dated(course.latest)}")
        if shut := Closed(programme).told("course", course.id):
            parts.append(f"may not be held on {shut}")
        return f"{course.id} {listed(parts) or 'may be held at any time'}"
