"""Sets of sessions of which no two can overlap: what a cumulative implies and does not say.

Two sessions that together ask for more than there is must follow one another. Told as one no-overlap a set,
the solver branches and learns on who comes first, which proves makespans several times as fast.
"""

from __future__ import annotations

from collections.abc import Iterator

from trainplan.solve.chains.tasks import Chains

MANY = 400  # with more tasks, looking for the sets would take too long


def cliques(chains: Chains) -> Iterator[list[int]]:
    """Yield sets of tasks, by number, that cover each pair which can't overlap and has no order.

    Pairs that orders keep apart may be in a set too: they make it larger and cost nothing. Each set is grown
    greedily from an uncovered pair.
    """
    size = len(chains.tasks)
    if size > MANY:
        return
    apart = _apart(chains)
    ordered = _ordered(chains)
    left = [apart[task] & ~ordered[task] for task in range(size)]
    full = [apart[task] | ordered[task] for task in range(size)]
    while any(left):
        seed = max(range(size), key=lambda one: left[one].bit_count())
        inside, open_to = [seed], full[seed]
        while open_to:
            # The one that covers most, then the one that leaves most to choose from.
            chosen = max(
                _members(open_to),
                key=lambda one: (
                    sum(left[one] >> other & 1 for other in inside),
                    (full[one] & open_to).bit_count(),
                ),
            )
            inside.append(chosen)
            open_to &= full[chosen]
        covered = sum(1 << one for one in inside)
        for one in inside:
            left[one] &= ~covered
        yield inside


def _members(some: int) -> Iterator[int]:
    while some:
        yield (some & -some).bit_length() - 1
        some &= some - 1


def _apart(chains: Chains) -> list[int]:
    """Return for each task those (bits) that it leaves too little for of some resource."""
    tasks = chains.tasks
    found = [0] * len(tasks)
    for one, task in enumerate(tasks):
        for other in range(one):
            if any(
                amount + tasks[other].uses.get(resource, 0) > chains.resources[resource].capacity
                for resource, amount in task.uses.items()
            ):
                found[one] |= 1 << other
                found[other] |= 1 << one
    return found


def _ordered(chains: Chains) -> list[int]:
    """Return for each task those (bits) that come before or behind it by whatever chain."""
    size = len(chains.tasks)
    behind = [0] * size
    changed = True
    while changed:
        changed = False
        for link in chains.links:
            more = behind[link.first] | behind[link.then] | 1 << link.then
            if more != behind[link.first]:
                behind[link.first], changed = more, True
    around = list(behind)
    for task in range(size):
        for then in _members(behind[task]):
            around[then] |= 1 << task
    return around
