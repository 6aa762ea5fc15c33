"""A bound that can be trusted, from a linear program that need not be.

The relaxation (the same board with whole numbers allowed to be fractions) is solved by an LP solver in
floating point. Its dual values, rounded to whole multiples of a small fraction, give a bound by weak duality
in exact arithmetic, since every variable has a finite range: whatever they are, the bound holds
(A. Neumaier and O. Shcherbina, 2004). Bad dual values only make it weaker.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import inf

from ortools.math_opt import model_pb2
from ortools.sat.python import cp_model

from trainplan.rules.base import Expr
from trainplan.solve.board import Board
from trainplan.solve.relaxed import in_order, relaxed
from trainplan.solve.search import Budget

FINE = 1 << 24  # dual values are rounded to multiples of 1/FINE
ENDLESS = 1 << 62  # what CP-SAT writes for "no limit" lies beyond


@dataclass(frozen=True, slots=True)
class Row:
    """One linear constraint: low <= sum(factor x variable) <= high; None is no limit."""

    variables: Sequence[int]
    factors: Sequence[int]
    low: int | None
    high: int | None


class Relaxation:
    """The linear relaxation of a board; it keeps what it has read, and reads on as more is posted.

    Attributes:
        values: The last solution, a value for each variable of the board; None before there is one.
        took: Budget that the last bound took.
    """

    def __init__(self, board: Board, budget: Budget) -> None:
        """Read nothing yet.

        Args:
            board: The model; constraints that hold only under a condition are left out, which is sound.
            budget: The LP solver may use up what is left of it; where answers must repeat it takes its time.
        """
        self._board = board
        self._budget = budget
        self._rows: list[Row] = []
        self._numbers: list[int] = []  # of each row's constraint
        self._read = 0
        self.values: Sequence[float] | None = None
        self.took = 0.0

    def bound(self, objective: Expr, share: float = 1.0) -> int | None:
        """Return a value below which ``objective`` can't be with whatever has been posted.

        Args:
            objective: A linear expression.
            share: Of the budget that is left, for the LP solver; None comes back where that was too little.
        """
        if isinstance(objective, int):
            return objective
        began = self._budget.seconds
        self._read_on()
        flat = cp_model.FlatIntExpr(objective)
        cost = {variable.index: int(factor) for variable, factor in zip(flat.vars, flat.coeffs, strict=True)}
        duals = self._duals(cost, share)
        self.took = self._budget.seconds - began
        if duals is None:
            return None
        return int(flat.offset) - (-_weak_duality(self._rows, cost, self._board.ranges, duals) // FINE)

    def _read_on(self) -> None:
        constraints, lifted = self._board.model.proto.constraints, self._board.lifted
        if not lifted.isdisjoint(self._numbers):
            kept = [pair for pair in zip(self._numbers, self._rows, strict=True) if pair[0] not in lifted]
            self._numbers, self._rows = [number for number, _ in kept], [row for _, row in kept]
        for number in range(self._read, len(constraints)):
            constraint = constraints[number]
            if constraint.has_linear() and not len(constraint.enforcement_literal):
                linear = constraint.linear
                self._numbers.append(number)
                low, high = linear.domain[0], linear.domain[1]
                self._rows.append(
                    Row(
                        list(linear.vars),
                        list(linear.coeffs),
                        low if low > -ENDLESS else None,
                        high if high < ENDLESS else None,
                    )
                )
        self._read = len(constraints)

    def _duals(self, cost: Mapping[int, int], share: float) -> list[float] | None:
        seconds = self._budget.left * share
        if seconds <= 0:
            return None
        self._budget.relaxed(sum(len(row.variables) for row in self._rows))
        budget, least = self._budget, self._budget.left - seconds

        def go_on() -> bool:
            # Where answers must repeat, the solver takes its time.
            return not budget.stop.is_set() if budget.limits.reproducible else budget.left > least

        result = relaxed(_proto(self._rows, cost, self._board.ranges), go_on)
        if result is None or not result.solutions:
            return None
        solution = result.solutions[0]
        if solution.HasField("primal_solution"):
            self.values = in_order(solution.primal_solution.variable_values)
        return in_order(solution.dual_solution.dual_values) if solution.HasField("dual_solution") else None


def _proto(
    rows: Sequence[Row], cost: Mapping[int, int], ranges: Sequence[tuple[int, int]]
) -> model_pb2.ModelProto:
    """Return the linear program, written column by column at once: adding it piece by piece is slow."""
    proto = model_pb2.ModelProto()
    columns, lines, matrix = proto.variables, proto.linear_constraints, proto.linear_constraint_matrix
    columns.ids.extend(range(len(ranges)))
    columns.lower_bounds.extend([low for low, _ in ranges])
    columns.upper_bounds.extend([high for _, high in ranges])
    columns.integers.extend([False] * len(ranges))
    lines.ids.extend(range(len(rows)))
    lines.lower_bounds.extend([-inf if row.low is None else row.low for row in rows])
    lines.upper_bounds.extend([inf if row.high is None else row.high for row in rows])
    for number, row in enumerate(rows):
        entries = sorted(zip(row.variables, row.factors, strict=True))
        matrix.row_ids.extend([number] * len(entries))
        matrix.column_ids.extend([variable for variable, _ in entries])
        matrix.coefficients.extend([factor for _, factor in entries])
    prices = proto.objective.linear_coefficients
    prices.ids.extend(sorted(cost))
    prices.values.extend([cost[variable] for variable in sorted(cost)])
    return proto


def _weak_duality(
    rows: Sequence[Row],
    cost: Mapping[int, int],
    ranges: Sequence[tuple[int, int]],
    duals: Sequence[float],
) -> int:
    """Return FINE times a bound, in whole numbers throughout."""
    left = [0] * len(ranges)
    for variable, factor in cost.items():
        left[variable] = factor * FINE
    bound = 0
    for row, dual in zip(rows, duals, strict=True):
        price = round(dual * FINE)
        limit = row.low if price > 0 else row.high
        if price == 0 or limit is None:
            continue  # a dual value of the wrong sign counts for nothing
        bound += price * limit
        for variable, factor in zip(row.variables, row.factors, strict=True):
            left[variable] -= price * factor
    return bound + sum(
        rest * (low if rest > 0 else high) for rest, (low, high) in zip(left, ranges, strict=True)
    )
