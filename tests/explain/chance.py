"""Tiny programmes at random, many of them impossible, and what became of explaining them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from random import Random
from typing import Any

from tests.builders import closure, course, day, group, instructor, programme, session, venue
from tests.explain.naive import possible
from trainplan.explain import Explanation, explain
from trainplan.explain.gather import Statements
from trainplan.model import After, Course, Programme, Schedule, Session
from trainplan.outcome import Limits

LAST = ("03-01", "03-02", "03-03", "03-04", "03-05", "03-08")


def drawn(seed: int, *, shifting: bool = False) -> tuple[Programme, Schedule | None]:
    """Draw a programme of one to three courses in a week or so, and a schedule whose pins are to be kept.

    If it is ``shifting`` leaving out a statement may shift dates: there are days off for everybody, longest
    lags, courses that run on after them, half-days, and pins. Else there is no schedule.
    """
    chance = Random(seed)

    def maybe(share: float, value: Any, other: Any = None) -> Any:
        return value if chance.random() < share else other

    halves = shifting and chance.random() < 0.2
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
                most = maybe(0.6 if shifting else 0.2, (least or 0) + chance.randint(0, 3))
                after = (After(first.id, everyone, least, most),)
        least_class = chance.choice((1, 1, 1, 2))
        courses.append(
            course(
                id,
                seats,
                length=chance.choice((1, 2, 3) if shifting else (1, 1, 2, 3)),
                whole_days=not halves,
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
    if shifting:
        for _ in range(chance.choice((0, 1, 1, 2))):
            first = chance.choice(LAST[1:5])
            closures.append(closure("all", "", f"{first}..{max(first, chance.choice((first, LAST[3])))}"))
    made = programme(
        *courses,
        groups=groups,
        venues=venues,
        instructors=teachers,
        closures=closures,
        ends=day(chance.choice(LAST[1:])),
        periods=("morning", "afternoon") if halves else ("day",),
    )
    if not shifting or chance.random() < 0.4:
        return made, None
    return made, Schedule.of([_pinned(made, chance.choice(courses), chance)])


def _pinned(made: Programme, one: Course, chance: Random) -> Session:
    """Draw a session with pins, on days that may or may not be right."""
    periods, free = len(made.periods), [day(text) for text in LAST]
    off = {
        block[0]
        for row in made.closures
        if row.whom == "all" and chance.random() < 0.8
        for block in row.blocks
    }
    days = [each for each in free if each not in off]
    first = chance.randrange(len(days))
    count = -(-one.length // periods)
    taken = "; ".join(each.isoformat() for each in days[first : first + count])
    groups = {chance.choice(list(one.seats)): 1}
    asked = sum(role.count for role in one.roles)
    staff = chance.sample(["ann", "bob"], min(2, asked))
    wants = ["date", "seats"] if len(one.seats) > 1 else ["date"]
    pins = [*wants, *(pin for pin in ("venue", "instructors", "seats") if chance.random() < 0.3)]
    drawn = session(
        f"{one.id}-01",
        taken,
        groups,
        venue=chance.choice(("v", "w")) if one.features is not None else "",
        instructors="; ".join(staff),
        pin="; ".join(dict.fromkeys(pins)),
        periods=periods,
    )
    return replace(drawn, slots=drawn.slots[: one.length])


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


def judged(seed: int, *, shifting: bool = False) -> Verdict:
    """Explain a programme, and try everything to see whether the explanation is right."""
    made, before = drawn(seed, shifting=shifting)
    statements = Statements(made, before)
    lines = statements.about(statements.everything)
    can = possible(made, lines, before)
    told = explain(made, Limits(30.0, workers=1), before=before)
    verdict = Verdict(seed, not can, told)
    if told.verdict != ("possible" if can else "impossible"):
        verdict.faults.append(f"is {'possible' if can else 'impossible'} and was called {told.verdict}")
    for cause in told.causes:
        verdict.causes += 1
        verdict.verified += cause.verified
        alone = not possible(made, cause.lines, before)
        fewer = ([one for one in cause.lines if one is not line] for line in cause.lines)
        without = all(possible(made, some, before) for some in fewer)
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
                mended, kept = fix.change.make((made, before))
                again = Statements(mended, kept)
                works = possible(mended, again.about(again.everything), kept)
                verdict.working += works
                if not works:
                    verdict.faults.append(f"is no fix: {fix.change.message}")
    return verdict


def impossible(count: int, start: int = 0) -> Iterator[Verdict]:
    """Judge programmes until ``count`` impossible ones have been seen; the possible ones come too.

    Every other one is shifting.
    """
    seed, seen = start, 0
    while seen < count:
        verdict = judged(seed, shifting=bool(seed % 2))
        seen += verdict.impossible
        seed += 1
        yield verdict
