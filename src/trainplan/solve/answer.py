"""From the best schedule found to an answer: measured, audited, with a reason for what it leaves out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from trainplan.audit import audit
from trainplan.findings import Finding
from trainplan.goals.base import Goal
from trainplan.model import Programme, Schedule
from trainplan.outcome import Fault, GoalResult, Outcome, Unplaced
from trainplan.reasons import Reasons
from trainplan.rules.pinned import held_by

HURRIED = "the search was ended before the reason was looked for"


def answer(
    programme: Programme,
    schedule: Schedule,
    goals: Sequence[Goal],
    bounds: Sequence[int],
    *,
    seconds: float,
    interrupted: bool,
    reasons: bool = True,
) -> Outcome:
    """Return the answer that a schedule makes.

    Args:
        programme: What was planned.
        schedule: The best found.
        goals: What was optimised, most important first. Those that the programme does not name count for
            ``optimal`` but are not among the answer's.
        bounds: The smallest value not ruled out for each goal.
        seconds: Time or effort taken.
        interrupted: Whether a person stopped the search.
        reasons: Look for the reason of each seat left over, which takes seconds in a large programme.

    Raises:
        Fault: The schedule breaks a rule, or does better than its bound.
    """
    _refuse_unsound(programme, schedule)
    results = []
    for goal, bound in zip(goals, bounds, strict=True):
        value = goal.measure(programme, schedule)
        if bound > value:
            raise Fault(f"goal {goal.name} is {value} in a schedule, and proved to be {bound} at least")
        results.append(GoalResult(goal.name, value, bound))
    return Outcome(
        "optimal" if all(result.proved for result in results) else "feasible",
        schedule,
        tuple(result for result in results if result.name in programme.goals),
        tuple(unplaced(programme, schedule, reasons=reasons)),
        seconds,
        interrupted,
    )


def unkeepable(programme: Programme, before: Schedule | None) -> tuple[Finding, ...]:
    """Return what the pinned sessions of an earlier schedule break among themselves, whatever else changes.

    Seats that they leave out are no breach of theirs: other sessions would have held them. Nor is what could
    be mended by something of them that is not pinned, unless there is nothing else.
    """
    pinned = Schedule.of(session for session in before.live if session.pin) if before else Schedule(())
    too_many = any(seats < 0 for seats in left(programme, pinned).values())
    found = [one for one in audit(programme, pinned) if one.rule != "demand" or too_many]
    sessions = {one.id: one for one in pinned.live}
    for_good = [
        one for one in found if all(held_by(one.rule, sessions[id]) for id in one.sessions if id in sessions)
    ]
    return tuple(for_good or found)


def _refuse_unsound(programme: Programme, schedule: Schedule) -> None:
    short = bool(_missing(programme, schedule))
    for finding in audit(programme, schedule):
        # Seats without a session are no fault: they are reported, each with its reason. Too many would be.
        if finding.severity == "error" and not (finding.rule == "demand" and short):
            raise Fault(f"a finished schedule breaks {finding.rule}: {finding}")


def _missing(programme: Programme, schedule: Schedule) -> dict[tuple[str, str], int]:
    """Return the seats asked for and not placed, by course and group."""
    short = left(programme, schedule)
    if any(seats < 0 for seats in short.values()):
        raise Fault("a finished schedule has more seats than were asked for")
    return {where: seats for where, seats in short.items() if seats}


def left(programme: Programme, schedule: Schedule) -> dict[tuple[str, str], int]:
    """Return the seats asked for less those placed, below nought where there are too many."""
    asked = {
        (course.id, group): seats
        for course in programme.courses.values()
        for group, seats in course.seats.items()
    }
    for session in schedule.live:
        for group, seats in session.groups.items():
            asked[session.course, group] = asked.get((session.course, group), 0) - seats
    return asked


def unplaced(programme: Programme, schedule: Schedule, *, reasons: bool = True) -> Iterator[Unplaced]:
    """Yield the seats that were asked for and are not placed, each with its reason."""
    missing = _missing(programme, schedule)
    if missing:
        told = Reasons(programme, schedule) if reasons else None
        for (course, group), seats in missing.items():
            yield Unplaced(course, group, seats, told.because(course, group, seats) if told else HURRIED)
