"""From statements that can't all hold to a smallest set of them: none can be left out any more."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

Thing = TypeVar("Thing")


def shrink(
    things: Sequence[Thing], impossible: Callable[[Iterable[Thing]], bool | None]
) -> tuple[list[Thing], bool]:
    """Return things that are impossible together, and whether it is sure that none could be left out.

    Large pieces are left out first, then smaller ones, down to single things. Whether some may be left
    out is asked of ``impossible``; where that is not settled (None) they stay. What is possible without a
    thing stays possible with fewer others around, so that each thing needs to be tried alone just once.

    Args:
        things: Impossible together; those to leave out first come first.
        impossible: Whether some of them are impossible together.
    """
    kept = list(things)
    sure = True
    size = len(kept) // 2
    while size >= 1:
        at = 0
        while at < len(kept):
            trial = kept[:at] + kept[at + size :]
            verdict = impossible(trial)
            if verdict:
                kept = trial
                continue
            if size == 1 and verdict is None:
                sure = False
            at += size
        size //= 2
    if len(kept) == 1 and len(things) == 1:
        sure = impossible([]) is False
    return kept, sure
