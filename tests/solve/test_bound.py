"""A bound never lies, whatever the dual values behind it."""

from __future__ import annotations

from random import Random

import pytest

from tests.solve.test_best_of_all import halves_in_order, rooms_and_dates, teachers_who_fly_in
from trainplan.goals import GOALS
from trainplan.outcome import Limits
from trainplan.rules import RULES
from trainplan.solve import plan, relaxed
from trainplan.solve.board import Board
from trainplan.solve.bound import FINE, Relaxation, Row, _proto, _weak_duality
from trainplan.solve.search import Budget


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("make", [rooms_and_dates, teachers_who_fly_in, halves_in_order])
def test_the_relaxation_stays_below_the_optimum(make, seed):
    made = make(Random(f"bound {seed}"))
    limits = Limits(seconds=30, workers=1)
    outcome = plan(made, limits)
    board = Board(made)
    for rule in RULES:
        rule.post(board)
    relaxation = Relaxation(board, Budget(limits, None))
    for name, result in zip(made.goals, outcome.goals, strict=True):
        objective = GOALS[name].post(board)
        bound = relaxation.bound(objective)
        assert bound is not None
        assert bound <= result.value
        board.structure(objective <= result.value)


@pytest.mark.parametrize("seed", range(50))
def test_any_dual_values_give_a_sound_bound(seed):
    random = Random(seed)
    ranges = [(0, random.randint(1, 4)) for _ in range(3)]
    point = [random.randint(low, high) for low, high in ranges]
    rows = []
    for _ in range(4):
        factors = [random.randint(-3, 3) for _ in ranges]
        middle = sum(factor * value for factor, value in zip(factors, point, strict=True))
        low = random.choice((None, middle - random.randint(0, 2)))
        rows.append(Row(range(3), factors, low, random.choice((None, middle + random.randint(0, 2)))))
    cost = {variable: random.randint(-5, 5) for variable in range(3)}
    value = sum(factor * point[variable] for variable, factor in cost.items())
    duals = [random.uniform(-4, 4) for _ in rows]
    assert _weak_duality(rows, cost, ranges, duals) <= value * FINE


def hard(size):
    """Return a linear program that takes a while: an assignment with odd prices."""
    random = Random(1)
    rows = [Row([one * size + other for other in range(size)], [1] * size, 1, 1) for one in range(size)]
    rows += [Row([other * size + one for other in range(size)], [1] * size, 1, 1) for one in range(size)]
    cost = {variable: random.randint(1, 10**6) for variable in range(size * size)}
    return _proto(rows, cost, [(0, 1)] * (size * size))


def test_the_answer_is_the_same_from_another_process(monkeypatch):
    here = relaxed.relaxed(hard(20), lambda: True)
    monkeypatch.setattr(relaxed, "SMALL", 0)
    there = relaxed.relaxed(hard(20), lambda: True)
    assert here is not None
    assert there is not None
    assert here.solutions == there.solutions


def test_the_relaxation_runs_only_as_long_as_it_may():
    asked = []
    assert relaxed.relaxed(hard(300), lambda: bool(asked.append(True))) is None
    assert asked
