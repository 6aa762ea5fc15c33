"""``trainplan scenarios``: several what-ifs planned at the same time, set side by side."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from trainplan.cli.codes import Code, Misuse, Refused
from trainplan.cli.options import ClusterOption, DebugOption, ForceOption, JsonOption, ProcessesOption

if TYPE_CHECKING:
    from trainplan.cli.clock import Clock
    from trainplan.cli.files import Source
    from trainplan.model import Programme
    from trainplan.outcome import Limits
    from trainplan.scenarios import Planned, Scenario, Wanted
    from trainplan.scenarios.plan_all import Order

NAME = "scenarios"
SHORT = "Plan several what-ifs, and set them side by side."
HELP = """\b
Examples:
  trainplan scenarios what-if.toml                      the programme that the file names
  trainplan scenarios my-training what-if.toml
  trainplan scenarios what-if.toml -o plans             keep each schedule: plans/NAME.csv
  trainplan scenarios what-if.toml --time-limit 20 --processes 4

Plan each scenario of a file, several at a time, and show what each goal comes to in each, with the
cheapest that places every seat. Ctrl-C keeps the best so far of each. Ends with 1 if none of them places
every seat.
"""
SECONDS = 60.0


def run(
    given: Annotated[
        list[str],
        typer.Argument(
            metavar="[PROGRAMME] FILE.toml",
            help="A programme, unless the file names it, then the file of scenarios.",
            show_default=False,
        ),
    ],
    folder: Annotated[
        Path | None,
        typer.Option(
            "-o", "--output", metavar="FOLDER", help="Keep each schedule there, NAME.csv.", show_default=False
        ),
    ] = None,
    force: ForceOption = False,
    seconds: Annotated[
        float | None,
        typer.Option(
            "--time-limit",
            metavar="SECONDS",
            help="Time for each scenario, whatever the file says; 60 where neither does.",
            show_default=False,
        ),
    ] = None,
    processes: ProcessesOption = 0,
    cluster: ClusterOption = None,
    seed: Annotated[
        int, typer.Option("--seed", metavar="N", min=0, max=2**31 - 1, help="For random choices.")
    ] = 0,
    reproducible: Annotated[
        bool,
        typer.Option(
            "--reproducible", help="The same answers every time; limits count effort, not the clock."
        ),
    ] = False,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> int:
    """Read everything, plan, keep, show."""
    from trainplan.cli.clock import Clock
    from trainplan.outcome import Limits

    if len(given) > 2 or not given[-1].lower().endswith(".toml"):
        raise Misuse("scenarios takes a programme, if need be, and one file: trainplan scenarios FILE.toml")
    clock = Clock(seconds if seconds is not None else SECONDS)
    path = Path(given[-1])
    source, wanted = _read(given[0] if len(given) > 1 else None, path)
    programmes = _programmes(source, wanted, path)
    _check_folder(folder, wanted.scenarios, force)
    orders = [(one, programmes[one.name], seconds or one.seconds or SECONDS) for one in wanted.scenarios]
    cores = os.cpu_count() or 1
    at_once = min(processes or cores, len(orders))
    limits = Limits(SECONDS, max(1, cores // at_once), seed, reproducible)
    planned, interrupted = _plan(orders, limits, at_once, cluster, folder, force, clock)
    if as_json:
        from trainplan.cli.documents import emit

        emit(**_document(planned, len(orders)))
    else:
        _show(planned, source, folder)
    _tell_faults(planned)
    return Code.INTERRUPTED if interrupted else _code(planned)


def _tell_faults(planned: Sequence[Planned]) -> None:
    from trainplan.views.console import standard_error
    from trainplan.views.text import shown

    for one in planned:
        if one.fault:
            said = f"scenario {one.scenario.name}: a fault in trainplan itself: {one.fault}"
            standard_error().write(f"trainplan: {shown(said)}\n")


def _read(programme: str | None, path: Path) -> tuple[Source, Wanted]:
    from trainplan.cli.files import find_programme
    from trainplan.scenarios import read_scenarios

    wanted, found = read_scenarios(path)
    if wanted is None:
        raise Refused(str(path), found)
    if programme is None and wanted.programme is not None:
        beside = path.parent / wanted.programme
        programme = str(beside) if beside.exists() else wanted.programme
    return find_programme(programme), wanted


def _programmes(source: Source, wanted: Wanted, path: Path) -> dict[str, Programme]:
    """Return each scenario's programme.

    Raises:
        Refused: Something set in one of them, or the programme itself, can't be read.
    """
    from trainplan.findings import Finding
    from trainplan.load import load_programme

    programmes: dict[str, Programme] = {}
    found: dict[Finding, None] = {}
    for one in wanted.scenarios:
        programme, findings = load_programme(source.path, one.sets)
        if programme is not None:
            programmes[one.name] = programme
        for finding in findings:
            place = finding.place
            if place is not None and place.file.startswith("--set "):
                where = f"{path.name}, scenario {one.name}, set {place.file.removeprefix('--set ')}"
                finding = replace(finding, place=replace(place, file=where))
            if finding.severity == "error":
                found[finding] = None
    if found:
        raise Refused(str(path), found)
    return programmes


def _check_folder(folder: Path | None, scenarios: Sequence[Scenario], force: bool) -> None:
    from trainplan.exports.write import refuse_early

    if folder is None:
        return
    if folder.exists() and not folder.is_dir():
        raise Misuse(f"-o {folder} is a file: give a folder to keep the schedules in")
    folder.mkdir(parents=True, exist_ok=True)
    for one in scenarios:
        refuse_early(folder / f"{one.name}.csv", force=force)


def _plan(
    orders: Sequence[Order],
    limits: Limits,
    processes: int,
    cluster: str | None,
    folder: Path | None,
    force: bool,
    clock: Clock,
) -> tuple[list[Planned], bool]:
    """Return what was planned, in the file's order, and whether somebody stopped it."""
    from threading import Event

    from trainplan.cli.watch import watched
    from trainplan.exports.csv_file import content
    from trainplan.exports.write import write_whole
    from trainplan.parallel import Lost
    from trainplan.scenarios import plan_all
    from trainplan.views.console import standard_error
    from trainplan.views.tally import Tally

    done: dict[str, Planned] = {}

    def work(report: Any, stop: Event) -> bool:
        for one in plan_all(orders, limits, processes=processes, stop=stop, cluster=cluster, used=clock.used):
            done[one.scenario.name] = one
            if folder is not None and one.outcome.schedule is not None:
                file = folder / f"{one.scenario.name}.csv"
                write_whole(file, content(one.programme, one.outcome.schedule), force=force)
            came_to = "a fault" if one.fault else one.outcome.status
            report(f"{one.scenario.name}: {came_to}, {one.outcome.seconds:.1f} s")
        return stop.is_set()

    try:
        stopped = watched(work, Tally(standard_error(), len(orders)))
    except Lost as lost:
        raise Misuse(str(lost)) from lost
    return [done[one.name] for one, _, _ in orders if one.name in done], stopped


