"""The last thing a replan looks at: that people keep their seats where nothing else is at stake."""

from __future__ import annotations

from typing import ClassVar

from trainplan.model import Programme, Schedule
from trainplan.rules.base import Board, Expr


class Kept:
    """Seats that a group had in a session of the earlier schedule and has there no longer.

    No goal that a programme may name: it only decides between schedules that are alike in all of them. Where
    a session stays on its days ``changes`` counts such seats already; here those that move count as well.
    """

    name: ClassVar[str] = "seats-kept"
    states: ClassVar[str] = "Seats that a group no longer has in a session that it had."

    def post(self, board: Board) -> Expr:
        """Count what each known session that is free to change loses, group by group."""
        there: dict[str, dict[str, list[Expr]]] = {}
        for run in board.runs:
            if run.lot.session is not None:
                people = there.setdefault(run.lot.session.id, {})
                for group, seats in run.people.items():
                    people.setdefault(group, []).append(seats)
        lost: list[Expr] = []
        for lot in board.lots:
            if lot.session is None or lot.session.id not in there:
                continue
            for group, seats in lot.session.groups.items():
                now = board.total(there[lot.session.id].get(group, ()))
                if not isinstance(now, int):
                    lost.append(board.whole("lost", 0, seats))
                    board.structure(lost[-1] >= seats - now)
        return board.total(lost)

    def measure(self, programme: Programme, schedule: Schedule) -> int:
        """Return the seats lost, those in sessions that are gone among them."""
        now = {one.id: one for one in schedule.live}
        old = schedule.before.ahead if schedule.before is not None else ()
        return sum(
            max(0, seats - (now[one.id].groups.get(group, 0) if one.id in now else 0))
            for one in old
            for group, seats in one.groups.items()
        )

    def say(self, programme: Programme, schedule: Schedule, value: int) -> str:
        """Return the number."""
        return f"{value:,}"


KEPT = Kept()
