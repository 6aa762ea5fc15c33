"""What one search proves and holds must not mislead the next."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from math import inf
from random import Random

import pytest

from tests.builders import course, group, programme, schedule, session, venue
from trainplan.goals import pursued
from trainplan.model import After, Programme, Schedule
from trainplan.outcome import Limits
from trainplan.solve import dealing, evenness, exact, planner
from trainplan.solve.bound import Relaxation
from trainplan.solve.construct import one_pass
from trainplan.solve.dealing import cut_off
from trainplan.solve.evenness import even_out
from trainplan.solve.exact import Exact
from trainplan.solve.planner import Planner
from trainplan.solve.posted import posted
from trainplan.solve.proofs import Proofs
from trainplan.solve.search import Budget
from trainplan.workdays import Calendar

LIMITS = Limits(60, workers=1, reproducible=True)


def test_a_bound_holds_for_what_is_as_good_on_the_goals_before() -> None:
    proofs = Proofs(3)
    proofs.add(0, 1)
    proofs.add(2, 50, (1, 12))
    proofs.add(2, 20, (4,))
    assert proofs.of((1, 12, 70)) == [1, 0, 50]
    assert proofs.of((1, 11, 70)) == [1, 0, 50]
    assert proofs.of((1, 13, 70)) == [1, 0, 20]
    assert proofs.of((5, 0, 70)) == [1, 0, 0]
    assert proofs.of((inf, inf, inf)) == [1, 0, 0]
    assert proofs.of((1,)) == [1]
    assert proofs.at_best((1, 12, 70)) == [1, 0, 20]


def test_a_weaker_bound_takes_nothing_away_and_others_join() -> None:
    proofs, other = Proofs(2), Proofs(2)
    proofs.add(1, 9, (0,))
    proofs.add(1, 7, (0,))
    other.add(1, 8, (0,))
    other.add(0, 2)
    proofs.take(other)
    assert proofs.of((0, 10)) == [2, 9]


def small_rooms_first() -> Programme:
    """A small room now and a large one on the last two days: early in twelve sessions, or late in eight."""
    return programme(
        course("CP", "a:24; b:24", features="", max_class=24),
        course("CY", "a:24; b:24", features="", max_class=24),
        venues=[venue("small", 8), venue("big", 24, available_from="03-30")],
    )


def begun(made: Programme) -> Schedule:
    return one_pass(Calendar(made), Random(0), shaken=False)


def test_a_search_that_was_cut_short_leaves_nothing_for_the_next_one() -> None:
    made = small_rooms_first()
    goals, budget = pursued(made), Budget(LIMITS, None)
    board, objectives = posted(Calendar(made), goals, None, budget)
    start = begun(made)
    assert [goal.measure(made, start) for goal in goals] == [0, 0, 12, 672]
    proofs = Proofs(len(goals))
    for share in (1e-6, 1.0):
        search = Exact(board, goals, objectives, start, None, budget, lambda *_: None, proofs=proofs)
        search.run(share)
    assert search.best is not None
    assert [goal.measure(made, search.best) for goal in goals] == search.bounds == [0, 0, 8, 1552]


def test_what_bounds_a_large_board_twice_forgets_the_values_of_the_first_time() -> None:
    made = small_rooms_first()

    def bounded(*starts: Schedule) -> list[int]:
        whole = Planner(made, LIMITS, None, lambda _: None, None)
        board, objectives = posted(whole.calendar, whole.goals, None, whole.budget)
        relaxation = Relaxation(board, whole.budget)
        for start in starts:
            whole.best, whole.proofs = start, Proofs(len(whole.goals))
            whole._bound_each(board, objectives, relaxation)
        return whole.bounds

    best = planner.run(made, LIMITS, before=None, report=None, stop=None).schedule
    assert best is not None
    assert bounded(begun(made), best) == bounded(best)


def test_a_bound_of_one_schedule_is_none_of_a_better_one_that_is_worse_in_between() -> None:
    made = small_rooms_first()
    whole = Planner(made, LIMITS, None, lambda _: None, None)
    whole.best = begun(made)
    whole.proofs.add(3, 600, (0, 0, 11))
    whole.proofs.add(3, 400, (0,))
    assert whole.bounds == [0, 0, 0, 400]


def test_as_good_in_one_goal_and_worse_in_the_next_is_not_taken() -> None:
    made = programme(course("CP", "police:10"), goals=("seats", "early"))
    goals, budget = pursued(made), Budget(LIMITS, None)
    board, objectives = posted(Calendar(made), goals, None, budget)
    good = schedule(session("CP-01", "03-01"))
    search = Exact(board, goals, objectives, good, None, budget, lambda *_: None)
    later = exact.hint(board, schedule(session("CP-01", "03-09")))
    search._undealt([later.get(number, 0) for number in range(len(board.ranges))])
    assert search.best is good


def test_what_was_ruled_out_without_proof_is_allowed_to_the_next_search(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Nobody can say who is to blame, so all is ruled out together: for one search, and no longer."""
    made = programme(course("CP", "police:10", min_class=10), goals=("seats",))
    goals, budget = pursued(made), Budget(LIMITS, None)
    board, objectives = posted(Calendar(made), goals, None, budget)
    monkeypatch.setattr(dealing, "conflict", lambda *_: None)
    with board.for_now():
        for place in board.calendar.placements(made.courses["CP"]):
            when = f"{board.calendar.day(place.first):%m-%d}"
            assert not cut_off(board, schedule(session("CP-01", when)), "police")
        first = Exact(board, goals, objectives, None, None, budget, lambda *_: None)
        first.run(0.5)
        assert first.best is not None
        assert goals[0].measure(made, first.best) > 0
    second = Exact(board, goals, objectives, None, None, budget, lambda *_: None)
    second.run()
    assert second.best is not None
    assert goals[0].measure(made, second.best) == 0


