"""What is left of resources over time, packed into whole numbers so that a place is found without a loop.

A resource is one number with a field of bits for each slot. Adding a constant to every field raises the
field's top bit where enough is left; a few shifts then leave the slots at which a whole run finds enough.
"""

from __future__ import annotations

from collections.abc import Sequence


class Profile:
    """The remaining capacity of each resource in each slot."""

    def __init__(self, capacities: Sequence[int], slots: int) -> None:
        """Start with everything free.

        Args:
            capacities: Of each resource, in units.
            slots: Length of the axis.
        """
        self.width = max((one.bit_length() for one in capacities), default=1) + 1
        self._top = 1 << (self.width - 1)
        self._ones = self.spread((1 << slots) - 1)
        self._enough: dict[int, int] = {}
        self._blocks: dict[tuple[int, int], int] = {}
        self._empty = [one * self._ones for one in capacities]
        self.left = list(self._empty)

    def clear(self) -> None:
        """Free everything again."""
        self.left = list(self._empty)

    def spread(self, slots: int) -> int:
        """Return a set of slots (a bit each) as the lowest bits of their fields."""
        text = bin(slots)[2:]
        gap = "0" * (self.width - 1)
        return int(gap.join(text), 2)

    def tops(self, slots: int) -> int:
        """Return a set of slots (a bit each) as the top bits of their fields."""
        return self.spread(slots) << (self.width - 1)

    def free(self, resource: int, amount: int, length: int, among: int) -> int:
        """Return which of the slots ``among`` begin a run in which so much is left (top bits)."""
        if amount not in self._enough:
            self._enough[amount] = (self._top - amount) * self._ones
        return run_starts(among, self.left[resource] + self._enough[amount], length, self.width)

    def enough(self, amounts: Sequence[tuple[int, int]], length: int, among: int) -> int:
        """Return which of the slots ``among`` begin a run in which so much of each resource is left."""
        enough, left = self._enough, self.left
        there = -1
        for resource, amount in amounts:
            if amount not in enough:
                enough[amount] = (self._top - amount) * self._ones
            there &= left[resource] + enough[amount]
        return run_starts(among, there, length, self.width)

    def take(self, resource: int, amount: int, start: int, length: int) -> None:
        """Use so much of a resource in a run of slots."""
        key = amount, length
        if key not in self._blocks:
            self._blocks[key] = amount * self.spread((1 << length) - 1)
        self.left[resource] -= self._blocks[key] << (start * self.width)


def run_starts(among: int, there: int, length: int, width: int) -> int:
    """Return the fields ``among`` that begin ``length`` fields in a row whose top bits are set."""
    have = 1
    while have < length:
        step = min(have, length - have)
        there &= there >> (step * width)
        have += step
    return among & there
