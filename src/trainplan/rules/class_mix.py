"""Groups sit together only where their course lets them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import ClassVar

from trainplan.findings import Finding
from trainplan.model import Programme, Schedule
from trainplan.rules.base import About, Board, Expr
from trainplan.words import listed


class ClassMix:
    """A session holds several groups only where its course is ``mixed``, and then only the course's groups.

    Parts of one umbrella are different groups here.

    Breach: CP-01 seats customs and police together; CP is held for one group at a time

    What to do: Split the session, one for each group, or let the course be ``mixed`` in curriculum.csv.
    """

    name: ClassVar[str] = "class-mix"
    states: ClassVar[str] = "A session holds several groups only where its course lets them sit together."

    def post(self, board: Board) -> None:
        """Leave a course that does not mix only the lots of single groups; in a known session one may sit."""
        seated: dict[str, dict[str, list[Expr]]] = {}
        courses: dict[str, str] = {}
        for run in board.runs:
            course, session = run.lot.course, run.lot.session
            if course.mixed or len(run.lot.groups) < 2:
                continue
            if session is None:
                board.forbid(run, self.name, About("course", course.id))
                continue
            courses[session.id] = course.id
            for group, people in run.people.items():
                if not isinstance(people, int):  # what stays as it is, is not asked
                    seated.setdefault(session.id, {}).setdefault(group, []).append(people)
        for id, groups in seated.items():
            about = About("course", courses[id])
            sits = {group: board.flag("sits") for group in groups}
            for group, people in groups.items():
                # A known session is held once at the most.
                most = max(board.most(seats) for seats in people)
                board.require(board.total(people) <= most * sits[group], self.name, about)
            board.require(board.total(sits.values()) <= 1, self.name, about)

    def check(self, programme: Programme, schedule: Schedule) -> Iterator[Finding]:
        """Yield sessions that mix groups and may not."""
        for session in schedule.live:
            course = programme.courses.get(session.course)
            groups = sorted(group for group, seats in session.groups.items() if seats)
            if course is None or len(groups) < 2:
                continue
            strangers = [group for group in groups if group in programme.groups and group not in course.seats]
            if not course.mixed:
                why = f"{course.id} is held for one group at a time"
            elif strangers:
                why = f"{course.id} is not for {listed(strangers, 'or')}"
            else:
                continue
            yield Finding(
                self.name,
                "error",
                f"{session.id} seats {listed(groups)} together; {why}",
                (session.id,),
                session.days,
                session.place and replace(session.place, column="groups"),
            )

    def because(self, programme: Programme, about: About) -> str:
        """Word the rule for one course."""
        course = programme.courses[about.id]
        return f"a session of {course.id} holds one group only, of {listed(tuple(course.seats), 'or')}"
