"""Programmes of single sessions: the interval model against the count board, and where it does not apply."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from threading import Event

import pytest

from tests.builders import TWO_PERIODS, closure, course, group, instructor, programme, venue
from trainplan.audit import audit
from trainplan.model import After
from trainplan.outcome import Limits
from trainplan.solve import plan, planner
from trainplan.solve.chains.packed import Profile
from trainplan.solve.chains.tasks import fits
from trainplan.workdays import Calendar

QUICK = Limits(seconds=20, workers=1)


def single(id, seats, **other):
    """A course that can only be held once."""
    asked = sum(seats.values())
    smallest = asked if other.get("mixed") else max(seats.values())
    return course(id, seats, min_class=smallest, max_class=asked, **other)


def chain(random, goals):
    """A tiny programme of single sessions with a bit of everything."""
    periods = random.choice([("day",), ("day",), TWO_PERIODS])
    groups = [
        group("force", 9, random.choice([5, 6, 9])),
        group("police", 5, random.choice([4, 5]), part_of="force"),
        group("fire", 4, random.choice([3, 4]), part_of="force"),
    ]
    courses = []
    for number in range(random.choice([4, 5, 6])):
        mixed = random.random() < 0.5
        seats = {"police": random.choice([1, 2, 3])}
        if mixed:
            seats["fire"] = random.choice([1, 2])
        halves = len(periods) > 1 and random.random() < 0.5
        length = random.choice([1, 2, 3]) if halves else random.choice([1, 2, 3]) * len(periods)
        earlier = [
            After(
                f"C{one}",
                all=True,
                at_least=random.choice([None, None, 0, 1, 2, 4]),
                at_most=random.choice([None, None, None, 1, 6]),
            )
            for one in range(number)
            if random.random() < 0.35
        ]
        if earlier and random.random() < 0.3:
            # Alike people of one group: its own session of the earlier course must be over.
            earlier = [replace(earlier[0], all=False)] if seats["police"] == 1 else earlier
        courses.append(
            single(
                f"C{number}",
                seats,
                mixed=mixed,
                length=length,
                whole_days=not halves,
                span=random.random() < 0.7,
                features=random.choice([None, "", "screen"]),
                roles=random.choice(["", "", "law:1", "law:2", "law:1; drill:1"]),
                after=tuple(earlier),
                start_on=random.choice([None, None, None, {0, 1, 2}]),
                earliest=random.choice([None, None, "03-03"]),
                due=random.choice([None, "03-05"]),
            )
        )
    return programme(
        *courses,
        groups=groups,
        venues=[venue("one", 9), venue("two", 9), venue("three", 4, "screen")],
        instructors=[
            instructor("ann", "law"),
            instructor("bob", "law; drill"),
            instructor("cid", "law until 03-12; drill"),
        ],
        closures=[
            closure("all", "", "03-09"),
            closure("venue", "one", "03-02..03-04"),
            closure("instructor", "ann", "03-04..03-05"),
            closure("group", "fire", "03-01"),
            closure("course", "C2", "03-03"),
        ],
        periods=periods,
        ends="03-26",
        goals=goals,
    )


def values(outcome):
    return [(one.name, one.value) for one in outcome.goals]


GOALS = [("seats", "finish"), ("seats", "finish", "early"), ("seats", "due", "sessions", "early")]


@pytest.mark.parametrize("seed", range(12))
def test_the_optimum_is_that_of_the_count_board(seed, monkeypatch):
    random = Random(f"chains {seed}")
    tiny = chain(random, GOALS[seed % len(GOALS)])
    assert fits(Calendar(tiny), tiny.goals)
    by_intervals = plan(tiny, QUICK)
    monkeypatch.setattr(planner, "fits", lambda *_: False)
    by_counts = plan(tiny, QUICK)
    assert (by_intervals.status, by_counts.status) == ("optimal", "optimal")
    assert values(by_intervals) == values(by_counts)
    assert all(one.rule == "demand" for one in audit(tiny, by_intervals.schedule))


@pytest.mark.parametrize("seed", range(6))
def test_two_workers_that_breed_and_prove_side_by_side_find_the_same(seed):
    tiny = chain(Random(f"chains {seed}"), ("seats", "finish"))
    one, two = (plan(tiny, Limits(seconds=20, workers=workers)) for workers in (1, 2))
    assert one.status == two.status == "optimal"
    assert values(one) == values(two)


def tight(**other):
    """Three courses of two days for a group that can spare half of its people: one after another."""
    return programme(
        *(single(id, {"police": 6}, length=2, span=True, **other) for id in ("AA", "BB", "CC")),
        groups=[group("police", 10, 6)],
        goals=("finish",),
    )


def test_a_weekend_lies_between_where_it_must():
    outcome = plan(tight(), QUICK)
    assert outcome.status == "optimal"
    assert values(outcome) == [("finish", 8)]  # the third begins on a Friday and ends on a Monday


def fitting(made):
    return fits(Calendar(made), ("seats", *made.goals))


@pytest.mark.parametrize(
    ("why", "made"),
    [
        ("a course that may be split", programme(course("CP", "police:10", min_class=5), goals=("finish",))),
        ("one that must be", programme(course("CP", "police:40", min_class=21), goals=("finish",))),
        (
            "a goal that intervals don't know",
            programme(course("CP", "police:10", min_class=10), goals=("finish", "even")),
        ),
        (
            "an instructor whose week may be full",
            programme(
                course("CP", "police:10", min_class=10, roles="law:1"),
                instructors=[instructor("ann", "law", max_days_per_week=3)],
                goals=("finish",),
            ),
        ),
        (
            "a wait after the last of several sessions",
            programme(
                course("CP", "police:10; fire:10", min_class=10),
                course("RS", "police:10", min_class=10, after=(After("CP", all=True, at_most=9),)),
                goals=("finish",),
            ),
        ),
    ],
)
def test_other_programmes_are_left_to_the_count_board(why, made):
    assert not fitting(made), why


def test_what_does_not_fit_in_is_left_out_as_ever():
    made = programme(
        *(single(id, {"police": 6}) for id in ("AA", "BB", "CC")),
        groups=[group("police", 10, 6)],
        ends="03-02",
        goals=("seats", "finish"),
    )
    assert fitting(made)
    outcome = plan(made, QUICK)
    assert outcome.status == "optimal"
    assert values(outcome) == [("seats", 6), ("finish", 2)]


def test_a_schedule_to_start_from_gives_its_names():
    before = plan(tight(), QUICK).schedule
    renamed = replace(before, sessions=tuple(replace(one, id=f"{one.course}-07") for one in before.sessions))
    outcome = plan(tight(), QUICK, start=renamed)
    assert sorted(one.id for one in outcome.schedule.sessions) == ["AA-07", "BB-07", "CC-07"]


def test_people_who_cannot_be_dealt_out_leave_it_to_the_count_board(monkeypatch):
    from trainplan.solve.chains import run

    refused = []
    monkeypatch.setattr(run, "undealt", lambda *_: refused.append(1) or iter([("police", True)]))
    outcome = plan(tight(), QUICK)
    assert refused
    assert values(outcome) == [("finish", 8)]


def test_the_same_seed_gives_the_same_plan():
    made = chain(Random("chains 3"), ("seats", "finish", "early"))
    limits = Limits(seconds=3, seed=5, reproducible=True)
    first, second = (plan(made, limits) for _ in range(2))
    assert first.schedule == second.schedule
    assert first.seconds == second.seconds


def test_stopped_it_gives_what_it_has():
    made = chain(Random("chains 0"), ("seats", "finish", "early"))
    stop = Event()
    outcome = plan(made, Limits(seconds=60, workers=2), report=lambda _: stop.set(), stop=stop)
    assert outcome.interrupted
    assert outcome.status in ("unknown", "feasible", "optimal")


def test_bounds_never_exceed_the_optimum():
    for seed in range(6):
        made = chain(Random(f"chains {seed}"), ("seats", "finish", "early"))
        best = plan(made, QUICK)
        hasty = plan(made, Limits(seconds=0.2, workers=1, seed=1, reproducible=True))
        if hasty.goals and hasty.goals[0].value == best.goals[0].value:
            assert hasty.goals[1].bound <= best.goals[1].value


@pytest.mark.parametrize("seed", range(20))
def test_the_packed_profile_counts_as_a_table_does(seed):
    random = Random(seed)
    capacities, slots = [random.randint(1, 6) for _ in range(3)], 20
    profile, table = Profile(capacities, slots), [[one] * slots for one in capacities]
    for _ in range(12):
        resource, length = random.randrange(3), random.randint(1, 5)
        amount = random.randint(1, capacities[resource])
        among = random.getrandbits(slots)
        free = [
            start
            for start in range(slots - length + 1)
            if among >> start & 1 and min(table[resource][start : start + length]) >= amount
        ]
        found = profile.enough([(resource, amount)], length, profile.tops(among))
        assert found == profile.tops(sum(1 << start for start in free))
        assert profile.free(resource, amount, length, profile.tops(among)) == found
        if free:
            start = random.choice(free)
            profile.take(resource, amount, start, length)
            for slot in range(start, start + length):
                table[resource][slot] -= amount


def test_near_enough_is_enough():
    made = chain(Random("chains 3"), ("seats", "finish", "early"))
    outcome = plan(made, replace(QUICK, gap=0.5))
    assert all(one.value <= 1.5 * one.bound for one in outcome.goals)


def half_days(**lag):
    """Three half-days for one group, each with another for a second group that comes after all of it."""
    return programme(
        *(single(f"A{one}", {"a": 10}, whole_days=False, features="") for one in "123"),
        *(
            single(f"B{one}", {"b": 10}, whole_days=False, after=(After(f"A{one}", all=True, **lag),))
            for one in "123"
        ),
        groups=[group("a", 10), group("b", 10)],
        venues=[venue()],
        ends="03-12",
        periods=TWO_PERIODS,
    )


@pytest.mark.parametrize(
    ("lag", "early"),
    [
        ({"at_least": 0}, 30),
        ({"at_least": 1}, 50),
        ({"at_least": 1, "at_most": 1}, 50),
        ({"at_most": 0}, 60),
        ({"at_most": 1}, 30),
    ],
)
def test_a_lag_of_a_day_is_more_than_half_a_day(lag, early, monkeypatch):
    made = half_days(**lag)
    assert fits(Calendar(made), made.goals)
    by_intervals = plan(made, QUICK)
    monkeypatch.setattr(planner, "fits", lambda *_: False)
    assert values(by_intervals) == values(plan(made, QUICK))
    assert by_intervals.status == "optimal"
    assert dict(values(by_intervals))["early"] == early


@pytest.mark.parametrize(
    ("why", "other"),
    [
        ("its group is never there", {"closures": [closure("group", "police", "03-01..03-31")]}),
        ("the course is closed", {"closures": [closure("course", "AA", "03-01..03-31")]}),
        ("fewer may be away than make a class", {"groups": [group("police", 10, 3), group("fire", 4)]}),
        ("it is too long", {"ends": "03-02"}),
    ],
)
def test_what_has_no_place_at_all_leaves_the_rest_to_be_planned(why, other):
    made = programme(
        single("AA", {"police": 5}, length=3, span=True),
        single("BB", {"fire": 4}),
        goals=("seats", "finish"),
        **other,
    )
    assert fitting(made), why
    outcome = plan(made, QUICK)
    assert (outcome.status, values(outcome)) == ("optimal", [("seats", 5), ("finish", 1)]), why


@pytest.mark.parametrize(
    ("other", "unplaced"),
    [
        ({"earliest": "03-20", "latest": "03-10"}, 5),
        ({"start_on": {5}}, 5),
        ({"features": "pool"}, 5),
        ({"roles": "diving:1"}, 5),
        ({"roles": "law:2"}, 5),
        # Without the four seats that it waits for, the five have a place.
        ({"after": (After("BB", all=True, at_least=90),)}, 4),
        ({"after": (After("BB", all=True, at_least=3, at_most=2),)}, 4),
    ],
)
def test_a_course_that_can_never_be_held_leaves_the_rest_to_be_planned(other, unplaced):
    made = programme(
        single("AA", {"police": 5}, **other),
        single("BB", {"fire": 4}),
        venues=[venue()],
        instructors=[instructor("ann", "law")],
        goals=("seats", "finish"),
    )
    assert fitting(made)
    outcome = plan(made, QUICK)
    assert (outcome.status, values(outcome)) == ("optimal", [("seats", unplaced), ("finish", 1)])