class Ending(Budget):
    """A budget of which nothing is left from the n-th look on: somebody stops it at that moment."""

    def __init__(self, looks: int) -> None:
        super().__init__(Limits(20, workers=1), None)
        self._looks: Iterator[int] = count()
        self._last = looks

    @property
    def left(self) -> float:
        """Effort left."""
        if next(self._looks) >= self._last:
            self.stop.set()
        return super().left


def waiting() -> Programme:
    return programme(
        course("CP", "police:12", max_class=8, features=""),
        course("RS", "police:12", max_class=8, features="", after=(After("CP", at_least=2),)),
        groups=[group("police", 12, 8)],
        venues=[venue()],
        ends="03-12",
    )


@pytest.mark.parametrize("looks", range(12))
def test_a_stop_at_any_moment_is_no_fault(looks: int, monkeypatch: pytest.MonkeyPatch) -> None:
    made = waiting()
    goals, calendar, start = pursued(made), Calendar(made), begun(made)
    evened = even_out(calendar, goals, start, None, Ending(looks))
    assert sum(one.seats for one in evened.live) == 24
    board, objectives = posted(calendar, goals, None, Budget(LIMITS, None))
    search = Exact(board, goals, objectives, start, None, Ending(looks), lambda *_: None)
    search.run()
    assert search.best is not None
    single = programme(course("CP", "police:10", min_class=10), course("CY", "police:10", min_class=10))
    monkeypatch.setattr(planner, "Budget", lambda limits, stop: Ending(looks))
    assert planner.run(single, LIMITS, before=None, report=None, stop=None).status != "infeasible"
    assert planner.run(made, LIMITS, before=None, report=None, stop=None).status != "infeasible"


def test_a_share_of_nothing_is_all_of_it() -> None:
    budget = Budget(Limits(10, reproducible=True), None)
    assert budget.share(5) == 0.5
    assert budget.share(20) == 1.0
    assert budget.share(-1) == 0.0
    budget.spend(10)
    assert budget.share(evenness.SECONDS) == 1.0
