"""``trainplan replan``: when something happens, the schedule changed as little as it can be."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from trainplan.cli.codes import Code, Misuse, Refused
from trainplan.cli.options import (
    DebugOption,
    ForceOption,
    FormatOption,
    JsonOption,
    OutputOption,
    ProgrammeArg,
    ScheduleArg,
    SetOption,
    a_day,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trainplan.cli.clock import Clock
    from trainplan.cli.target import Target
    from trainplan.findings import Finding
    from trainplan.model import Programme, Schedule, Session
    from trainplan.outcome import Limits
    from trainplan.replan import ReplanOutcome
    from trainplan.replan.events import Event

NAME = "replan"
SHORT = "Change a schedule as little as an event asks."
HELP = """\b
Examples:
  trainplan replan plan.csv -o new.csv --event "venue:nsdc closed 2027-03-01..2027-03-05"
  trainplan replan my-training plan.csv -o new.csv --event "instructor:JB leaves 2027-04-10"
  trainplan replan my-training plan.csv -o new.csv --event "group:fire +12" --news news.csv
  trainplan replan my-training plan.csv -o new.csv --today 2027-02-01 --freeze 7d

\b
Events: venue:ID, site:ID, course:ID or all closed FROM..TO; instructor:ID or group:ID away FROM..TO;
venue:ID, instructor:ID or group:ID leaves DATE (the first day without), joins DATE; group:ID +12, -5,
headcount 40, max_away 20%; venue:ID capacity 20; instructor:ID max_days_per_week 3; course:ID max_class 16,
min_class, parallel, priority, earliest, latest, due, cancelled; session:ID cancelled (its seats are placed
anew where there is room, never on its days at its venue; with --drop-seats they are given up).

