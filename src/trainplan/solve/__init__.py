"""The engine. Importing it costs nothing: OR-Tools is loaded by the first plan."""

from __future__ import annotations

from collections.abc import Collection
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


def replan(
    programme: Programme,
    before: Schedule,
    limits: Limits | None = None,
    *,
    fixed: Collection[str] = (),
    dropped: Collection[str] = (),
    report: Report | None = None,
    stop: Event | None = None,
) -> Outcome:
    """Change ``before`` as little as it takes to keep the rules of ``programme``, audited.

    Its goals are seats, then changes, then the programme's own. What the rules say against sessions that
    can't be changed any more does not count.

    Args:
        programme: As it is now.
        before: The schedule that is in force; ``today`` says what of it is over.
        limits: How much effort; ``Limits()`` when left out.
        fixed: Ids of the sessions that stay as they are, whatever is wrong with them.
        dropped: Ids of the sessions that don't take place any more, without pins.
        report: Called with each sign of progress, from a thread of the solver.
        stop: When set by another thread, the best schedule so far comes back at once.

    Raises:
        Fault: The finished schedule failed its audit.
    """
    from trainplan.solve.replanner import run

    return run(programme, before, fixed, dropped, limits or Limits(), report, stop)
