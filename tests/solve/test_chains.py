"""Programmes of single sessions: the interval model against the count board, and where it does not apply."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from tests.builders import TWO_PERIODS, closure, course, group, instructor, programme, venue
from trainplan.audit import audit
from trainplan.model import After
from trainplan.outcome import Limits
from trainplan.solve import plan, planner
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
                at_least=random.choice([None, None, 2, 4]),
                at_most=random.choice([None, None, None, 6]),
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
