"""The tiny programmes: each family turns on what a few rules are about, plainly and at random."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from tests.builders import (
    TWO_PERIODS,
    closure,
    course,
    group,
    instructor,
    programme,
    schedule,
    session,
    venue,
)
from tests.twins.brute import Tiny
from trainplan.model import After

# March 2027 begins on a Monday. With one period a day, slot 0 is Monday the 1st and 5 a Saturday.


def rooms(random: Random) -> Tiny:
    capacity = random.choice((1, 2))
    made = programme(
        course(
            "CP",
            "police:2",
            length=2,
            features="lab",
            max_class=2,
            min_class=random.choice((1, 2)),
            span=random.random() < 0.3,
            start_on=random.choice((None, (0, 1), (3,))),
            latest=random.choice((None, "03-04")),
            earliest=random.choice((None, "03-02")),
        ),
        venues=[
            venue("one", capacity, "lab"),
            venue("two", capacity, "lab; screen"),
            venue("hut", 3, "", site="hill", available_until=random.choice((None, "03-02"))),
        ],
        closures=[
            closure(
                *random.choice((("venue", "one"), ("site", "hill"), ("course", "CP"), ("all", ""))), "03-02"
            )
        ],
        starts="03-01",
        ends="03-08",
    )
    when = [(0, 1), (1, 2), (2, 3), (3, 4), (4, 5), (4, 7), (0,), (0, 1, 2)]
    return Tiny("rooms", made, {"CP": random.sample(when, 4)}, seats=(1, 2))


def like_rooms(random: Random) -> Tiny:
    """Two rooms that are counted together, and a third that is not."""
    made = programme(
        course("CP", "police:2", length=2, features="", max_class=1),
        course("CY", "police:1", length=1, features="", parallel=random.choice((None, 1))),
        venues=[venue("one", 1), venue("two", 1), venue("big", random.choice((1, 3)))],
        starts="03-01",
        ends="03-03",
    )
    return Tiny("like rooms", made, {"CP": [(0, 1), (1, 2)], "CY": [(0,), (1,)]}, sessions=3)


def people_who_teach(random: Random) -> Tiny:
    made = programme(
        course("CP", "police:1", roles=random.choice(("law:1; safety:1", "law:2", "safety:1"))),
        course("CY", "police:1"),
        instructors=[
            instructor("ann", "law; safety"),
            instructor("bob", "law"),
            instructor("cyd", random.choice(("law", "safety until 03-01", "cooking", "safety until 03-02"))),
            instructor("dee", "safety", available_from=random.choice((None, "03-02"))),
        ],
        closures=[closure("instructor", random.choice(("ann", "bob")), "03-02")],
        starts="03-01",
        ends="03-02",
    )
    return Tiny("people who teach", made, {"CP": [(0,), (1,)], "CY": [(0,)]}, seats=(1,), staff=2)


def weekly_load(random: Random) -> Tiny:
    made = programme(
        course("CP", "police:3", length=2, whole_days=False, roles="law:1", max_class=1),
        instructors=[
            instructor("ann", "law", max_days_per_week=random.choice((1, 2))),
            instructor("bob", "law", available_until="03-02"),
        ],
        starts="03-05",
        ends="03-09",
        periods=TWO_PERIODS,
    )
    # Slots 0 and 1 are Friday, 6 to 9 Monday and Tuesday.
    when = random.sample([(0, 1), (1, 6), (6, 7), (7, 8), (8, 9)], 4)
    return Tiny("weekly load", made, {"CP": when}, sessions=3, seats=(1, 2, 3), staff=1)


def cover(random: Random) -> Tiny:
    mixed = random.random() < 0.5
    made = programme(
        course("CP", "north:2; south:1", mixed=mixed, max_class=random.choice((2, 3)), length=2),
        course("CY", "north:1", length=1, parallel=random.choice((None, 1))),
        groups=[
            group("police", 5, random.choice((2, 3))),
            group("north", 3, random.choice((1, 2, 3)), part_of="police"),
            group("south", 2, random.choice((0, 1)), part_of="police", available_from="03-02"),
        ],
        closures=[closure("group", random.choice(("police", "north", "south")), "03-03")],
        starts="03-01",
        ends="03-04",
    )
    return Tiny("cover", made, {"CP": [(0, 1), (1, 2)], "CY": [(1,), (3,)]}, sessions=3, seats=(1, 2))


def order(random: Random) -> Tiny:
    """Each person's own order, with every kind of lag."""
    lags = (After("CP"), After("CP", at_least=2), After("CP", at_least=1, at_most=2), After("CP", at_most=1))
    return _in_order(random, random.choice(lags))


