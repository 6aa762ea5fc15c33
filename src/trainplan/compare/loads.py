"""How much of each group, venue and instructor a schedule uses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from trainplan.model import Programme, Schedule, Session, Slot


@dataclass(frozen=True, slots=True)
class Load:
    """What one schedule asks of one thing.

    Attributes:
        used: People of a group away at one time at most; dates on which a venue or an instructor is used.
        limit: People that the group can spare; None for the others.
        seats: Seats of the group in all, or in sessions at the venue or with the instructor.
    """

    used: int = 0
    limit: int | None = None
    seats: int = 0


def group_loads(programme: Programme, schedule: Schedule) -> dict[str, Load]:
    """Return the load of every group that the programme has; an umbrella's counts all its parts."""
    away: dict[str, Counter[Slot]] = {group: Counter() for group in programme.groups}
    seats: Counter[str] = Counter()
    for session in schedule.live:
        for group, number in session.groups.items():
            for owner in programme.umbrellas(group) if group in programme.groups else ():
                seats[owner] += number
                for slot in session.slots:
                    away[owner][slot] += number
    return {
        id: Load(max(away[id].values(), default=0), group.max_away, seats[id])
        for id, group in programme.groups.items()
    }


def venue_loads(programme: Programme, schedule: Schedule) -> dict[str, Load]:
    """Return the load of every venue that the programme has."""
    return _by_day(schedule, tuple(programme.venues), lambda one: one.venues)


def instructor_loads(programme: Programme, schedule: Schedule) -> dict[str, Load]:
    """Return the load of every instructor that the programme has."""
    return _by_day(schedule, tuple(programme.instructors), lambda one: one.instructors)


def _by_day(
    schedule: Schedule, ids: tuple[str, ...], uses: Callable[[Session], tuple[str, ...]]
) -> dict[str, Load]:
    days: dict[str, set[date]] = {id: set() for id in ids}
    seats: Counter[str] = Counter()
    for session in schedule.live:
        for id in dict.fromkeys(uses(session)):
            if id in days:
                days[id].update(session.days)
                seats[id] += sum(session.groups.values())
    return {id: Load(len(used), None, seats[id]) for id, used in days.items()}
