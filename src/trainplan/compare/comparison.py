"""Everything in which two schedules differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from trainplan.audit import audit
from trainplan.compare.loads import Load, group_loads, instructor_loads, venue_loads
from trainplan.compare.pairs import Difference, differences
from trainplan.findings import Finding
from trainplan.goals import GOALS
from trainplan.model import Programme, Schedule


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two: a schedule, the programme it is held against, what was found when reading it."""

    programme: Programme
    schedule: Schedule
    unreadable: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class GoalPair:
    """What a goal comes to on both sides, in its own units and in words; smaller is better.

    ``counts`` says whether the programme of one of the sides names it.
    """

    name: str
    values: tuple[int, int]
    words: tuple[str, str]
    counts: bool


LoadPair = tuple[Load | None, Load | None]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two sides held against each other.

    Attributes:
        sessions: Those that differ.
        same: How many are the same on both sides.
        goals: All there are; those that count come first, in the programme's order.
        groups, venues, instructors: The load of each by id; None on a side whose programme has none such.
        gained: Findings that the second side has and the first has not.
        lost: The other way round.
    """

    sessions: tuple[Difference, ...]
    same: int
    goals: tuple[GoalPair, ...]
    groups: Mapping[str, LoadPair]
    venues: Mapping[str, LoadPair]
    instructors: Mapping[str, LoadPair]
    gained: tuple[Finding, ...]
    lost: tuple[Finding, ...]


def compare(first: Side, second: Side) -> Comparison:
    """Hold ``second`` against ``first``."""
    sessions, same = differences(first.schedule.sessions, second.schedule.sessions)
    sides = (first, second)
    found = [(*side.unreadable, *audit(side.programme, side.schedule)) for side in sides]
    return Comparison(
        sessions,
        same,
        tuple(_goals(first, second)),
        _pairs(*(group_loads(side.programme, side.schedule) for side in sides)),
        _pairs(*(venue_loads(side.programme, side.schedule) for side in sides)),
        _pairs(*(instructor_loads(side.programme, side.schedule) for side in sides)),
        gained=_without(found[1], found[0]),
        lost=_without(found[0], found[1]),
    )


def _goals(first: Side, second: Side) -> list[GoalPair]:
    named = dict.fromkeys((*first.programme.goals, *second.programme.goals))
    order = [name for name in named if name in GOALS] + [name for name in GOALS if name not in named]
    # The second is what has become of the first, for the goal that weighs changes.
    changed = replace(second, schedule=replace(second.schedule, before=first.schedule))
    pairs = []
    for name in order:
        goal = GOALS[name]
        values = [goal.measure(side.programme, side.schedule) for side in (first, changed)]
        words = [
            goal.say(side.programme, side.schedule, value)
            for side, value in zip((first, changed), values, strict=True)
        ]
        pairs.append(GoalPair(name, (values[0], values[1]), (words[0], words[1]), name in named))
    return pairs


def _pairs(first: Mapping[str, Load], second: Mapping[str, Load]) -> dict[str, LoadPair]:
    return {id: (first.get(id), second.get(id)) for id in dict.fromkeys((*first, *second))}


def _without(found: Sequence[Finding], other: Sequence[Finding]) -> tuple[Finding, ...]:
    """Return the findings of one side that the other has not; where they stand in a file is no difference."""
    spare = Counter((one.rule, one.severity, one.message) for one in other)
    left = []
    for one in found:
        known = (one.rule, one.severity, one.message)
        if spare[known]:
            spare[known] -= 1
        else:
            left.append(one)
    return tuple(left)
