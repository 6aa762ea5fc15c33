"""Names for what the search has only counted: which venue, which instructors, which session."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from trainplan.model import Schedule, Session
from trainplan.solve.decode import left_edge
from trainplan.solve.ruin.stock import Placed, Stock


def schedule_of(stock: Stock, placed: Iterable[Placed], before: Schedule | None) -> Schedule:
    """Return sessions as a schedule.

    Args:
        stock: Where they were placed.
        placed: The sessions.
        before: An earlier schedule without pins; its names are not given again.
    """
    listed = sorted(placed, key=lambda one: (one.offer.placement.slots, one.course.id, one.number))
    venues: dict[int, str] = {}
    for kind, names in enumerate(stock.kinds):
        held = [one for one in listed if one.kind == kind]
        venues |= zip([one.number for one in held], _names(names, held, [1] * len(held)), strict=True)
    instructors: dict[int, list[str]] = {one.number: [] for one in listed}
    for pool, names in enumerate(stock.pools):
        held = [one for one in listed if any(number == pool for number, _ in one.teams)]
        wanted = [dict(one.teams)[pool] for one in held]
        owners = [one.number for one, number in zip(held, wanted, strict=True) for _ in range(number)]
        for owner, name in zip(owners, _names(names, held, wanted), strict=True):
            instructors[owner].append(name)
    taken = {one.id for one in before.sessions} if before is not None else set()
    numbers: dict[str, int] = {}
    sessions = []
    for one in listed:
        name = _unused(one.course.id, numbers, taken)
        slots = tuple(stock.calendar.slot(number) for number in one.offer.placement.slots)
        order = list(one.course.seats)
        sessions.append(
            Session(
                id=name,
                course=one.course.id,
                title=one.course.title,
                start=slots[0].day,
                end=slots[-1].day,
                slots=slots,
                venues=(venues[one.number],) if one.kind is not None else (),
                instructors=tuple(instructors[one.number]),
                groups=dict(sorted(one.groups.items(), key=lambda item: order.index(item[0]))),
                seats=one.seats,
            )
        )
    return Schedule.of(sessions, before)


def _names(names: Sequence[str], held: Sequence[Placed], wanted: Sequence[int]) -> list[str]:
    placements = [
        one.offer.placement for one, number in zip(held, wanted, strict=True) for _ in range(number)
    ]
    return left_edge(names, placements)


def _unused(course: str, numbers: dict[str, int], taken: set[str]) -> str:
    while True:
        numbers[course] = numbers.get(course, 0) + 1
        name = f"{course}-{numbers[course]:02d}"
        if name not in taken:
            return name
