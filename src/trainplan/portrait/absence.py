"""How many people of each group are away on each day, against how many it can spare."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from trainplan.model import Programme, Schedule, Slot


@dataclass(frozen=True, slots=True)
class Absence:
    """One group's people in training.

    Attributes:
        group: The group's id.
        limit: People that may be away at one time.
        days: People away on each date on which anybody is, ascending; with several periods a day, in the
            fullest of them.
    """

    group: str
    limit: int
    days: Mapping[date, int]

    @property
    def peak(self) -> int:
        """The most people away at one time."""
        return max(self.days.values(), default=0)

    @property
    def peak_on(self) -> date | None:
        """The first date on which it is so; None where nobody is ever away."""
        return next((day for day, count in self.days.items() if count == self.peak), None)

    @property
    def over(self) -> tuple[date, ...]:
        """The dates on which more are away than the group can spare."""
        return tuple(day for day, count in self.days.items() if count > self.limit)


def absences(programme: Programme, schedule: Schedule) -> dict[str, Absence]:
    """Return the absence of every group of the programme, umbrellas too, in the files' order."""
    by_slot = away_by_slot(programme, schedule)
    found = {}
    for id, group in programme.groups.items():
        days: dict[date, int] = {}
        for slot, count in sorted(by_slot.get(id, {}).items()):
            days[slot.day] = max(days.get(slot.day, 0), count)
        found[id] = Absence(id, group.max_away, days)
    return found


def away_by_slot(programme: Programme, schedule: Schedule) -> dict[str, dict[Slot, int]]:
    """Return people away in each slot, for each group that has any away.

    An umbrella counts the people of all its parts; cancelled sessions take nobody away, nor do groups
    that the programme doesn't know.
    """
    away: dict[str, Counter[Slot]] = {}
    for session in schedule.live:
        for group, seats in session.groups.items():
            if group in programme.groups and seats > 0:
                for owner in programme.umbrellas(group):
                    counts = away.setdefault(owner, Counter())
                    for slot in session.slots:
                        counts[slot] += seats
    return {owner: dict(counts) for owner, counts in away.items()}
