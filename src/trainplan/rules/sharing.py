"""Who uses the same thing at the same time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date

from trainplan.model import Session, Slot

# Sessions are known by their number in the schedule: two rows of a hand-edited file may bear one id.
Times = Mapping[Slot, Sequence[int]]


def clashes(
    live: Sequence[Session], uses: Callable[[Session], Iterable[str]]
) -> Iterator[tuple[str, tuple[Session, ...], tuple[Slot, ...]]]:
    """Yield each thing that several sessions use in one slot, with these sessions and the slots."""
    users: dict[tuple[str, Slot], int] = {}
    several: dict[str, dict[Slot, list[int]]] = {}
    for number, session in enumerate(live):
        for thing in dict.fromkeys(uses(session)):
            for slot in session.slots:
                first = users.setdefault((thing, slot), number)
                if first != number:
                    several.setdefault(thing, {}).setdefault(slot, [first]).append(number)
    for thing, times in several.items():
        for numbers, slots in same_sessions(times):
            yield thing, tuple(live[number] for number in numbers), slots


def same_sessions(times: Times) -> Iterator[tuple[tuple[int, ...], tuple[Slot, ...]]]:
    """Yield each set of sessions that occurs, with all the slots in which it does, in order of time."""
    together: dict[tuple[int, ...], list[Slot]] = {}
    for slot in sorted(times):
        together.setdefault(tuple(times[slot]), []).append(slot)
    for numbers, slots in together.items():
        yield numbers, tuple(slots)


def days_of(slots: Iterable[Slot]) -> tuple[date, ...]:
    """Return the dates of slots, each once, in their order."""
    return tuple(dict.fromkeys(slot.day for slot in slots))
