"""The search for what limits a plan: priced by the relaxation, confirmed by planning again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from threading import Event

from trainplan.audit import audit
from trainplan.bottlenecks.relief import MORE, Relief, Worth, reliefs, unpriced, with_ghosts
from trainplan.bottlenecks.tried import Tried, answer_goals, compared, no_worse, status_of
from trainplan.goals import GOALS, pursued
from trainplan.model import Programme, Schedule
from trainplan.outcome import Limits, Outcome, Progress, Report, bounds_beside
from trainplan.workdays import calendar_of

PRICING = 0.5  # of the time, at most
LEAST = 0.5  # seconds; there is no use in planning for less


@dataclass(slots=True)
class Limiting:
    """What was found out.

    Attributes:
        base: The best plan known without any relief.
        priced: There was time to ask about every goal.
        tried: Best first: those that help, then those that do not.
        untried: Those that there was no time for; nothing is claimed of them.
        failed: Those with which planning ended in a fault, and which; nothing is claimed of them either.
        trouble: The fault in which pricing, or bettering the plan without any, ended; empty where none did.
        beyond: How many more there are than were to be tried at most.
    """

    base: Outcome
    priced: bool = True
    tried: list[Tried] = field(default_factory=list)
    untried: list[Relief] = field(default_factory=list)
    interrupted: bool = False
    failed: list[tuple[Relief, str]] = field(default_factory=list)
    trouble: str = ""
    beyond: int = 0


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
    report(Progress("", None, None, 0.0))
    # Seats come first even where they are not named: a plan that leaves people out is no better plan.
    programme = replace(programme, goals=tuple(goal.name for goal in pursued(programme)))
    began = left()
    result = Limiting(_as_is(programme, schedule), priced=False)
    outcomes: list[tuple[Relief, Outcome]] = []

    def so_far() -> Limiting:
        """Return what is known at any moment; what has not been tried by then is said to be untried."""
        tried = [*outcomes]
        known = [relief for relief, _ in tried] + [relief for relief, _ in result.failed]
        untried = [one for one in found if one not in known]
        return replace(_compared(result, tried), untried=untried, interrupted=stop.is_set())

    found: list[Relief] = []
    report(Progress("", None, None, 0.0, so_far=so_far))
    try:
        found, result.priced = _priced(programme, schedule, limits, stop)
    except Exception as error:
        found, result.priced, result.trouble = [], False, _named(error)
    if any(_worthy(programme, schedule)):
        known = {(one.kind, one.about) for one in found}
        found += [one for one in unpriced(programme) if (one.kind, one.about) not in known]
    found, result.beyond = found[:most], max(0, len(found) - most)
    # As much time for each plan as the prices took; less would not even lay out a large programme.
    least = max(LEAST, began - left())
    plans = max(1, min(len(found) + 2, int(left() / least)))
    if left() < LEAST or stop.is_set():
        result.untried, result.interrupted = found, stop.is_set()
        return result
    if plans > 1 or not found:
        # Plans with a relief are given as much time as the one without: searching on is no gain.
        for share in (left() / plans, left() / max(1, plans - 1))[: 1 if plans < 3 else 2]:
            if result.base.status != "optimal" and not stop.is_set():
                try:
                    result.base = _better(programme, result.base, limits, share, stop)
                except Exception as error:
                    result.trouble = result.trouble or _named(error)
                    break
    for number, relief in enumerate(found):
        # The first is tried with whatever is left: with none tried the time would have been for nothing.
        if stop.is_set() or left() < (LEAST if number == 0 else 0.9 * least):
            result.untried = found[number:]
            break
        seconds = max(left() / (len(found) - number), min(least, left()))
        try:
            outcome = _plan(relief.programme, result.base, limits, seconds, stop)
        except Exception as error:
            result.failed.append((relief, _named(error)))
            continue
        result.base = _learned(programme, result.base, outcome)
        outcomes.append((relief, outcome))
        best = outcome.goals[-1]
        report(Progress(best.name, best.value, None, 0.0))
    result.interrupted = stop.is_set()
    return _compared(result, outcomes)


def nothing_tried(programme: Programme, schedule: Schedule, stopped: bool) -> Limiting:
    """Return the answer for which there was no time; nothing is claimed."""
    return Limiting(_as_is(programme, schedule), priced=False, interrupted=stopped)


def _compared(result: Limiting, outcomes: Sequence[tuple[Relief, Outcome]]) -> Limiting:
    """Return what was found out, each plan held against the one without relief, the best first.

    Only at the end, for the plan without relief may have become better meanwhile. All are held against the
    same one, though another thread may find a better one while this one compares.
    """
    base = result.base
    tried = [
        compared(relief, base, no_worse(relief.programme, base, outcome)) for relief, outcome in outcomes
    ]
    tried.sort(key=lambda one: (not one.helps, [goal.value for goal in one.outcome.goals]))
    return replace(result, base=base, tried=tried)


def _plan(programme: Programme, base: Outcome, limits: Limits, seconds: float, stop: Event) -> Outcome:
    from trainplan.solve import plan_from

    assert base.schedule is not None
    part = Limits(max(seconds, 0.1), limits.workers, limits.seed)
    return plan_from(programme, base.schedule, part, stop=stop)


def _better(programme: Programme, base: Outcome, limits: Limits, seconds: float, stop: Event) -> Outcome:
    """Return the plan made better, or as it is."""
    return no_worse(programme, base, _plan(programme, base, limits, seconds, stop))


def _learned(programme: Programme, base: Outcome, outcome: Outcome) -> Outcome:
    """Return the plan without relief and its bounds after one with a relief.

    Whatever is sound without the relief is a plan without it: then its gain came from searching on. And no
    plan without it can be below what is the least with it.
    """
    assert outcome.schedule is not None
    names = [one.name for one in base.goals]
    values = [GOALS[name].measure(programme, outcome.schedule) for name in names]
    now, schedule, unplaced = [one.value for one in base.goals], base.schedule, base.unplaced
    if values < now and _sound(programme, outcome.schedule):
        schedule, unplaced = outcome.schedule, outcome.unplaced
    else:
        values = now
    bounds = bounds_beside(values, now, [one.bound for one in base.goals])
    there = [one.value for one in outcome.goals]
    others = bounds_beside(values, there, [one.bound for one in outcome.goals])
    results = answer_goals(names, values, list(map(max, bounds, others)))
    return Outcome(status_of(results), schedule, results, unplaced, base.seconds)


def _sound(programme: Programme, schedule: Schedule) -> bool:
    """Say whether a schedule that may lack seats needs no relief: it breaks no rule with what there is."""
    has = all(
        programme.venues.keys() >= set(one.venues) and programme.instructors.keys() >= set(one.instructors)
        for one in schedule.live
    )
    breaches = (one for one in audit(programme, schedule) if one.severity == "error")
    return has and all(one.rule == "demand" for one in breaches)


def _as_is(programme: Programme, schedule: Schedule) -> Outcome:
    """Return a schedule as an answer that nobody had time to better."""
    values = [GOALS[name].measure(programme, schedule) for name in programme.goals]
    results = answer_goals(programme.goals, values, [0] * len(values))
    return Outcome(status_of(results), Schedule.of(schedule.live), results, (), 0.0)


def _named(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"


def _worthy(programme: Programme, schedule: Schedule) -> Sequence[str]:
    """Return the goals of which something is left to gain, by more of something."""
    goals = [name for name in programme.goals if GOALS[name].measure(programme, schedule)]
    if len(goals) > 1 and "sessions" in goals:
        # How many sessions there are follows from class sizes more than from anything that can be had.
        goals.remove("sessions")
    return goals


def _priced(
    programme: Programme, schedule: Schedule, limits: Limits, stop: Event
) -> tuple[list[Relief], bool]:
    from trainplan.solve.prices import prices

    wider, ghosts = with_ghosts(programme)
    calendar = calendar_of(programme)
    part = Limits(max(limits.seconds * PRICING, 0.1), limits.workers, limits.seed)
    found, whole = prices(wider, schedule, set(ghosts), _worthy(programme, schedule), part, stop)
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
