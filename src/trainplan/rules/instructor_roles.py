"""The instructors of a session fill the roles of its course, one each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations
from typing import ClassVar

from trainplan.findings import Finding
from trainplan.model import Course, Programme, Schedule, Session
from trainplan.rules.base import About, Board
from trainplan.rules.instructor_qualified import held
from trainplan.words import listed, many


class InstructorRoles:
    """A session has as many instructors as its course has roles, and they can fill them, one each.

    Who fills which role is not written down: it is enough that there is a way, with qualifications
    that hold to the session's last day. A course without roles has no instructors.

    Breach: RS-01 has 1 instructor (ann); RS needs 2 (range-safety x2)

    What to do: Add an instructor with the missing qualification, take off one too many, or correct
    ``instructors`` in curriculum.csv.
    """

    name: ClassVar[str] = "instructor-roles"
    states: ClassVar[str] = "A session's instructors fill the roles of its course, one each."

    def post(self, board: Board) -> None:
        """Staff each place exactly once.

        By Hall's theorem the qualified can fill the places one each when every set of roles has as many
        instructors who hold at least one of them as it has places. (P. Hall, 1935.)
        """
        for crew in board.crews:
            roles, about = crew.course.roles, About("course", crew.course.id)
            sessions = board.total(run.total for run in crew.runs)
            ends = board.calendar.day(crew.placement.last)
            holds = {
                pool: {
                    one.name
                    for one in board.programme.instructors[pool[0]].qualifications
                    if one.until is None or ends <= one.until
                }
                for pool in crew.staff
            }
            everyone = board.total(crew.staff.values())
            board.require(everyone == sum(role.count for role in roles) * sessions, self.name, about)
            for size in range(1, len(roles) + 1):
                for some in combinations(roles, size):
                    wanted = {role.qualification for role in some}
                    able = board.total(staff for pool, staff in crew.staff.items() if holds[pool] & wanted)
                    board.require(able >= sum(role.count for role in some) * sessions, self.name, about)

    def check(self, programme: Programme, schedule: Schedule) -> Iterator[Finding]:
        """Yield sessions whose roles are not filled."""
        for session in schedule.live:
            course = programme.courses.get(session.course)
            if course is None:
                continue
            message = _fault(programme, course, session)
            if message:
                yield Finding(
                    self.name,
                    "error",
                    f"{session.id} {message}",
                    (session.id,),
                    session.days,
                    session.place and replace(session.place, column="instructors"),
                )

    def because(self, programme: Programme, about: About) -> str:
        """Word the rule for one course."""
        course = programme.courses[about.id]
        needed = sum(role.count for role in course.roles)
        if not needed:
            return f"{course.id} has no instructors"
        return f"each session of {course.id} needs {many(needed, 'instructor')} ({_roles(course)})"


def _fault(programme: Programme, course: Course, session: Session) -> str | None:
    team = tuple(dict.fromkeys(session.instructors))
    places = [role.qualification for role in course.roles for _ in range(role.count)]
    if len(team) != len(places):
        who = f" ({listed(team)})" if team else ""
        needs = f"needs {len(places)} ({_roles(course)})" if places else "has no roles for instructors"
        return f"has {many(len(team), 'instructor') if team else 'no instructor'}{who}; {course.id} {needs}"
    last = session.slots[-1].day if session.slots else session.end
    asked = frozenset(places)
    able: list[frozenset[str]] = []
    for id in team:
        teacher = programme.instructors.get(id)
        # Whether somebody unknown is qualified can't be told, and is reported where the file is read.
        able.append(asked if teacher is None else held(teacher, last) & asked)
    empty = _unfilled(places, able)
    if not empty:
        return None
    return f"leaves {many(len(empty), 'role')} unfilled ({listed(sorted(empty))}) with {listed(team)}"


def _unfilled(places: Sequence[str], able: Sequence[frozenset[str]]) -> list[str]:
    """Return the places that stay empty when as many as possible are filled, one person each."""
    holder: dict[int, int] = {}  # place of each person

    def seat(place: int, tried: set[int]) -> bool:
        for person, can in enumerate(able):
            if places[place] in can and person not in tried:
                tried.add(person)
                if person not in holder or seat(holder[person], tried):
                    holder[person] = place
                    return True
        return False

    return [name for place, name in enumerate(places) if not seat(place, set())]


def _roles(course: Course) -> str:
    return listed(
        [
            f"{role.qualification} x{role.count}" if role.count > 1 else role.qualification
            for role in course.roles
        ]
    )
