"""Which venues, and which instructors, the solver need not tell apart.

Like venues are counted together, and so are like instructors: identical things without names leave the
solver no symmetry to break. Names are dealt out when a solution is decoded.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from typing import TypeVar

from trainplan.model import Programme, Schedule, Session
from trainplan.workdays import Calendar

Kind = tuple[str, ...]  # ids of like venues; () is "no venue"
Pool = tuple[str, ...]  # ids of like instructors

Thing = TypeVar("Thing")


def venue_kinds(
    calendar: Calendar, before: Schedule | None, named: Iterable[Session] = ()
) -> tuple[Kind, ...]:
    """Return the venues as classes of like ones, in the files' order.

    A venue that a pin names, or one of the ``named`` sessions, stands alone. So does one that costs where
    the day has several periods: cost counts a venue's dates, and which sessions share a date depends on who
    sits in which room.
    """
    programme = calendar.programme
    alone_for = {id for one in _pinned(before, "venue") for id in one}
    alone_for |= {id for one in named for id in one.venues}
    costly = _counts_dates(programme)

    def likeness(id: str) -> Hashable:
        venue = programme.venues[id]
        alone = id in alone_for or (costly and bool(venue.cost_per_day))
        return (
            id if alone else "",
            venue.capacity,
            venue.features,
            venue.cost_per_day,
            calendar.closed("venue", id),
        )

    return _classes(programme.venues, likeness)


def instructor_pools(
    calendar: Calendar, before: Schedule | None, named: Iterable[Session] = ()
) -> tuple[Pool, ...]:
    """Return the instructors as classes of like ones, in the files' order.

    One with a weekly limit or a price for each trip stands alone: both depend on which sessions are
    the same person's. For the rest as for venues.
    """
    programme = calendar.programme
    alone_for = {id for one in _pinned(before, "instructors") for id in one}
    alone_for |= {id for one in named for id in one.instructors}
    costly = _counts_dates(programme)
    counted = "cost" in programme.goals

    def likeness(id: str) -> Hashable:
        one = programme.instructors[id]
        alone = (
            id in alone_for
            or one.max_days_per_week is not None
            or (counted and bool(one.trip_cost))
            or (costly and bool(one.cost_per_day))
        )
        return (
            id if alone else "",
            frozenset(one.qualifications),
            one.cost_per_day,
            calendar.closed("instructor", id),
        )

    return _classes(programme.instructors, likeness)


def _counts_dates(programme: Programme) -> bool:
    return "cost" in programme.goals and len(programme.periods) > 1


def _pinned(before: Schedule | None, what: str) -> Iterable[tuple[str, ...]]:
    for session in before.live if before else ():
        if what in session.pin:
            yield session.venues if what == "venue" else session.instructors


def _classes(things: Iterable[Thing], likeness: Callable[[Thing], Hashable]) -> tuple[tuple[Thing, ...], ...]:
    classes: dict[Hashable, list[Thing]] = {}
    for thing in things:
        classes.setdefault(likeness(thing), []).append(thing)
    return tuple(tuple(members) for members in classes.values())
