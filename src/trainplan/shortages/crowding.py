"""Whether several courses together ask more of the same things than these have: Hall's condition.

For each set of things that some course depends on, and each stretch of time that holds the runs of some
courses, what these courses need is held against what the things can give on those courses' own days.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from trainplan.shortages.openings import joined

# So many different sets are also paired, and so many beginnings of stretches tried. More only happens in
# programmes of hundreds of courses, where the sets themselves and the first beginnings must do.
PAIRED, BEGINNINGS = 40, 60
# From this share on things are nearly used up, which is worth a warning; of one kind so many will do.
TIGHT, FEW = 0.9, 3

Supply = Callable[[Mapping[str, int]], int]


@dataclass(frozen=True, slots=True)
class Need:
    """What one course asks of some things.

    Attributes:
        course: Which course.
        slots: How many slots of them it takes altogether.
        useful: Each thing that will do, and the slots (bits) in which it can be of use to the course.
    """

    course: str
    slots: int
    useful: Mapping[str, int]

    @property
    def things(self) -> frozenset[str]:
        """Every thing that will do."""
        return frozenset(self.useful)

    @property
    def span(self) -> tuple[int, int]:
        """First and last slot in which anything can be of use."""
        mask = joined(self.useful.values())
        return (mask & -mask).bit_length() - 1, mask.bit_length() - 1


@dataclass(frozen=True, slots=True)
class Crowd:
    """Needs that compete for the same things.

    Attributes:
        needs: Of which courses.
        useful: The things, and the slots (bits) in which they can be of use to any of them.
        demand, supply: Slots asked for, and slots that there are.
    """

    needs: tuple[Need, ...]
    useful: Mapping[str, int]
    demand: int
    supply: int

    @property
    def share(self) -> float:
        """Demand as a share of supply."""
        return self.demand / self.supply if self.supply else float("inf")

    @property
    def courses(self) -> tuple[str, ...]:
        """The courses, each once."""
        return tuple(dict.fromkeys(need.course for need in self.needs))

    @property
    def span(self) -> tuple[int, int]:
        """First and last slot in which the things can be of use."""
        spans = [need.span for need in self.needs]
        return min(first for first, _ in spans), max(last for _, last in spans)


def crowd_of(needs: Sequence[Need], supply: Supply) -> Crowd:
    """Return what these needs come to together."""
    useful: dict[str, int] = {}
    for need in needs:
        for thing, mask in need.useful.items():
            useful[thing] = useful.get(thing, 0) | mask
    return Crowd(tuple(needs), useful, sum(need.slots for need in needs), supply(useful))


def crowds(needs: Sequence[Need], supply: Supply) -> Iterator[Crowd]:
    """Yield for each set of things the crowd that presses hardest on it."""
    spans = {id(need): need.span for need in needs}
    for things in _sets([need.things for need in needs]):
        inside = sorted((need for need in needs if need.things <= things), key=lambda one: spans[id(one)][1])
        worst: Crowd | None = None
        for first in sorted({spans[id(need)][0] for need in inside})[:BEGINNINGS]:
            within = [need for need in inside if spans[id(need)][0] >= first]
            useful: dict[str, int] = {}
            demand = 0
            for count, need in enumerate(within, start=1):
                demand += need.slots
                for thing, mask in need.useful.items():
                    useful[thing] = useful.get(thing, 0) | mask
                given = supply(useful)
                if worst is None or demand * worst.supply > worst.demand * given:
                    worst = Crowd(tuple(within[:count]), dict(useful), demand, given)
        if worst is not None:
            yield worst


def smallest(crowd: Crowd, supply: Supply) -> Crowd:
    """Leave out needs while those that are left still ask too much."""
    for need in sorted(crowd.needs, key=lambda one: one.slots):
        fewer = crowd_of([other for other in crowd.needs if other is not need], supply)
        if fewer.demand > fewer.supply:
            crowd = fewer
    return crowd


def _sets(things: Sequence[frozenset[str]]) -> list[frozenset[str]]:
    kinds = list(dict.fromkeys(things))
    pairs = (
        [one | other for one, other in combinations(kinds, 2) if one & other] if len(kinds) <= PAIRED else []
    )
    return list(dict.fromkeys([*kinds, *pairs, frozenset().union(*kinds)]))


def notable(needs: Sequence[Need], supply: Supply) -> tuple[list[Crowd], list[Crowd]]:
    """Return the crowds that ask too much, none containing another, and those that nearly do.

    Args:
        needs: What all courses ask.
        supply: What things can give in their useful slots.
    """
    needs = [need for need in needs if need.useful]
    too_much: list[Crowd] = []
    nearly: list[Crowd] = []
    for crowd in crowds(needs, supply):
        if crowd.demand > crowd.supply:
            too_much.append(smallest(crowd, supply))
        elif crowd.share >= TIGHT:
            nearly.append(crowd)
    kept: list[Crowd] = []
    for crowd in sorted(too_much, key=lambda one: (len(one.courses), -one.share)):
        if not any(set(other.courses) <= set(crowd.courses) for other in kept):
            kept.append(crowd)
    named = {course for crowd in kept for course in crowd.courses}
    close: list[Crowd] = []
    for crowd in sorted(nearly, key=lambda one: -one.share):
        if named.isdisjoint(crowd.courses):
            close.append(crowd)
            named.update(crowd.courses)
    return kept, close[:FEW]
