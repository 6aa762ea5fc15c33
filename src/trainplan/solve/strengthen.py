"""What follows from the rules but a linear relaxation does not see."""

from __future__ import annotations

from collections.abc import Sequence

from trainplan.model import Course
from trainplan.rules.base import Expr
from trainplan.solve.board import Board
from trainplan.solve.runs import Run, Still


def once_every_seat_is_placed(board: Board) -> None:
    """Say for now how many sessions a group, or a mixed course, needs: true where every seat is placed.

    A relaxation would run two and a half classes. What stays as it is has its seats already.
    """
    runs: dict[str, list[Run]] = {id: [] for id in board.programme.courses}
    left = {id: dict(course.seats) for id, course in board.programme.courses.items()}
    for run in board.runs:
        if not isinstance(run, Still):
            runs[run.lot.course.id].append(run)
            continue
        for group, seats in run.people.items():
            left[run.lot.course.id][group] -= seats
    for course in board.programme.courses.values():
        seats = left[course.id]
        if course.mixed:
            _at_least(board, course, runs[course.id], [sum(seats.values())])
            continue
        for group, wanted in seats.items():
            _at_least(board, course, [run for run in runs[course.id] if group in run.lot.groups], [wanted])
        if any(len(run.lot.groups) > 1 for run in runs[course.id]):
            # A known session is for whichever group: together they are for all.
            _at_least(board, course, runs[course.id], list(seats.values()))


def _at_least(board: Board, course: Course, runs: Sequence[Run], seats: Sequence[int]) -> None:
    """Hold at least the sessions that it takes to seat these numbers, each in sessions of its own."""
    venues = board.programme.venues
    counts: list[Expr] = []
    largest = 1
    for run in runs:
        counts.extend(run.counts.values())
        for kind in run.counts:
            room = venues[kind[0]].capacity if kind else course.max_class
            largest = max(largest, min(course.max_class, room))
    needed = sum(-(-wanted // largest) for wanted in seats if wanted > 0)
    if needed:
        board.limit(board.total(counts) >= needed)
