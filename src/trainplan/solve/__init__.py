"""The engine. Importing it costs nothing: OR-Tools is loaded by the first plan."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from threading import Event

from trainplan.model import Programme, Schedule, Session
from trainplan.outcome import Limits, Outcome, Report
from trainplan.solve.ask import Ask, Seats, Settled
from trainplan.workdays import Placement


def plan(
    programme: Programme,
    limits: Limits | None = None,
    *,
    before: Schedule | None = None,
    start: Schedule | None = None,
    report: Report | None = None,
    stop: Event | None = None,
) -> Outcome:
    """Build the best schedule for ``programme`` within ``limits``, audited.

    Args:
        programme: What to plan.
        limits: How much effort; ``Limits()`` when left out.
        before: An earlier schedule whose pins must be kept; those of ``start`` if left out.
        start: A schedule to begin with: the plan is no worse, if it breaks no rule, and keeps its names.
        report: Called with each sign of progress, from a thread of the solver.
        stop: When set by another thread, the best schedule so far comes back at once.

    Raises:
        Fault: The finished schedule failed its audit.
    """
    from trainplan.solve.apart import run

    return run(programme, limits or Limits(), before=before, report=report, stop=stop, start=start)


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
    from trainplan.solve.replanning.replanner import run

    return run(programme, before, fixed, dropped, limits or Limits(), report, stop)


def plan_near(
    programme: Programme,
    present: Schedule,
    lacking: Mapping[tuple[str, str], int],
    limits: Limits,
    *,
    report: Report | None = None,
    stop: Event | None = None,
) -> tuple[Outcome, bool]:
    """Place what ``programme`` asks for and move as little of ``present`` as possible; see ``nearest``."""
    from trainplan.solve.wished import nearest

    return nearest(programme, present, lacking, limits, report=report, stop=stop)


def plan_with(
    programme: Programme,
    present: Schedule,
    course: str,
    placement: Placement,
    limits: Limits,
    *,
    venue: str = "",
    teacher: str = "",
    session: Session | None = None,
    start: Schedule | None = None,
    report: Report | None = None,
    stop: Event | None = None,
) -> Outcome:
    """Build the best schedule that has a session of a course where somebody wants it; see ``with_wish``.

    Args:
        programme: What to plan.
        present: The schedule there is; its pins are kept.
        course: Whose session.
        placement: Where in time.
        limits: How much effort.
        venue: Where it should be; empty for anywhere.
        teacher: Who should be among its instructors; empty for anybody.
        session: The one session that is meant, with the slots wanted; None for any of the course.
        start: A sound schedule that has it, if one is known.
        report: Called with each sign of progress.
        stop: When set, the best so far comes back at once.
    """
    from trainplan.solve.wished import Wish, with_wish

    wish = Wish(course, placement, venue, teacher, session, start)
    return with_wish(programme, present, wish, limits, report=report, stop=stop)


def settle(
    ask: Ask, limits: Limits | None = None, *, stop: Event | None = None, search: bool = True
) -> Settled:
    """Say whether seats can all be placed, people dealt out and all; not audited.

    Args:
        ask: Which seats, of what programme.
        limits: How much effort; a time-out is never a no.
        stop: When set by another thread, the answer comes at once, unsettled if need be.
        search: Whether to search at all where list scheduling and arithmetic don't answer.
    """
    from trainplan.solve.feasible import settle as answer

    return answer(ask, limits or Limits(), stop, search=search)


def fewest_unplaced(
    ask: Ask, among: frozenset[Seats], limits: Limits | None = None, *, stop: Event | None = None
) -> Mapping[Seats, int] | None:
    """Return seats ``among`` these that it is enough to give up, as few as were found."""
    from trainplan.solve.feasible import fewest_unplaced as answer

    return answer(ask, among, limits or Limits(), stop)


def plan_from(programme: Programme, start: Schedule, limits: Limits, *, stop: Event | None = None) -> Outcome:
    """Make a sound schedule for ``programme`` better; see ``better``."""
    from trainplan.solve.better import better

    return better(programme, start, limits, stop)
