"""Every seat that was asked for is there, and none twice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import ClassVar

from trainplan.findings import Finding
from trainplan.model import Programme, Schedule
from trainplan.rules.base import About, Board, Expr
from trainplan.words import many


class Demand:
    """Each group has, over all sessions of a course, the seats that the curriculum asks for it.

    Seats that are missing, seats beyond what was asked, and seats for a group that the course doesn't
    name all break it.

    Breach: CP: 4 of the 10 seats that police asked for are missing

    What to do: Add a session or seats for what is missing, take off what is too much, or correct
    ``groups`` in curriculum.csv.
    """

    name: ClassVar[str] = "demand"
    states: ClassVar[str] = "Every seat that a group asked for is there, and no more."

    def post(self, board: Board) -> None:
        """Place the seats asked for; what may stay unplaced the goals decide."""
        placed: dict[tuple[str, str], list[Expr]] = {
            (course.id, group): [] for course in board.programme.courses.values() for group in course.seats
        }
        for run in board.runs:
            for group, people in run.people.items():
                placed[run.lot.course.id, group].append(people)
        for (id, group), people in placed.items():
            course = board.programme.courses[id]
            board.require(
                board.total([*people, board.unplaced(course, group)]) == course.seats[group],
                self.name,
                About("course", id),
            )

    def check(self, programme: Programme, schedule: Schedule) -> Iterator[Finding]:
        """Yield missing seats, then surplus ones, then seats that nobody asked for."""
        placed: dict[tuple[str, str], int] = {}
        seated: dict[tuple[str, str], list[str]] = {}
        strangers: list[Finding] = []
        for session in schedule.live:
            course = programme.courses.get(session.course)
            if course is None:
                continue
            for group, seats in session.groups.items():
                if not seats:
                    continue
                if group in course.seats:
                    key = course.id, group
                    placed[key] = placed.get(key, 0) + seats
                    seated.setdefault(key, []).append(session.id)
                elif group in programme.groups:
                    strangers.append(
                        Finding(
                            self.name,
                            "error",
                            f"{session.id} has {many(seats, 'seat')} for {group}; "
                            f"{course.id} is not for {group}",
                            (session.id,),
                            session.days,
                            session.place and replace(session.place, column="groups"),
                        )
                    )
        for course in programme.courses.values():
            for group, asked in course.seats.items():
                got = placed.get((course.id, group), 0)
                if got == asked:
                    continue
                if got < asked:
                    verb = "is" if asked - got == 1 else "are"
                    message = (
                        f"{asked - got:,} of the {many(asked, 'seat')} that {group} asked for {verb} missing"
                    )
                else:
                    message = (
                        f"{group} has {many(got, 'seat')}, {got - asked:,} more than the {asked:,} asked for"
                    )
                yield Finding(
                    self.name,
                    "error",
                    f"{course.id}: {message}",
                    tuple(seated.get((course.id, group), ())),
                    (),
                    course.place and replace(course.place, column="groups"),
                )
        yield from strangers

    def because(self, programme: Programme, about: About) -> str:
        """Word the rule for one course."""
        course = programme.courses[about.id]
        total = sum(course.seats.values())
        if len(course.seats) == 1:
            return f"{course.id} needs {many(total, 'seat')} for {next(iter(course.seats))}"
        each = ", ".join(f"{group} {seats:,}" for group, seats in course.seats.items())
        return f"{course.id} needs {many(total, 'seat')} ({each})"
