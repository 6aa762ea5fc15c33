"""What follows from the rules but a linear relaxation does not see."""

from __future__ import annotations

from trainplan.rules.base import Expr
from trainplan.solve.board import Board
from trainplan.solve.runs import Fact


def once_every_seat_is_placed(board: Board) -> None:
    """Say for now how many sessions each lot needs at least, rounded up: true where no seat stays unplaced.

    A relaxation would run two and a half classes.
    """
    programme = board.programme
    sessions: dict[str, dict[tuple[str, ...], list[Expr]]] = {}
    largest: dict[str, int] = {}
    for run in board.runs:
        course = run.lot.course
        of = run.lot.groups if not course.mixed else tuple(course.seats)
        sessions.setdefault(course.id, {}).setdefault(of, []).extend(run.counts.values())
        for kind in run.counts:
            room = programme.venues[kind[0]].capacity if kind else course.max_class
            size = min(course.max_class, room)
            if isinstance(run, Fact):
                # What has been held in a larger class than would be allowed now was held all the same.
                size = max(size, run.seats[kind])
            largest[course.id] = max(largest.get(course.id, 1), size)
    for id, lots in sessions.items():
        seats = programme.courses[id].seats
        for groups, counts in lots.items():
            needed = -(-sum(seats[group] for group in groups) // largest[id])
            board.limit(board.total(counts) >= needed)
