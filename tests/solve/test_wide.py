"""Planning without any board: what wide programmes get, tried on small ones whose best is known."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from random import Random
from threading import Event
from typing import Any

import builders as b
import pytest
from tailored import made

from trainplan import parallel
from trainplan.audit import audit
from trainplan.goals import GOALS
from trainplan.model import After, Programme, Schedule
from trainplan.outcome import Limits, Outcome
from trainplan.parallel import Lost
from trainplan.solve import planner
from trainplan.solve.leeway import Freed
from trainplan.solve.posted import posted
from trainplan.solve.proofs import Proofs
from trainplan.solve.search import Budget, minimise
from trainplan.solve.wide import search
from trainplan.solve.wide.fit import suits
from trainplan.solve.wide.search import Other, another
from trainplan.solve.wide.sizes import largest_class, least_sessions
from trainplan.workdays import Calendar


@pytest.fixture
def wide(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have every programme planned as a wide one is."""
    monkeypatch.setattr(planner, "GUIDED_PLACEMENTS", -1)
    monkeypatch.setattr(planner, "EXACT_PLACEMENTS", -1)


def planned(
    programme: Programme, *, seconds: float = 0.5, start: Schedule | None = None, stop: Event | None = None
) -> Outcome:
    limits = Limits(seconds, seed=1, reproducible=True)
    return planner.run(programme, limits, before=None, report=None, stop=stop, start=start)


def searched(programme: Programme, limits: Limits, tell: Callable[[Sequence[int]], None]) -> search.Wide:
    """Search from nothing to the end of the time, and return the search."""
    goals = [GOALS["seats"], GOALS["early"]]
    budget = Budget(limits, None)
    wide = search.Wide(Calendar(programme), goals, None, None, Random(1), budget, tell, Proofs(2))
    wide.run(0.0)
    return wide


def rooms_and_orders() -> Programme:
    return b.programme(
        b.course("AA", "police:20; fire:10", max_class=10, features=""),
        b.course("BB", "police:20", length=2, max_class=10, features="", after=(After("AA"),)),
        b.course("CC", "fire:10", length=3, max_class=10, features=""),
        groups=[b.group("police", 20, 10), b.group("fire", 10)],
        venues=[b.venue("one", 10), b.venue("two", 10)],
        goals=("seats", "early"),
    )


def test_what_the_exact_search_proves_at_once_is_not_searched_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(planner, "GUIDED_PLACEMENTS", -1)
    monkeypatch.setattr(planner.Planner, "_search", lambda self, share: pytest.fail("searched"))
    assert planned(rooms_and_orders(), seconds=20.0).status == "optimal"