def order_of_all(random: Random) -> Tiny:
    """An order over all sessions, whatever the groups."""
    lags = (
        After("CP", all=True),
        After("CP", all=True, at_least=2),
        After("CP", all=True, at_least=1, at_most=2),
        After("CP", all=True, at_most=1),
    )
    return _in_order(random, random.choice(lags))


def _in_order(random: Random, after: After) -> Tiny:
    made = programme(
        course("CP", "north:2; south:1", max_class=2),
        course("CY", random.choice(("north:1", "north:2")), after=(after,)),
        groups=[group("north", 2), group("south", 1)],
        starts="03-01",
        ends="03-05",
    )
    when = sorted(random.sample([(0,), (1,), (2,), (3,), (4,)], 3))
    return Tiny("order", made, {"CP": when, "CY": [(1,), (2,), (4,)]}, sessions=3, seats=(1, 2))


def half_days(random: Random) -> Tiny:
    made = programme(
        course("CP", "police:1", length=random.choice((1, 2)), whole_days=False, parallel=1),
        course(
            "CY",
            "police:1",
            length=2,
            whole_days=True,
            after=(After("CP", at_least=random.choice((None, 0, 1))),),
        ),
        starts="03-01",
        ends="03-02",
        periods=TWO_PERIODS,
    )
    return Tiny(
        "half-days",
        made,
        {"CP": [(0,), (1,), (0, 1), (1, 2), (3,)], "CY": [(0, 1), (1, 2), (2, 3)]},
        seats=(1,),
    )


def attendance(random: Random) -> Tiny:
    heads = random.choice((2, 3))
    after = random.choice(((), (After("CP", at_most=random.choice((None, 1, 2))),)))
    made = programme(
        course("CP", f"police:{heads}", length=random.choice((1, 2))),
        course("CY", "police:2", length=2),
        course("FA", "police:2", length=1, after=after),
        groups=[group("police", heads)],
        starts="03-01",
        ends="03-05",
    )
    length = made.courses["CP"].length
    return Tiny(
        "attendance",
        made,
        {
            "CP": [tuple(range(start, start + length)) for start in (0, 2)],
            "CY": [(0, 1), (1, 2)],
            "FA": [(1,), (2,), (3,)],
        },
        sessions=4,
        seats=(1, 2) if heads == 2 else (1, 2, 3),
    )


def pins(random: Random) -> Tiny:
    before = schedule(
        session(
            "CP-77",
            "03-02",
            "police:1",
            venue="one",
            instructors="ann",
            pin=random.choice(
                ("date", "venue", "instructors", "seats", "all", "date; seats", "venue; instructors")
            ),
        )
    )
    made = programme(
        course("CP", "police:2", features="", roles="law:1"),
        venues=[venue("one", 2), venue("two", 2)],
        instructors=[instructor("ann", "law"), instructor("bob", "law")],
        starts="03-01",
        ends="03-02",
    )
    return Tiny("pins", made, {"CP": [(0,), (1,)]}, seats=(1, 2), staff=1, before=before)


# Each family with the rules that it compares alone; all rules together are compared in each.
FAMILIES = {
    rooms: (
        "course-days",
        "course-window",
        "venue-features",
        "venue-closed",
        "venue-clash",
        "venue-capacity",
        "class-size",
        "demand",
    ),
    like_rooms: ("venue-clash", "venue-capacity", "class-size", "course-parallel", "demand"),
    people_who_teach: (
        "instructor-clash",
        "instructor-qualified",
        "instructor-closed",
        "instructor-roles",
        "demand",
    ),
    weekly_load: ("instructor-load", "instructor-clash", "course-days"),
    cover: ("group-cover", "group-closed", "class-mix", "class-size", "course-parallel", "demand"),
    order: ("course-order", "demand"),
    order_of_all: ("course-order",),
    half_days: ("course-order", "course-days", "course-parallel"),
    attendance: ("group-attendance & course-order", "course-order"),
    pins: ("pinned",),
}


def tinies(seeds: range) -> Iterator[tuple[Tiny, tuple[str, ...]]]:
    """Yield a programme of each family for each seed, with the rules to compare alone."""
    for seed in seeds:
        for family, rules in FAMILIES.items():
            yield family(Random(f"{family.__name__} {seed}")), rules
