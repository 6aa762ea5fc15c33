"""What ``plan`` promises beyond the best value: honest words, even classes, one answer for one seed."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from threading import Event

import pytest

from tests.builders import course, group, instructor, programme, schedule, session, venue
from trainplan.audit import audit
from trainplan.model import After
from trainplan.outcome import Fault, Limits
from trainplan.solve import answer, plan

ROOT = Path(__file__).parents[2]
QUICK = Limits(seconds=30, workers=1)


def sizes(outcome):
    return sorted(one.seats for one in outcome.schedule.sessions)


def test_class_sizes_come_out_even_where_it_costs_nothing():
    made = programme(
        course("CP", "police:31", features="", max_class=30),
        venues=[venue("one", 30), venue("two", 30)],
        groups=[group("police", 31, 31)],
        goals=("seats", "sessions"),
    )
    assert sizes(plan(made, QUICK)) == [15, 16]


def test_classes_of_different_weeks_come_out_even_too():
    made = programme(
        course("CP", "police:31", length=5, features="", max_class=30, start_on=[0]),
        venues=[venue("one", 30)],
        groups=[group("police", 31, 31)],
        goals=("seats", "sessions"),
    )
    assert sizes(plan(made, QUICK)) == [15, 16]


def test_a_goal_comes_before_even_sizes():
    made = programme(
        course("CP", "police:31", length=5, features="", max_class=30, start_on=[0]),
        venues=[venue("one", 30)],
        groups=[group("police", 31, 31)],
    )
    outcome = plan(made, QUICK)
    assert outcome.status == "optimal"
    assert sizes(outcome) == [1, 30]


def test_what_does_not_fit_is_left_out_with_a_reason():
    made = programme(
        course("CP", "police:10", features="", max_class=4),
        venues=[venue("one", 4)],
        starts="03-01",
        ends="03-02",
    )
    outcome = plan(made, QUICK)
    assert outcome.status == "optimal"
    assert outcome.goals[0].value == outcome.goals[0].bound == 2
    (left,) = outcome.unplaced
    assert (left.course, left.group, left.seats) == ("CP", "police", 2)
    assert left.because


def test_seats_count_even_if_no_goal_names_them():
    made = programme(course("CP", "police:10"), goals=("finish",))
    outcome = plan(made, QUICK)
    assert [(one.name, one.value) for one in outcome.goals] == [("finish", 1)]
    assert outcome.schedule.sessions[0].seats == 10


def test_people_are_really_dealt_out():
    # Three courses whose sessions overlap in pairs: counts alone would seat two people in all of them.
    made = programme(
        course("AA", "police:2", length=2),
        course("BB", "police:2", length=2),
        course("CC", "police:2", length=2),
        groups=[group("police", 2)],
        starts="03-01",
        ends="03-05",
        goals=("seats", "finish"),
    )
    outcome = plan(made, QUICK)
    assert outcome.status == "optimal"
    assert outcome.goals[0].value == 2  # five days hold two courses of two days for each
    assert [one for one in audit(made, outcome.schedule) if one.rule != "demand"] == []


def pinned(**other):
    return schedule(session("CP-07", "03-03", "police:4", venue="one", **other))


def hall_for(seats=4, **other):
    return programme(
        course("CP", "police:8", features="", max_class=seats), venues=[venue("one", 30)], **other
    )


def test_pins_are_kept_and_names_survive():
    made = hall_for()
    before = pinned(pin="all", status="published")
    outcome = plan(made, QUICK, before=before)
    kept = next(one for one in outcome.schedule.sessions if one.id == "CP-07")
    assert replace(kept, title="") == replace(before.sessions[0], title="")
    assert [one.id for one in outcome.schedule.sessions] == ["CP-01", "CP-07"]
    assert outcome.goals[0].value == 0


def test_pins_that_break_a_rule_are_named():
    made = hall_for(seats=3)
    outcome = plan(made, QUICK, before=pinned(pin="all"))
    assert outcome.status == "infeasible"
    assert outcome.schedule is None
    assert {one.rule for one in outcome.because} == {"class-size"}


def test_pins_that_hold_more_seats_than_were_asked_for_are_named():
    made = hall_for(seats=30)
    before = schedule(
        session("CP-07", "03-03", "police:6", venue="one", pin="all"),
        session("CP-08", "03-04", "police:6", venue="one", pin="all"),
    )
    outcome = plan(made, QUICK, before=before)
    assert outcome.status == "infeasible"
    assert "demand" in {one.rule for one in outcome.because}


def test_stopped_before_it_began_it_still_says_so():
    stop = Event()
    stop.set()
    outcome = plan(hall_for(), QUICK, stop=stop)
    assert outcome.interrupted
    assert outcome.status in ("unknown", "feasible")


def test_the_same_seed_gives_the_same_schedule():
    made = programme(
        course("CP", "police:40", length=3, features="", max_class=12),
        course("CY", "police:30", length=2, features="", max_class=9, after=(After("CP", at_least=2),)),
        venues=[venue("one", 12), venue("two", 10), venue("three", 10)],
        groups=[group("police", 60, 20)],
    )
    limits = Limits(seconds=3, seed=7, reproducible=True)
    first, second = (plan(made, limits) for _ in range(2))
    assert first.schedule == second.schedule
    assert first.goals == second.goals
    assert first.seconds == second.seconds


HASHED = """
from tests.builders import course, group, programme
from trainplan.model import After
from trainplan.outcome import Limits
from trainplan.solve import plan
made = programme(
    *(course(id, "police:4", max_class=1) for id in ("AA", "BB", "CC")),
    course("DD", "police:3", after=tuple(map(After, ("AA", "BB", "CC")))),
    groups=[group("police", 6)], starts="03-01", ends="03-12", goals=("seats", "early"),
)
outcome = plan(made, Limits(seconds=2, reproducible=True))
print(outcome.schedule, outcome.goals, outcome.seconds)
"""


def test_the_same_answer_whatever_the_order_of_sets():
    # People can't be dealt out at first, so cuts are made: they too must come in one order.
    def told(hash_seed):
        env = {**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONPATH": str(ROOT)}
        done = subprocess.run(
            [sys.executable, "-c", HASHED], capture_output=True, text=True, env=env, cwd=ROOT
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    assert told("1") == told("2")


def test_progress_is_told_goal_by_goal():
    heard = []
    plan(hall_for(), QUICK, report=heard.append)
    assert heard[0].goal == ""
    assert {one.goal for one in heard} <= {"", "seats", "due", "sessions", "early"}


def test_what_fails_its_audit_never_leaves():
    made = hall_for()
    wrong = schedule(session("CP-01", "03-06", "police:8", venue="one"))
    with pytest.raises(Fault, match="course-days"):
        answer.answer(made, wrong, (), (), seconds=0.0, interrupted=False)


def test_more_seats_than_were_asked_for_are_a_fault():
    made = hall_for(seats=30)
    wrong = schedule(session("CP-01", "03-01", "police:9", venue="one"))
    with pytest.raises(Fault):
        answer.answer(made, wrong, (), (), seconds=0.0, interrupted=False)


def test_two_qualified_for_one_place_each():
    made = programme(
        course("CP", "police:4", roles="law:1; safety:1"),
        instructors=[instructor("ann", "law; safety"), instructor("bob", "law")],
    )
    outcome = plan(made, QUICK)
    assert set(outcome.schedule.sessions[0].instructors) == {"ann", "bob"}


@pytest.mark.parametrize(("second", "stays"), [("03-04", 1), ("03-05", 2)])
def test_three_days_apart_is_one_stay_and_four_are_two(second, stays):
    made = programme(
        course("CP", "police:4", roles="law:1", latest="03-01"),
        course("CY", "police:4", roles="law:1", earliest=second, latest=second),
        instructors=[instructor("ann", "law", trip_cost=Decimal(100), cost_per_day=Decimal("10.25"))],
        goals=("seats", "cost"),
    )
    outcome = plan(made, QUICK)
    assert outcome.status == "optimal"
    # Two days at 10.25 are 20.50, and a half is rounded up.
    assert outcome.goals[1].value == outcome.goals[1].bound == stays * 100 + 21
