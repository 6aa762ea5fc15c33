"""No group is ever stretched more than it needs to be."""

from __future__ import annotations

from typing import ClassVar

from trainplan.model import Programme, Schedule, Slot
from trainplan.rules.away import away
from trainplan.rules.base import Board, Expr


class Even:
    """The largest share of any group's ``max_away`` that is in use at one time, in per mille, rounded up.

    For an umbrella the people of all its parts count together. With two periods each is a time of
    its own. A group that can spare nobody counts only where somebody is away all the same, and then
    as if it could spare one.

    Example: 21 people away of a group that can spare 24 count 875.
    """

    name: ClassVar[str] = "even"
    states: ClassVar[str] = "The largest share of any group's max_away in use at one time, in per mille."

    def post(self, board: Board) -> Expr:
        """Hold every group's share, in per mille, under one variable."""
        programme = board.programme
        share = board.whole("share", 0, 1000)
        for whole, uses in away(board).items():
            for together in board.at_once(uses):
                board.structure(1000 * board.total(together) <= programme.groups[whole].max_away * share)
        return share

    def measure(self, programme: Programme, schedule: Schedule) -> int:
        """Return the share in per mille, rounded up."""
        lines = {group: programme.umbrellas(group) for group in programme.groups}
        away: dict[tuple[str, Slot], int] = {}
        for session in schedule.live:
            for group, seats in session.groups.items():
                for above in lines.get(group, ()):
                    for slot in session.slots:
                        away[above, slot] = away.get((above, slot), 0) + seats
        peaks: dict[str, int] = {}
        for (group, _), people in away.items():
            peaks[group] = max(people, peaks.get(group, 0))
        return max(
            (
                -(-1000 * people // max(1, programme.groups[group].max_away))
                for group, people in peaks.items()
            ),
            default=0,
        )

    def say(self, programme: Programme, schedule: Schedule, value: int) -> str:
        """Return the share in per cent."""
        return f"at most {value / 10:,.1f} % of what a group can spare".replace(".0 %", " %")