Change a schedule after an event, or after the files have changed: every seat that can have a place, then
as few changes as possible, then the programme's own goals. What is over stays, what has begun goes on as it
is, and what is published and begins soon moves only if it must. Ends with 1 if seats stay unplaced, 3 if
what is pinned can't be kept, 4 if nothing was found in time.
"""
_DAYS = re.compile(r"\s*(\d{1,4})\s*(d|days?|w|weeks?)?\s*", re.I)


def run(
    programme: ProgrammeArg = None,
    schedule: ScheduleArg = None,
    output: OutputOption = None,
    events: Annotated[
        list[str] | None,
        typer.Option(
            "--event", metavar="EVENT", help="What happened; may be given again.", show_default=False
        ),
    ] = None,
    today: Annotated[
        datetime | None,
        typer.Option(
            "--today", parser=a_day, metavar="DATE", help="What ended before it is over; else today's date."
        ),
    ] = None,
    freeze: Annotated[
        str, typer.Option("--freeze", metavar="TIME", help="How soon is too soon to move what is published.")
    ] = "14d",
    drop_seats: Annotated[
        bool, typer.Option("--drop-seats", help="Give up the seats of the sessions that an event cancels.")
    ] = False,
    news: Annotated[
        Path | None,
        typer.Option(
            "--news",
            metavar="FILE",
            help="Write what changes, and whom to tell, to FILE: .csv, .txt to send, .ics to import.",
            show_default=False,
        ),
    ] = None,
    named: FormatOption = None,
    force: ForceOption = False,
    seconds: Annotated[
        float, typer.Option("--time-limit", metavar="SECONDS", help="Time for all of it, at most.")
    ] = 30.0,
    workers: Annotated[
        int, typer.Option("--workers", metavar="N", min=0, max=256, help="Threads; 0 is one a processor.")
    ] = 0,
    seed: Annotated[
        int, typer.Option("--seed", metavar="N", min=0, max=2**31 - 1, help="For random choices.")
    ] = 0,
    reproducible: Annotated[
        bool,
        typer.Option(
            "--reproducible", help="The same answer every time; the limit counts effort, not the clock."
        ),
    ] = False,
    sets: SetOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> int:
    """Replan, write, and say what changes."""
    from trainplan.cli.clock import Clock
    from trainplan.cli.files import find_programme, read_programme, read_schedule, tell_apart
    from trainplan.cli.target import find_target
    from trainplan.exports.write import Unwritable
    from trainplan.replan import Misreported
    from trainplan.views.console import standard_error
    from trainplan.views.text import shown

    programme, schedule = tell_apart(programme, schedule)
    if schedule is None:
        raise Misuse("replan needs a schedule: trainplan replan [PROGRAMME] SCHEDULE -o FILE")
    clock = Clock(seconds, endless=reproducible)
    days = _days(freeze)
    target = find_target(output, named, force=force, as_json=as_json) if output is not None else None
    if named is not None and target is None:
        raise Misuse("--format says how -o writes: give -o FILE too (- is standard output)")
    _refuse_news(news, force)
    source = find_programme(programme, sets)
    plan, _ = read_programme(source, tell=not as_json)
    read, found = read_schedule(schedule, plan)
    clock.read(plan, suffix=target.format.suffix if target is not None else "")
    _refuse_doubtful(schedule, found)
    limits = clock.limits(workers, seed)
    try:
        outcome = _replan(
            plan, read, events or [], today.date() if today else None, days, limits, clock, drop_seats
        )
    except Misreported as misreported:
        raise Misuse("; ".join(misreported.problems)) from misreported
    if clock.stopped and outcome.outcome.status != "optimal":
        # What was kept before may be all there is.
        outcome = replace(outcome, outcome=replace(outcome.outcome, interrupted=True))
    trouble = ""
    try:
        _write(outcome, target, Path(schedule))
        _write_news(outcome, news, force)
    except Unwritable as unwritten:
        trouble = str(unwritten)
    if as_json:
        _print(outcome, trouble)
    else:
        _show(outcome, None if trouble else target, source.words, schedule, drop_seats)
    if trouble:
        standard_error().write(f"trainplan: {shown(trouble)}\n")
        return Code.MISUSED
    return _code(outcome)


def _days(text: str) -> int:
    match = _DAYS.fullmatch(text)
    if match is None:
        raise Misuse(f"--freeze {text}: give a number of days (e.g. 14d, or 2w)")
    weeks = (match[2] or "d").lower().startswith("w")
    return int(match[1]) * (7 if weeks else 1)


def _refuse_doubtful(called: str, found: Sequence[Finding]) -> None:
    """Refuse rows that can't be read: they would be lost. What is no longer in the files is news."""
    errors = [one for one in found if one.severity == "error"]
    grave = [
        one for one in errors if one.rule != "unknown-id" or (one.place and one.place.column == "course")
    ]
    if grave:
        raise Refused(called, grave)


def _refuse_news(news: Path | None, force: bool) -> None:
    from trainplan.exports.news_file import NEWS
    from trainplan.exports.write import refuse_early

    if news is None:
        return
    if news.suffix.lower() not in NEWS:
        raise Misuse(f"--news {news}: the name ends in none of {', '.join(NEWS)}")
    refuse_early(news, force=force)


def _replan(
    programme: Programme,
    schedule: Schedule,
    events: Sequence[str],
    today: date | None,
    freeze: int,
    limits: Limits,
    clock: Clock,
    drop_seats: bool,
) -> ReplanOutcome:
    from trainplan.cli.watch import watched
    from trainplan.replan import replan, unanswered
    from trainplan.views.console import standard_error
    from trainplan.views.progress import Ticker

    return watched(
        lambda report, stop: replan(
            programme,
            schedule,
            events,
            today,
            freeze,
            limits,
            drop_seats=drop_seats,
            report=report,
            stop=stop,
        ),
        Ticker(standard_error(), clock.seconds),
        clock,
        otherwise=lambda: unanswered(programme, schedule, events, today, clock.used, stopped=clock.stopped),
    )


