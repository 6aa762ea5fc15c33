"""Changes that come in amounts: turned up until it works, and no further."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from trainplan.explain.result import Change


@dataclass(frozen=True, slots=True)
class Dial:
    """Changes of one thing, each going further than the one before.

    Attributes:
        size: How many there are.
        change: Makes the one at a position, in order of amount.
        rising: What works stays working with more; else each has to be tried.
        few: So many that work are enough.
    """

    size: int
    change: Callable[[int], Change]
    rising: bool = True
    few: int = 3


def one(change: Change) -> Dial:
    """Return a dial with a single position."""
    return Dial(1, lambda at: change)


def some(changes: Sequence[Change]) -> Dial:
    """Return several changes of which any may work, none going further than another."""
    return Dial(len(changes), lambda at: changes[at], rising=False)


def any_of(changes: Sequence[Change]) -> Dial:
    """Return several changes of which one that works is enough, for the others are like it."""
    return Dial(len(changes), lambda at: changes[at], rising=False, few=1)


def smallest(dial: Dial, works: Callable[[Change], bool | None], first: int = 0) -> Iterator[int]:
    """Yield the position of the smallest change that works, or of each that does where they don't rise.

    Args:
        dial: To be turned.
        works: Whether a change works; None where that was not settled in time, which counts as a no.
        first: Positions below are known not to work.
    """
    if not dial.rising:
        yield from (at for at in range(first, dial.size) if works(dial.change(at)))
        return
    if first >= dial.size or not works(dial.change(dial.size - 1)):
        return
    low, high = first, dial.size - 1  # the smallest that works lies between, both included
    step = 1
    while low < high:
        # Small amounts are the likely ones: steps grow from the bottom until one works, then are halved.
        at = min(low + step - 1, (low + high) // 2)
        if works(dial.change(at)):
            high, step = at, max(1, (at - low) // 2)
        else:
            low, step = at + 1, step * 2
    yield high
