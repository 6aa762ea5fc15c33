"""What the engine is asked and what it answers. Free of OR-Tools, so that views and exports may read it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from math import inf
from typing import Any, Literal

from trainplan.findings import Finding
from trainplan.model import Schedule

OutcomeStatus = Literal["optimal", "feasible", "infeasible", "unknown"]


@dataclass(frozen=True, slots=True)
class Limits:
    """How much effort an answer may take.

    Attributes:
        seconds: Wall-clock budget for the whole answer.
        workers: Threads of the solver; 0 is one for each processor.
        seed: For its random choices.
        reproducible: The same answer every time, whatever else the machine does: one worker, and a
            budget counted in the solver's own deterministic time in place of the clock's.
        gap: Good enough: ends as soon as every goal is proved to be within this share of its bound.
    """

    seconds: float = 60.0
    workers: int = 0
    seed: int = 0
    reproducible: bool = False
    gap: float = 0.0


@dataclass(frozen=True, slots=True)
class GoalResult:
    """What a goal came to, and the smallest value that is not ruled out, both in the goal's own units.

    A bound holds for schedules that do at least as well on the goals before it.
    """

    name: str
    value: int
    bound: int

    @property
    def proved(self) -> bool:
        """Whether nothing better is possible."""
        return self.bound >= self.value

    @property
    def gap(self) -> float:
        """How far the value can be from the best possible at most, as a share of the bound."""
        return apart(self.value, self.bound)


def apart(value: int, bound: int) -> float:
    """Return how far a value lies above its bound, as a share of the bound; infinite above nought."""
    if value <= bound:
        return 0.0
    return (value - bound) / bound if bound > 0 else inf


def bounds_beside(values: Sequence[int], found: Sequence[int], bounds: Sequence[int]) -> list[int]:
    """Return the bounds as they hold beside other values; 0 for those that don't.

    A bound was proved of schedules that do as well on the goals before it as those ``found``. So it holds
    beside ``values`` as long as each of those is no worse.

    Args:
        values: What the goals come to in another schedule, in their order.
        found: What they came to where the bounds were proved.
        bounds: One for each goal.
    """
    held = []
    as_good = True
    for value, there, bound in zip(values, found, bounds, strict=True):
        held.append(bound if as_good else 0)
        as_good &= value <= there
    return held


@dataclass(frozen=True, slots=True)
class Unplaced:
    """Seats that were asked for and have no session, with the reason in words."""

    course: str
    group: str
    seats: int
    because: str


@dataclass(frozen=True, slots=True)
class Progress:
    """A sign of life while solving: a better schedule or a better bound for the goal in hand.

    Attributes:
        goal: The goal in hand; empty while the model is being built.
        value: Its value in the best schedule so far, or None.
        bound: Its best bound so far, or None.
        seconds: Since the start.
        doing: What is being done, in words, where that is more than a goal's name.
        goals: What is known of every goal, the one in hand among them; empty where nobody keeps count.
        first: The value is that of the first schedule there is.
        so_far: Makes the answer there would be if the work ended now, from any thread, or None where there is
            none yet; told once, it is good from then on.
    """

    goal: str
    value: int | None
    bound: int | None
    seconds: float
    doing: str = ""
    goals: tuple[GoalResult, ...] = ()
    first: bool = False
    so_far: Callable[[], object] | None = field(default=None, compare=False)


Report = Callable[[Progress], None]


def convert_answer(report: Report, make: Callable[[Any], object]) -> Report:
    """Return a ``report`` whose answer so far is what ``make`` makes of the engine's."""

    def told(progress: Progress) -> None:
        ask = progress.so_far
        if ask is not None:

            def so_far() -> object:
                answer = ask()
                return None if answer is None else make(answer)

            progress = replace(progress, so_far=so_far)
        report(progress)

    return told


@dataclass(frozen=True, slots=True)
class Outcome:
    """The engine's answer.

    Attributes:
        status: ``optimal`` only when every goal is proved; ``infeasible`` only when that is proved;
            ``unknown`` when the budget ended before there was any schedule.
        schedule: The audited schedule, or None.
        goals: In the programme's order; empty without a schedule.
        unplaced: Seats without a session, in the files' order.
        seconds: Wall-clock time taken.
        interrupted: A person stopped it; the schedule is the best until then.
        because: With ``infeasible``: what can't be kept.
    """

    status: OutcomeStatus
    schedule: Schedule | None
    goals: tuple[GoalResult, ...]
    unplaced: tuple[Unplaced, ...]
    seconds: float
    interrupted: bool = False
    because: tuple[Finding, ...] = ()


class Fault(Exception):
    """Something that can only be a mistake in trainplan itself, e.g. a schedule that fails its audit."""
