"""``trainplan init``: a programme to start from, as a folder or as a workbook; one turned into the other."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from trainplan.cli.codes import Code, Misuse
from trainplan.cli.options import DebugOption, JsonOption

NAME = "init"
SHORT = "Start a programme of your own, as a folder or a workbook."
HELP = """\b
Examples:
  trainplan init my-training                             a folder of plain files
  trainplan init my-training.xlsx                        one Excel workbook
  trainplan init my-training --from saint-lucia-full
  trainplan init my-training.xlsx --from my-training     turn a folder into a workbook
  trainplan init my-training --from my-training.xlsx     and a workbook into a folder

Copy a programme, with every key explained, to be changed into yours. Nothing that is read is lost between
folder and workbook.
"""


def run(
    target: Annotated[
        Path, typer.Argument(metavar="TARGET", help="A new or empty folder, or a workbook (.xlsx).")
    ],
    origin: Annotated[
        str,
        typer.Option(
            "--from",
            metavar="PROGRAMME",
            help="What to copy: the name of a bundled programme, a folder or a workbook.",
        ),
    ] = "saint-lucia",
    force: Annotated[
        bool, typer.Option("--force", help="Write into a folder that is not empty, replacing files.")
    ] = False,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> int:
    """Copy the programme; nothing is written unless all of it can be read."""
    from trainplan.cli.advice import advise, command
    from trainplan.load.workbook import SUFFIXES
    from trainplan.views.console import standard_error
    from trainplan.views.text import shown

    source = _source(origin)
    if target.suffix.lower() in SUFFIXES and not target.is_dir():
        parts = _workbook(target, source, force)
        told = {"wrote": str(target), "origin": origin, "sheets": parts}
    else:
        parts = _folder(target, source, force)
        told = {"folder": str(target), "origin": origin, "files": parts}
    if as_json:
        from trainplan.cli.documents import emit

        emit(**told)
        return Code.WELL
    standard_error().write(f"wrote {shown(str(target))}: {', '.join(parts)}\n")
    advise(
        "after changing the files into yours" if "files" in told else "after changing the sheets into yours",
        command("check", str(target)),
        "to plan it",
        command("generate", str(target), "-o", "plan.csv"),
    )
    return Code.WELL


def _source(origin: str) -> Path:
    """Return where the programme to be copied lies; a bundled name wins over a folder that is called so."""
    from trainplan.cli.files import Source, read_programme
    from trainplan.load.bundled import bundled_folder, bundled_names

    if origin in bundled_names():
        return bundled_folder(origin)
    path = Path(origin)
    if not path.exists():
        named = ", ".join(bundled_names())
        raise Misuse(f"no bundled programme {origin}: there are {named}; and no folder or workbook there")
    read_programme(Source(path, origin), tell=False)
    return path


def _workbook(target: Path, source: Path, force: bool) -> list[str]:
    from trainplan.exports.programme_book import Unfit, content
    from trainplan.exports.write import refuse_early, write_whole
    from trainplan.load.plain import read_plain
    from trainplan.load.workbook import KEYS_SHEET, sheet_name

    if target.suffix.lower() != ".xlsx":
        raise Misuse(f"{target}: a workbook is written as .xlsx")
    refuse_early(target, force=force)
    plain = read_plain(source)
    try:
        raw = content(plain)
    except Unfit as why:
        raise Misuse(f"{source}: {why}") from why
    write_whole(target, raw, force=force)
    return [KEYS_SHEET, *map(sheet_name, plain.grids)]


def _folder(target: Path, source: Path, force: bool) -> list[str]:
    from trainplan.cli.starter import starter
    from trainplan.exports.write import write_all

    if target.exists() and not target.is_dir():
        raise Misuse(f"{target} is a file: name a folder")
    if target.is_dir() and any(target.iterdir()) and not force:
        raise Misuse(f"{target} is not empty: give --force to write into it, or name another folder")
    files = starter(source)
    write_all(target, files, force=force)
    return list(files)
