"""Tiny programmes at random, many of them impossible, and what became of explaining them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Any

from tests.builders import closure, course, day, group, instructor, programme, venue
from tests.explain.naive import possible
from trainplan.explain import Explanation, explain
from trainplan.explain.gather import Statements
from trainplan.model import After, Programme
from trainplan.outcome import Limits

LAST = ("03-01", "03-02", "03-03", "03-04", "03-05", "03-08")


def drawn(seed: int) -> Programme:
    """Draw a programme: one to three courses in a week or so."""
    chance = Random(seed)

    def maybe(share: float, value: Any, other: Any = None) -> Any:
        return value if chance.random() < share else other

    names = "ABC"[: chance.choice((1, 2, 2, 3))]
    courses = []
    for number, id in enumerate(names):
        groups = chance.choice((["north"], ["south"], ["north", "south"], ["north"]))
        small = len(names) == 3 or len(groups) == 2
        seats = {name: chance.randint(1, 1 if small and len(names) > 1 else 2) for name in groups}
        after: tuple[After, ...] = ()
        if number and chance.random() < 0.5:
            first = courses[chance.randrange(number)]
            everyone = chance.random() < 0.3
            binding = all(seats[one] <= first.seats.get(one, 9) for one in seats)
            if everyone or binding:
                least = maybe(0.3, chance.randint(1, 5))
                most = maybe(0.2, (least or 0) + chance.randint(0, 3))
                after = (After(first.id, everyone, least, most),)
        least_class = chance.choice((1, 1, 1, 2))
        courses.append(
            course(
                id,
                seats,
                length=chance.choice((1, 1, 2, 3)),
                min_class=least_class,
                max_class=max(least_class, chance.choice((1, 2, 3))),
                mixed=chance.random() < 0.3,
                features=chance.choice((None, None, "x", "y", "")),
                roles=chance.choice(("", "", "q:1", "r:1", "q:2")),
                start_on=maybe(0.15, chance.choice(((0,), (2,), (0, 4)))),
                span=chance.random() < 0.4,
                after=after,
                earliest=maybe(0.2, chance.choice(LAST)),
                latest=maybe(0.35, chance.choice(LAST)),
                parallel=maybe(0.2, 1),
            )
        )
    north, south = chance.randint(2, 3), 2
    groups = [
        group("north", north, maybe(0.5, 1), part_of="all", available_until=maybe(0.1, chance.choice(LAST))),
        group("south", south, maybe(0.3, 1), part_of="all"),
        group("all", north + south, maybe(0.3, chance.randint(1, 2))),
    ]
    venues = [
        venue("v", chance.choice((1, 2, 3)), "x", available_from=maybe(0.2, chance.choice(LAST))),
        venue("w", 2, chance.choice(("x", "y")), site=maybe(0.3, "hill", "")),
    ]
    teachers = [
        instructor(
            "ann",
            chance.choice(("q", "q until 03-03", "r", "q; r")),
            max_days_per_week=maybe(0.2, chance.randint(1, 2)),
        ),
        instructor("bob", chance.choice(("q", "r", "q")), available_until=maybe(0.3, chance.choice(LAST))),
    ]
    closures = [
        closure(whom, id, f"{chance.choice(LAST)}")
        for whom, id in (
            ("all", ""),
            ("venue", "v"),
            ("site", "hill"),
            ("group", "all"),
            ("instructor", "ann"),
            ("course", "A"),
        )
        if chance.random() < 0.15
    ]
    return programme(
        *courses,
        groups=groups,
        venues=venues,
        instructors=teachers,
        closures=closures,
        ends=day(chance.choice(LAST[1:])),
    )


@dataclass
class Verdict:
    """What became of one programme.

    Attributes:
        impossible: By trying everything.
        faults: What the explanation got wrong.
        causes, verified: How many causes, and how many it calls verified.
        sound, minimal: How many are impossible alone, and possible without any line, by trying everything.
        fixes, working: Fixes called verified where there is one cause, and those that work when tried.
    """

    seed: int
    impossible: bool
    told: Explanation
    faults: list[str] = field(default_factory=list)
    causes: int = 0
    verified: int = 0
    sound: int = 0
    minimal: int = 0
    fixes: int = 0
    working: int = 0


def judged(seed: int) -> Verdict:
    """Explain a programme, and try everything to see whether the explanation is right."""
    made = drawn(seed)
    statements = Statements(made, None)
    lines = statements.about(statements.everything)
    can = possible(made, lines)
    told = explain(made, Limits(30.0, workers=1))
    verdict = Verdict(seed, not can, told)
    if told.verdict != ("possible" if can else "impossible"):
        verdict.faults.append(f"is {'possible' if can else 'impossible'} and was called {told.verdict}")
    for cause in told.causes:
        verdict.causes += 1
        verdict.verified += cause.verified
        alone = not possible(made, cause.lines)
        without = all(possible(made, [one for one in cause.lines if one is not line]) for line in cause.lines)
        verdict.sound += alone
        verdict.minimal += alone and without
        if not alone:
            verdict.faults.append(f"can all hold: {[line.message for line in cause.lines]}")
        elif cause.verified and not without:
            verdict.faults.append(f"has a line too many: {[line.message for line in cause.lines]}")
    if len(told.causes) == 1:
        for fix in told.fixes:
            if fix.verified:
                verdict.fixes += 1
                mended, _ = fix.change.make((made, None))
                again = Statements(mended, None)
                works = possible(mended, again.about(again.everything))
                verdict.working += works
                if not works:
                    verdict.faults.append(f"is no fix: {fix.change.message}")
    return verdict


def impossible(count: int, start: int = 0) -> Iterator[Verdict]:
    """Judge programmes until ``count`` impossible ones have been seen; the possible ones come too."""
    seed, seen = start, 0
    while seen < count:
        verdict = judged(seed)
        seen += verdict.impossible
        seed += 1
        yield verdict
