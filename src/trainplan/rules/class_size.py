"""A session is neither too small nor too large to teach."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import ClassVar

from trainplan.findings import Finding
from trainplan.model import Programme, Schedule
from trainplan.rules.base import About, Board
from trainplan.words import many


class ClassSize:
    """A session has at least ``min_class`` and at most ``max_class`` seats, all its groups together.

    The stated number of seats is the sum of the groups' seats.

    Breach: CP-01 has 31 seats; CP is taught to 30 at most

    What to do: Split the session, join it with another, or move seats between them. If only the stated
    sum is wrong, correct ``seats``.
    """

    name: ClassVar[str] = "class-size"
    states: ClassVar[str] = "A session has as many seats as its course can be taught to."

    def post(self, board: Board) -> None:
        """Keep the seats of so many sessions between that many smallest and largest classes."""
        for run in board.runs:
            course = run.lot.course
            about = About("course", course.id)
            for kind, count in run.counts.items():
                board.require(run.seats[kind] >= course.min_class * count, self.name, about)
                board.require(run.seats[kind] <= course.max_class * count, self.name, about)

    def check(self, programme: Programme, schedule: Schedule) -> Iterator[Finding]:
        """Yield sessions of the wrong size, or whose stated seats are not the sum of their groups'."""
        for session in schedule.live:
            course = programme.courses.get(session.course)
            seats = sum(session.groups.values())
            faults: list[tuple[str, str]] = []
            if session.seats != seats:
                stated = f"{session.id} states {many(session.seats, 'seat')}"
                faults.append(("seats", f"{stated}; its groups have {seats:,} together"))
            if course is not None and seats > course.max_class:
                most = f"{course.id} is taught to {course.max_class:,} at most"
                faults.append(("groups", f"{session.id} has {many(seats, 'seat')}; {most}"))
            if course is not None and seats < course.min_class:
                least = f"{course.id} is taught to {course.min_class:,} at least"
                faults.append(("groups", f"{session.id} has {many(seats, 'seat')}; {least}"))
            for column, message in faults:
                place = session.place and replace(session.place, column=column)
                yield Finding(self.name, "error", message, (session.id,), session.days, place)

    def because(self, programme: Programme, about: About) -> str:
        """Word the rule for one course."""
        course = programme.courses[about.id]
        if course.min_class == course.max_class:
            return f"a session of {course.id} has {many(course.max_class, 'seat')}"
        return f"a session of {course.id} has {course.min_class:,} to {many(course.max_class, 'seat')}"
