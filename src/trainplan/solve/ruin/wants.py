"""What sessions of a course need, as the stock counts it; looked up once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from trainplan.model import After, Course
from trainplan.solve.ledger import bits
from trainplan.solve.ruin.stock import Offer, Stock
from trainplan.workdays import Placement, week_of

Weigh = Callable[[Course, Placement], tuple[int, ...]]  # what one seat then adds to each goal


@dataclass(frozen=True, slots=True)
class Wants:
    """What sessions of a course need, as the stock counts it.

    Attributes:
        choice: Its placements inside its window, ascending.
        kinds: Number and capacity of each kind of venue that suits it; empty where it needs none.
        roles: For each role how many, and the pools that hold the qualification, with the day it expires.
        orders: By group: what people of it must have finished before.
        wholes: Orders that bind whole courses.
    """

    course: Course
    choice: tuple[Offer, ...]
    kinds: tuple[tuple[int, int], ...]
    roles: tuple[tuple[int, tuple[tuple[int, date | None], ...]], ...]
    orders: Mapping[str, tuple[After, ...]]
    wholes: tuple[After, ...]


def wants(stock: Stock, course: Course, weigh: Weigh) -> Wants:
    """Return what sessions of a course need."""
    calendar, programme = stock.calendar, stock.programme
    choice = tuple(
        _offer(one, calendar.days(one), weigh(course, one))
        for one in calendar.placements(course)
        if calendar.in_window(course, one)
    )
    kinds: list[tuple[int, int]] = []
    if course.features is not None:
        for number, kind in enumerate(stock.kinds):
            venue = programme.venues[kind[0]]
            if course.features <= venue.features and venue.capacity >= course.min_class:
                kinds.append((number, venue.capacity))
    roles = []
    for role in sorted(course.roles, key=lambda one: len(_holding(stock, one.qualification))):
        pools = _holding(stock, role.qualification)
        roles.append((role.count, tuple((number, until) for number, until in pools)))
    orders = {
        group: tuple(
            one for one in course.after if not one.all and group in programme.courses[one.course].seats
        )
        for group in course.seats
    }
    return Wants(
        course, choice, tuple(kinds), tuple(roles), orders, tuple(one for one in course.after if one.all)
    )


def _offer(placement: Placement, days: Sequence[date], weights: tuple[int, ...]) -> Offer:
    weeks: dict[date, set[date]] = {}
    for day in days:
        weeks.setdefault(week_of(day), set()).add(day)
    return Offer(
        placement,
        bits(placement.slots),
        tuple(days),
        tuple((week, frozenset(held)) for week, held in weeks.items()),
        weights,
    )


def _holding(stock: Stock, qualification: str) -> list[tuple[int, date | None]]:
    """Return the pools that hold a qualification, those first that can do least else."""
    found = []
    for number, pool in enumerate(stock.pools):
        one = stock.programme.instructors[pool[0]]
        until = [held.until for held in one.qualifications if held.name == qualification]
        if until:
            latest = None if None in until else max(day for day in until if day is not None)
            found.append(((bool(one.trip_cost), len(one.qualifications), one.cost_per_day), number, latest))
    return [(number, latest) for _, number, latest in sorted(found, key=lambda item: item[:2])]
