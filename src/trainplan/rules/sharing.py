"""Who uses the same thing at the same time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date

from trainplan.model import Session, Slot

# Sessions are known by their number in the schedule: two rows of a hand-edited file may bear one id.
Times = Mapping[Slot, Sequence[int]]


def clashes(
    live: Sequence[Session], uses: Callable[[Session], Iterable[str]]
) -> Iterator[tuple[str, tuple[Session, ...], tuple[date, ...]]]:
    """Yield each thing that several sessions use in one slot, with these sessions and the dates."""
    users: dict[tuple[str, Slot], int] = {}
    several: dict[str, dict[Slot, list[int]]] = {}
    for number, session in enumerate(live):
        for thing in dict.fromkeys(uses(session)):
            for slot in session.slots:
                first = users.setdefault((thing, slot), number)
                if first != number:
                    several.setdefault(thing, {}).setdefault(slot, [first]).append(number)
    for thing, times in several.items():
        for numbers, days in same_sessions(times):
            yield thing, tuple(live[number] for number in numbers), days


def same_sessions(times: Times) -> Iterator[tuple[tuple[int, ...], tuple[date, ...]]]:
    """Yield each set of sessions that occurs, with all the dates on which it does, in order of time."""
    together: dict[tuple[int, ...], list[date]] = {}
    for slot in sorted(times):
        together.setdefault(tuple(times[slot]), []).append(slot.day)
    for numbers, days in together.items():
        yield numbers, tuple(dict.fromkeys(days))
