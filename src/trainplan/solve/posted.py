"""A board with every rule and every goal on it: what each search starts from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from threading import Event

from trainplan.goals.base import Goal
from trainplan.model import Schedule
from trainplan.rules import RULES
from trainplan.rules.base import Expr
from trainplan.solve.board import Board
from trainplan.solve.leeway import Freed, Leeway
from trainplan.solve.search import Budget
from trainplan.workdays import Calendar, Placement


class Stopped(Exception):
    """Somebody asked to stop while a board was being filled."""


def posted(
    calendar: Calendar,
    goals: Sequence[Goal],
    before: Schedule | None,
    budget: Budget,
    candidates: Mapping[str, Sequence[Placement]] | None = None,
    leeway: Mapping[str, Leeway] | None = None,
    freed: Freed | None = None,
    unless: Event | None = None,
) -> tuple[Board, list[Expr]]:
    """Return a board with all rules posted, and for each goal the expression to make small.

    Args:
        calendar: Of the programme to plan.
        goals: Most important first.
        before: An earlier schedule; its sessions with pins keep their names.
        budget: Is told of the work.
        candidates: Placements to choose from, by course; the calendar's where left out.
        freed: The part of a schedule that is chosen anew; the rest stays.
        leeway: What may become of the earlier schedule's sessions, by id.
        unless: Looked at after each rule, for a large board takes many seconds.

    Raises:
        Stopped: ``unless`` is set.
    """
    board = Board(
        calendar.programme,
        calendar=calendar,
        before=before,
        candidates=candidates,
        leeway=leeway,
        freed=freed,
    )
    for rule in RULES:
        rule.post(board)
        if unless is not None and unless.is_set():
            raise Stopped
    _keep(board)
    objectives = [goal.post(board) for goal in goals]
    budget.built(board)
    return board, objectives


def _keep(board: Board) -> None:
    """Keep what a session's leeway leaves out: its seats, and that it takes place at all.

    Said last: what the rules take away by then is never a variable.
    """
    there: dict[str, list[Expr]] = {}
    for run in board.runs:
        session = run.lot.session
        leeway = board.leeway.get(session.id) if session is not None else None
        if session is None or leeway is None or leeway.held:
            continue
        there.setdefault(session.id, []).append(run.total)
        if not leeway.seats:
            for group in dict.fromkeys((*session.groups, *run.people)):
                people = run.people.get(group, 0)
                board.structure(people == session.groups.get(group, 0) * run.total)
    for id, leeway in board.leeway.items():
        if not leeway.held and not leeway.may_go:
            board.structure(board.total(there.get(id, ())) == 1)


def places(calendar: Calendar, schedule: Schedule) -> dict[str, set[Placement]]:
    """Return where a schedule's sessions lie, by course; empty for a course without any."""
    found: dict[str, set[Placement]] = {id: set() for id in calendar.programme.courses}
    for session in schedule.live:
        found[session.course].add(Placement(tuple(calendar.number(slot) for slot in session.slots)))
    return found
