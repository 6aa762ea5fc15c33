"""A relief held against the plan without it: whether it helps, by how much, and what of that is proved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from trainplan.bottlenecks.relief import Relief
from trainplan.goals import GOALS
from trainplan.model import Programme
from trainplan.outcome import GoalResult, Outcome, OutcomeStatus, bounds_beside

Extent = Literal["exact", "at least", "at most", "open"]


@dataclass(frozen=True, slots=True)
class Tried:
    """A relief and the plan that was made with it.

    Attributes:
        helps: The plan is better, goal by goal in their order.
        settled: It is proved that this is the relief's doing, or where it does not help, that it can't.
        extents: For each goal, in their order, what is known of the true gain: just so much, at least so
            much, at most so much, or nothing of the kind is proved.
    """

    relief: Relief
    outcome: Outcome
    helps: bool
    settled: bool
    extents: tuple[Extent, ...] = ()


def no_worse(programme: Programme, base: Outcome, found: Outcome) -> Outcome:
    """Return what was found, or the plan it began with if that is better: more of something never harms.

    Args:
        programme: With the relief.
        base: The plan without it, which is sound with it too.
        found: The plan made with it.
    """
    assert base.schedule is not None
    values = [GOALS[one.name].measure(programme, base.schedule) for one in found.goals]
    there = [one.value for one in found.goals]
    if there <= values:
        return found
    bounds = bounds_beside(values, there, [one.bound for one in found.goals])
    goals = answer_goals([one.name for one in found.goals], values, bounds)
    return Outcome(status_of(goals), base.schedule, goals, base.unplaced, found.seconds, found.interrupted)


def answer_goals(
    names: Sequence[str], values: Sequence[int], bounds: Sequence[int]
) -> tuple[GoalResult, ...]:
    """Return goals as an answer has them."""
    return tuple(GoalResult(*each) for each in zip(names, values, bounds, strict=True))


def status_of(goals: Sequence[GoalResult]) -> OutcomeStatus:
    """Return the status of a plan with these goals."""
    return "optimal" if all(one.proved for one in goals) else "feasible"


def compared(relief: Relief, base: Outcome, outcome: Outcome) -> Tried:
    """Return whether the plan with a relief is better, how sure that is, and how sure how much."""
    extents = _extents(base.goals, outcome.goals)
    for before, after in zip(base.goals, outcome.goals, strict=True):
        if after.value != before.value:
            # Below the bound of all plans without the relief: no search could have found it without.
            return Tried(relief, outcome, after.value < before.value, after.value < before.bound, extents)
        if not before.proved:
            # Beyond a goal that is not settled, bounds say nothing of the goals after it.
            helps = [one.value for one in outcome.goals] < [one.value for one in base.goals]
            return Tried(relief, outcome, helps, False, extents)
    return Tried(relief, outcome, False, all(goal.proved for goal in outcome.goals), extents)


def _extents(base: Sequence[GoalResult], relieved: Sequence[GoalResult]) -> tuple[Extent, ...]:
    """Return how far the gain of each goal is the true one.

    Where every goal before is proved on both sides, a plan that is not proved the best bounds the gain from
    one side. Beyond that a better plan could do otherwise on any goal.
    """
    found: list[Extent] = []
    proved = True
    for before, after in zip(base, relieved, strict=True):
        extent: Extent = "open"
        if proved and (before.proved or after.proved):
            extent = "at most" if not before.proved else "exact" if after.proved else "at least"
        found.append(extent)
        proved &= before.proved and after.proved
    return tuple(found)
