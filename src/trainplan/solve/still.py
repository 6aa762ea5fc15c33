"""Numbers for whatever of a schedule stays where it is, while a part of it is chosen anew."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from trainplan.rules.base import Lot
from trainplan.solve.kinds import Kind, Pool
from trainplan.solve.leeway import Freed
from trainplan.solve.runs import Still, StillCrew
from trainplan.workdays import Placement

if TYPE_CHECKING:
    from trainplan.solve.board import Board


class Kept:
    """The part of a schedule that stays, as a board counts it."""

    def __init__(self, board: Board, freed: Freed) -> None:
        """Count the sessions that lie nowhere in the part that is chosen anew."""
        self._board = board
        lots = {_key(lot): lot for lot in board.lots}
        named = {lot.session.id: lot for lot in board.lots if lot.session is not None}
        kind_of = {id: kind for kind in board.kinds for id in kind}
        pool_of = {id: pool for pool in board.pools for id in pool}
        self._lots: dict[tuple[object, Placement], Lot] = {}
        self._counts: dict[tuple[object, Placement], Counter[Kind]] = {}
        self._seats: dict[tuple[object, Placement], Counter[Kind]] = {}
        self._people: dict[tuple[object, Placement], Counter[str]] = {}
        self._staff: dict[tuple[str, str, Placement], Counter[Pool]] = {}
        self.names: set[str] = set()  # ids of the sessions with names that stay
        for session in freed.schedule.live:
            placement = Placement(tuple(board.calendar.number(slot) for slot in session.slots))
            if placement in freed.places.get(session.course, ()):
                continue
            lot = named.get(session.id)
            if lot is None:
                mixed = board.programme.courses[session.course].mixed
                lot = lots[session.course, "" if mixed else next(iter(session.groups))]
            else:
                self.names.add(session.id)
            at = (_key(lot), placement)
            kind = kind_of[session.venues[0]] if session.venues else ()
            self._lots[at] = lot
            self._counts.setdefault(at, Counter())[kind] += 1
            self._seats.setdefault(at, Counter())[kind] += session.seats
            self._people.setdefault(at, Counter()).update(session.groups)
            staff = self._staff.setdefault(_job(lot, placement), Counter())
            staff.update(pool_of[id] for id in session.instructors)

    def runs(self) -> Iterator[Still]:
        """Yield the sessions that stay, lot by lot and place by place."""
        for at, lot in self._lots.items():
            people = {group: self._people[at][group] for group in lot.groups}
            yield Still(self._board, lot, at[1], self._counts[at], self._seats[at], people)

    def crew(self, run: Still) -> StillCrew:
        """Return the instructors of the sessions of a course that stay at one place."""
        lot = run.lot
        staff = self._staff[_job(lot, run.placement)]
        return StillCrew(self._board, lot.course, lot.session, run.placement, staff)


def _key(lot: Lot) -> tuple[str, str]:
    if lot.session is not None:
        return lot.course.id, f"session {lot.session.id}"
    return lot.course.id, "" if lot.course.mixed else lot.groups[0]


def _job(lot: Lot, placement: Placement) -> tuple[str, str, Placement]:
    return lot.course.id, lot.session.id if lot.session is not None else "", placement
