"""Independent parts of a programme planned one by one, side by side in processes, and put together again."""

from __future__ import annotations

import os
import time
from collections.abc import Generator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from math import fsum, sqrt
from multiprocessing import current_process
from random import Random
from threading import Event

from trainplan.goals import pursued
from trainplan.model import Programme, Schedule
from trainplan.outcome import Limits, Outcome, Progress, Report
from trainplan.parallel import Lost, each
from trainplan.solve.answer import answer, unkeepable
from trainplan.solve.construct import one_pass
from trainplan.solve.parts import LARGEST, Part, lanes, split
from trainplan.solve.planner import Planner
from trainplan.solve.planner import run as plan_whole
from trainplan.solve.search import Budget
from trainplan.solve.telling import Telling
from trainplan.solve.warm import pinned, sound
from trainplan.workdays import Calendar

WORTH_SPLITTING = 500  # a programme of less work is proved as a whole as quickly
WORTH_A_PROCESS = 300  # a part of so much work takes some seconds, and starting a process takes one
JOINING = 0.04  # of the budget, for putting the parts together
LEAST_SECONDS = 5.0  # with less, starting processes would use up too much of it


@dataclass(frozen=True, slots=True)
class Order:
    """What all lanes share: the parts, and by when they must be planned."""

    parts: tuple[Part, ...]
    limits: Limits
    until: float  # as time.time() counts, which is the same in all processes

    def seconds(self, number: int, left: Sequence[int]) -> float:
        """Return what one part may take while the parts ``left`` wait in its lane, itself among them.

        Where answers must repeat, each has its share of the whole from the start, whatever the lanes. By
        work alone a small part beside a large one would have no time for so much as its first schedule.
        """
        due = [sqrt(part.work) for part in self.parts]
        if self.limits.reproducible:
            return self.limits.seconds * due[number] / sum(due)
        clock = min(self.until - time.time(), self.limits.seconds)
        return max(0.0, clock) * due[number] / sum(due[one] for one in left)


@dataclass(frozen=True, slots=True)
class Planned:
    """What one part came to.

    Attributes:
        bounds: What no schedule betters that is as good on the goals before, for each goal.
        early_bounds: Those of them that rest on nothing but the first goal's value.
        seconds: Time or effort taken.
    """

    number: int
    schedule: Schedule | None
    values: tuple[int, ...]
    bounds: tuple[int, ...]
    early_bounds: tuple[int, ...]
    impossible: bool
    seconds: float


def run(
    programme: Programme,
    limits: Limits,
    *,
    before: Schedule | None,
    report: Report | None,
    stop: Event | None,
    start: Schedule | None = None,
) -> Outcome:
    """Plan ``programme``, apart where it falls apart; see ``trainplan.solve.plan``."""
    budget = Budget(limits, stop)
    if start is not None and before is None:
        before = pinned(start)
    # Parts that are near enough to their bounds say nothing of the whole where bounds can't be added up.
    parts = () if limits.gap else split(programme, before, start)
    if sum(part.work for part in parts) < WORTH_SPLITTING:
        return plan_whole(programme, limits, before=before, report=report, stop=stop, start=start)
    return plan_apart(programme, parts, budget, before, report or (lambda progress: None))


def plan_apart(
    programme: Programme, parts: Sequence[Part], budget: Budget, before: Schedule | None, report: Report
) -> Outcome:
    """Return the answer that the plans of the parts make together.

    Raises:
        Fault: The schedule put together fails its audit.
    """
    planned: list[Planned] = []
    seconds = 0.0
    goals = pursued(programme)

    def so_far() -> Outcome | None:
        """Return what there is, the rest put together session by session."""
        there = {one.number: one.schedule for one in planned}
        whole = [there.get(number) or _makeshift(part, budget.limits) for number, part in enumerate(parts)]
        known = [one for one in whole if one is not None]
        if len(known) < len(whole):
            return None
        joined = Schedule.of((session for one in known for session in one.sessions), before)
        stopped, none = budget.stop.is_set(), [0] * len(goals)
        return answer(
            programme,
            joined,
            goals,
            none,
            seconds=budget.seconds,
            interrupted=stopped,
            reasons=False,
        )

    report(Progress("", None, None, 0.0, so_far=so_far))
    with closing(_each(parts, budget)) as results:
        for one in results:
            planned.append(one)
            # Added up exactly, for they come in any order.
            seconds = fsum(one.seconds for one in planned) if budget.limits.reproducible else budget.seconds
            said = f"{len(planned)} of {len(parts)} independent parts planned"
            report(Progress("", None, None, seconds, said))
            if one.impossible:
                break
    interrupted = budget.stop.is_set()
    if any(one.impossible for one in planned):
        because = unkeepable(programme, before)
        return Outcome("infeasible", None, (), (), seconds, interrupted, because)
    schedules = [one.schedule for one in planned if one.schedule is not None]
    if len(schedules) < len(parts):
        return Outcome("unknown", None, (), (), seconds, interrupted)
    whole = Schedule.of((session for one in schedules for session in one.sessions), before)
    bounds = joint_bounds([goal.name for goal in goals], planned)
    outcome = answer(programme, whole, goals, bounds, seconds=seconds, interrupted=interrupted)
    values = [goal.measure(programme, whole) for goal in goals]
    Telling([goal.name for goal in goals], report).measured(values, bounds, seconds)
    return outcome


