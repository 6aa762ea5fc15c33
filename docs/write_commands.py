"""Write docs/commands.md from what the commands say of themselves: ``python docs/write_commands.py``."""

from __future__ import annotations

from pathlib import Path

import typer
from typer.testing import CliRunner

from trainplan.cli.main import app

PAGE = Path(__file__).with_name("commands.md")
WIDTH = "96"
INTRODUCTION = """\
# Commands

What each command says with `--help`; `python docs/write_commands.py` writes this page. The files that go in
and come out, the exit codes and what `--json` prints are in [files.md](files.md).
"""


def said(*command: str) -> str:
    """Return what ``trainplan COMMAND --help`` prints."""
    result = CliRunner().invoke(app, [*command, "--help"], prog_name="trainplan", env={"COLUMNS": WIDTH})
    if result.exit_code:
        raise RuntimeError(f"{command}: {result.output}")
    return "\n".join(line.rstrip() for line in result.output.strip().splitlines())


def page() -> str:
    """Return the whole page."""
    group = typer.main.get_command(app)
    names = list(group.commands)  # type: ignore[attr-defined]
    parts = [INTRODUCTION, f"```text\n{said()}\n```\n"]
    parts += [f"## trainplan {name}\n\n```text\n{said(name)}\n```\n" for name in names]
    return "\n".join(parts)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
