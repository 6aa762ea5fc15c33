"""``trainplan generate``: from a programme to an audited schedule."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from trainplan.cli.codes import Code, Misuse, Refused
from trainplan.cli.options import (
    DebugOption,
    ForceOption,
    FormatOption,
    JsonOption,
    OutputOption,
    ProgrammeArg,
    SetOption,
)

if TYPE_CHECKING:
    from trainplan.cli.clock import Clock
    from trainplan.cli.target import Target
    from trainplan.model import Programme, Schedule
    from trainplan.outcome import Limits, Outcome

NAME = "generate"
SHORT = "Plan a programme."
HELP = """\b
Examples:
  trainplan generate                                       the bundled Saint Lucia programme
  trainplan generate my-training -o plan.csv               plan yours and keep the schedule
  trainplan generate my-training -o plan.csv --force --time-limit 300
  trainplan generate my-training --time-limit 600 --gap 2%   sooner, if within 2% of the best possible
  trainplan generate my-training --set groups.police.max_away=25%   what if
  trainplan generate my-training --reproducible --seed 7   the same answer every time
  trainplan generate my-training --start-from plan.csv -o new.csv    keep its pins, improve the rest

Plan a programme: the best schedule that breaks no rule, and how close to the best possible it is. Ctrl-C
(or SIGTERM, or SIGHUP) keeps the best so far and ends with 130. Otherwise ends with 1 if seats stay
unplaced, 3 if no schedule is possible, 4 if none was found in time.
"""


def run(
    programme: ProgrammeArg = None,
    output: OutputOption = None,
    named: FormatOption = None,
    force: ForceOption = False,
    seconds: Annotated[
        float, typer.Option("--time-limit", metavar="SECONDS", help="Time for all of it, at most.")
    ] = 60.0,
    workers: Annotated[
        int, typer.Option("--workers", metavar="N", min=0, max=256, help="Threads; 0 is one a processor.")
    ] = 0,
    seed: Annotated[
        int, typer.Option("--seed", metavar="N", min=0, max=2**31 - 1, help="For random choices.")
    ] = 0,
    reproducible: Annotated[
        bool,
        typer.Option(
            "--reproducible",
            help="The same answer every time; the limit counts effort, not the clock.",
        ),
    ] = False,
    gap: Annotated[
        str,
        typer.Option(
            "--gap",
            metavar="SHARE",
            help="Good enough: end as soon as every goal is proved to be within SHARE of the best possible, "
            "as 2%.",
        ),
    ] = "0%",
    start: Annotated[
        str | None,
        typer.Option(
            "--start-from",
            metavar="SCHEDULE",
            help="Keep what is pinned in SCHEDULE, and begin the search with the rest.",
            show_default=False,
        ),
    ] = None,
    sets: SetOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> int:
    """Plan, write and show."""
    from trainplan.cli.clock import Clock
    from trainplan.cli.files import find_programme, read_programme
    from trainplan.cli.target import find_target
    from trainplan.exports.write import Unwritable
    from trainplan.views.console import standard_error
    from trainplan.views.text import shown

    clock = Clock(seconds, endless=reproducible)
    near = _share(gap)
    target = find_target(output, named, force=force, as_json=as_json) if output is not None else None
    if named is not None and target is None:
        raise Misuse("--format says how -o writes: give -o FILE too (- is standard output)")
    source = find_programme(programme, sets)
    plan, _ = read_programme(source)
    clock.read(plan, calendar=not as_json, suffix=target.format.suffix if target is not None else "")
    begun = _begun(start, plan) if start is not None else None
    outcome = _solve(plan, clock, clock.limits(workers, seed, gap=near), begun)
    if clock.stopped and outcome.status != "optimal":
        outcome = replace(outcome, interrupted=True)  # what was kept before may be all there is
    trouble = ""
    if target is not None and outcome.schedule is not None:
        try:
            target.write(plan, outcome.schedule)
        except Unwritable as unwritten:
            # The plan took its time; it is shown before the bad news, so that it is not lost.
            trouble = str(unwritten)
    if as_json:
        _print(plan, outcome, trouble)
    else:
        _show(plan, outcome, None if trouble else target, source.words, start or "")
    if trouble:
        standard_error().write(f"trainplan: {shown(trouble)}\n")
        return Code.MISUSED
    return _code(outcome)


def _share(text: str) -> float:
    """Read ``2.5%`` as 0.025.

    Raises:
        Misuse: It is no such thing. A bare number is refused, for 0.02 and 2 could mean the same.
    """
    number = re.fullmatch(r"\s*([0-9]+(?:\.[0-9]+)?)\s*%\s*", text)
    if number is None or float(number[1]) > 100:
        raise Misuse(f'--gap "{text}" is not a share from 0% to 100% (e.g. 2%)')
    return float(number[1]) / 100


def _begun(called: str, programme: Programme) -> Schedule:
    """Return the schedule to start from, read in full: what can't be read could be pinned."""
    from trainplan.cli.files import read_schedule

    schedule, found = read_schedule(called, programme)
    if any(one.severity == "error" for one in found):
        raise Refused(called, [one for one in found if one.severity == "error"])
    return schedule


