"""A group is in training only while it may be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import ClassVar

from trainplan.findings import Finding
from trainplan.model import Programme, Schedule
from trainplan.rules.base import About, Board
from trainplan.rules.closed import Closed
from trainplan.words import spanned


class GroupClosed:
    """A session has no day on which one of its groups is closed or not available.

    What closes an umbrella closes its parts. Days before ``available_from`` and after
    ``available_until`` in groups.csv are closed too.

    Breach: CP-01 seats police on 3 Mar 2027, when they can't come (election duty)

    What to do: Move the session, take the group off it, or lift the closure in closures.csv.
    """

    name: ClassVar[str] = "group-closed"
    states: ClassVar[str] = "No session has a day on which one of its groups can't come."

    def post(self, board: Board) -> None:
        """Take away each group from the runs that have a day on which it is not free."""
        calendar = board.calendar
        for run in board.runs:
            for group in tuple(run.groups):
                if not calendar.closed("group", group).isdisjoint(calendar.days(run.placement)):
                    board.forbid(run, self.name, About("group", group), group=group)

    def check(self, programme: Programme, schedule: Schedule) -> Iterator[Finding]:
        """Yield sessions that seat groups which can't come."""
        closed = Closed(programme)
        for session in schedule.live:
            for id, seats in session.groups.items():
                if not seats or id not in programme.groups:
                    continue
                for why, days in closed.on("group", id, session.days).items():
                    yield Finding(
                        self.name,
                        "error",
                        f"{session.id} seats {id} on {spanned(days)}, when they can't come ({why})",
                        (session.id,),
                        tuple(days),
                        session.place and replace(session.place, column="groups"),
                    )

    def because(self, programme: Programme, about: About) -> str:
        """Word the rule for one group."""
        return f"{about.id} can't come: {Closed(programme).told('group', about.id)}"
