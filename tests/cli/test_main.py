"""The program as a whole: help, version, wrong usage, and what it does not import."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import trainplan
from trainplan.cli import check, export, generate, init, rules, show
from trainplan.goals import GOALS
from trainplan.rules import RULES

COMMANDS = (generate, check, show, export, init, rules)


def test_alone_it_shows_its_help(run: Any) -> None:
    ran = run()
    assert ran.code == 0
    assert ran.out == run("--help").out
    for command in COMMANDS:
        assert f"\n  {command.NAME} " in ran.out


def test_the_version(run: Any) -> None:
    assert run("--version").out == f"trainplan {trainplan.__version__}\n"


@pytest.mark.parametrize("command", COMMANDS, ids=lambda one: one.NAME)
def test_each_help_begins_with_examples(run: Any, command: Any) -> None:
    ran = run(command.NAME, "--help")
    assert ran.code == 0
    lines = ran.out.splitlines()
    assert lines[0].startswith(f"Usage: trainplan {command.NAME} ")
    assert lines[2] == "  Examples:"
    assert lines[3].startswith(f"    trainplan {command.NAME}")
    for option in ("--json", "--debug"):
        assert option in ran.out


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["generat"], "Did you mean 'generate'?"),
        (["--nonsense"], "--nonsense"),
        (["check", "--nonsense"], "trainplan check --help"),
        (["init"], "TARGET"),
        (["check", "a", "b", "c"], "c"),
    ],
)
def test_wrong_usage_is_one_line(run: Any, words: list[str], says: str) -> None:
    ran = run(*words)
    assert (ran.code, ran.out) == (2, "")
    assert says in ran.err
    assert len(ran.err.splitlines()) == 1
    assert run(*words, "--json").document["error"] in ran.err


def test_rules_and_goals_have_their_sentences(run: Any) -> None:
    document = run("rules", "--json").document
    assert document["rules"] == [{"name": one.name, "states": one.states} for one in RULES]
    assert [one["name"] for one in document["goals"]] == list(GOALS)
    out = run("rules").out
    for one in (*RULES, *GOALS.values()):
        assert one.states in out


def loaded(*words: str) -> set[str]:
    """Run a command in a fresh process; return the names of the packages that were imported for it."""
    program = (
        "import sys; from trainplan.cli.main import app; import typer.main\n"
        f"typer.main.get_command(app).main({list(words)!r}, standalone_mode=False)\n"
        "print('\\n' + ' '.join(sys.modules))"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, encoding="utf-8", check=True)
    assert "fault" not in ran.stderr
    return set(ran.stdout.splitlines()[-1].split())


def test_help_imports_next_to_nothing() -> None:
    for words in (["--help"], ["generate", "--help"], ["--version"]):
        modules = loaded(*words)
        heavy = {"ortools", "numpy", "pandas", "rich", "dateutil", "holidays"}
        assert not heavy & {name.partition(".")[0] for name in modules}
        own = {name for name in modules if name.startswith("trainplan.")}
        assert not {name for name in own if not name.startswith(("trainplan.cli", "trainplan.findings"))}


@pytest.mark.parametrize(
    "words",
    [
        ["check", "small"],
        ["check", "small", "plan.csv"],
        ["show", "small", "plan.csv"],
        ["show", "small", "plan.csv", "--json"],
        ["export", "small", "plan.csv", "-o", "new.json"],
        ["init", "new"],
        ["rules"],
    ],
    ids=" ".join,
)
def test_only_generate_loads_the_solver(small: Path, words: list[str]) -> None:
    assert not {"ortools", "numpy", "pandas"} & {name.partition(".")[0] for name in loaded(*words)}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("soon", '"soon" is not a date (e.g. 2027-03-02 or 2 Mar 2027)'),
        ("03/02/2027", "could be 3 Feb 2027 or 2 Mar 2027"),
        ("2027-02-30", "2027-02-30"),
    ],
)
def test_a_date_on_the_command_line_is_read_as_in_files(run: Any, small: Path, text: str, says: str) -> None:
    ran = run("show", "small", "plan.csv", "--from", text)
    assert ran.code == 2
    assert says in ran.err
    assert "Value error" not in ran.err
