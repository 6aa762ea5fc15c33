"""The documents are tests: what they show as typed is typed here, and must answer as they say.

In a ``console`` block a line that begins with ``$`` is run, and the lines below it are what it prints on
stdout. ``...`` on a line of its own stands for any lines; times taken are compared as if they were equal.
A comment ``<!-- exit 1 -->`` above a block says that its last command ends with that exit code.
"""

from __future__ import annotations

import os
import re
import runpy
import shlex
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
import typer

from trainplan.cli.main import app

ROOT = Path(__file__).parents[1]
DOCUMENTS = [
    ROOT / "README.md",
    *sorted((ROOT / "docs").glob("*.md")),
    *sorted(ROOT.glob("data/*/README.md")),
]
BLOCK = re.compile(r"(?:<!-- exit (?P<code>\d+) -->\n+)?^```console\n(?P<body>.*?)^```$", re.M | re.S)
TOOK = re.compile(r"\b\d+(\.\d+)? ?(s|seconds|min)\b")


@dataclass(frozen=True)
class Typed:
    """One command that a document shows, with the lines that it shows below."""

    where: str
    command: str
    shown: tuple[str, ...]
    code: int


def typed(document: Path) -> list[Typed]:
    text = document.read_text(encoding="utf-8")
    found: list[Typed] = []
    for block in BLOCK.finditer(text):
        commands = re.split(r"^\$ ", block["body"], flags=re.M)[1:]
        for number, part in enumerate(commands, start=1):
            command, _, shown = part.partition("\n")
            line = text[: block.start("body")].count("\n") + 1
            code = int(block["code"] or 0) if number == len(commands) else 0
            where = f"{document.relative_to(ROOT)}:{line}"
            found.append(Typed(where, command, tuple(shown.rstrip().splitlines()), code))
    return found


def pattern(shown: tuple[str, ...]) -> re.Pattern[str]:
    lines = [
        r"(?:.*\n)*?" if line.strip() in ("...", "…") else re.escape(tidied(line)) + r"\n" for line in shown
    ]
    return re.compile("".join(lines) + r"\Z")


def tidied(line: str) -> str:
    return TOOK.sub("some time", line.rstrip())


WITH_COMMANDS = [document for document in DOCUMENTS if typed(document)]


@pytest.mark.parametrize("document", WITH_COMMANDS, ids=lambda path: str(path.relative_to(ROOT)))
def test_what_a_document_shows_is_what_happens(document: Path, tmp_path: Path) -> None:
    (tmp_path / "data").symlink_to(ROOT / "data")
    for one in typed(document):
        program, *arguments = shlex.split(one.command)
        assert program == "trainplan", f"{one.where}: only trainplan's own commands are run"
        done = subprocess.run(
            [sys.executable, "-c", "from trainplan.cli.main import run; run()", *arguments],
            cwd=tmp_path,
            env=os.environ | {"NO_COLOR": "1", "COLUMNS": "100"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == one.code, f"{one.where}: {one.command}\n{done.stdout}{done.stderr}"
        if one.shown:
            printed = "".join(f"{tidied(line)}\n" for line in done.stdout.rstrip().splitlines())
            assert pattern(one.shown).match(printed), f"{one.where}: {one.command} now prints\n{printed}"


def test_the_readme_is_among_the_documents_that_show_something() -> None:
    assert ROOT / "README.md" in WITH_COMMANDS
    assert any(one.shown for one in typed(ROOT / "README.md"))


@pytest.mark.parametrize(
    "command", ["pip install . && trainplan generate", 'pip install -e ".[dev]" && pytest']
)
def test_the_two_commands_of_the_readme_stand_on_lines_of_their_own(command: str) -> None:
    assert command in (ROOT / "README.md").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    for target in re.findall(r"\]\((?!https?:)([^)]*)\)", text):
        file, _, anchor = target.partition("#")
        found = (document.parent / file).resolve() if file else document
        assert found.exists(), f"{document.name}: {target} is not there"
        if anchor:
            headings = re.findall(r"^#+ (.*)$", found.read_text(encoding="utf-8"), flags=re.M)
            slugs = {re.sub(r"[^\w\- ]", "", one.lower()).replace(" ", "-") for one in headings}
            assert anchor in slugs, f"{document.name}: {target} has no such heading"


COMMANDS = list(typer.main.get_command(app).commands)  # type: ignore[attr-defined]


def written(page: str) -> str:
    """What the script beside a generated page would write."""
    text: str = runpy.run_path(str(ROOT / "docs" / f"write_{page}.py"))["page"]()
    return text


def test_the_page_of_commands_is_what_they_say_of_themselves() -> None:
    page = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    assert page == written("commands"), "run: python docs/write_commands.py"


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_has_help_an_example_and_a_place_in_the_documents(command: str) -> None:
    page = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    (section,) = re.findall(rf"^## trainplan {command}\n(.*?)(?=^## |\Z)", page, flags=re.M | re.S)
    assert "Examples:" in section
    assert re.search(rf"^ +trainplan {command}\b", section, flags=re.M)
    assert f"trainplan {command}" in (ROOT / "README.md").read_text(encoding="utf-8")
