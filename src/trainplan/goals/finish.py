"""The whole programme is over soon."""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar

from trainplan.model import Programme, Schedule
from trainplan.rules.base import Board, Expr
from trainplan.words import dated, many


class Finish:
    """Calendar days from the programme's start to the last day of its last session, both counted.

    Without any session it is 0.

    Example: A programme that starts on 1 Mar and whose last session ends on 5 Mar counts 5.
    """

    name: ClassVar[str] = "finish"
    states: ClassVar[str] = "Calendar days from the programme's start until the last session is over."

    def post(self, board: Board) -> Expr:
        """Switch on, for each day on which a session may end, that some session ends then or later."""
        ends: dict[int, list[Expr]] = {}
        for run in board.runs:
            day = (board.calendar.day(run.placement.last) - board.programme.starts).days + 1
            ends.setdefault(day, []).append(run.total)
        flags, weights = [], []
        before, sooner = 0, None
        for day in sorted(ends):
            flag = board.flag("not over")
            if sooner is not None:
                board.structure(flag <= sooner)
            for total in ends[day]:
                board.structure(total <= board.most(total) * flag)
            flags.append(flag)
            weights.append(day - before)
            before, sooner = day, flag
        return board.total(flags, weights)

    def measure(self, programme: Programme, schedule: Schedule) -> int:
        """Return calendar days, the first and the last included."""
        last = max((session.slots[-1].day for session in schedule.live if session.slots), default=None)
        return 0 if last is None else (last - programme.starts).days + 1

    def say(self, programme: Programme, schedule: Schedule, value: int) -> str:
        """Return the days and the date."""
        if value <= 0:
            return "no sessions"
        return f"done after {many(value, 'day')}, on {dated(programme.starts + timedelta(days=value - 1))}"
