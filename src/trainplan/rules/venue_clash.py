"""A venue holds one session at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import ClassVar

from trainplan.findings import Finding
from trainplan.model import Programme, Schedule
from trainplan.rules.base import About, Board, Expr
from trainplan.rules.sharing import clashes, days_of
from trainplan.words import listed, timed
from trainplan.workdays import Placement


class VenueClash:
    """No two sessions are in one venue at the same time, however few seats they have.

    Where days have two periods, one may have the morning and the other the afternoon.

    Breach: CP-01 and CP-02 are in hall at the same time on 3 Mar 2027

    What to do: Move one of the sessions, or give it another venue.
    """

    name: ClassVar[str] = "venue-clash"
    states: ClassVar[str] = "A venue holds one session at a time."

    def post(self, board: Board) -> None:
        """Hold no more sessions at a time in a kind of venue than there are venues of it."""
        uses: dict[tuple[str, ...], list[tuple[Placement, Expr]]] = {}
        for run in board.runs:
            for kind, count in run.counts.items():
                for taken in run.lot.taken(kind, board.programme.venues):
                    uses.setdefault(taken, []).append((run.placement, count))
        for kind, used in uses.items():
            for together in board.at_once(used):
                board.require(board.total(together) <= len(kind), self.name, About("venue", ";".join(kind)))

    def check(self, programme: Programme, schedule: Schedule) -> Iterator[Finding]:
        """Yield venues with several sessions at once; the place is the last of them."""
        for id, sessions, slots in clashes(schedule.live, lambda session: session.venues):
            if id not in programme.venues:
                continue
            names = tuple(session.id for session in sessions)
            place = sessions[-1].place
            yield Finding(
                self.name,
                "error",
                f"{listed(names)} are in {id} at the same time on {timed(slots, programme.periods)}",
                names,
                days_of(slots),
                place and replace(place, column="venue"),
            )

    def because(self, programme: Programme, about: About) -> str:
        """Word the rule for one venue, or several that are alike."""
        ids = about.id.split(";")
        if len(ids) == 1:
            return f"{ids[0]} holds one session at a time"
        return f"{listed(ids)} hold one session each at a time, {len(ids)} in all"
