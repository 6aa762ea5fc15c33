"""What a replan comes to: the audited schedule with what is proved, or why there is none."""

from __future__ import annotations

from dataclasses import replace

from trainplan.findings import Finding
from trainplan.goals.base import Goal
from trainplan.model import Schedule
from trainplan.outcome import Fault, GoalResult, Outcome
from trainplan.solve.answer import unkeepable, unplaced
from trainplan.solve.replanning.incumbent import Incumbent
from trainplan.solve.replanning.situation import FIRST, Situation
from trainplan.solve.search import Budget
from trainplan.words import listed


def answer(situation: Situation, incumbent: Incumbent, budget: Budget, *, reasons: bool = True) -> Outcome:
    """Return the outcome as it is now; any thread may ask.

    Args:
        situation: Where the replan began.
        incumbent: What it has come to.
        budget: What it has taken.
        reasons: Whether to say why seats are left over.

    Raises:
        Fault: The schedule breaks a rule, or a goal is better than what was proved of it.
    """
    interrupted, seconds = budget.stop.is_set(), budget.seconds
    # Read once: the search goes on meanwhile, where another thread asks.
    best = incumbent.best
    if best is None:
        status = "infeasible" if incumbent.impossible else "unknown"
        because = _why_impossible(situation) if incumbent.impossible else ()
        return Outcome(status, None, (), (), seconds, interrupted, because)  # type: ignore[arg-type]
    unsound = situation.unsound(best)
    if unsound:
        raise Fault(f"a replanned schedule breaks {unsound[0].rule}: {unsound[0]}")
    history, earlier = situation.history, situation.before
    before = Schedule.of(history.written(earlier.sessions), earlier.before, earlier.today)
    written = Schedule.of(history.written(best.live), before)
    results = []
    values = incumbent.values(best)
    proved = zip(situation.goals, values, incumbent.proofs.of(values), strict=True)
    for number, (goal, value, bound) in enumerate(proved):
        if bound > value:
            raise Fault(f"goal {goal.name} is {value} in a schedule, and proved to be {bound} at least")
        if number >= len(FIRST):
            value, bound = _as_written(situation, goal, value, bound, written)
        results.append(GoalResult(goal.name, value, bound))
    live = {one.id for one in best.live}
    rows = [
        one if one.status == "cancelled" else replace(one, status="cancelled")
        for one in before.sessions
        if one.id not in live
    ]
    return Outcome(
        "optimal" if all(result.proved for result in results) else "feasible",
        Schedule.of([*written.live, *rows], before),
        tuple(results),
        tuple(unplaced(situation.programme, best, reasons=reasons)),
        seconds,
        interrupted,
    )


def _as_written(
    situation: Situation, goal: Goal, value: int, bound: int, written: Schedule
) -> tuple[int, int]:
    """Return what a goal comes to, and its bound, with what is over as it was written."""
    told = goal.measure(situation.asked, written)
    if goal.name == "even":
        return told, max(bound, goal.measure(situation.asked, Schedule.of(situation.history.over.values())))
    # What was cut off counts for every schedule alike.
    return told, bound + told - value


def _why_impossible(situation: Situation) -> tuple[Finding, ...]:
    """Return the pins that can't be kept together with what happened, and what stands against them.

    Of what pinned sessions break by themselves, that what comes before them is missing says nothing:
    it is not pinned, and could be anywhere.
    """
    pinned = {one.id: one for one in situation.stands.live if one.pin}
    alone = [
        one
        for one in unkeepable(situation.asked, Schedule.of(pinned.values()))
        if one.rule not in ("course-order", "group-attendance")
    ]
    found = alone or [
        one
        for one in situation.breaches(situation.stands)
        if one.rule != "demand" and not pinned.keys().isdisjoint(one.sessions)
    ]
    concerned = {id for one in found for id in one.sessions if id in pinned} or set(pinned)
    pins = [
        Finding(
            "pinned",
            "error",
            f"{id} is pinned ({listed(sorted(pinned[id].pin))})",
            (id,),
            pinned[id].days,
            place and replace(place, column="pin"),
        )
        for id in sorted(concerned)
        for place in (pinned[id].place,)
    ]
    return (*pins, *found)
