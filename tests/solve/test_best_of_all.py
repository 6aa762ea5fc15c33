"""What the engine calls optimal is the best of all schedules, found by trying every one."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import combinations_with_replacement
from random import Random

import pytest

from tests.builders import TWO_PERIODS, closure, course, group, instructor, programme, schedule, venue
from tests.twins.brute import Tiny, single
from trainplan.audit import audit
from trainplan.goals import GOALS
from trainplan.model import After, Schedule
from trainplan.outcome import Limits
from trainplan.solve import plan
from trainplan.workdays import Calendar


def rooms_and_dates(random):
    return programme(
        course(
            "CP",
            "police:3",
            length=2,
            features="",
            max_class=2,
            min_class=random.choice((1, 2)),
            due=random.choice((None, "03-03")),
        ),
        course("CY", "police:1", length=1, features="lab", priority=random.choice((1, 5))),
        venues=[
            venue("one", random.choice((1, 2)), "lab", cost_per_day=Decimal(random.choice((0, 50)))),
            venue("two", 3, cost_per_day=Decimal("20.5")),
        ],
        groups=[group("police", 3, random.choice((1, 2, 3)))],
        closures=[closure(*random.choice((("venue", "one"), ("all", ""))), "03-02")],
        starts="03-01",
        ends="03-03",
    )


def teachers_who_fly_in(random):
    return programme(
        course("CP", "police:2", max_class=1, roles="law:1"),
        course("CY", "police:1", length=2, roles="law:1"),
        groups=[group("police", 2)],
        instructors=[
            instructor("ann", "law", cost_per_day=Decimal(random.choice((10, 40))), max_days_per_week=2),
            instructor(
                "bob",
                "law",
                trip_cost=Decimal(random.choice((5, 95))),
                cost_per_day=Decimal(random.choice((1, 10))),
            ),
        ],
        starts="03-01",
        ends=random.choice(("03-04", "03-08")),
        working_days=frozenset(random.sample(range(5), 4)),
    )


def halves_in_order(random):
    return programme(
        course(
            "CP", "north:2; south:1", length=1, whole_days=False, mixed=random.random() < 0.5, max_class=2
        ),
        course(
            "CY",
            "north:1",
            length=random.choice((1, 2)),
            whole_days=False,
            after=(random.choice((After("CP"), After("CP", at_least=1), After("CP", all=True))),),
        ),
        groups=[
            group("police", 3, random.choice((1, 2)), part_of=None),
            group("north", 2, 2, part_of="police"),
            group("south", 1, 1, part_of="police"),
        ],
        periods=TWO_PERIODS,
        starts="03-01",
        ends="03-02",
    )


ORDERS = [
    ("seats", "due", "sessions", "early"),
    ("seats", "cost", "early"),
    ("seats", "finish", "even", "cost"),
    ("seats", "even", "sessions", "finish"),
]


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("make", [rooms_and_dates, teachers_who_fly_in, halves_in_order])
def test_optimal_is_the_best_of_all(make, seed):
    random = Random(f"{make.__name__} {seed}")
    made = make(random)
    for goals in ORDERS:
        tried = replace(made, goals=goals)
        outcome = plan(tried, Limits(seconds=60, workers=1))
        assert outcome.status == "optimal"
        found = tuple(result.value for result in outcome.goals)
        assert found == best_of_all(tried), goals


def best_of_all(made):
    """Try every set of up to four sessions, each of them sound by itself."""
    calendar = Calendar(made)
    when = {id: [place.slots for place in calendar.placements(one)] for id, one in made.courses.items()}
    seats = tuple(range(1, 1 + max(max(one.seats.values()) for one in made.courses.values())))
    tiny = Tiny("every schedule", made, when, seats=seats, staff=1 if made.instructors else 0)
    choices = [
        one
        for course in made.courses.values()
        for one in single(tiny, course)
        if sound(made, schedule(replace(one, id="x")), but=("demand", "course-order"))
    ]
    best = None
    for number in range(5):
        for chosen in combinations_with_replacement(choices, number):
            tried = Schedule.of(replace(one, id=f"{one.course}-{at}") for at, one in enumerate(chosen))
            values = tuple(GOALS[name].measure(made, tried) for name in made.goals)
            if (best is None or values < best) and not too_many(made, tried) and sound(made, tried):
                best = values
    return best


def sound(made, tried, but=("demand",)):
    return all(one.rule in but for one in audit(made, tried))


def too_many(made, tried):
    placed = {}
    for session in tried.live:
        for name, seats in session.groups.items():
            placed[session.course, name] = placed.get((session.course, name), 0) + seats
    return any(seats > made.courses[id].seats[name] for (id, name), seats in placed.items())
