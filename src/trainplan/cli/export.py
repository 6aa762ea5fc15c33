"""``trainplan export``: a schedule as a file for somebody else."""

from __future__ import annotations

from typing import Annotated

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
)

NAME = "export"
SHORT = "Write a schedule in another format."
HELP = """\b
Examples:
  trainplan export plan.csv -o plan.json
  trainplan export my-training edited.csv -o clean.csv --force
  trainplan export plan.csv -o - --format json | jq .sessions
  trainplan export plan.csv -o plan.xlsx                   to look at and print, a chart and a sheet for each
  trainplan export plan.csv -o plan.html                   to look at and search in a browser
  trainplan export plan.csv -o all.ics                     for everybody's calendar
  trainplan export plan.csv -o police.ics --for group:police

Write a schedule in another format; the end of the file's name says which (.csv, .json, .ics, .xlsx,
.html, .md). An .html page needs no network. An .ics file that is written anew with --force raises the number
of change of what changed, and calls off what is gone.
"""


def run(
    programme: ProgrammeArg = None,
    schedule: ScheduleArg = None,
    output: OutputOption = None,
    named: FormatOption = None,
    force: ForceOption = False,
    sets: SetOption = None,
    whom: Annotated[
        str | None,
        typer.Option(
            "--for",
            metavar="WHOM",
            help="A calendar (.ics) for group:ID, instructor:ID or venue:ID alone.",
            show_default=False,
        ),
    ] = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> int:
    """Write the file, unless part of the schedule would be lost on the way."""
    from trainplan.cli.files import find_programme, read_programme, read_schedule, tell_apart
    from trainplan.cli.target import find_target, for_whom
    from trainplan.exports import FORMATS

    programme, schedule = tell_apart(programme, schedule)
    if schedule is None:
        raise Misuse("export needs a schedule: trainplan export [PROGRAMME] SCHEDULE -o FILE")
    if output is None:
        known = "; ".join(f"{one.suffix} {one.states}" for one in FORMATS)
        raise Misuse(f"export needs -o FILE; the end of its name says the format: {known}")
    target = find_target(output, named, force=force, as_json=as_json)
    plan, _ = read_programme(find_programme(programme, sets))
    if whom is not None:
        target = for_whom(target, plan, whom)
    read, unreadable = read_schedule(schedule, plan)
    if any(one.severity == "error" for one in unreadable):
        raise Refused(schedule, unreadable)
    target.write(plan, read)
    if as_json:
        from trainplan.cli.documents import emit

        emit(wrote=str(output), format=target.format.suffix.lstrip("."), sessions=len(read.sessions))
    return Code.WELL
