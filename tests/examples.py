"""What the documents show as typed, found and run. ``python tests/examples.py`` shows anew what is printed.

In a ``console`` block a line that begins with ``$`` is a command, and the lines below it are what it
prints on stdout. ``...`` on a line of its own stands for any lines. A comment ``<!-- exit 1 -->`` above a
block says that its last command ends with that exit code.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
DOCUMENTS = [
    ROOT / "README.md",
    *sorted((ROOT / "docs").glob("*.md")),
    *sorted(ROOT.glob("data/*/README.md")),
]
MORE = "..."
_BLOCK = re.compile(r"(?:<!-- exit (?P<code>\d+) -->\n+)?^```console\n(?P<body>.*?)^```$", re.M | re.S)
_COMMAND = re.compile(r"^\$ (?P<command>.*)\n(?P<shown>(?:(?!\$ ).*\n)*)", re.M)
_TOOK = re.compile(r"\b\d+(\.\d+)? ?(s|seconds|min)\b")


@dataclass(frozen=True)
class Typed:
    """One command that a document shows, with the lines below it and where these stand in the text."""

    where: str
    command: str
    shown: tuple[str, ...]
    code: int
    span: tuple[int, int]


def name(document: Path) -> str:
    return str(document.relative_to(ROOT))


def typed(document: Path) -> list[Typed]:
    text = document.read_text(encoding="utf-8")
    found: list[Typed] = []
    for block in _BLOCK.finditer(text):
        commands = list(_COMMAND.finditer(text, *block.span("body")))
        for one in commands:
            line = text[: one.start()].count("\n") + 1
            code = int(block["code"] or 0) if one is commands[-1] else 0
            shown = tuple(one["shown"].splitlines())
            found.append(Typed(f"{name(document)}:{line}", one["command"], shown, code, one.span("shown")))
    return found


@contextmanager
def folder() -> Iterator[Path]:
    """A folder to type in: the checkout's programmes and documents are there, and may not be written to."""
    with tempfile.TemporaryDirectory() as path:
        for below in ("data", "docs"):
            (Path(path) / below).symlink_to(ROOT / below)
        yield Path(path)


def run(command: str, where: Path) -> subprocess.CompletedProcess[str]:
    program, *arguments = shlex.split(command)
    if program != "trainplan":
        raise ValueError(f"only trainplan's own commands are run: {command}")
    return subprocess.run(
        [sys.executable, "-c", "from trainplan.cli.main import run; run()", *arguments],
        cwd=where,
        env=os.environ | {"NO_COLOR": "1", "COLUMNS": "100"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


def tidied(text: str) -> str:
    """``text`` without what differs from run to run: times taken, and blanks at line ends."""
    return "".join(f"{_TOOK.sub('some time', line.rstrip())}\n" for line in text.rstrip().splitlines())


def agrees(shown: tuple[str, ...], printed: str) -> bool:
    """Whether ``printed`` is what a document shows."""
    lines = [r"(?:.*\n)*?" if line == MORE else re.escape(tidied(line) or "\n") for line in shown]
    return re.fullmatch("".join(lines), tidied(printed)) is not None


def renewed(document: Path) -> str:
    """The document's text with what the commands print today.

    Of an answer that is cut short it keeps as many lines as stood before ``...``, and all from the line
    after it on.
    """
    text = document.read_text(encoding="utf-8")
    parts, done = [], 0
    with folder() as here:
        for one in typed(document):
            printed = [line.rstrip() for line in run(one.command, here).stdout.rstrip().splitlines()]
            if MORE in one.shown:
                head, tail = one.shown.index(MORE), one.shown[one.shown.index(MORE) + 1 :]
                rest = printed.index(tail[0]) if tail and tail[0] in printed else len(printed)
                printed = [*printed[:head], MORE, *printed[rest:]]
            parts += [text[done : one.span[0]], *(f"{line}\n" for line in printed)]
            done = one.span[1]
    return "".join([*parts, text[done:]])


if __name__ == "__main__":
    for path in DOCUMENTS:
        path.write_text(renewed(path), encoding="utf-8")
