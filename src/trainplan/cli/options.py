"""Arguments and options that several commands share, so that they mean the same everywhere."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer


def a_day(text: str) -> datetime:
    """Read a date on the command line as dates in files are read.

    Raises:
        typer.BadParameter: It is none, or could be two; the message says which.
    """
    from trainplan.load.grammar.dates import date_parser

    read = date_parser(None)(text.strip())
    if isinstance(read, date):
        return datetime(read.year, read.month, read.day)
    raise typer.BadParameter(read.text)


ProgrammeArg = Annotated[
    str | None,
    typer.Argument(
        metavar="PROGRAMME",
        help="A programme's folder, its programme.toml, its workbook (.xlsx), or the name of a bundled one. "
        "Left out: the programme.toml of this folder, else the bundled saint-lucia.",
        show_default=False,
    ),
]
ScheduleArg = Annotated[
    str | None,
    typer.Argument(metavar="SCHEDULE", help="A schedule file (.csv, .xlsx, .json).", show_default=False),
]
SetOption = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="WHAT=VALUE",
        help="Take VALUE in the place of what the files say, as groups.police.max_away=25% or "
        "programme.ends=2027-12-31; may be given again.",
        show_default=False,
    ),
]
ProcessesOption = Annotated[
    int,
    typer.Option(
        "--processes", metavar="N", min=0, max=256, help="How many at a time; 0 is one a processor."
    ),
]
ClusterOption = Annotated[
    str | None,
    typer.Option(
        "--cluster",
        metavar="ADDRESS",
        help="Work on the dask cluster of this scheduler instead (needs trainplan[cluster]).",
        show_default=False,
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON document instead.")]
# The boundary reads it off the command line itself, for it must know before there is a command.
DebugOption = Annotated[bool, typer.Option("--debug", help="Show the traceback of a fault.")]
ForceOption = Annotated[bool, typer.Option("--force", help="Replace a file that exists.")]
OutputOption = Annotated[
    Path | None,
    typer.Option(
        "-o",
        "--output",
        metavar="FILE",
        help="Write the schedule to FILE (.csv, .json, .ics, .xlsx, .html, .md); - is standard output.",
        show_default=False,
    ),
]
FormatOption = Annotated[
    str | None,
    typer.Option(
        "--format",
        metavar="FORMAT",
        help="csv, json, ics, xlsx, html or md, where the file's name does not say.",
        show_default=False,
    ),
]
TimeOption = Annotated[
    float, typer.Option("--time-limit", metavar="SECONDS", help="Time for all of it, at most.")
]
WorkersOption = Annotated[
    int, typer.Option("--workers", metavar="N", min=0, max=256, help="Threads; 0 is one a processor.")
]
SeedOption = Annotated[
    int, typer.Option("--seed", metavar="N", min=0, max=2**31 - 1, help="For random choices.")
]