def joint_bounds(goals: Sequence[str], planned: Sequence[Planned]) -> list[int]:
    """Return a bound for each goal of the whole programme.

    A part's bound holds for schedules of the part that do as well on the goals before it. A schedule of the
    whole that does as well on them may do better in one part and worse in another, unless they are proved
    everywhere. Where they are not, the part's bound that rests on the first goal alone may still hold.
    """
    bounds = []
    for number, goal in enumerate(goals):
        joined = max if goal in LARGEST else sum
        if _proved(planned, number):
            bounds.append(joined(one.bounds[number] for one in planned))
        elif _proved(planned, 1):
            bounds.append(joined(one.early_bounds[number] for one in planned))
        else:
            bounds.append(0)
    return bounds


def _proved(planned: Sequence[Planned], goals: int) -> bool:
    """Say whether the first so many goals are proved in every part."""
    return all(
        bound >= value
        for one in planned
        for value, bound in zip(one.values[:goals], one.bounds[:goals], strict=True)
    )


def _each(parts: Sequence[Part], budget: Budget) -> Generator[Planned, None, None]:
    """Yield what each part came to, as they are done."""
    limits = budget.limits
    workers = limits.workers or os.cpu_count() or 1
    large = sum(part.work >= WORTH_A_PROCESS for part in parts)
    # A daemon, as a dask worker is, may have no children.
    alone = current_process().daemon or limits.seconds < LEAST_SECONDS
    processes = 1 if alone else max(1, min(workers, large))
    dealt = lanes(parts, processes)
    until = time.time() + budget.left * (1 - JOINING)
    order = Order(tuple(parts), replace(limits, workers=max(1, workers // processes)), until)
    left = [number for lane in dealt for number in lane]
    if processes > 1:
        try:
            with closing(each(_lane, order, dealt, processes=processes, stop=budget.stop)) as results:
                for some in results:
                    left = [number for number in left if number not in [one.number for one in some]]
                    yield from some
        except Lost:
            # The machine lets nobody start processes, or has no memory for them: this one is left.
            pass
    yield from in_turn(order, sorted(left, key=lambda one: parts[one].work), budget.stop)


def _lane(order: Order, lane: Sequence[int], stop: Event) -> list[Planned]:
    return list(in_turn(order, lane, stop))


def in_turn(order: Order, lane: Sequence[int], stop: Event) -> Generator[Planned, None, None]:
    """Plan some parts one after another; no more of them once one is impossible."""
    for at, number in enumerate(lane):
        seconds = order.seconds(number, lane[at:])
        one = _plan(number, order.parts[number], replace(order.limits, seconds=seconds), stop)
        yield one
        if one.impossible:
            return


def _plan(number: int, part: Part, limits: Limits, stop: Event) -> Planned:
    planner = Planner(part.programme, limits, part.before, lambda progress: None, stop, part.start)
    if planner.budget.left > 0:
        # Nobody sees a part by itself; the whole will be audited.
        planner.search()
    schedule = planner.best
    if schedule is None and not planner.impossible:
        schedule = _makeshift(part, limits)
    values: list[int] = []
    if schedule is not None:
        values = [goal.measure(part.programme, schedule) for goal in planner.goals]
    return Planned(
        number,
        schedule,
        tuple(values),
        tuple(planner.proofs.of(values)),
        tuple(planner.proofs.at_best(values)),
        planner.impossible,
        planner.budget.seconds,
    )


def _makeshift(part: Part, limits: Limits) -> Schedule | None:
    """Return some schedule of a part for which there was no time; None if pins have to be kept."""
    if part.start is not None:
        begun = sound(part.programme, part.start, part.before or Schedule(()))
        if begun is not None:
            return begun
    return None if part.pinned else one_pass(Calendar(part.programme), Random(limits.seed), shaken=False)
