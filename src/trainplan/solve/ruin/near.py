"""Which sessions are taken out together: those that compete, near each other in time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import zip_longest
from random import Random

from trainplan.solve.construct import Turn
from trainplan.solve.ruin.stock import Placed, Stock
from trainplan.solve.ruin.wants import Wants

Wanted = Callable[[Placed], bool]

LARGEST = 24  # sessions taken out at once, at the most
SHORT = 0.5  # how often to make room for seats without a session, while there are any
FORWARD = 0.3  # how often only later sessions are taken out
DENSE = 0.8  # how many of those in reach


class Choice:
    """Chooses sessions of a stock."""

    def __init__(self, stock: Stock, wants: Mapping[str, Wants], random: Random) -> None:
        """Choose by chance from ``random``."""
        self._stock = stock
        self._wants = wants
        self._random = random

    def sessions(self, short: Sequence[Turn]) -> list[Placed]:
        """Choose sessions that compete with one drawn at random, or with a class that is missing."""
        random = self._random
        number = 1 + int(random.random() ** 2 * LARGEST)
        if short and random.random() < SHORT:
            course, groups = random.choice(short)
            wants = self._wants[course]
            start = random.choice(wants.choice).placement.first if wants.choice else 0
            return self._near(start, self._rivals(wants, groups), number)
        if not self._stock.placed:
            return []
        seed = self._stock.placed[self._any()]
        return self._near(seed.offer.placement.first, self._like(seed), number)

    def _rivals(self, wants: Wants, groups: Sequence[str]) -> Iterable[Placed] | Wanted:
        """Return the sessions that have what a class would need: a venue, instructors or people."""
        which = self._random.randrange(3)
        pools = [number for _, pools in wants.roles for number, _ in pools]
        if which == 0 and wants.kinds:
            kinds = {number for number, _ in wants.kinds}
            return lambda one: one.kind in kinds
        if which == 1 and pools:
            return self._stock.of_pool[self._random.choice(pools)].values()
        return self._stock.of_group[self._random.choice(groups)].values()

    def _like(self, seed: Placed) -> Iterable[Placed] | Wanted:
        """Return the sessions that share something with one: people, instructors, course, venue, time."""
        which = self._random.randrange(5)
        if which == 0:
            return lambda one: True
        if which == 1 and seed.teams:
            return self._stock.of_pool[self._random.choice(seed.teams)[0]].values()
        if which == 2:
            return self._stock.of_course[seed.course.id].values()
        if which == 3:
            return self._stock.of_group[self._random.choice(list(seed.groups))].values()
        return lambda one: one.kind == seed.kind

    def _near(self, start: int, among: Iterable[Placed] | Wanted, number: int) -> list[Placed]:
        """Return so many sessions of those wanted, most of the nearest in time to a slot."""
        forward = self._random.random() < FORWARD
        if callable(among):
            return self._around(start, among, number, forward)
        found = [one for one in among if not forward or one.offer.placement.first >= start]
        found.sort(key=lambda one: abs(one.offer.placement.first - start))
        return found[:number]

    def _around(self, start: int, wanted: Wanted, number: int, forward: bool) -> list[Placed]:
        random, stock = self._random, self._stock
        chosen: list[Placed] = []
        for pair in zip_longest(range(start, stock.slots), () if forward else range(start - 1, -1, -1)):
            for slot in pair:
                if slot is None:
                    continue
                for id in stock.beginning[slot]:
                    one = stock.placed[id]
                    if wanted(one) and (not chosen or random.random() < DENSE):
                        chosen.append(one)
                        if len(chosen) >= number:
                            return chosen
        return chosen

    def _any(self) -> int:
        """Return the number of a session drawn at random."""
        while True:
            at = self._stock.beginning[self._random.randrange(self._stock.slots)]
            if at:
                # Slots in which few begin are as likely as any: a session there is as likely out of place.
                return list(at)[self._random.randrange(len(at))]
