"""All goals that a programme may name, in the order of the manual.

In which order they count is the programme's choice.
"""

from __future__ import annotations

from trainplan.goals.base import Goal
from trainplan.goals.changes import Changes
from trainplan.goals.cost import Cost
from trainplan.goals.due import Due
from trainplan.goals.early import Early
from trainplan.goals.even import Even
from trainplan.goals.finish import Finish
from trainplan.goals.seats import Seats
from trainplan.goals.sessions import Sessions
from trainplan.model import Programme

_ALL: tuple[Goal, ...] = (Seats(), Due(), Sessions(), Early(), Finish(), Even(), Cost(), Changes())

GOALS: dict[str, Goal] = {goal.name: goal for goal in _ALL}

__all__ = ["GOALS", "Goal", "pursued"]


def pursued(programme: Programme) -> tuple[Goal, ...]:
    """Return what is optimised, most important first; where seats are not named they come first.

    No other goal gives a reason to place a seat at all.
    """
    names = programme.goals if "seats" in programme.goals else ("seats", *programme.goals)
    return tuple(GOALS[name] for name in names)
