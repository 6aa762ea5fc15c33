"""The engine. Importing it costs nothing: OR-Tools is loaded by the first plan."""

from __future__ import annotations

from threading import Event

from trainplan.model import Programme, Schedule
from trainplan.outcome import Limits, Outcome, Report


def plan(
    programme: Programme,
    limits: Limits | None = None,
    *,
    before: Schedule | None = None,
    report: Report | None = None,
    stop: Event | None = None,
) -> Outcome:
    """Build the best schedule for ``programme`` within ``limits``, audited.

    Args:
        programme: What to plan.
        limits: How much effort; ``Limits()`` when left out.
        before: An earlier schedule whose pins must be kept.
        report: Called with each sign of progress, from a thread of the solver.
        stop: When set by another thread, the best schedule so far comes back at once.

    Raises:
        Fault: The finished schedule failed its audit.
    """
    from trainplan.solve.planner import run

    return run(programme, limits or Limits(), before=before, report=report, stop=stop)
