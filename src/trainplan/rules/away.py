"""Who is away when, as the solver counts it."""

from __future__ import annotations

from trainplan.rules.base import Board, Expr
from trainplan.workdays import Placement


def away(board: Board) -> dict[str, list[tuple[Placement, Expr]]]:
    """Return the seats that take people of each group away, umbrellas included, with when they do."""
    found: dict[str, list[tuple[Placement, Expr]]] = {}
    for run in board.runs:
        for group, people in run.people.items():
            for whole in board.programme.umbrellas(group):
                found.setdefault(whole, []).append((run.placement, people))
    return found
