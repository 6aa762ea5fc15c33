"""When something happens: the schedule that has to change, changed as little as it can be.

The door to it is ``replan``. It works out what an event does to the programme and what of the schedule may
not be touched any more, has the engine find the nearest schedule that keeps every rule, and says for each
session what has become of it and because of which event.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from threading import Event as Stop

from trainplan.model import Programme, Schedule
from trainplan.outcome import GoalResult, Limits, Outcome, Report, convert_answer
from trainplan.replan.causes import Causes, causes
from trainplan.replan.changes import Change, changes_between
from trainplan.replan.effects import without_seats
from trainplan.replan.events import Event, read_all
from trainplan.replan.freezing import fixed

FREEZE = 14  # days

__all__ = ["FREEZE", "Change", "Misreported", "ReplanOutcome", "replan"]


class Misreported(Exception):
    """Events can't be understood.

    Attributes:
        problems: One line for each.
    """

    def __init__(self, problems: Sequence[str]) -> None:
        """Refuse the events because of ``problems``."""
        super().__init__("; ".join(problems))
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class ReplanOutcome:
    """What a replan came to.

    Attributes:
        programme: As it is after the events.
        old: The schedule that was in force.
        schedule: The one that replaces it, None if there is none.
        events: What happened, in the order given.
        changes: What became of each session, in the order of the new schedule; empty without one.
        outcome: The engine's answer; its goals are seats, changes, then the programme's own.
        today: The day on which it was replanned.
        fixed: Ids of the sessions that might not be touched.
        idle: Events without effect: they cancel what is over, or is cancelled already.
    """

    programme: Programme
    old: Schedule
    schedule: Schedule | None
    events: tuple[Event, ...]
    changes: tuple[Change, ...]
    outcome: Outcome
    today: date
    fixed: frozenset[str] = frozenset()
    idle: tuple[Event, ...] = ()

    @property
    def goals(self) -> tuple[GoalResult, ...]:
        """Seats, changes, then the programme's own goals."""
        return self.outcome.goals

    @property
    def same(self) -> bool:
        """Whether nothing had to change at all."""
        return self.schedule is not None and self.schedule.sessions == self.old.sessions


def replan(
    programme: Programme,
    schedule: Schedule,
    events: Sequence[str] = (),
    today: date | None = None,
    freeze: int = FREEZE,
    limits: Limits | None = None,
    *,
    drop_seats: bool = False,
    report: Report | None = None,
    stop: Stop | None = None,
) -> ReplanOutcome:
    """Change ``schedule`` as little as it takes after ``events``, on ``today``.

    Args:
        programme: As the files say it, before the events.
        schedule: The one in force, with what its pins hold.
        events: Such as ``venue:LT closed 2027-03-01..2027-03-05``; none where the files have changed.
        today: What ended before is over; the machine's date when left out.
        freeze: Published sessions that begin within so many days move only if they must.
        limits: How much effort.
        drop_seats: The seats of cancelled sessions are given up; else they are placed anew where there is
            room, never on the days of the cancelled session at its venue.
        report: Called with each sign of progress, from another thread.
        stop: When set by another thread, the best schedule so far comes back at once.

    Raises:
        Misreported: An event can't be understood.
        Fault: The finished schedule failed its audit.
    """
    from trainplan import solve

    today = today or date.today()
    happened, wrongs = read_all(events, programme, schedule, today)
    if wrongs:
        raise Misreported(wrongs)
    after = happened[-1][1] if happened else programme
    ahead = {one.id: one for one in schedule.live if one.end >= today}
    dropped = frozenset(event.cancels for event, _ in happened if event.cancels in ahead)
    idle = tuple(event for event, _ in happened if event.cancels and event.cancels not in dropped)
    if drop_seats:
        after = without_seats(after, [ahead[id] for id in sorted(dropped)])
    held = fixed(after, schedule, today, freeze, dropped)
    before = Schedule.of(
        [replace(one, pin=frozenset()) if one.id in dropped else one for one in schedule.sessions],
        today=today,
    )
    told = causes(programme, schedule, happened)

    def whole(outcome: Outcome) -> ReplanOutcome:
        return _whole(after, schedule, happened, outcome, told, dropped, idle, today, held)

    outcome = solve.replan(
        after,
        before,
        limits,
        fixed=held,
        dropped=dropped,
        report=report and convert_answer(report, whole),
        stop=stop,
    )
    return whole(outcome)


def unanswered(
    programme: Programme,
    schedule: Schedule,
    events: Sequence[str],
    today: date | None,
    seconds: float,
    *,
    stopped: bool,
) -> ReplanOutcome:
    """Return the outcome of a replan for which there was no time, or that was ``stopped`` before its end.

    Raises:
        Misreported: An event can't be understood.
    """
    today = today or date.today()
    happened, wrongs = read_all(events, programme, schedule, today)
    if wrongs:
        raise Misreported(wrongs)
    outcome = Outcome("unknown", None, (), (), seconds, stopped)
    after = happened[-1][1] if happened else programme
    return ReplanOutcome(after, schedule, None, tuple(event for event, _ in happened), (), outcome, today)


def _whole(
    after: Programme,
    schedule: Schedule,
    happened: Sequence[tuple[Event, Programme]],
    outcome: Outcome,
    told: Causes,
    dropped: frozenset[str],
    idle: tuple[Event, ...],
    today: date,
    held: frozenset[str],
) -> ReplanOutcome:
    """Return what the engine's answer says of each session of the schedule in force."""
    new = outcome.schedule
    if new is not None:
        pins = {one.id: one.pin for one in schedule.sessions}
        rows = [replace(one, pin=pins[one.id]) if one.id in dropped else one for one in new.sessions]
        new = Schedule.of(rows, new.before)
        outcome = replace(outcome, schedule=new)
    return ReplanOutcome(
        after,
        schedule,
        new,
        tuple(event for event, _ in happened),
        tuple(changes_between(schedule, new, told)) if new else (),
        outcome,
        today,
        held,
        idle,
    )
