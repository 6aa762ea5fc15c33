"""The smallest set of fixes that together makes room for everything, the least effort first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations, islice

from trainplan.explain.result import Fix

MOST = 5_000  # sets of one size


def smallest_set(
    fixes: Sequence[Fix],
    causes: int,
    mends: Callable[[int, int], bool],
    works: Callable[[tuple[int, ...]], bool | None],
) -> tuple[tuple[int, ...], bool]:
    """Return the numbers of fixes that work together, and whether every smaller or cheaper set was refuted.

    Only sets are looked at in which each cause has a fix that mends it alone. No numbers come back where no
    set was found: then the second says whether there is none of that kind.

    Args:
        fixes: Of which the verified are used.
        causes: How many causes there are to mend; larger sets are not looked at.
        mends: Whether a fix (by number) mends a cause (by number), both alone.
        works: Whether everything has its place with these fixes; None where that was not settled.
    """
    verified = [at for at, fix in enumerate(fixes) if fix.verified]
    menders = [[at for at in verified if mends(at, cause)] for cause in range(causes)]
    sure = len(verified) == len(fixes)
    if all(menders):
        for size in range(1, causes + 1):
            sets = list(islice(dict.fromkeys(_sets(menders, verified, size)), MOST))
            sure &= len(sets) < MOST
            for chosen in sorted(sets, key=lambda some: (sum(fixes[at].change.effort for at in some), some)):
                verdict = works(chosen)
                if verdict:
                    return chosen, sure
                sure &= verdict is False
    return (), sure


def _sets(menders: Sequence[Sequence[int]], all_fixes: Sequence[int], size: int) -> Iterator[tuple[int, ...]]:
    """Yield sets of so many fixes in which every cause has one that mends it; some may come twice."""

    def grow(chosen: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
        bare = next((some for some in menders if not set(some) & set(chosen)), None)
        if bare is None:
            others = [at for at in all_fixes if at not in chosen]
            for more in combinations(others, size - len(chosen)):
                yield tuple(sorted((*chosen, *more)))
        elif len(chosen) < size:
            for at in bare:
                yield from grow((*chosen, at))

    return grow(())
