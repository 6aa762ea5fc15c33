"""A venue is used only while it is open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import ClassVar

from trainplan.findings import Finding
from trainplan.model import Programme, Schedule
from trainplan.rules.base import About, Board
from trainplan.rules.closed import Closed
from trainplan.words import listed, spanned


class VenueClosed:
    """A session has no day on which its venue, or the venue's site, is closed.

    Days before ``available_from`` and after ``available_until`` in venues.csv are closed too.

    Breach: CP-01 is in hall on 3 Mar 2027, when it can't be used (roof repairs)

    What to do: Move the session to other days or to another venue, or lift the closure in closures.csv.
    """

    name: ClassVar[str] = "venue-closed"
    states: ClassVar[str] = "No session has a day on which its venue is closed."

    def post(self, board: Board) -> None:
        """Take away each kind of venue from the runs that have a day on which it is closed."""
        calendar = board.calendar
        for run in board.runs:
            for kind in tuple(run.kinds):
                for taken in run.lot.taken(kind, board.programme.venues):
                    closed = calendar.closed("venue", taken[0])
                    if kind in run.kinds and not closed.isdisjoint(calendar.days(run.placement)):
                        board.forbid(run, self.name, About("venue", ";".join(taken)), kind=kind)

    def check(self, programme: Programme, schedule: Schedule) -> Iterator[Finding]:
        """Yield sessions in closed venues."""
        closed = Closed(programme)
        for session in schedule.live:
            for id in dict.fromkeys(session.venues):
                if id not in programme.venues:
                    continue
                for why, days in closed.on("venue", id, session.days).items():
                    yield Finding(
                        self.name,
                        "error",
                        f"{session.id} is in {id} on {spanned(days)}, when it can't be used ({why})",
                        (session.id,),
                        tuple(days),
                        session.place and replace(session.place, column="venue"),
                    )

    def because(self, programme: Programme, about: About) -> str:
        """Word the rule for one venue, or several with the same closures."""
        ids = about.id.split(";")
        return f"{listed(ids)} can't be used: {Closed(programme).told('venue', ids[0])}"
