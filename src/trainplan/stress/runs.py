"""Replanning after each disruption, many at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from threading import Event

from trainplan.model import Programme, Schedule, Session
from trainplan.outcome import Limits
from trainplan.parallel import each
from trainplan.replan import replan, unanswered
from trainplan.stress.draw import Disruption, draw
from trainplan.stress.rates import Rates
from trainplan.within import within


@dataclass(frozen=True, slots=True)
class Setting:
    """What all runs share."""

    programme: Programme
    schedule: Schedule
    rates: Rates
    seed: int
    limits: Limits
    freeze: int
    missing: int  # seats that the schedule leaves unplaced as it is


@dataclass(frozen=True, slots=True)
class Result:
    """What one disruption came to.

    Attributes:
        run: Its number.
        kind, id, event: What happened, and to whom.
        status: The engine's answer; without a schedule the numbers below are 0.
        people: Seats that are not in the same session on the same days any more.
        lost: Seats that no longer have a session.
        sessions: Sessions that are not as they were.
        cost: The goal ``changes``.
        seconds: Time that the replan took.
        interrupted: Somebody stopped it; it does not count.
    """

    run: int
    kind: str
    id: str
    event: str
    status: str
    people: int
    lost: int
    sessions: int
    cost: int
    seconds: float
    interrupted: bool = False


def stress(
    setting: Setting, runs: Sequence[int], *, processes: int, stop: Event, cluster: str | None = None
) -> Iterator[Result]:
    """Yield the result of each run, as they are done; what was stopped half-way is left out."""
    for one in each(_run, setting, runs, processes=processes, stop=stop, cluster=cluster, apart=True):
        if not one.interrupted:
            yield one


def _run(setting: Setting, run: int, stop: Event) -> Result:
    happened = draw(setting.programme, setting.rates, setting.seed, run)
    # People learn of it on the day on which it begins.
    what = setting.programme, setting.schedule, [happened.event]
    today = max(happened.first, setting.programme.starts)
    seconds = setting.limits.seconds
    made = within(
        lambda report, asked: replan(*what, today, setting.freeze, setting.limits, report=report, stop=asked),
        setting.limits,
        stop,
        lambda: unanswered(*what, today, seconds, stopped=stop.is_set()),
    )
    outcome = made.outcome
    if outcome.schedule is None:
        return _result(happened, outcome.status, 0, 0, 0, 0, outcome.seconds, outcome.interrupted)
    changed = [one for one in made.changes if one.kind != "kept"]
    people = sum(_displaced(one.before, one.after) for one in changed if one.before is not None)
    lost = max(0, sum(one.seats for one in outcome.unplaced) - setting.missing)
    cost = sum(one.cost for one in changed)
    return _result(
        happened, outcome.status, people, lost, len(changed), cost, outcome.seconds, outcome.interrupted
    )


def _displaced(before: Session, after: Session | None) -> int:
    """Return how many of a session's people are not in it on the same days any more."""
    stays = after is not None and after.slots == before.slots
    now = after.groups if stays and after is not None else {}
    return sum(max(0, seats - now.get(group, 0)) for group, seats in before.groups.items())


def _result(
    happened: Disruption,
    status: str,
    people: int,
    lost: int,
    sessions: int,
    cost: int,
    seconds: float,
    interrupted: bool,
) -> Result:
    return Result(
        happened.run,
        happened.kind,
        happened.id,
        happened.event,
        status,
        people,
        lost,
        sessions,
        cost,
        round(seconds, 3),
        interrupted,
    )
