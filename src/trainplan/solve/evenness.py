"""Class sizes made alike where no goal minds: 16 and 15 rather than 30 and 1."""

from __future__ import annotations

from collections.abc import Sequence

from trainplan.goals.base import Goal
from trainplan.model import Schedule
from trainplan.rules.base import Expr
from trainplan.solve.board import Board
from trainplan.solve.dealing import undealt
from trainplan.solve.decode import decode
from trainplan.solve.encode import Standing, hint
from trainplan.solve.posted import places, posted
from trainplan.solve.runs import Run
from trainplan.solve.search import Budget, minimise
from trainplan.workdays import Calendar

SECONDS = 2.0


def even_out(
    calendar: Calendar, goals: Sequence[Goal], schedule: Schedule, before: Schedule | None, budget: Budget
) -> Schedule:
    """Return ``schedule`` with its seats shared out evenly; sessions, rooms and instructors stay.

    No goal gets worse. Where there is no time for it, the schedule comes back as it is.
    """
    if budget.left <= 0:
        return schedule
    candidates = {id: sorted(held) for id, held in places(calendar, schedule).items()}
    board, objectives = posted(calendar, goals, before, budget, candidates)
    for goal, objective in zip(goals, objectives, strict=True):
        board.structure(objective <= goal.measure(calendar.programme, schedule))
    standing = Standing(board, schedule)
    for run in board.runs:
        for kind, count in run.counts.items():
            board.structure(count == standing.sessions(run, kind))
    uneven = _unevenness(board, standing)
    if isinstance(uneven, int):
        return schedule
    found = minimise(
        board,
        uneven,
        budget,
        share=budget.share(SECONDS),
        hint=hint(board, schedule),
        heard=lambda value, bound: None,
    )
    for values in reversed(found.solutions):
        evened = decode(board, values, before)
        if next(undealt(calendar.programme, evened), None) is None:
            return evened
    return schedule


def _unevenness(board: Board, standing: Standing) -> Expr:
    """Return how many seats lie outside the even sizes of their lot; 0 where all are even.

    The even sizes of a lot are its seats by its sessions, rounded down and up. Sessions in one run are
    always sized evenly; this is about runs of different weeks and rooms.
    """
    lots: dict[tuple[str, tuple[str, ...]], list[Run]] = {}
    for run in board.runs:
        if run.lot.session is None:
            lots.setdefault((run.lot.course.id, run.lot.groups), []).append(run)
    outside: list[Expr] = []
    for runs in lots.values():
        held = [(run, kind, standing.sessions(run, kind)) for run in runs for kind in run.counts]
        sessions = sum(count for _, _, count in held)
        seats = sum(standing.seats(run, kind) for run, kind, _ in held)
        if sessions < 2:
            continue
        small, large = seats // sessions, -(-seats // sessions)
        if all(small * count <= standing.seats(run, kind) <= large * count for run, kind, count in held):
            continue
        for run, kind, count in held:
            if count:
                over, under = board.whole("over", 0, seats), board.whole("under", 0, seats)
                board.structure(over >= run.seats[kind] - large * count)
                board.structure(under >= small * count - run.seats[kind])
                outside += [over, under]
    return board.total(outside)
