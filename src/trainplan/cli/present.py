"""The schedule that a question is about: one given, one lying beside the programme, or one planned now."""

from __future__ import annotations

from pathlib import Path

from trainplan.cli.clock import Clock as Clock
from trainplan.cli.codes import Misuse, Refused
from trainplan.cli.files import Source, read_schedule
from trainplan.findings import Finding
from trainplan.model import Programme, Schedule
from trainplan.views.console import standard_error
from trainplan.views.text import shown

USUAL = "schedule.csv"
PLANNING = 0.5  # of the time given, where there is no schedule yet


def present_schedule(
    given: str | None, programme: Programme, source: Source, clock: Clock, workers: int, seed: int
) -> tuple[Schedule, str]:
    """Return the schedule that is meant, and its name for the next command; empty where it was planned now.

    Raises:
        Misuse: There is no such file, or none could be planned in time.
        Refused: It can't be read as a whole.
        KeyboardInterrupt: The planning was interrupted.
    """
    if given is None:
        usual = [
            path for path in (Path(USUAL), source.path / USUAL) if source.path.is_dir() and path.is_file()
        ]
        if usual:
            given = str(usual[0])
            _say(f"using {given}")
    if given is not None:
        schedule, unreadable = read_schedule(given, programme)
        if any(one.severity == "error" for one in unreadable):
            raise Refused(given, unreadable)
        _warn(programme, schedule, given)
        return schedule, given
    from trainplan.cli.watch import watched
    from trainplan.outcome import Outcome
    from trainplan.solve import plan
    from trainplan.views.progress import Ticker

    _say("no schedule given: planning one first")
    part = clock.part(PLANNING)
    limits = part.limits(workers, seed)
    outcome = watched(
        lambda report, stop: plan(programme, limits, report=report, stop=stop),
        Ticker(standard_error(), clock.seconds),
        part,
        otherwise=lambda: Outcome("unknown", None, (), (), clock.used, clock.stopped),
    )
    if outcome.interrupted:
        # The plan was only the way to the answer: to stop planning is to stop asking.
        raise KeyboardInterrupt
    if outcome.schedule is None:
        raise Misuse("no schedule could be planned in half the time: give one, or more --time-limit")
    return outcome.schedule, ""


def unsound(programme: Programme, schedule: Schedule) -> list[Finding]:
    """Return what the schedule breaks; seats that it leaves out are no breach."""
    from trainplan.alternatives.places import missing_seats
    from trainplan.audit import audit

    missing = any(
        missing_seats(programme, schedule, course.id, group)
        for course in programme.courses.values()
        for group in course.seats
    )
    found = [one for one in audit(programme, schedule) if one.severity == "error"]
    return [one for one in found if not (missing and one.rule == "demand")]


def _warn(programme: Programme, schedule: Schedule, given: str) -> None:
    conflicts = len(unsound(programme, schedule))
    if conflicts:
        verb = "is a conflict" if conflicts == 1 else f"are {conflicts:,} conflicts"
        _say(f"there {verb} in {given} already; they are not held against an answer")


def _say(text: str) -> None:
    standard_error().write(f"{shown(text)}\n")