def _code(planned: Sequence[Planned]) -> Code:
    if any(one.fault for one in planned):
        return Code.FAULT
    if any(one.complete for one in planned):
        return Code.WELL
    if any(one.outcome.schedule is not None for one in planned):
        return Code.CONFLICTS
    impossible = all(one.outcome.status == "infeasible" for one in planned)
    return Code.IMPOSSIBLE if impossible else Code.UNSETTLED


def _document(planned: Sequence[Planned], asked: int) -> dict[str, Any]:
    from trainplan.cli.answer import document
    from trainplan.goals import GOALS
    from trainplan.scenarios import cheapest

    best = cheapest(planned)
    return {
        "asked": asked,
        "cheapest": best and best.scenario.name,
        "scenarios": [
            {
                "scenario": one.scenario.name,
                "title": one.scenario.title,
                "set": list(one.scenario.sets),
                "complete": one.complete,
                "cost": one.cost,
                "fault": one.fault or None,
                **document(
                    one.programme,
                    one.outcome,
                    {
                        goal.name: GOALS[goal.name].say(one.programme, one.outcome.schedule, goal.value)
                        for goal in one.outcome.goals
                        if one.outcome.schedule is not None
                    },
                ),
            }
            for one in planned
        ],
    }


def _show(planned: Sequence[Planned], source: Source, folder: Path | None) -> None:
    from trainplan.cli.advice import advise, command
    from trainplan.scenarios import cheapest
    from trainplan.views.console import standard_output
    from trainplan.views.scenarios import scenarios

    if not planned:
        return
    screen = standard_output()
    screen.show(scenarios(planned, screen))
    chosen = cheapest(planned) or planned[0]
    words = source._replace(sets=chosen.scenario.sets).words
    name = chosen.scenario.name
    if folder is not None and chosen.outcome.schedule is not None:
        advise(f"to look at {name}", command("show", *words, str(folder / f"{name}.csv")))
    else:
        advise(f"to plan {name} alone", command("generate", *words, "-o", f"{name}.csv"))
