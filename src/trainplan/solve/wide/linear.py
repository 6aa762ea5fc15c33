"""Prices for the small relaxation, from an LP solver in floating point."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import inf

import numpy as np
from ortools.math_opt import model_pb2

from trainplan.solve.relaxed import in_order, relaxed
from trainplan.solve.wide.compact import Compact, Floats, Ints, Lot
from trainplan.solve.wide.lagrange import Prices

EXACT = 60_000  # columns up to which it is solved to the end; beyond, near enough will do
ROUGH, CLOSE = 3e-4, 1e-4  # relative gap and infeasibility: near enough for an order, and for a bound


@dataclass(frozen=True, slots=True)
class Solved:
    """A solution of the relaxation: prices, and a value for each column."""

    prices: Prices
    values: Floats


class _Rows:
    """A linear program in the making, its matrix in pieces."""

    def __init__(self, columns: int) -> None:
        self.cost = [np.zeros(columns)]
        self.upper = [np.full(columns, inf)]
        self.low: list[Floats] = []
        self.high: list[Floats] = []
        self.pieces: list[tuple[Ints, Ints, Floats]] = []
        self.rows = 0
        self.columns = columns

    def more_columns(self, number: int, cost: float, upper: float) -> int:
        self.cost.append(np.full(number, cost))
        self.upper.append(np.full(number, upper))
        self.columns += number
        return self.columns - number

    def more_rows(self, low: Floats, high: Floats) -> int:
        self.low.append(low)
        self.high.append(high)
        self.rows += len(low)
        return self.rows - len(low)

    def add(self, rows: Ints, columns: Ints, factor: float) -> None:
        self.pieces.append((rows, columns, np.full(len(rows), factor)))

    def proto(self) -> model_pb2.ModelProto:
        rows = np.concatenate([piece[0] for piece in self.pieces])
        columns = np.concatenate([piece[1] for piece in self.pieces])
        factors = np.concatenate([piece[2] for piece in self.pieces])
        self.pieces.clear()
        order = np.lexsort((columns, rows))
        model = model_pb2.ModelProto()
        variables, lines, matrix = model.variables, model.linear_constraints, model.linear_constraint_matrix
        upper, cost = np.concatenate(self.upper), np.concatenate(self.cost)
        variables.ids.extend(range(self.columns))
        variables.lower_bounds.extend(np.zeros(self.columns))
        variables.upper_bounds.extend(upper)
        variables.integers.extend([False] * self.columns)
        lines.ids.extend(range(self.rows))
        lines.lower_bounds.extend(np.concatenate(self.low))
        lines.upper_bounds.extend(np.concatenate(self.high))
        matrix.row_ids.extend(rows[order])
        matrix.column_ids.extend(columns[order])
        matrix.coefficients.extend(factors[order])
        paid = np.flatnonzero(cost)
        model.objective.linear_coefficients.ids.extend(paid)
        model.objective.linear_coefficients.values.extend(cost[paid])
        return model


def solved(compact: Compact, go_on: Callable[[], bool], near: float = CLOSE) -> Solved | None:
    """Solve the relaxation; None where there was not enough time.

    Args:
        compact: What to solve.
        go_on: Asked again and again; as soon as it says no, the solver is ended.
        near: How near to the best is near enough for a large one, relative to its value.
    """
    rows = _Rows(compact.columns)
    slots = len(compact.slots)
    piles = rows.more_rows(np.full(compact.most.size, -inf), compact.most.reshape(-1).astype(float))
    asked = rows.more_rows(*_twice([float(lot.seats) for lot in compact.lots]))
    left = rows.more_columns(len(compact.lots) if compact.unplaced else 0, 0.0, inf)
    allowed = rows.more_rows(np.array([-inf]), np.array([float(compact.unplaced)]))
    spare = rows.more_rows(
        np.array([lot.lacking / lot.size if lot.spare is not None else 0.0 for lot in compact.lots]),
        np.full(len(compact.lots), inf),
    )
    for number, lot in enumerate(compact.lots):
        own = np.arange(len(lot.choice), dtype=np.int64)
        rows.cost[0][lot.at : lot.at + len(lot.choice)] = lot.cost
        rows.add(np.full(len(own), asked + number), own + lot.at, 1.0)
        used, of = _used(lot, slots)
        for pile, taken in lot.by_class:
            rows.add(piles + pile * slots + used, of + lot.at, taken / lot.size)
            if lot.spare is not None:
                rows.add(piles + pile * slots + used, of + lot.spare, float(taken))
        for pile in lot.by_seat:
            rows.add(piles + pile * slots + used, of + lot.at, 1.0)
        if compact.unplaced:
            one = np.array([left + number], dtype=np.int64)
            rows.add(np.array([asked + number]), one, 1.0)
            rows.add(np.array([allowed]), one, float(lot.course.priority))
        if lot.spare is not None:
            rows.add(np.full(len(own), spare + number), own + lot.spare, 1.0)
            tied = rows.more_rows(np.full(len(own), -inf), np.zeros(len(own)))
            rows.add(own + tied, own + lot.spare, 1.0)
            rows.add(own + tied, own + lot.at, 1 / lot.size - 1 / lot.course.min_class)
    orders = list(_ordered(rows, compact))
    columns = rows.columns
    result = relaxed(rows.proto(), go_on, near=near if columns > EXACT else 0.0)
    if result is None or not result.solutions:
        return None
    solution = result.solutions[0]
    if not (solution.HasField("dual_solution") and solution.HasField("primal_solution")):
        return None
    price = np.array(in_order(solution.dual_solution.dual_values))
    value = np.array(in_order(solution.primal_solution.variable_values))
    prices = Prices(
        -price[piles : piles + compact.most.size],
        [price[at : at + order.times] for at, order in zip(orders, compact.orders, strict=True)],
        -float(price[allowed]),
    )
    return Solved(prices, value)


def _twice(values: list[float]) -> tuple[Floats, Floats]:
    return np.array(values), np.array(values)


def _used(lot: Lot, slots: int) -> tuple[Ints, Ints]:
    """Return each working slot that a placement takes, and the number of the placement."""
    lengths = lot.last - lot.first + 1
    of = np.repeat(np.arange(len(lengths), dtype=np.int64), lengths)
    begun = np.repeat(np.cumsum(lengths) - lengths, lengths)
    return np.repeat(lot.first, lengths) + np.arange(len(of), dtype=np.int64) - begun, of


def _ordered(rows: _Rows, compact: Compact) -> Iterator[int]:
    """Keep orders by running totals: at each time, those ready less those begun; yield each's first row."""
    for order in compact.orders:
        times = np.arange(order.times, dtype=np.int64)
        first = rows.more_rows(np.zeros(order.times), np.zeros(order.times))
        waiting = rows.more_columns(order.times, 0.0, float(order.earlier.seats))
        rows.add(times + first, times + waiting, 1.0)
        rows.add(times[1:] + first, times[:-1] + waiting, -1.0)
        for lot, at, sign in ((order.earlier, order.done, -1.0), (order.later, order.begun, 1.0)):
            seen = np.flatnonzero(at < order.times)
            rows.add(at[seen] + first, seen + lot.at, sign)
        yield first
