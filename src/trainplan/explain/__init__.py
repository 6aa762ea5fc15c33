"""Why not every seat can be placed, and what would make it possible."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event

from trainplan.explain.causes import Causes
from trainplan.explain.draft import ClosuresUntil
from trainplan.explain.fixes import Fixes, combined
from trainplan.explain.gather import Statements
from trainplan.explain.line import Line
from trainplan.explain.oracle import Oracle
from trainplan.explain.result import Cause, Change, Explanation, Fix, Verdict
from trainplan.model import Programme, Schedule
from trainplan.outcome import Limits

__all__ = ["Cause", "Change", "Explanation", "Fix", "Line", "Verdict", "combined", "explain"]


def explain(
    programme: Programme,
    limits: Limits | None = None,
    *,
    before: Schedule | None = None,
    closures_until: ClosuresUntil | None = None,
    tell: Callable[[str], None] | None = None,
    so_far: Callable[[Callable[[], Explanation]], None] | None = None,
    stop: Event | None = None,
) -> Explanation:
    """Explain why not every seat can be placed, or that nothing stands in the way.

    Args:
        programme: What is to be planned.
        limits: How much effort; ``Limits()`` when left out.
        before: An earlier schedule whose pins must be kept.
        closures_until: Spells out the closures of a programme that ended later; left out, those that
            repeat stop at the programme's end.
        tell: Called with what is being looked at.
        so_far: Called at the beginning with a question that any thread may ask: what is known by now?
        stop: When set by another thread, what is known so far comes back at once.

    Raises:
        Fault: A schedule that was to show what is possible breaks a rule.
    """
    limits, tell = limits or Limits(), tell or (lambda text: None)
    oracle = Oracle(programme, before, limits, stop, closures_until)
    statements = Statements(programme, before)
    causes = Causes(oracle, statements, tell)
    if so_far is not None:
        so_far(lambda: _known(oracle, causes))
    rest = causes.run()
    oracle.until = 1.0
    if not causes.found:
        return Explanation(
            "possible" if rest else "unsettled",
            rest=rest,
            interrupted=oracle.stop.is_set(),
            seconds=oracle.seconds,
        )
    fixes, together, searched = Fixes(oracle, statements, causes.found, tell).run()
    return Explanation(
        "impossible",
        tuple(causes.found),
        tuple(fixes),
        together,
        searched,
        rest,
        causes.complete and rest is not None,
        oracle.stop.is_set(),
        oracle.seconds,
        causes.first,
    )


def _known(oracle: Oracle, causes: Causes) -> Explanation:
    """Return the causes that are known by now, as an explanation that is not finished."""
    found = tuple(causes.found)
    return Explanation(
        "impossible" if found else "unsettled",
        found,
        complete=False,
        interrupted=oracle.stop.is_set(),
        seconds=oracle.seconds,
        first=causes.first,
    )
