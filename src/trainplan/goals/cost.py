"""Training costs as little as possible."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import ClassVar

from trainplan.model import Programme, Schedule

SAME_STAY = 4  # sessions less than so many days apart are one stay


class Cost:
    """Venue days, instructor days and instructors' trips, in whole units of the programme's currency.

    Each date that a venue or an instructor is used costs its ``cost_per_day`` once. An instructor's
    ``trip_cost`` is due once for each unbroken stay: a session that begins less than 4 calendar days after
    the last one ended belongs to the same stay. The total is rounded, half a unit up.

    Example: A hall at 100 a day for 5 days, and an instructor at 200 a day who flies in for 1,000: 2,500.
    """

    name: ClassVar[str] = "cost"
    states: ClassVar[str] = "Venue days, instructor days and instructors' trips, in whole currency units."

    def measure(self, programme: Programme, schedule: Schedule) -> int:
        """Return the rounded total."""
        rooms: dict[str, set[date]] = {}
        teaching: dict[str, set[date]] = {}
        trips: dict[str, list[tuple[date, date]]] = {}
        for session in schedule.live:
            days = session.days
            if not days:
                continue
            for id in session.venues:
                rooms.setdefault(id, set()).update(days)
            for id in session.instructors:
                teaching.setdefault(id, set()).update(days)
                trips.setdefault(id, []).append((days[0], days[-1]))
        total = Decimal(0)
        for id, dates in rooms.items():
            if id in programme.venues:
                total += len(dates) * programme.venues[id].cost_per_day
        for id, dates in teaching.items():
            if id in programme.instructors:
                row = programme.instructors[id]
                total += len(dates) * row.cost_per_day + _stays(trips[id]) * row.trip_cost
        return int(total.quantize(Decimal(1), rounding=ROUND_HALF_UP))

    def say(self, programme: Programme, schedule: Schedule, value: int) -> str:
        """Return the amount with its currency."""
        return f"{programme.currency} {value:,}"


def _stays(sessions: list[tuple[date, date]]) -> int:
    """Return the number of unbroken stays that sessions, given by first and last day, come to."""
    stays, until = 0, None
    for first, last in sorted(sessions):
        if until is None or (first - until).days >= SAME_STAY:
            stays += 1
        until = last if until is None else max(until, last)
    return stays
