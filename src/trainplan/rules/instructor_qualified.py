"""Whoever teaches a course holds something that it asks for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import ClassVar

from trainplan.findings import Finding
from trainplan.model import Instructor, Programme, Schedule
from trainplan.rules.base import About, Board
from trainplan.words import dated, listed


class InstructorQualified:
    """Each instructor of a session holds one of the qualifications that its course asks for.

    It must hold until the session's last day. Whether all instructors together fill all the roles is
    the business of ``instructor-roles``.

    Breach: RS-01 has ann, whose range-safety runs out on 3 Mar 2027, before it ends on 5 Mar 2027

    What to do: Give the session another instructor, hold it earlier, or renew the qualification in
    instructors.csv.
    """

    name: ClassVar[str] = "instructor-qualified"
    states: ClassVar[str] = (
        "Every instructor holds, to the session's last day, a qualification that its course asks for."
    )

    def post(self, board: Board) -> None:
        """Take away each pool of instructors from the crews for which it holds nothing that is asked."""
        for crew in board.crews:
            asked = {role.qualification for role in crew.course.roles}
            ends = board.calendar.day(crew.placement.last)
            for pool in tuple(crew.pools):
                held = board.programme.instructors[pool[0]].qualifications
                if asked and not any(
                    one.name in asked and (one.until is None or ends <= one.until) for one in held
                ):
                    board.forbid(crew, self.name, About("instructor", ";".join(pool)), pool=pool)

    def check(self, programme: Programme, schedule: Schedule) -> Iterator[Finding]:
        """Yield sessions whose instructors may not teach them."""
        for session in schedule.live:
            course = programme.courses.get(session.course)
            if course is None or not course.roles:
                continue
            asked = {role.qualification for role in course.roles}
            last = session.slots[-1].day if session.slots else session.end
            for id in dict.fromkeys(session.instructors):
                teacher = programme.instructors.get(id)
                if teacher is None or held(teacher, last) & asked:
                    continue
                expired = [one for one in teacher.qualifications if one.name in asked and one.until]
                if expired:
                    gone = listed(
                        [f"{one.name} runs out on {dated(one.until)}" for one in expired if one.until]
                    )
                    why = f"{id}, whose {gone}, before it ends on {dated(last)}"
                else:
                    why = f"{id}, who holds no {listed(sorted(asked), 'or')}"
                yield Finding(
                    self.name,
                    "error",
                    f"{session.id} has {why}",
                    (session.id,),
                    session.days,
                    session.place and replace(session.place, column="instructors"),
                )

    def because(self, programme: Programme, about: About) -> str:
        """Word the rule for one instructor, or several who are alike."""
        ids = about.id.split(";")
        names = [
            f"{one.name} until {dated(one.until)}" if one.until else one.name
            for one in programme.instructors[ids[0]].qualifications
        ]
        verb = "holds" if len(ids) == 1 else "each hold"
        return f"{listed(ids)} {verb} {listed(names) or 'no qualification'}"


def held(teacher: Instructor, last: date) -> frozenset[str]:
    """Return the names of the qualifications that hold up to and on ``last``."""
    return frozenset(one.name for one in teacher.qualifications if one.until is None or last <= one.until)
