"""Planning scenarios side by side, and saying which is the cheapest that leaves nobody out."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from threading import Event

from trainplan.goals import GOALS
from trainplan.model import Programme
from trainplan.outcome import Limits, Outcome
from trainplan.parallel import each
from trainplan.scenarios.read import Scenario
from trainplan.within import within


@dataclass(frozen=True, slots=True)
class Planned:
    """A scenario, its programme, and the engine's answer.

    Attributes:
        fault: What went wrong in trainplan itself, in words; empty where nothing did. With it no schedule.
    """

    scenario: Scenario
    programme: Programme
    outcome: Outcome
    fault: str = ""

    @property
    def cost(self) -> int | None:
        """What its schedule costs, in whole units of the programme's currency."""
        schedule = self.outcome.schedule
        return None if schedule is None else GOALS["cost"].measure(self.programme, schedule)

    @property
    def complete(self) -> bool:
        """Whether there is a schedule that places every seat."""
        return self.outcome.schedule is not None and not self.outcome.unplaced


SEARCHING = 0.9  # of a scenario's time; in the rest its answer is made
Order = tuple[Scenario, Programme, float]


def plan_all(
    orders: Sequence[Order],
    limits: Limits,
    *,
    processes: int,
    stop: Event,
    cluster: str | None = None,
    used: float = 0.0,
) -> Iterator[Planned]:
    """Yield each scenario with its answer, as they are done; stopped early, with the best so far.

    Args:
        orders: Scenarios with their programmes, and how many seconds each may take.
        limits: Everything else that each is given.
        processes: How many are planned at a time.
        stop: When set, what runs ends with the best so far, and nothing more is begun.
        cluster: Address of a dask scheduler to work on instead.
        used: Seconds that the first ones have used up already: reading took them.
    """
    began = time.time() - used
    # Until a process is there to plan them, the time of the first ones passes too.
    jobs = [(order, began if number < processes else None) for number, order in enumerate(orders)]
    yield from each(_plan, limits, jobs, processes=processes, stop=stop, cluster=cluster, apart=True)


def _plan(limits: Limits, job: tuple[Order, float | None], stop: Event) -> Planned:
    from trainplan.solve import plan

    (scenario, programme, seconds), began = job
    if began is not None and not limits.reproducible:
        seconds = max(seconds / 2, seconds - (time.time() - began))
    own = replace(limits, seconds=seconds)
    search = own if limits.reproducible else replace(own, seconds=seconds * SEARCHING)
    try:
        outcome = within(
            lambda report, asked: plan(programme, search, report=report, stop=asked),
            own,
            stop,
            lambda: Outcome("unknown", None, (), (), seconds, stop.is_set()),
        )
    except Exception as error:  # the other scenarios have nothing to do with it
        nothing = Outcome("unknown", None, (), (), 0.0)
        return Planned(scenario, programme, nothing, f"{type(error).__name__}: {error}")
    return Planned(scenario, programme, outcome)


def cheapest(planned: Iterable[Planned]) -> Planned | None:
    """Return the cheapest that places every seat, the first of equals; None where nothing costs anything."""
    whole = [(one.cost, one) for one in planned if one.complete]
    if not any(cost for cost, _ in whole):
        return None
    return min(whole, key=lambda pair: pair[0] or 0)[1]