def _solve(programme: Programme, clock: Clock, limits: Limits, start: Schedule | None) -> Outcome:
    from trainplan.cli.watch import watched
    from trainplan.outcome import Outcome
    from trainplan.solve import plan
    from trainplan.views.console import standard_error
    from trainplan.views.progress import Ticker

    return watched(
        lambda report, stop: plan(programme, limits, start=start, report=report, stop=stop),
        Ticker(standard_error(), clock.seconds),
        clock,
        otherwise=lambda: Outcome("unknown", None, (), (), clock.used, clock.stopped),
    )


def _code(outcome: Outcome) -> Code:
    if outcome.interrupted:
        return Code.INTERRUPTED
    if outcome.status == "infeasible":
        return Code.IMPOSSIBLE
    if outcome.schedule is None:
        return Code.UNSETTLED
    return Code.CONFLICTS if outcome.unplaced else Code.WELL


def _said(programme: Programme, outcome: Outcome) -> dict[str, str]:
    """Return each goal's value in plain units."""
    from trainplan.goals import GOALS

    schedule = outcome.schedule
    if schedule is None:
        return {}
    return {
        goal.name: GOALS[goal.name].say(programme, schedule, goal.value)
        for goal in outcome.goals
        if goal.name in GOALS
    }


def _print(programme: Programme, outcome: Outcome, trouble: str) -> None:
    from trainplan.cli.answer import document
    from trainplan.cli.documents import emit

    error = {"error": trouble} if trouble else {}
    emit(**document(programme, outcome, _said(programme, outcome)), **error)


def _show(
    programme: Programme, outcome: Outcome, target: Target | None, called: tuple[str, ...], start: str
) -> None:
    from trainplan.cli.advice import advise
    from trainplan.views.answer import answer
    from trainplan.views.console import standard_error, standard_output

    # Where the schedule itself takes standard output, people read the rest beside it.
    piped = target is not None and target.path is None
    screen = standard_error() if piped else standard_output()
    screen.show(answer(programme, outcome, _said(programme, outcome), screen))
    advise(*_next(outcome, target, called, start))


def _next(outcome: Outcome, target: Target | None, called: tuple[str, ...], start: str) -> list[str]:
    """Return what to do next; a schedule to start from goes with it, for its pins had to be kept."""
    from trainplan.cli.advice import command
    from trainplan.cli.files import is_schedule

    file = str(target.path) if target is not None and target.path is not None else ""
    if outcome.schedule is None:
        steps = ["to see why, and what would help", command("explain", *called, start)]
        if outcome.status == "unknown":
            begin = ("--start-from", start) if start else ()
            steps += ["with more time", command("generate", *called, *begin, "--time-limit", "600")]
        return steps
    steps = []
    if is_schedule(file):
        steps += ["to look at it as a list", command("show", *called, file, "--by", "sessions")]
        steps += ["after editing it", command("check", *called, file)]
    elif target is None:
        begin = ("--start-from", start) if start else ()
        steps += ["to keep it", command("generate", *called, *begin, "-o", "plan.csv")]
    if outcome.unplaced:
        steps += ["to see why, and what would help", command("explain", *called, start)]
    return steps