def _write(outcome: ReplanOutcome, target: Target | None, old: Path) -> None:
    if target is None or outcome.schedule is None:
        return
    if outcome.same and target.format.suffix == old.suffix.lower():
        # Byte for byte: nothing has changed, not even what somebody has written in columns of her own.
        target.write_bytes(old.read_bytes())
    else:
        target.write(outcome.programme, outcome.schedule)


def _write_news(outcome: ReplanOutcome, news: Path | None, force: bool) -> None:
    from trainplan.exports.news_file import NEWS
    from trainplan.exports.write import write_whole
    from trainplan.views.console import standard_error
    from trainplan.views.text import shown

    if news is not None and outcome.schedule is not None:
        write_whole(news, NEWS[news.suffix.lower()](outcome), force=force)
        standard_error().write(f"wrote {shown(str(news))}\n")


def _code(outcome: ReplanOutcome) -> Code:
    answer = outcome.outcome
    if answer.interrupted:
        return Code.INTERRUPTED
    if answer.status == "infeasible":
        return Code.IMPOSSIBLE
    if answer.schedule is None:
        return Code.UNSETTLED
    return Code.CONFLICTS if answer.unplaced else Code.WELL


def _said(outcome: ReplanOutcome) -> dict[str, str]:
    from trainplan.goals import GOALS

    if outcome.schedule is None:
        return {}
    return {
        goal.name: GOALS[goal.name].say(outcome.programme, outcome.schedule, goal.value)
        for goal in outcome.goals
    }


def _print(outcome: ReplanOutcome, trouble: str) -> None:
    from trainplan.cli.answer import document
    from trainplan.cli.documents import emit
    from trainplan.exports.json_file import record

    def state(one: Session | None) -> dict[str, Any] | None:
        return None if one is None else record(one, outcome.programme)

    changes = [
        {
            "session": one.session,
            "kind": one.kind,
            "event": one.event or None,
            "before": state(one.before),
            "after": state(one.after),
            "cost": one.cost,
        }
        for one in outcome.changes
    ]
    error = {"error": trouble} if trouble else {}
    emit(
        **document(outcome.programme, outcome.outcome, _said(outcome)),
        today=outcome.today.isoformat(),
        events=[one.text for one in outcome.events],
        without_effect=[one.text for one in outcome.idle],
        changes=changes,
        **error,
    )


def _why_idle(outcome: ReplanOutcome, event: Event) -> str:
    from trainplan.words import dated

    one = next(one for one in outcome.old.sessions if one.id == event.id)
    return "it is cancelled already" if one.status == "cancelled" else f"it ended on {dated(one.end)}"


def _show(
    outcome: ReplanOutcome, target: Target | None, called: Sequence[str], schedule: str, dropped: bool
) -> None:
    from trainplan.cli.advice import advise, command
    from trainplan.cli.files import is_schedule
    from trainplan.views.console import standard_error, standard_output
    from trainplan.views.news import replanned
    from trainplan.views.text import shown

    piped = target is not None and target.path is None
    screen = standard_error() if piped else standard_output()
    for idle in outcome.idle:
        standard_error().write(f"trainplan: {shown(idle.text)} has no effect: {_why_idle(outcome, idle)}\n")
    screen.show(replanned(outcome, _said(outcome), screen))
    if outcome.schedule is None:
        pins = {id for one in outcome.outcome.because if one.rule == "pinned" for id in one.sessions}
        words = [word for id in sorted(pins) for word in ("--session", id)]
        if words:
            advise("to take such a pin off", command("pin", *called, schedule, *words, "--off"))
        else:
            advise("to see what is wrong with the schedule", command("check", *called, schedule))
    elif target is None and not outcome.same:
        events = [word for one in outcome.events for word in ("--event", one.text)]
        more = ("--today", outcome.today.isoformat(), *(("--drop-seats",) if dropped else ()))
        advise("to keep it", command("replan", *called, schedule, *events, *more, "-o", "new.csv"))
    elif target is not None and target.path is not None and is_schedule(str(target.path)):
        advise("to look at it", command("show", *called, str(target.path)))
