"""Ways out by giving up seats: as few as it takes."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from trainplan.explain import effort
from trainplan.explain.makes import drop_seats
from trainplan.explain.result import Change
from trainplan.model import Programme
from trainplan.rules.base import About
from trainplan.solve.ask import Seats
from trainplan.words import listed, many


def dropping(programme: Programme, fewer: Mapping[Seats, int]) -> Change | None:
    """Return the change that gives up these seats, and those of later courses that then lack the earlier one.

    None where no course would be left.
    """
    fewer = _with_later(programme, fewer)
    total = sum(sum(course.seats.values()) for course in programme.courses.values())
    given_up = sum(fewer.values())
    if not 0 < given_up < total:
        return None
    told, at_stake = [], 0
    for id in dict.fromkeys(course for course, _ in fewer):
        course = programme.courses[id]
        groups = {group: seats for (of, group), seats in fewer.items() if of == id}
        asked = sum(course.seats[group] for group in groups)
        at_stake += asked
        if sum(groups.values()) == asked:
            told.append(f"all {many(asked, 'seat')} of {id} for {listed(list(groups))}")
            continue
        which = listed([f"{group} {seats:,}" for group, seats in groups.items()])
        told.append(f"{sum(groups.values()):,} of the {many(asked, 'seat')} of {id} ({which})")
    ids = ";".join(dict.fromkeys(course for course, _ in fewer))
    first = programme.courses[ids.partition(";")[0]]
    old = cell_of(first.seats)
    left = {group: seats - fewer.get((first.id, group), 0) for group, seats in first.seats.items()}
    return Change(
        f"drop {listed(told)}",
        About("course", ids),
        "groups",
        old,
        cell_of({group: seats for group, seats in left.items() if seats > 0}),
        effort.by_share(effort.SEATS, given_up, at_stake),
        partial(drop_seats, dict(fewer)),
    )


def cell_of(seats: Mapping[str, int]) -> str:
    """Return seats as they stand in the column ``groups``."""
    return "; ".join(f"{group}:{number}" for group, number in seats.items())


def _with_later(programme: Programme, fewer: Mapping[Seats, int]) -> dict[Seats, int]:
    """Add what nobody could take any longer: a later course has no more seats of a group than the earlier."""
    found = {pair: seats for pair, seats in fewer.items() if seats}
    changed = True
    while changed:
        changed = False
        for course in programme.courses.values():
            for order in course.after:
                earlier = programme.courses[order.course]
                for group, seats in course.seats.items():
                    if order.all or group not in earlier.seats:
                        continue
                    there = earlier.seats[group] - found.get((earlier.id, group), 0)
                    missing = seats - there
                    if missing > found.get((course.id, group), 0):
                        found[course.id, group] = missing
                        changed = True
    return found
