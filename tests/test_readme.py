"""The documents are tests: what they show as typed is typed here, and must answer as they say."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest
import typer
from examples import DOCUMENTS, MORE, ROOT, agrees, folder, name, run, typed

from trainplan.cli.main import app

WITH_COMMANDS = [document for document in DOCUMENTS if typed(document)]


@pytest.mark.parametrize("document", WITH_COMMANDS, ids=name)
def test_what_a_document_shows_is_what_happens(document: Path) -> None:
    with folder() as here:
        for one in typed(document):
            done = run(one.command, here)
            assert done.returncode == one.code, f"{one.where}: {one.command}\n{done.stdout}{done.stderr}"
            assert agrees(one.shown, done.stdout), f"{one.where} now prints\n{done.stdout}"


def test_what_is_shown_is_compared_line_by_line() -> None:
    assert agrees(("a (3 s)", MORE, "d"), "a (4.5 s)\nb\nc\nd\n")
    assert agrees((), "")
    for shown in (("a",), ("a", "b", "d"), ("b", MORE), (MORE, "c"), ()):
        assert not agrees(shown, "a\nb\nd, e\n"), shown


def test_the_readme_is_among_the_documents_that_show_something() -> None:
    assert ROOT / "README.md" in WITH_COMMANDS
    assert any(one.shown for one in typed(ROOT / "README.md"))


@pytest.mark.parametrize(
    "command", ["pip install . && trainplan generate", 'pip install -e ".[dev]" && pytest']
)
def test_the_two_commands_of_the_readme_stand_on_lines_of_their_own(command: str) -> None:
    assert command in (ROOT / "README.md").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("document", DOCUMENTS, ids=name)
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
