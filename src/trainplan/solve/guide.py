"""Turns for list scheduling, taken from the linear relaxation: who is dealt with first, and who next.

The relaxation spreads the seats of a course over many placements in fractions. A class comes when a share of
its seats, the same for all classes, has come (the alpha-points of C. Phillips, C. Stein and J. Wein, 1998).
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from ortools.sat.python import cp_model

from trainplan.rules.base import Expr
from trainplan.solve.board import Board
from trainplan.solve.construct import Turn

USUAL = 0.5  # half a class has come


class Guide:
    """When the seats of each course come in a solution of the relaxation."""

    def __init__(self, board: Board, values: Sequence[float]) -> None:
        """Read a solution: a value for each variable of the board."""
        self._board = board
        self._comes: dict[Turn, list[tuple[int, float]]] = {}
        for run in board.runs:
            seats = sum(_amount(people, values) for people in run.people.values())
            if seats > 0:
                turn = run.lot.course.id, tuple(run.lot.groups)
                self._comes.setdefault(turn, []).append((run.placement.first, seats))
        for comes in self._comes.values():
            comes.sort()

    def turns(self, random: Random | None) -> list[Turn]:
        """Return the classes in order of time; with ``random``, by a share and ties drawn by lot."""
        share = random.random() if random is not None else USUAL
        found: list[tuple[float, float, Turn]] = []
        for turn, comes in self._comes.items():
            course = self._board.programme.courses[turn[0]]
            total = sum(course.seats[group] for group in turn[1])
            for begun in range(0, total, course.max_class):
                awaited = begun + share * min(course.max_class, total - begun)
                tie = random.random() if random is not None else 0.0
                found.append((_when(comes, awaited), tie, turn))
        return [turn for *_, turn in sorted(found)]


def _when(comes: Sequence[tuple[int, float]], awaited: float) -> int:
    """Return the slot in which the ``awaited``-th seat comes; the last one if it never does."""
    come = 0.0
    for slot, seats in comes:
        come += seats
        if come >= awaited:
            return slot
    return comes[-1][0]


def _amount(expr: Expr, values: Sequence[float]) -> float:
    if isinstance(expr, int):
        return expr
    flat = cp_model.FlatIntExpr(expr)
    pairs = zip(flat.vars, flat.coeffs, strict=True)
    return float(flat.offset + sum(factor * values[variable.index] for variable, factor in pairs))
