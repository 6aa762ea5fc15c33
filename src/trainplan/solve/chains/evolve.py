"""Better and better lists: a small genetic algorithm over orders, each child pushed right and left again.

Orders are crossed at two points, which keeps tasks behind those before them (S. Hartmann, 1998); a child
that is better takes the place of the worst.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

from trainplan.solve.chains.listing import Lister, Picks, Starts

POPULATION = 40
MUTATION = 0.05
FRUITLESS = 400  # children in a row, none of which is better than the best, before starting anew

Plan = tuple[Starts, Picks]
Value = tuple[int, ...]


class Evolution:
    """The best plan so far and a population to breed better ones from.

    Attributes:
        best: The best plan so far, or None.
        value: What it is worth; smaller is better.
        lister: Places tasks; one that uses less of the axis may take its place.
    """

    def __init__(self, lister: Lister, measure: Callable[[Starts], Value], random: Random) -> None:
        """Start without any plan.

        Args:
            lister: Places tasks.
            measure: The value of a plan; smaller is better.
            random: Where chance comes from.
        """
        self.best: Plan | None = None
        self.value: Value = ()
        self.lister = lister
        self._measure = measure
        self._random = random
        tails = lister.tails()
        self._rules: list[list[float]] = [
            [-tail for tail in tails],
            [length - tail for tail, length in zip(tails, lister.lengths, strict=True)],
            [-len(one) for one in _all_behind(lister.behind)],
        ]
        self._people: list[tuple[Value, list[int]]] = []
        self._fruitless = 0

    def step(self) -> None:
        """Try one more order."""
        order = self._sampled() if len(self._people) < POPULATION else self._child()
        tried = self._decoded(order)
        if tried is None:
            return
        value, listed, plan = tried
        self._fruitless += 1
        if self.best is None or value < self.value:
            self.best, self.value, self._fruitless = plan, value, 0
        if len(self._people) < POPULATION:
            self._people.append((value, listed))
            return
        worst = max(range(POPULATION), key=lambda one: self._people[one][0])
        if value <= self._people[worst][0] and all(listed != other for _, other in self._people):
            self._people[worst] = (value, listed)
        if self._fruitless > FRUITLESS:
            self._people, self._fruitless = [], 0

    def _sampled(self) -> list[int]:
        """Return an order by a priority rule, shaken by chance but for the very first."""
        random = self._random
        first = self.best is None
        rule = self._rules[0] if first else random.choice(self._rules)
        spread = 0.0 if first else (max(rule) - min(rule) + 1) * random.choice((0.05, 0.15, 0.3))
        return self.lister.ordered([base + spread * random.random() for base in rule])

    def _child(self) -> list[int]:
        random, people = self._random, self._people
        mother, father = (min(random.sample(people, 2))[1] for _ in range(2))
        size = len(mother)
        low, high = sorted((random.randrange(size + 1), random.randrange(size + 1)))
        head = mother[:low]
        taken = set(head)
        for task in father:
            if len(head) == high:
                break
            if task not in taken:
                head.append(task)
                taken.add(task)
        child = head + [task for task in mother if task not in taken]
        before = self.lister.before
        for at in range(size - 1):
            if random.random() < MUTATION and child[at] not in before[child[at + 1]]:
                child[at], child[at + 1] = child[at + 1], child[at]
        return child

    def _decoded(self, order: Sequence[int]) -> tuple[Value, list[int], Plan] | None:
        lister, lengths = self.lister, self.lister.lengths
        plan = lister.left(order)
        if plan is None:
            return None
        if lister.justifies:
            starts = plan[0]
            until = max(start + length for start, length in zip(starts, lengths, strict=True))
            late = sorted(range(len(lengths)), key=lambda one: -starts[one] - lengths[one])
            pushed = lister.right(late, until)
            if pushed is not None:
                back = lister.left(sorted(range(len(lengths)), key=pushed[0].__getitem__))
                if back is not None and self._measure(back[0]) <= self._measure(starts):
                    plan = back
        starts = plan[0]
        return self._measure(starts), sorted(range(len(lengths)), key=starts.__getitem__), plan


def _all_behind(behind: Sequence[Sequence[int]]) -> list[set[int]]:
    """Return for each task all that come behind it by whatever chain."""
    found: list[set[int] | None] = [None] * len(behind)

    def gather(task: int) -> set[int]:
        known = found[task]
        if known is None:
            known = set(behind[task]).union(*(gather(then) for then in behind[task]))
            found[task] = known
        return known

    return [gather(task) for task in range(len(behind))]
