"""What a little more of anything would be worth: the dual values of the linear relaxation, rule by rule.

A dual value says by how much a goal's bound would fall for one more of what its row limits. It is only a
hint: whole sessions may gain less, or more. What is priced here has to be confirmed by planning with it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from threading import Event

from ortools.sat.python import cp_model

from trainplan.goals import GOALS
from trainplan.model import Programme, Schedule
from trainplan.outcome import Limits
from trainplan.rules import RULES
from trainplan.rules.base import About, Condition, Expr
from trainplan.solve.board import Board
from trainplan.solve.bound import Relaxation, Row
from trainplan.solve.search import Budget
from trainplan.workdays import Calendar

Tag = tuple[str, About]
LEAST = 1e-6


@dataclass(frozen=True, slots=True)
class Price:
    """What one more would take off a goal, at most about so much.

    Attributes:
        goal: Which goal.
        rule, about: What limits it.
        slot: When it does, a number on the calendar's axis; the first slot that the row is about.
        worth: In the goal's units, more than 0.
    """

    goal: str
    rule: str
    about: About
    slot: int
    worth: float


class Tagged(Board):
    """A board that remembers which rule each row was posted for."""

    def __init__(self, programme: Programme, calendar: Calendar) -> None:
        """Lay out a board without names or pins."""
        self.tags: dict[int, Tag] = {}
        super().__init__(programme, calendar=calendar)

    def require(self, condition: Condition, rule: str, about: About) -> None:
        """Post a condition on behalf of a rule, and remember which."""
        first = len(self.model.proto.constraints)
        super().require(condition, rule, about)
        for number in range(first, len(self.model.proto.constraints)):
            self.tags[number] = (rule, about)


class Priced(Relaxation):
    """A relaxation that gives its dual values away.

    Attributes:
        whole: There was time for all that was asked so far.
    """

    whole = True

    def prices(
        self, objective: Expr, tags: Mapping[int, Tag], none_yet: Collection[str], share: float
    ) -> Iterator[tuple[Tag, Row, float]]:
        """Yield the tagged rows that limit ``objective``, each with what one more would be worth.

        Args:
            objective: A linear expression.
            tags: By number of the constraint.
            none_yet: Venues and instructors that the programme does not have: they may not be used.
            share: Of the budget that is left.
        """
        if isinstance(objective, int):
            return
        self._read_on()
        constraints = self._board.model.proto.constraints
        numbers = [
            number
            for number in range(len(constraints))
            if constraints[number].has_linear() and not len(constraints[number].enforcement_literal)
        ]
        for at, number in enumerate(numbers):
            tag = tags.get(number)
            if tag is not None and tag[0] in ("venue-clash", "instructor-clash") and tag[1].id in none_yet:
                row = self._rows[at]
                self._rows[at] = Row(row.variables, row.factors, row.low, 0)
        flat = cp_model.FlatIntExpr(objective)
        cost = {variable.index: int(factor) for variable, factor in zip(flat.vars, flat.coeffs, strict=True)}
        duals = self._duals(cost, share)
        self.whole &= duals is not None
        for number, row, dual in zip(numbers, self._rows, duals or (), strict=False):
            # More of an upper limit helps where the dual value is below nought; there are no others here.
            if number in tags and dual < -LEAST and row.high is not None:
                yield tags[number], row, -dual


def prices(
    programme: Programme,
    schedule: Schedule,
    none_yet: Collection[str],
    goals: Collection[str],
    limits: Limits,
    stop: Event | None = None,
) -> tuple[list[Price], bool]:
    """Return what limits the goals of a schedule, and whether there was time to find out all of it.

    Args:
        programme: What was planned, and the venues and instructors besides that might be had.
        schedule: A sound schedule for it; no goal is to become worse than in it for a later one's sake.
        none_yet: Those venues and instructors.
        goals: The goals to ask about.
        limits: How much effort.
        stop: When set, what is known comes back at once.
    """
    budget = Budget(limits, stop)
    calendar = Calendar(programme)
    board = Tagged(programme, calendar)
    for rule in RULES:
        rule.post(board)
    objectives = {name: GOALS[name].post(board) for name in programme.goals}
    budget.built(board)
    times = _times(board)
    relaxation = Priced(board, budget)
    left = len(goals)
    found: list[Price] = []
    for name in programme.goals:
        if name in goals and budget.left > 0:
            for (blamed, about), row, worth in relaxation.prices(
                objectives[name], board.tags, none_yet, 1 / left
            ):
                at = max((times[one][0] for one in row.variables if one in times), default=-1)
                found.append(Price(name, blamed, about, at, worth))
            left -= 1
        board.structure(objectives[name] <= GOALS[name].measure(programme, schedule))
    return found, relaxation.whole and not left


def _times(board: Board) -> dict[int, tuple[int, int]]:
    """Return the first and the last slot that each variable is about; not all are about a time."""
    times: dict[int, tuple[int, int]] = {}
    for run in board.runs:
        for expr in (*run.counts.values(), *run.seats.values(), *run.people.values()):
            number = board.number(expr)
            if number is not None:
                times[number] = (run.placement.first, run.placement.last)
    for crew in board.crews:
        for expr in crew.staff.values():
            number = board.number(expr)
            if number is not None:
                times[number] = (crew.placement.first, crew.placement.last)
    return times
