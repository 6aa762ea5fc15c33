"""An instructor is in one place at a time."""

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


class InstructorClash:
    """No instructor teaches two sessions at the same time.

    Where days have two periods, one may have the morning and the other the afternoon.

    Breach: CP-01 and CP-02 both need ann on 3 Mar 2027

    What to do: Move one of the sessions, or give it another instructor.
    """

    name: ClassVar[str] = "instructor-clash"
    states: ClassVar[str] = "An instructor teaches one session at a time."

    def post(self, board: Board) -> None:
        """Ask no more of a pool of instructors at a time than there are people in it."""
        uses: dict[tuple[str, ...], list[tuple[Placement, Expr]]] = {}
        for crew in board.crews:
            for pool, staff in crew.staff.items():
                uses.setdefault(pool, []).append((crew.placement, staff))
        for pool, used in uses.items():
            for together in board.at_once(used):
                board.require(
                    board.total(together) <= len(pool), self.name, About("instructor", ";".join(pool))
                )

    def check(self, programme: Programme, schedule: Schedule) -> Iterator[Finding]:
        """Yield instructors with several sessions at once; the place is the last of them."""
        for id, sessions, slots in clashes(schedule.live, lambda session: session.instructors):
            if id not in programme.instructors:
                continue
            names = tuple(session.id for session in sessions)
            place = sessions[-1].place
            both = "both" if len(names) == 2 else "all"
            yield Finding(
                self.name,
                "error",
                f"{listed(names)} {both} need {id} on {timed(slots, programme.periods)}",
                names,
                days_of(slots),
                place and replace(place, column="instructors"),
            )

    def because(self, programme: Programme, about: About) -> str:
        """Word the rule for one instructor, or several who are alike."""
        ids = about.id.split(";")
        if len(ids) == 1:
            return f"{ids[0]} teaches one session at a time"
        return f"{listed(ids)} teach one session each at a time, {len(ids)} in all"
