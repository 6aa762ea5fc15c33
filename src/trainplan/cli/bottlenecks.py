"""``trainplan bottlenecks``: what limits a plan, and what more of it would be worth."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from trainplan.cli.codes import Code, Misuse
from trainplan.cli.options import (
    DebugOption,
    JsonOption,
    ProgrammeArg,
    SeedOption,
    SetOption,
    TimeOption,
    WorkersOption,
)

if TYPE_CHECKING:
    from threading import Event

    from trainplan.bottlenecks.search import Limiting
    from trainplan.bottlenecks.usage import Use
    from trainplan.cli.clock import Clock
    from trainplan.model import Programme, Schedule
    from trainplan.outcome import Report

NAME = "bottlenecks"
SHORT = "Say what limits a plan, and what more of it would give."
HELP = """\b
Examples:
  trainplan bottlenecks                               of the bundled Saint Lucia programme
  trainplan bottlenecks my-training --schedule plan.csv
  trainplan bottlenecks my-training --time-limit 300 --most 12

Say what limits a plan: which venue, instructor, cover limit or order would help most if there were a little
more of it. Each is confirmed by planning again with it; what there was no time to confirm is named, and
nothing claimed of it. "At least", "at most" and "perhaps" stand before what is not proved to be just so. And
how used each venue, instructor and group's cover is. Ends with 4 if there was no time to try anything.
"""
MOST = 8


def run(
    programme: ProgrammeArg = None,
    schedule: Annotated[
        str | None,
        typer.Option(
            "--schedule", metavar="FILE", help="A sound schedule to start from, in place of a new plan."
        ),
    ] = None,
    most: Annotated[int, typer.Option("--most", metavar="N", min=0, help="Reliefs to try.")] = MOST,
    seconds: TimeOption = 60.0,
    workers: WorkersOption = 0,
    seed: SeedOption = 0,
    sets: SetOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> int:
    """Plan, price, confirm, show."""
    from trainplan.bottlenecks.usage import usage
    from trainplan.cli.files import find_programme, read_programme
    from trainplan.cli.present import Clock, present_schedule, unsound

    clock = Clock(seconds)
    source = find_programme(programme, sets)
    plan, _ = read_programme(source, tell=not as_json)
    clock.read(plan)
    present, called = present_schedule(schedule, plan, source, clock, workers, seed)
    conflicts = unsound(plan, present)
    if conflicts:
        raise Misuse(
            f"{called} breaks {conflicts[0].rule}: {conflicts[0].message}; what limits a plan is measured "
            "from a sound one (trainplan check shows every conflict)"
        )
    found = _search(plan, present, clock, most, workers, seed)
    used = usage(plan, found.base.schedule or present)
    if as_json:
        _print(plan, found, used)
    else:
        from trainplan.cli.advice import advise, command
        from trainplan.views.bottlenecks import bottlenecks
        from trainplan.views.console import standard_output

        screen = standard_output()
        screen.show(bottlenecks(plan, found, used, screen))
        if found.untried or not found.priced:
            advise(
                "to confirm more", command("bottlenecks", source.called, "--time-limit", f"{seconds * 5:.0f}")
            )
        else:
            advise("to see how used each day is", command("generate", source.called))
    if found.interrupted:
        return Code.INTERRUPTED
    if found.failed or found.trouble:
        return Code.FAULT
    nothing = not found.tried and (found.untried or not found.priced)
    return Code.UNSETTLED if nothing else Code.WELL


def _search(plan: Programme, present: Schedule, clock: Clock, most: int, workers: int, seed: int) -> Limiting:
    from trainplan.bottlenecks.search import limiting, nothing_tried
    from trainplan.cli.watch import watched
    from trainplan.views.console import standard_error
    from trainplan.views.progress import Ticker

    limits = clock.limits(workers, seed)

    def work(report: Report, stop: Event) -> Limiting:
        return limiting(plan, present, limits, most, lambda: max(0.0, clock.searching), report, stop)

    return watched(
        work,
        Ticker(standard_error(), clock.seconds),
        clock,
        otherwise=lambda: nothing_tried(plan, present, clock.stopped),
    )


def _print(plan: Programme, found: Limiting, used: list[Use]) -> None:
    from trainplan.bottlenecks.gains import certain, gains
    from trainplan.cli.documents import emit

    def relief(one: Any) -> dict[str, Any]:
        return {
            "kind": one.kind,
            "about": one.about,
            "message": one.message,
            "from": one.first and one.first.isoformat(),
            "to": one.last and one.last.isoformat(),
        }

    emit(
        programme=plan.title,
        goals=[{"name": one.name, "value": one.value, "bound": one.bound} for one in found.base.goals],
        bottlenecks=[
            {
                **relief(one.relief),
                "helps": one.helps,
                "verified": one.settled,
                "gains": gains(plan, found.base, one),
                "certain": certain(found.base, one),
                "goals": [{"name": goal.name, "value": goal.value} for goal in one.outcome.goals],
            }
            for one in found.tried
        ],
        untried=[relief(one) for one in found.untried],
        failed=[{**relief(one), "error": trouble} for one, trouble in found.failed],
        trouble=found.trouble or None,
        usage=[
            {
                "kind": one.kind,
                "id": one.id,
                "used": round(one.used, 2),
                "available": round(one.available, 2),
                "share": round(one.share, 4),
                "peak": one.peak,
            }
            for one in used
        ],
        settled=found.priced and not found.untried and not found.failed,
        interrupted=found.interrupted,
    )
