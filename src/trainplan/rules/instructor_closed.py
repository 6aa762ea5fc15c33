"""An instructor teaches only while available."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import ClassVar

from trainplan.findings import Finding
from trainplan.model import Programme, Schedule
from trainplan.rules.base import About, Board
from trainplan.rules.closed import Closed
from trainplan.words import listed, spanned


class InstructorClosed:
    """A session has no day on which one of its instructors is away.

    Days before ``available_from`` and after ``available_until`` in instructors.csv count as away too.

    Breach: CP-01 needs ann on 3 Mar 2027, who is away (annual leave)

    What to do: Move the session, give it another instructor, or correct closures.csv.
    """

    name: ClassVar[str] = "instructor-closed"
    states: ClassVar[str] = "No session has a day on which one of its instructors is away."

    def post(self, board: Board) -> None:
        """Take away each pool of instructors from the crews that have a day on which it is not there."""
        calendar = board.calendar
        for crew in board.crews:
            for pool in tuple(crew.pools):
                if not calendar.closed("instructor", pool[0]).isdisjoint(calendar.days(crew.placement)):
                    board.forbid(crew, self.name, About("instructor", ";".join(pool)), pool=pool)

    def check(self, programme: Programme, schedule: Schedule) -> Iterator[Finding]:
        """Yield sessions with absent instructors."""
        closed = Closed(programme)
        for session in schedule.live:
            for id in dict.fromkeys(session.instructors):
                if id not in programme.instructors:
                    continue
                for why, days in closed.on("instructor", id, session.days).items():
                    yield Finding(
                        self.name,
                        "error",
                        f"{session.id} needs {id} on {spanned(days)}, who is away ({why})",
                        (session.id,),
                        tuple(days),
                        session.place and replace(session.place, column="instructors"),
                    )

    def because(self, programme: Programme, about: About) -> str:
        """Word the rule for one instructor, or several with the same absences."""
        ids = about.id.split(";")
        verb = "is" if len(ids) == 1 else "are"
        return f"{listed(ids)} {verb} away: {Closed(programme).told('instructor', ids[0])}"
