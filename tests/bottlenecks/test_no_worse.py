"""More never makes a plan worse, one relief's trouble is its own, and sizes are proved or doubted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from threading import Event
from typing import Any

import pytest

import trainplan.bottlenecks.search
import trainplan.solve
from tests import builders as make
from trainplan.bottlenecks.gains import certain, gains
from trainplan.bottlenecks.relief import Relief
from trainplan.bottlenecks.search import Limiting, _compared, limiting
from trainplan.bottlenecks.tried import compared
from trainplan.goals import GOALS
from trainplan.model import Programme, Schedule
from trainplan.outcome import Fault, GoalResult, Limits, Outcome, bounds_beside
from trainplan.solve import better as bettering
from trainplan.solve import plan_from

QUICK = Limits(20, workers=1)


def lab() -> tuple[Programme, Schedule]:
    """One lab, two classes: the second waits for a day. A second room, or a day's mixing, would help."""
    programme = make.programme(
        make.course("IT", "police:10; customs:10", features="computers", max_class=10, parallel=2),
        venues=[make.venue("lab", 10, "computers")],
        goals=("seats", "early"),
        ends="03-05",
    )
    schedule = make.schedule(
        make.session("IT-01", "03-01", venue="lab"),
        make.session("IT-02", "03-02", "customs:10", venue="lab"),
    )
    return programme, schedule


def searched(programme: Programme, schedule: Schedule, left: Callable[[], float] = lambda: 20.0) -> Limiting:
    return limiting(programme, schedule, QUICK, 9, left, lambda progress: None, Event())


def as_found(programme: Programme, schedule: Schedule, bounds: tuple[int, ...] = (0, 0)) -> Outcome:
    goals = tuple(
        GoalResult(name, GOALS[name].measure(programme, schedule), bound)
        for name, bound in zip(programme.goals, bounds, strict=True)
    )
    return Outcome("feasible", schedule, goals, (), 0.0)


def test_a_worse_plan_with_more_is_no_loss(monkeypatch: pytest.MonkeyPatch) -> None:
    programme, schedule = lab()
    late = make.schedule(
        make.session("IT-01", "03-04", venue="lab"),
        make.session("IT-02", "03-05", "customs:10", venue="lab"),
    )

    def worse(given: Programme, start: Schedule, limits: Limits, *, stop: Event | None = None) -> Outcome:
        if len(given.venues) > 1:
            return as_found(given, late)
        return plan_from(given, start, limits, stop=stop)

    monkeypatch.setattr(trainplan.solve, "plan_from", worse)
    found = searched(programme, schedule)
    (room,) = [one for one in found.tried if one.relief.kind == "venue"]
    assert (room.helps, room.settled) == (False, False)
    assert [goal.value for goal in room.outcome.goals] == [0, 10]
    assert gains(programme, found.base, room) == []


def test_a_gain_that_needs_nothing_more_is_the_plans_own(monkeypatch: pytest.MonkeyPatch) -> None:
    programme, schedule = lab()
    late = make.schedule(
        make.session("IT-01", "03-04", venue="lab"),
        make.session("IT-02", "03-05", "customs:10", venue="lab"),
    )

    def lucky(given: Programme, start: Schedule, limits: Limits, *, stop: Event | None = None) -> Outcome:
        # Only the searches with a relief come upon what was possible without one.
        return as_found(given, schedule if len(given.venues) > 1 else start)

    monkeypatch.setattr(trainplan.solve, "plan_from", lucky)
    found = searched(programme, late)
    assert [goal.value for goal in found.base.goals] == [0, 10]
    assert not any(one.helps for one in found.tried)


def test_no_plan_is_below_what_is_the_least_with_more() -> None:
    programme, schedule = lab()
    found = searched(replace(programme, closures=(make.closure("venue", "lab", "03-03"),)), schedule)
    assert found.base.status == "optimal"


def test_one_reliefs_fault_is_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    programme, schedule = lab()

    def faulty(given: Programme, start: Schedule, limits: Limits, *, stop: Event | None = None) -> Outcome:
        if given.courses["IT"].parallel != 2:
            raise Fault("no domain")
        return plan_from(given, start, limits, stop=stop)

    monkeypatch.setattr(trainplan.solve, "plan_from", faulty)
    found = searched(programme, schedule)
    assert [(relief.kind, trouble) for relief, trouble in found.failed] == [("parallel", "Fault: no domain")]
    assert [one.relief.kind for one in found.tried if one.helps] == ["venue"]


def test_a_fault_in_the_prices_leaves_everything_to_be_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    import trainplan.solve.prices

    def faulty(*given: Any) -> Any:
        raise Fault("no domain")

    monkeypatch.setattr(trainplan.solve.prices, "prices", faulty)
    found = searched(*lab())
    assert (found.priced, found.trouble) == (False, "Fault: no domain")
    assert [one.relief.kind for one in found.tried if one.helps] == ["venue"]


