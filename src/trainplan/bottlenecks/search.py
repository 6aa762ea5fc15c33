"""The search for what limits a plan: priced by the relaxation, confirmed by planning again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from threading import Event

from trainplan.bottlenecks.relief import MORE, Relief, Worth, reliefs, with_ghosts
from trainplan.model import Programme, Schedule
from trainplan.outcome import GoalResult, Limits, Outcome, Progress, Report
from trainplan.workdays import calendar_of

PRICING = 0.5  # of the time, at most
LEAST = 0.5  # seconds; there is no use in planning for less


@dataclass(frozen=True, slots=True)
class Tried:
    """A relief and the plan that was made with it.

    Attributes:
        helps: The plan is better, goal by goal in their order.
        settled: It is proved that this is the relief's doing, or where it does not help, that it can't.
    """

    relief: Relief
    outcome: Outcome
    helps: bool
    settled: bool


@dataclass(slots=True)
class Limiting:
    """What was found out.

    Attributes:
        base: The plan without any relief, given the same effort as each plan with one.
        priced: There was time to ask about every goal.
        tried: Best first: those that help, then those that do not.
        untried: Those that there was no time for; nothing is claimed of them.
    """

    base: Outcome
    priced: bool = True
    tried: list[Tried] = field(default_factory=list)
    untried: list[Relief] = field(default_factory=list)
    interrupted: bool = False


def limiting(
    programme: Programme,
    schedule: Schedule,
    limits: Limits,
    most: int,
    left: Callable[[], float],
    report: Report,
    stop: Event,
) -> Limiting:
    """Return what limits the plan, confirmed as far as there is time.

    Args:
        programme: What was planned.
        schedule: A sound schedule for it.
        limits: Workers and seed; ``seconds`` is the time for everything.
        most: So many reliefs are tried at most.
        left: Says how many seconds are left.
        report: Called now and then.
        stop: When set, what is known comes back at once.
    """
    from trainplan.solve import plan_from

    report(Progress("", None, None, 0.0))
    began = left()
    report(Progress("", None, None, 0.0, so_far=lambda: nothing_tried(programme, schedule, stop.is_set())))
    found, priced = _priced(programme, schedule, limits, stop)
    found = found[:most]
    # As much time for each plan as the prices took; less would not even lay out a large programme.
    least = max(LEAST, began - left())
    plans = max(1, min(len(found) + 2, int(left() / least)))
    share = left() / plans
    if left() < LEAST or stop.is_set():
        return Limiting(_as_is(programme, schedule), priced, [], found, stop.is_set())
    first = plan_from(programme, schedule, _part(limits, share), stop=stop)
    assert first.schedule is not None
    # Plans with a relief go on from the first plan. So does the one without: searching on is no gain.
    settled = first.status == "optimal" or plans < 3
    base = first if settled else plan_from(programme, first.schedule, _part(limits, share), stop=stop)
    result = Limiting(base, priced)

    def so_far() -> Limiting:
        tried = tuple(result.tried)
        untried = [one for one in found if one not in [each.relief for each in tried]]
        return _in_order(
            programme, replace(result, tried=[*tried], untried=untried, interrupted=stop.is_set())
        )

    report(Progress("", None, None, 0.0, so_far=so_far))
    for number, relief in enumerate(found):
        if stop.is_set() or left() < 0.9 * least:
            result.untried = found[number:]
            break
        seconds = left() / (len(found) - number) if settled else share
        outcome = plan_from(relief.programme, first.schedule, _part(limits, max(seconds, least)), stop=stop)
        result.tried.append(compared(relief, base, outcome))
        best = outcome.goals[-1]
        report(Progress(best.name, best.value, None, 0.0))
    result.interrupted = stop.is_set()
    return _in_order(programme, result)


def nothing_tried(programme: Programme, schedule: Schedule, stopped: bool) -> Limiting:
    """Return the answer for which there was no time; nothing is claimed."""
    return Limiting(_as_is(programme, schedule), priced=False, interrupted=stopped)


def _in_order(programme: Programme, result: Limiting) -> Limiting:
    order = list(programme.goals)
    tried = sorted(
        result.tried,
        key=lambda one: (not one.helps, [one.outcome.goals[at].value for at in range(len(order))]),
    )
    return replace(result, tried=tried)


def compared(relief: Relief, base: Outcome, outcome: Outcome) -> Tried:
    """Return whether the plan with a relief is better, and how sure that is."""
    for before, after in zip(base.goals, outcome.goals, strict=True):
        if after.value != before.value:
            # Below the bound of all plans without the relief: no search could have found it without.
            return Tried(relief, outcome, after.value < before.value, after.value < before.bound)
        if not before.proved:
            # Beyond a goal that is not settled, bounds say nothing of the goals after it.
            return Tried(relief, outcome, _better(base.goals, outcome.goals), False)
    return Tried(relief, outcome, False, all(goal.proved for goal in outcome.goals))


def _better(before: tuple[GoalResult, ...], after: tuple[GoalResult, ...]) -> bool:
    return [goal.value for goal in after] < [goal.value for goal in before]


def _as_is(programme: Programme, schedule: Schedule) -> Outcome:
    """Return a schedule as an answer that nobody had time to better."""
    from trainplan.goals import GOALS

    values = [(name, GOALS[name].measure(programme, schedule)) for name in programme.goals]
    return Outcome("feasible", schedule, tuple(GoalResult(*one, 0) for one in values), (), 0.0)


def _part(limits: Limits, seconds: float) -> Limits:
    return Limits(max(seconds, 0.1), limits.workers, limits.seed)


def _priced(
    programme: Programme, schedule: Schedule, limits: Limits, stop: Event
) -> tuple[list[Relief], bool]:
    from trainplan.goals import GOALS
    from trainplan.solve.prices import prices

    goals = [name for name in programme.goals if GOALS[name].measure(programme, schedule)]
    if len(goals) > 1 and "sessions" in goals:
        # How many sessions there are follows from class sizes more than from anything that can be had.
        goals.remove("sessions")
    wider, ghosts = with_ghosts(programme)
    calendar = calendar_of(programme)
    found, whole = prices(wider, schedule, set(ghosts), goals, _part(limits, limits.seconds * PRICING), stop)
    worths = [
        Worth(
            one.goal,
            one.rule,
            one.about.id,
            calendar.day(one.slot).replace(day=1) if one.slot >= 0 else None,
            one.worth,
        )
        for one in found
        if one.about.id.startswith(MORE) or one.rule in ("group-cover", "course-order", "course-parallel")
    ]
    return reliefs(programme, ghosts, worths), whole
