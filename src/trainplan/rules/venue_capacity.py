"""A session fits into its venue."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import ClassVar

from trainplan.findings import Finding
from trainplan.model import Programme, Schedule
from trainplan.rules.base import About, Board
from trainplan.words import listed, many


class VenueCapacity:
    """A session has no more seats than its venue has room for.

    A course that needs no venue and is given several fits into each of them.

    Breach: CP-01 has 40 seats; hall has room for 30

    What to do: Choose a larger venue, or take seats off the session.
    """

    name: ClassVar[str] = "venue-capacity"
    states: ClassVar[str] = "No session has more seats than its venue has room for."

    def post(self, board: Board) -> None:
        """Fill the sessions in a kind of venue only up to its capacity; they are sized evenly later."""
        venues = board.programme.venues
        for run in board.runs:
            for kind, count in run.counts.items():
                for taken in run.lot.taken(kind, venues):
                    board.require(
                        run.seats[kind] <= venues[taken[0]].capacity * count,
                        self.name,
                        About("venue", ";".join(taken)),
                    )

    def check(self, programme: Programme, schedule: Schedule) -> Iterator[Finding]:
        """Yield sessions that don't fit into their venue."""
        for session in schedule.live:
            seats = sum(session.groups.values())
            for id in dict.fromkeys(session.venues):
                venue = programme.venues.get(id)
                if venue is not None and seats > venue.capacity:
                    yield Finding(
                        self.name,
                        "error",
                        f"{session.id} has {many(seats, 'seat')}; {id} has room for {venue.capacity:,}",
                        (session.id,),
                        session.days,
                        session.place and replace(session.place, column="venue"),
                    )

    def because(self, programme: Programme, about: About) -> str:
        """Word the rule for one venue, or several that are alike."""
        ids = about.id.split(";")
        verb, each = ("has", "") if len(ids) == 1 else ("have", " each")
        return f"{listed(ids)} {verb} room for {programme.venues[ids[0]].capacity:,}{each}"