def test_with_time_for_one_plan_one_is_tried() -> None:
    programme, schedule = lab()
    clock = iter([20.0, 12.0])  # the prices took 8 s, so that there is time for no more than one plan
    last = [12.0]

    def left() -> float:
        last[0] = next(clock, last[0])
        return last[0]

    found = searched(programme, schedule, left)
    assert len(found.tried) >= 1
    assert found.tried[0].relief.kind == "venue"


def test_what_whole_classes_need_is_tried_though_halves_of_them_would_not() -> None:
    # In halves both classes fit into the lab on the first day: only whole ones have to wait.
    programme = make.programme(
        make.course("IT", "police:10; customs:10", features="computers", max_class=20),
        venues=[make.venue("lab", 20, "computers")],
        goals=("seats", "early"),
        ends="03-05",
    )
    _, schedule = lab()
    found = searched(programme, schedule)
    assert [one.relief.kind for one in found.tried if one.helps] == ["venue"]


def test_seats_count_first_where_the_goals_do_not_name_them() -> None:
    programme = make.programme(
        make.course("IT", "police:10; customs:10", features="computers", max_class=10),
        venues=[make.venue("lab", 10, "computers", available_until="03-01")],
        goals=("early",),
        ends="03-05",
    )
    found = searched(programme, make.schedule(make.session("IT-01", "03-01", venue="lab")))
    (room,) = [one for one in found.tried if one.helps]
    assert gains(programme, found.base, room)[0] == "10 more seats placed"


@pytest.mark.parametrize(
    ("before", "after", "said", "sure"),
    [
        ((10, 10), (4, 4), "10 more seats placed", True),
        ((10, 10), (4, 2), "at least 10 more seats placed", False),
        ((10, 7), (4, 4), "at most 10 more seats placed", False),
        ((10, 7), (4, 2), "perhaps 10 more seats placed", False),
    ],
)
def test_how_much_is_said_as_far_as_it_is_proved(
    before: tuple[int, int], after: tuple[int, int], said: str, sure: bool
) -> None:
    def outcome(value: int, bound: int) -> Outcome:
        goals = (
            GoalResult("seats", value + 4 if value == 10 else value, bound + 4 if value == 10 else bound),
        )
        return Outcome("feasible", make.schedule(), goals, (), 0.0)

    programme, _ = lab()
    relief = Relief("venue", "", "", programme, "seats", 0.0)
    tried = compared(relief, outcome(*before), outcome(*after))
    assert gains(programme, outcome(*before), tried) == [said]
    assert certain(outcome(*before), tried) is sure


def test_at_least_so_much_less_is_at_most_so_much_more() -> None:
    def outcome(*goals: tuple[str, int, int]) -> Outcome:
        return Outcome("feasible", make.schedule(), tuple(GoalResult(*one) for one in goals), (), 0.0)

    programme, _ = lab()
    relief = Relief("venue", "", "", programme, "seats", 0.0)
    before = outcome(("seats", 10, 10), ("sessions", 3, 3))
    tried = compared(relief, before, outcome(("seats", 0, 0), ("sessions", 5, 4)))
    assert gains(programme, before, tried) == ["10 more seats placed", "at most 2 sessions more"]


def test_bounds_hold_beside_values_that_are_no_worse() -> None:
    assert bounds_beside([3, 5, 9], [3, 5, 7], [3, 4, 6]) == [3, 4, 6]
    assert bounds_beside([3, 4, 9], [3, 5, 7], [3, 4, 6]) == [3, 4, 6]
    assert bounds_beside([4, 4, 9], [3, 5, 7], [3, 4, 6]) == [3, 0, 0]


def test_all_are_held_against_the_plan_that_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    programme, schedule = lab()
    old, better = as_found(programme, schedule), as_found(programme, schedule)
    result = Limiting(old)

    def meanwhile(given: Programme, base: Outcome, found: Outcome) -> Outcome:
        result.base = better  # as the search does while another thread compares
        return found

    monkeypatch.setattr(trainplan.bottlenecks.search, "no_worse", meanwhile)
    relief = Relief("venue", "", "", programme, "seats", 0.0)
    assert _compared(result, [(relief, old)]).base is old


def test_a_search_from_a_schedule_never_ends_below_it(monkeypatch: pytest.MonkeyPatch) -> None:
    programme, schedule = lab()
    programme = replace(programme, goals=("seats", "sessions", "early"))
    late = make.schedule(
        make.session("IT-01", "03-04", venue="lab"),
        make.session("IT-02", "03-05", "customs:10", venue="lab"),
    )

    def run(self: Any, share: float = 1.0) -> None:
        self.best = late
        self.proofs.add(1, 2, (0,))
        self.proofs.add(2, 5, (0, 2))

    monkeypatch.setattr(bettering.Exact, "run", run)
    outcome = plan_from(programme, schedule, QUICK)
    assert [(goal.value, goal.bound) for goal in outcome.goals] == [(0, 0), (2, 2), (10, 5)]
