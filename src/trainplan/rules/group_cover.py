"""A group never has more people away than it can spare."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import ClassVar

from trainplan.findings import Finding
from trainplan.model import Programme, Schedule, Slot
from trainplan.rules.away import away
from trainplan.rules.base import About, Board
from trainplan.rules.sharing import days_of, same_sessions
from trainplan.words import timed


class GroupCover:
    """No more people of a group are in training at one time than its ``max_away``.

    All sessions count that seat the group, at each time on its own: with two periods, the morning and
    the afternoon. For an umbrella, the people of all its parts count together.

    Breach: police: 30 away on 2 Mar 2027, 24 can be spared

    What to do: Move one of the sessions, take seats off it, or raise ``max_away`` in groups.csv.
    """

    name: ClassVar[str] = "group-cover"
    states: ClassVar[str] = "No more of a group are away at one time than it can spare."

    def post(self, board: Board) -> None:
        """Keep the seats that a group, or all parts of an umbrella, has at one time within what it spares."""
        programme = board.programme
        for whole, uses in away(board).items():
            for together in board.at_once(uses):
                board.require(
                    board.total(together) <= programme.groups[whole].max_away,
                    self.name,
                    About("group", whole),
                )

    def check(self, programme: Programme, schedule: Schedule) -> Iterator[Finding]:
        """Yield groups that are short of people, with every session that takes some."""
        live = schedule.live
        lines = {group: programme.umbrellas(group) for group in programme.groups}
        taken = [
            [
                (above, seats)
                for group, seats in session.groups.items()
                if seats
                for above in lines.get(group, ())
            ]
            for session in live
        ]
        away: dict[tuple[str, Slot], int] = {}
        for session, seated in zip(live, taken, strict=True):
            for group, seats in seated:
                for slot in session.slots:
                    key = group, slot
                    away[key] = away.get(key, 0) + seats
        short: dict[str, dict[Slot, list[int]]] = {}
        for (group, slot), people in away.items():
            if people > programme.groups[group].max_away:
                short.setdefault(group, {})[slot] = []
        if not short:
            return
        for number, (session, seated) in enumerate(zip(live, taken, strict=True)):
            for group in dict.fromkeys(group for group, _ in seated if group in short):
                for slot in session.slots:
                    if slot in short[group]:
                        short[group][slot].append(number)
        for group, times in short.items():
            row = programme.groups[group]
            for numbers, slots in same_sessions(times):
                people = sum(seats for number in numbers for name, seats in taken[number] if name == group)
                when = timed(slots, programme.periods)
                yield Finding(
                    self.name,
                    "error",
                    f"{group}: {people:,} away on {when}, {row.max_away:,} can be spared",
                    tuple(live[number].id for number in numbers),
                    days_of(slots),
                    row.place and replace(row.place, column="max_away"),
                )

    def because(self, programme: Programme, about: About) -> str:
        """Word the rule for one group."""
        when = "on a day" if len(programme.periods) == 1 else "at one time"
        return f"at most {programme.groups[about.id].max_away:,} of {about.id} (max_away) may be away {when}"
