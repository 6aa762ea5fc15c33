"""``Limits.gap``: a plan ends as soon as every goal is proved to be near enough to its bound."""

from __future__ import annotations

from random import Random

import pytest

from tests.builders import course, group, programme, schedule, session, venue
from trainplan.goals import GOALS
from trainplan.outcome import GoalResult, Limits, apart
from trainplan.solve import planner
from trainplan.solve.improve import Improver
from trainplan.solve.posted import posted
from trainplan.solve.search import Budget, minimise
from trainplan.workdays import Calendar


def crowded():
    """Return a programme whose last goal takes a while to prove."""
    return programme(
        course("AA", "police:30", length=2, features="", max_class=7),
        course("BB", "police:30", length=3, features="", max_class=9),
        course("CC", "police:30", features="", max_class=6),
        venues=[venue("one", 9), venue("two", 7)],
        groups=[group("police", 30, 14)],
        goals=("seats", "early"),
    )


def planned(gap, seconds=20.0):
    limits = Limits(seconds, seed=1, reproducible=True, gap=gap)
    return planner.run(crowded(), limits, before=None, report=None, stop=None)


@pytest.mark.parametrize(
    ("value", "bound", "gap"), [(0, 0, 0.0), (3, 5, 0.0), (102, 100, 0.02), (1, 0, float("inf"))]
)
def test_the_gap_is_a_share_of_the_bound(value, bound, gap):
    assert apart(value, bound) == GoalResult("", value, bound).gap == pytest.approx(gap)


def test_a_budget_knows_what_is_near_enough():
    budget = Budget(Limits(gap=0.02), None)
    assert budget.enough([0, 102], [0, 100])
    assert not budget.enough([0, 103], [0, 100])
    assert not budget.enough([1, 100], [0, 100])  # a bound of nought is never near


@pytest.mark.parametrize("gap", [0.05, 0.4])
def test_a_plan_ends_within_the_gap_and_sooner(gap):
    near, best = planned(gap), planned(0.0)
    assert all(goal.gap <= gap for goal in near.goals)
    assert near.goals[1].bound <= best.goals[1].value <= near.goals[1].value
    assert near.seconds < best.seconds


def test_within_the_gap_is_not_proved():
    near = planned(0.4)
    assert not near.goals[1].proved
    assert near.status == "feasible"


def test_one_run_ends_at_the_gap_and_does_not_call_it_optimal():
    made = crowded()
    budget = Budget(Limits(20, reproducible=True), None)
    board, objectives = posted(Calendar(made), [GOALS["seats"], GOALS["early"]], None, budget)
    board.structure(objectives[0] == 0)
    found = minimise(
        board, objectives[1], budget, share=1.0, hint=None, heard=lambda value, bound: None, gap=0.5
    )
    assert found.status == "feasible"
    assert 0 < apart(found.value, found.bound) <= 0.5


def test_the_improver_does_nothing_where_the_schedule_is_near_enough():
    made = programme(course("CP", "police:4"), goals=("seats", "early"))
    standing = schedule(session("CP-01", "03-03", "police:4", venue="one"))
    budget = Budget(Limits(20, reproducible=True, gap=0.5), None)
    goals, values = [GOALS["seats"], GOALS["early"]], [0, 8]
    improver = Improver(Calendar(made), goals, standing, values, lambda _: [0, 6], None, Random(0), budget)
    improver.run(0.0, lambda goal, value: pytest.fail("bettered"))
    assert budget.seconds == 0.0
    assert improver.best is standing


def large(monkeypatch):
    """Have even a small board planned as a large one is."""
    monkeypatch.setattr(planner, "GUIDED_VARIABLES", 0)
    monkeypatch.setattr(planner, "EXACT_VARIABLES", 0)


def test_a_large_programme_ends_within_the_gap_and_sooner(monkeypatch):
    large(monkeypatch)
    near, best = planned(1.0, 1.0), planned(0.0, 1.0)
    assert all(goal.gap <= 1.0 for goal in near.goals)
    assert near.seconds < best.seconds


def test_the_goals_in_between_are_bounded_before_the_search_where_a_gap_is_asked_for(monkeypatch):
    large(monkeypatch)
    made = programme(
        course("AA", "police:30", features="", max_class=10),
        venues=[venue("one", 10)],
        groups=[group("police", 30, 30)],
        goals=("seats", "sessions", "early"),
    )
    limits = Limits(20, reproducible=True, gap=1.0)
    outcome = planner.run(made, limits, before=None, report=None, stop=None)
    assert all(goal.gap <= 1.0 for goal in outcome.goals)
    assert outcome.seconds < 2


def test_no_gap_is_the_default():
    assert (
        planned(0.0, 2.0).schedule
        == planner.run(
            crowded(), Limits(2.0, seed=1, reproducible=True), before=None, report=None, stop=None
        ).schedule
    )


def test_what_the_relaxation_proved_is_still_known_after_the_exact_search(monkeypatch):
    monkeypatch.setattr(planner, "GUIDED_VARIABLES", 0)
    bounds = []
    relaxed = planner.Planner._relax

    def noted(self, board, objectives):
        found = relaxed(self, board, objectives)
        bounds.extend(self.bounds)
        return found

    monkeypatch.setattr(planner.Planner, "_relax", noted)
    near = planned(1.0)
    assert bounds[1] > 0
    assert near.goals[1].bound >= bounds[1]
    assert all(goal.gap <= 1.0 for goal in near.goals)
