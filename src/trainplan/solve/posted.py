"""A board with every rule and every goal on it: what each search starts from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from trainplan.goals.base import Goal
from trainplan.model import Schedule
from trainplan.rules import RULES
from trainplan.rules.base import Expr
from trainplan.solve.board import Board
from trainplan.solve.search import Budget
from trainplan.workdays import Calendar, Placement


def posted(
    calendar: Calendar,
    goals: Sequence[Goal],
    before: Schedule | None,
    budget: Budget,
    candidates: Mapping[str, Sequence[Placement]] | None = None,
) -> tuple[Board, list[Expr]]:
    """Return a board with all rules posted, and for each goal the expression to make small.

    Args:
        calendar: Of the programme to plan.
        goals: Most important first.
        before: An earlier schedule; its sessions with pins keep their names.
        budget: Is told of the work.
        candidates: Placements to choose from, by course; the calendar's where left out.
    """
    board = Board(calendar.programme, calendar=calendar, before=before, candidates=candidates)
    for rule in RULES:
        rule.post(board)
    objectives = [goal.post(board) for goal in goals]
    budget.built(board)
    return board, objectives


def places(calendar: Calendar, schedule: Schedule) -> dict[str, set[Placement]]:
    """Return where a schedule's sessions lie, by course; empty for a course without any."""
    found: dict[str, set[Placement]] = {id: set() for id in calendar.programme.courses}
    for session in schedule.live:
        found[session.course].add(Placement(tuple(calendar.number(slot) for slot in session.slots)))
    return found