def test_what_it_does_not_prove_at_once_is_searched_and_proved_after_all(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(planner, "GUIDED_PLACEMENTS", -1)
    monkeypatch.setattr(planner, "GLANCE", 0.0)
    assert planned(rooms_and_orders(), seconds=20.0).status == "optimal"


def test_small_ones_come_out_as_the_exact_search_proves(wide: None, monkeypatch: pytest.MonkeyPatch) -> None:
    found = planned(rooms_and_orders())
    monkeypatch.undo()
    best = planned(rooms_and_orders(), seconds=20.0)
    assert best.status == "optimal"
    assert [goal.value for goal in found.goals] == [goal.value for goal in best.goals]
    assert all(one.bound <= other.value for one, other in zip(found.goals, best.goals, strict=True))


@pytest.mark.parametrize("seed", range(10))
def test_whatever_the_programme_the_answer_is_audited_and_bounds_hold(wide: None, seed: int) -> None:
    """Each was made around a schedule that places every seat: no bound may forbid it."""
    programme, sessions = made(seed)
    if not sessions:
        return
    found = planned(programme)
    assert found.schedule is not None
    values = [GOALS[goal.name].measure(programme, b.schedule(*sessions)) for goal in found.goals]
    mine = [goal.value for goal in found.goals]
    for number, goal in enumerate(found.goals):
        if values[:number] <= mine[:number]:
            assert goal.bound <= values[number]


def test_a_large_one_is_relaxed_roughly_then_in_full(wide: None, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bool] = []

    class Asked(search.Compact):
        def __init__(self, *args: Any, coarse: bool) -> None:
            asked.append(coarse)
            super().__init__(*args, coarse=coarse)

    monkeypatch.setattr(search, "Compact", Asked)
    at_once = planned(rooms_and_orders())
    monkeypatch.setattr(search, "SHARP", -1)
    in_two = planned(rooms_and_orders())
    # Where the rough one takes too long a part of the time, that is all.
    monkeypatch.setattr(search, "AS_LONG", 1e9)
    rough = planned(rooms_and_orders())
    assert asked == [False, True, False, True]
    assert [goal.value for goal in in_two.goals] == [goal.value for goal in at_once.goals]
    assert in_two.goals[1].bound == at_once.goals[1].bound >= rough.goals[1].bound


def test_the_same_seed_gives_the_same_schedule(wide: None) -> None:
    assert planned(rooms_and_orders()).schedule == planned(rooms_and_orders()).schedule


def test_another_process_searches_by_its_own_chances() -> None:
    programme = rooms_and_orders()
    order = Other(programme, ("seats", "early"), None, None, time.time() + 0.3)
    schedule, values = another(order, 7, Event())
    assert values == [GOALS[name].measure(programme, schedule) for name in ("seats", "early")]
    assert values[0] == 0
    assert not [one for one in audit(programme, schedule) if one.severity == "error"]


def test_other_processes_are_asked_to_end_as_soon_as_this_one_has(monkeypatch: pytest.MonkeyPatch) -> None:
    programme = rooms_and_orders()
    stops: list[Event] = []

    def each(work: object, order: Other, seeds: list[int], *, stop: Event, **other: object) -> list[object]:
        stops.append(stop)
        assert stop.wait(60)
        return [another(order, seed, stop) for seed in seeds]

    monkeypatch.setattr(parallel, "each", each)
    limits = Limits(30.0, workers=3, gap=10.0)
    told: list[int] = []
    wide = searched(programme, limits, lambda values: told.append(values[1]))
    assert stops
    assert all(stop.is_set() for stop in stops)
    assert wide.best[1][1] <= told[0]


def test_without_the_other_processes_there_is_an_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    def each(*work: object, **other: object) -> list[object]:
        raise Lost("they are gone")

    monkeypatch.setattr(parallel, "each", each)
    wide = searched(rooms_and_orders(), Limits(5.0, workers=2, gap=10.0), lambda values: None)
    assert wide.best[1][0] == 0


def test_it_is_no_worse_than_the_schedule_to_start_from(wide: None) -> None:
    programme = rooms_and_orders()
    first = planned(programme)
    assert first.schedule is not None
    again = planned(programme, seconds=0.001, start=first.schedule)
    assert [goal.value for goal in again.goals] <= [goal.value for goal in first.goals]


def test_stopped_at_once_it_has_what_could_be_placed(wide: None) -> None:
    stop = Event()
    stop.set()
    found = planned(rooms_and_orders(), stop=stop)
    assert found.interrupted
    assert found.schedule is not None
    assert found.schedule.live


def test_what_asks_too_much_is_planned_in_part(wide: None) -> None:
    programme = b.programme(
        b.course("AA", "police:40", max_class=10, features="", latest="03-02"),
        groups=[b.group("police", 40)],
        venues=[b.venue("one", 10)],
        goals=("seats", "early"),
    )
    found = planned(programme)
    assert [goal.value for goal in found.goals] == [20, 10]
    assert [one.seats for one in found.unplaced] == [20]


def test_pins_and_goals_that_do_not_add_up_are_for_others() -> None:
    programme = rooms_and_orders()
    seats, early, cost = GOALS["seats"], GOALS["early"], GOALS["cost"]
    assert suits(programme, [seats, early], None)
    assert not suits(programme, [seats, cost], None)
    assert not suits(programme, [early, seats], None)
    pinned = b.schedule(b.session("AA-01", groups="police:10", venue="one", pin="all"))
    assert not suits(programme, [seats, early], pinned)


def test_an_order_of_all_with_a_longest_lag_is_for_others() -> None:
    programme = b.programme(
        b.course("AA"), b.course("BB", after=(After("AA", all=True, at_most=14),)), goals=("seats", "early")
    )
    assert not suits(programme, [GOALS["seats"], GOALS["early"]], None)


def test_the_largest_class_is_what_venue_and_cover_allow() -> None:
    programme = b.programme(
        b.course("AA", "police:25", max_class=20, features=""),
        b.course("BB", "police:25; fire:10", max_class=20, mixed=True),
        groups=[b.group("police", 25, 8), b.group("fire", 10)],
        venues=[b.venue("one", 12)],
    )
    assert largest_class(programme, programme.courses["AA"], "police") == 8
    assert largest_class(programme, programme.courses["BB"], "police") == 20
    assert least_sessions(programme) == 4 + 2


def test_of_a_freed_part_the_rest_is_numbers() -> None:
    """Only AA's other day is open: one variable for its sessions there, and CC has none."""
    programme = b.programme(
        b.course("AA", "police:10", max_class=10, features=""),
        b.course("CC", "fire:10", max_class=10, features=""),
        groups=[b.group("police"), b.group("fire")],
        venues=[b.venue("one", 10)],
        goals=("seats", "early"),
    )
    calendar = Calendar(programme)
    standing = b.schedule(
        b.session("AA-01", "03-03", "police:10", venue="one"),
        b.session("CC-01", "03-02", "fire:10", venue="one"),
    )
    places = calendar.placements(programme.courses["AA"])
    freed = Freed(standing, {"AA": {places[0], places[2]}})
    budget = Budget(Limits(10, reproducible=True), None)
    board, (seats, early) = posted(calendar, [GOALS["seats"], GOALS["early"]], None, budget, freed=freed)
    alive = [(run.lot.course.id, run.placement.first) for run in board.runs]
    assert sorted(alive) == [("AA", 0), ("AA", 2), ("CC", 1)]
    board.structure(seats == 0)
    found = minimise(board, early, budget, share=1.0, hint=None, heard=lambda value, bound: None)
    assert found.value == 0 * 10 + 1 * 10
