"""Class sizes made alike where no goal minds: 16 and 15 rather than 30 and 1."""

from __future__ import annotations

from collections.abc import Sequence

from trainplan.rules.base import Expr, Lot
from trainplan.solve.board import Board, Run


def unevenness(board: Board, values: Sequence[int]) -> Expr:
    """Return how many seats lie outside the even class sizes of their lot, as an expression to make small.

    The even sizes of a lot are its seats by its sessions, rounded down and up, as they are in the solution
    ``values``. Sessions in one run are always sized evenly; this is about runs of different weeks and rooms.
    Returns 0 where there is nothing to make more even.
    """
    runs: dict[Lot, list[Run]] = {}
    for run in board.runs:
        if run.lot.session is None:
            runs.setdefault(run.lot, []).append(run)
    outside: list[Expr] = []
    for held in runs.values():
        sessions = sum(board.value(run.total, values) for run in held)
        seats = sum(board.value(one, values) for run in held for one in run.seats.values())
        if sessions < 2 or _even(board, held, values, seats // sessions, -(-seats // sessions)):
            continue
        for run in held:
            for kind, count in run.counts.items():
                top = board.most(run.seats[kind])
                over, under = board.whole("over", 0, top), board.whole("under", 0, top)
                board.structure(over >= run.seats[kind] - -(-seats // sessions) * count)
                board.structure(under >= seats // sessions * count - run.seats[kind])
                outside += [over, under]
    return board.total(outside)


def _even(board: Board, runs: Sequence[Run], values: Sequence[int], small: int, large: int) -> bool:
    return all(
        small * sessions <= board.value(run.seats[kind], values) <= large * sessions
        for run in runs
        for kind, count in run.counts.items()
        for sessions in (board.value(count, values),)
    )
