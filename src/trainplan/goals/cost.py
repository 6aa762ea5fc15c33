"""Training costs as little as possible."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import ClassVar

from trainplan.model import Programme, Schedule
from trainplan.rules.base import Board, Expr
from trainplan.workdays import Placement, dates

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

    def post(self, board: Board) -> Expr:
        """Count dates and stays at their prices, and round at the end.

        Things that cost are counted one by one where several sessions may share a date or a stay.
        """
        programme, calendar = board.programme, board.calendar
        bill: list[tuple[Expr, Decimal]] = []
        rooms: dict[str, list[Use]] = {}
        for run in board.runs:
            for kind, count in run.counts.items():
                for taken in run.lot.taken(kind, programme.venues):
                    price = programme.venues[taken[0]].cost_per_day
                    if price and calendar.periods == 1:
                        bill.append((count, price * len(run.placement.slots)))
                    elif price:
                        rooms.setdefault(taken[0], []).append((run.placement, count))
        for id, uses in rooms.items():
            bill += [(used, programme.venues[id].cost_per_day) for used in _dates(board, uses)]
        people: dict[str, list[Use]] = {}
        for crew in board.crews:
            for pool, staff in crew.staff.items():
                one = programme.instructors[pool[0]]
                if one.cost_per_day and calendar.periods == 1:
                    bill.append((staff, one.cost_per_day * len(crew.placement.slots)))
                if one.trip_cost or one.cost_per_day:
                    people.setdefault(pool[0], []).append((crew.placement, staff))
        for id, uses in people.items():
            one = programme.instructors[id]
            if one.cost_per_day and calendar.periods > 1:
                bill += [(used, one.cost_per_day) for used in _dates(board, uses)]
            if one.trip_cost:
                bill += [(arrival, one.trip_cost) for arrival in _arrivals(board, uses)]
        # Prices become whole numbers of the smallest fraction in use.
        fraction = 10 ** max((-int(price.as_tuple().exponent) for _, price in bill), default=0)
        fraction = max(fraction, 1)
        exact = board.total([expr for expr, _ in bill], [int(price * fraction) for _, price in bill])
        # Rounding half up is the smallest whole number that is not below exact - (just under a half).
        rounded = board.whole("cost", 0, board.most(exact) // fraction + 1)
        board.structure(fraction * rounded >= exact - max(fraction // 2 - 1, 0))
        return rounded

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
        for id, held in rooms.items():
            if id in programme.venues:
                total += len(held) * programme.venues[id].cost_per_day
        for id, held in teaching.items():
            if id in programme.instructors:
                row = programme.instructors[id]
                total += len(held) * row.cost_per_day + _stays(trips[id]) * row.trip_cost
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


Use = tuple[Placement, Expr]


def _dates(board: Board, uses: list[Use]) -> list[Expr]:
    """Return a flag for each date on which one thing is used."""
    flags: dict[date, Expr] = {}
    for placement, count in uses:
        for day in board.calendar.days(placement):
            if day not in flags:
                flags[day] = board.flag("used")
            board.structure(count <= board.most(count) * flags[day])
    return list(flags.values())


def _arrivals(board: Board, uses: list[Use]) -> list[Expr]:
    """Return a flag for each date on which an instructor may arrive for a new stay.

    Somebody who was here, in a session or between two days of one, within the three days before need
    not arrive again.
    """
    here: dict[date, list[Expr]] = {}
    for placement, count in uses:
        for day in dates(board.calendar.day(placement.first), board.calendar.day(placement.last)):
            here.setdefault(day, []).append(count)
    present: dict[date, Expr] = {}
    for day, counts in here.items():
        present[day] = board.flag("here")
        board.structure(present[day] <= board.total(counts))
    arrivals: dict[date, Expr] = {}
    for placement, count in uses:
        day = board.calendar.day(placement.first)
        if day not in arrivals:
            arrivals[day] = board.flag("arrives")
        lately = [present.get(day - timedelta(days=back), 0) for back in (1, 2, 3)]
        # An instructor who costs trips is a pool of one: the count is 0 or 1.
        board.structure(arrivals[day] >= count - board.total(lately))
    return list(arrivals.values())
