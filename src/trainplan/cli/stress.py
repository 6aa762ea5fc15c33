"""``trainplan stress``: how a schedule stands up to illness, storms and short-handed groups."""

from __future__ import annotations

import math
import os
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from trainplan.cli.codes import Code, Misuse, Refused
from trainplan.cli.options import (
    ClusterOption,
    DebugOption,
    ForceOption,
    JsonOption,
    ProcessesOption,
    ProgrammeArg,
    ScheduleArg,
    SetOption,
)

if TYPE_CHECKING:
    from trainplan.stress import Rates, Result, Results, Setting

NAME = "stress"
SHORT = "Draw disruptions at random, replan each, and find the weak point."
HELP = """\b
Examples:
  trainplan stress my-training plan.csv
  trainplan stress my-training plan.csv --runs 500 --seed 7 -o stress.jsonl
  trainplan stress my-training plan.csv --rates rates.toml --processes 4
  trainplan stress my-training plan.csv --cluster tcp://10.0.0.5:8786

Draw one disruption for each run (an instructor lost for a week, a site closed by a storm in season, a
group that can release nobody), replan, and say how many people move, how many seats are lost and which
resource is the weak point. With -o the same command goes on where it stopped. Ctrl-C keeps what is done.
"""


def run(
    programme: ProgrammeArg = None,
    schedule: ScheduleArg = None,
    runs: Annotated[
        int, typer.Option("--runs", metavar="N", min=1, max=1_000_000, help="How many disruptions.")
    ] = 200,
    seed: Annotated[
        int, typer.Option("--seed", metavar="N", min=0, max=2**31 - 1, help="Which disruptions are drawn.")
    ] = 1,
    rates: Annotated[
        Path | None,
        typer.Option(
            "--rates", metavar="FILE", help="How often what goes wrong (.toml).", show_default=False
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            metavar="FILE",
            help="Keep each result in FILE (.jsonl), and go on with what is in it.",
            show_default=False,
        ),
    ] = None,
    force: ForceOption = False,
    seconds: Annotated[
        float, typer.Option("--time-limit", metavar="SECONDS", help="Time for each replan.")
    ] = 10.0,
    freeze: Annotated[
        int, typer.Option("--freeze", metavar="DAYS", min=0, help="Published sessions so near stay put.")
    ] = 14,
    processes: ProcessesOption = 0,
    cluster: ClusterOption = None,
    sets: SetOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> int:
    """Read, draw, replan, keep, show."""
    from trainplan.audit import audit
    from trainplan.cli.files import find_programme, read_programme, read_schedule, tell_apart
    from trainplan.goals import GOALS
    from trainplan.outcome import Limits
    from trainplan.stress import Rates, Setting

    if not (math.isfinite(seconds) and seconds > 0):
        raise Misuse(f"--time-limit {seconds}: give seconds, more than 0 (e.g. 10)")
    programme, schedule = tell_apart(programme, schedule)
    if schedule is None:
        raise Misuse("stress needs a schedule: trainplan stress [PROGRAMME] SCHEDULE")
    source = find_programme(programme, sets)
    plan, _ = read_programme(source, tell=not as_json)
    read, unreadable = read_schedule(schedule, plan)
    errors = [one for one in (*unreadable, *audit(plan, read)) if one.severity == "error"]
    if any(one.rule != "demand" for one in errors):
        raise Misuse(f"{schedule} has conflicts of its own: trainplan check names them, mend them first")
    drawn = Rates() if rates is None else _rates(rates)
    weighed = GOALS["seats"].measure(plan, read)
    asked = sum(sum(course.seats.values()) for course in plan.courses.values())
    placed = sum(sum(one.groups.values()) for one in read.live)
    missing = max(0, asked - placed) if weighed else 0
    setting = Setting(plan, read, drawn, seed, Limits(seconds, 1, seed), freeze, missing)
    kept = _kept(output, setting, force)
    results, interrupted = _stress(setting, runs, kept, processes, cluster)
    if as_json:
        from trainplan.cli.documents import emit

        emit(**_document(plan.title, schedule, results, runs, seed))
    else:
        from trainplan.cli.advice import advise, command
        from trainplan.views.console import standard_output
        from trainplan.views.stress import stressed

        if results:
            screen = standard_output()
            screen.show(stressed(results, runs, screen))
            from trainplan.stress import weaknesses

            worst = weaknesses(results)[0]
            event = next(
                one.event
                for one in sorted(results, key=lambda one: (-one.lost, -one.people))
                if (one.kind, one.id) == (worst.kind, worst.id)
            )
            words = (*source.words, schedule, "--event", event, "-o", "new.csv")
            advise("to see one such plan", command("replan", *words))
    return Code.INTERRUPTED if interrupted else Code.WELL


def _rates(path: Path) -> Rates:
    from trainplan.stress import read_rates

    rates, found = read_rates(path)
    if rates is None:
        raise Refused(str(path), found)
    return rates


def _kept(output: Path | None, setting: Setting, force: bool) -> Results | None:
    from trainplan.stress import Results
    from trainplan.stress.results import Foreign

    if output is None:
        return None
    try:
        return Results(output, setting, force=force)
    except Foreign as foreign:
        raise Misuse(str(foreign)) from foreign


def _stress(
    setting: Setting, runs: int, kept: Results | None, processes: int, cluster: str | None
) -> tuple[list[Result], bool]:
    """Return the results in the order of their runs, and whether somebody stopped it."""
    from threading import Event

    from trainplan.cli.watch import watched
    from trainplan.parallel import Lost
    from trainplan.stress import stress
    from trainplan.stress.draw import chances
    from trainplan.views.console import standard_error
    from trainplan.views.tally import Tally

    if not chances(setting.programme, setting.rates):
        raise Misuse("nothing can go wrong by these rates: give one of them a per_year above 0")
    done = {run: one for run, one in kept.done.items() if run <= runs} if kept is not None else {}
    left = [run for run in range(1, runs + 1) if run not in done]
    screen = standard_error()
    if done:
        screen.write(f"{len(done):,} of {runs:,} are in the file already\n")

    def work(report: Any, stop: Event) -> bool:
        at_once = processes or os.cpu_count() or 1
        for one in stress(setting, left, processes=at_once, stop=stop, cluster=cluster):
            if kept is not None:
                kept.add(one)
            done[one.run] = one
            report(f"{one.event}: {one.people:,} people moved, {one.lost:,} seats lost")
        return stop.is_set() and len(done) < runs

    try:
        stopped = watched(work, Tally(screen, len(left), max(1, len(left) // 20)))
    except Lost as lost:
        raise Misuse(f"{lost}; {len(done):,} of {runs:,} runs are done") from lost
    return [done[run] for run in sorted(done)], stopped


def _document(title: str, schedule: str, results: list[Result], runs: int, seed: int) -> dict[str, Any]:
    from trainplan.stress import weaknesses

    return {
        "programme": title,
        "schedule": schedule,
        "asked": runs,
        "seed": seed,
        "kinds": [asdict(one) for one in weaknesses(results, by_kind=True)],
        "weaknesses": [asdict(one) for one in weaknesses(results)],
        "runs": [asdict(one) for one in results],
    }
