"""``trainplan explain``: what stands in the way, and what would make it possible."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from trainplan.cli.codes import Code, Misuse
from trainplan.cli.options import DebugOption, ForceOption, JsonOption, ProgrammeArg, SetOption

if TYPE_CHECKING:
    from threading import Event

    from trainplan.cli.clock import Clock
    from trainplan.explain import Explanation, Line
    from trainplan.explain.draft import ClosuresUntil
    from trainplan.load.plain import Plain
    from trainplan.model import Programme, Schedule
    from trainplan.outcome import Report

NAME = "explain"
SHORT = "Say why not every seat can be placed, and what would make it possible."
HELP = """\b
Examples:
  trainplan explain my-training                        what stands in the way, and the ways out
  trainplan explain my-training plan.csv               the same, keeping what plan.csv pins
  trainplan explain my-training --apply 2 -o mended    write the programme with fix 2
  trainplan explain my-training --apply 1 --apply 4 -o mended

Say which of your rules and rows can't hold together, as smallest sets, and the least change that makes
each possible; every one solved again to be sure. Ends with 3 if it is proved impossible, 4 if that was not
settled in time, 0 if nothing stands in the way or the fixes were written.
"""


def run(
    programme: ProgrammeArg = None,
    schedule: Annotated[
        str | None,
        typer.Argument(
            metavar="SCHEDULE",
            help="A schedule whose pins must be kept (.csv, .xlsx, .json).",
            show_default=False,
        ),
    ] = None,
    seconds: Annotated[
        float,
        typer.Option("--time-limit", metavar="SECONDS", help="Time to look for causes and fixes, at most."),
    ] = 60.0,
    apply: Annotated[
        list[int] | None,
        typer.Option("--apply", metavar="N", help="Carry out fix N; again for several.", show_default=False),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            metavar="FOLDER",
            help="Where --apply writes the changed programme: a new folder, or a workbook (.xlsx).",
            show_default=False,
        ),
    ] = None,
    force: ForceOption = False,
    sets: SetOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> int:
    """Explain, show, and carry fixes out."""
    from trainplan.cli.carry import carry_out, refuse_target
    from trainplan.cli.clock import Clock
    from trainplan.cli.files import find_programme, read_programme, read_schedule, tell_apart
    from trainplan.load.later import closures_until
    from trainplan.load.plain import read_plain

    clock = Clock(seconds)
    if bool(apply) != (output is not None):
        raise Misuse("--apply and -o go together: --apply 2 -o mended writes the programme with fix 2")
    if output is not None:
        refuse_target(output, force=force)
    programme, schedule = tell_apart(programme, schedule)
    source = find_programme(programme, sets)
    plan, _ = read_programme(source)
    clock.read(plan)
    before = read_schedule(schedule, plan)[0] if schedule is not None else None
    plain = read_plain(source.path, source.sets)
    until = closures_until(plan, plain)
    told = _explain(plan, before, until, clock)
    written: list[str] = []
    if output is not None and apply:
        missing = [number for number in apply if not 1 <= number <= len(told.fixes)]
        if not told.fixes or missing:
            there = (
                f"there are fixes 1 to {len(told.fixes)}" if told.fixes else "there is no fix to carry out"
            )
            raise Misuse(f"--apply {(missing or apply)[0]}: {there}")
        _agree(told, apply)
        changes = [told.fixes[number - 1].change for number in dict.fromkeys(apply)]
        written = carry_out(output, changes, plain, plan, before, until, force=force)
    if as_json:
        _print(plan, told, written, output)
    else:
        _show(plan, told, plain, source.words, schedule or "", apply or [], output)
    return _code(told, bool(written))


def _explain(
    programme: Programme, before: Schedule | None, until: ClosuresUntil, clock: Clock
) -> Explanation:
    from trainplan.cli.watch import watched
    from trainplan.explain import Explanation, explain
    from trainplan.outcome import Progress
    from trainplan.views.console import standard_error
    from trainplan.views.progress import Ticker

    def work(report: Report, stop: Event) -> Explanation:
        return explain(
            programme,
            clock.limits(0, 0),
            before=before,
            closures_until=until,
            tell=lambda doing: report(Progress("", None, None, 0.0, doing)),
            so_far=lambda ask: report(Progress("", None, None, 0.0, so_far=ask)),
            stop=stop,
        )

    return watched(
        work,
        Ticker(standard_error(), clock.seconds),
        clock,
        otherwise=lambda: Explanation("unsettled", complete=False, interrupted=clock.stopped),
        here=True,  # causes and fixes carry what they do to a programme, which no other process could send
    )


def _agree(told: Explanation, apply: list[int]) -> None:
    """Ask on a terminal, else warn, before a fix is carried out of which it is not known that it works.

    Raises:
        Misuse: The answer was no.
    """
    from trainplan.views.console import standard_error
    from trainplan.words import listed, many

    unsure = [str(number) for number in dict.fromkeys(apply) if not told.fixes[number - 1].verified]
    if not unsure:
        return
    what = f"{'fix' if len(unsure) == 1 else 'fixes'} {listed(unsure)}"
    said = f"{what}: not checked against everything else in the time"
    if not sys.stdin.isatty():
        standard_error().write(
            f"warning: {said}; trainplan generate will say whether every seat has a place\n"
        )
    elif not typer.confirm(f"{said}. Write {many(len(unsure), 'change')} nobody has checked?", err=True):
        raise Misuse(f"{what} not carried out; a longer --time-limit may check it")


def _code(told: Explanation, written: bool) -> Code:
    if told.interrupted:
        return Code.INTERRUPTED
    if told.verdict == "possible" or written:
        return Code.WELL
    return Code.IMPOSSIBLE if told.verdict == "impossible" else Code.UNSETTLED


def _print(programme: Programme, told: Explanation, written: list[str], output: Path | None) -> None:
    from trainplan.cli.documents import emit
    from trainplan.exports.explanation import record

    wrote = {"wrote": str(output), "files": written} if written else {}
    emit(programme=programme.title, **record(told), **wrote)


def _show(
    programme: Programme,
    told: Explanation,
    plain: Plain,
    called: tuple[str, ...],
    schedule: str,
    applied: list[int],
    output: Path | None,
) -> None:
    from trainplan.cli.advice import advise, command
    from trainplan.load.plain import cell_of
    from trainplan.views.console import standard_error, standard_output
    from trainplan.views.explanation import explanation
    from trainplan.views.text import shown

    if output is not None:
        for number in dict.fromkeys(applied):
            standard_error().write(f"fix {number}: {shown(told.fixes[number - 1].change.message)}\n")
        standard_error().write(f"wrote {shown(str(output))}\n")
        advise("to plan it", command("generate", str(output), "-o", "plan.csv"))
        return

    def cells(one: Line) -> str:
        return cell_of(plain, one.about.kind, one.about.id, one.place.column) if one.place else ""

    screen = standard_output()
    screen.show(explanation(programme.title, told, cells, screen))
    if told.verdict == "possible":
        advise("to plan it", command("generate", *called, "-o", "plan.csv"))
    elif told.verdict == "unsettled":
        longer = command("explain", *called, schedule, "--time-limit", "600")
        advise("with more time", longer, "for as much of it as can be planned", command("generate", *called))
    elif told.together or any(fix.verified for fix in told.fixes):
        first = next(at for at, fix in enumerate(told.fixes) if fix.verified)
        words = [word for at in told.together or (first,) for word in ("--apply", str(at + 1))]
        what = "to carry all that out" if len(told.together) > 1 else f"to carry out fix {words[1]}"
        advise(what, command("explain", *called, schedule, *words, "-o", "mended"))
    elif told.fixes:
        advise("to check the fixes", command("explain", *called, schedule, "--time-limit", "600"))
    else:
        advise("for as much of it as can be planned", command("generate", *called))
