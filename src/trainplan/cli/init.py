"""``trainplan init``: a programme to start from."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from trainplan.cli.codes import Code, Misuse
from trainplan.cli.options import DebugOption, JsonOption

NAME = "init"
SHORT = "Start a programme of your own."
HELP = """\b
Examples:
  trainplan init my-training
  trainplan init my-training --from saint-lucia-full

Copy a bundled programme into a folder, with every key of programme.toml explained, to be changed into yours.
"""


def run(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="A new or empty folder.")],
    origin: Annotated[
        str, typer.Option("--from", metavar="NAME", help="The bundled programme to copy.")
    ] = "saint-lucia",
    force: Annotated[
        bool, typer.Option("--force", help="Write into a folder that is not empty, replacing files.")
    ] = False,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> int:
    """Copy the files; nothing is written unless all can be read."""
    from trainplan.cli.advice import advise, command
    from trainplan.cli.starter import starter
    from trainplan.exports.write import Unwritable, write_whole
    from trainplan.load.bundled import bundled_folder, bundled_names
    from trainplan.views.console import standard_error
    from trainplan.views.text import shown

    if origin not in bundled_names():
        raise Misuse(f"no bundled programme {origin}: there are {', '.join(bundled_names())}")
    if folder.exists() and not folder.is_dir():
        raise Misuse(f"{folder} is a file: name a folder")
    if folder.is_dir() and any(folder.iterdir()) and not force:
        raise Misuse(f"{folder} is not empty: give --force to write into it, or name another folder")
    files = starter(bundled_folder(origin))
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as trouble:
        raise Unwritable(f"can't make the folder {folder}: {trouble.strerror}") from trouble
    for name, content in files.items():
        write_whole(folder / name, content, force=force)
    if as_json:
        from trainplan.cli.documents import emit

        emit(folder=str(folder), origin=origin, files=list(files))
        return Code.WELL
    standard_error().write(f"wrote {shown(str(folder))}: {', '.join(files)}\n")
    advise(
        "after changing the files into yours",
        command("check", str(folder)),
        "to plan it",
        command("generate", str(folder), "-o", "plan.csv"),
    )
    return Code.WELL
