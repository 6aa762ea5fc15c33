"""docs/files.md against readers and writers: nothing that they know is unsaid, nothing is made up."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from trainplan.cli.codes import Code
from trainplan.exports.csv_file import COLUMNS
from trainplan.load import closures, curriculum, groups, instructors, settings, venues

FILES = (Path(__file__).parents[1] / "docs" / "files.md").read_text(encoding="utf-8")


def section(title: str) -> str:
    (text,) = re.findall(rf"^## {re.escape(title)}\n(.*?)(?=^## |\Z)", FILES, flags=re.M | re.S)
    return str(text)


def documented(title: str) -> list[str]:
    """The columns or keys that the first table of a section names, in its order."""
    rows = re.findall(r"^\| (`[^|]*`) \|", section(title), flags=re.M)
    return [name for row in rows for name in re.findall(r"`([^`]*)`", row)]


@pytest.mark.parametrize(
    "reader", [curriculum, groups, venues, instructors, closures], ids=lambda one: one.LAYOUT.file
)
def test_every_column_that_is_read_is_documented_and_no_other(reader: ModuleType) -> None:
    assert sorted(documented(reader.LAYOUT.file)) == sorted(reader.LAYOUT.columns)


def test_every_column_that_is_needed_is_documented_as_needed() -> None:
    for reader in (curriculum, groups, venues, instructors, closures):
        for column in reader.LAYOUT.required:
            (line,) = re.findall(rf"^\| .*`{column}`.*$", section(reader.LAYOUT.file), flags=re.M)
            assert "must be there" in line, (reader.LAYOUT.file, column)


def test_every_key_and_every_column_of_a_schedule_is_documented() -> None:
    assert sorted(documented("programme.toml")) == sorted(settings.KEYS)
    assert documented("schedule.csv") == list(COLUMNS)


def test_every_exit_code_is_documented() -> None:
    assert re.findall(r"^\| (\d+) \|", section("Exit codes"), flags=re.M) == [str(int(one)) for one in Code]


BY_ID = ("groups", "venues", "instructors")


def keys(value: object) -> set[str]:
    """Every key of a document, but for ids of a person's own."""
    if isinstance(value, list):
        return set().union(*map(keys, value))
    if isinstance(value, dict):
        by_id = [one for name, one in value.items() if name in BY_ID and isinstance(one, dict)]
        rest = [one for one in value.values() if one not in by_id]
        return set(value).union(*map(keys, rest), *(keys(each) for one in by_id for each in one.values()))
    return set()


def said_of(command: str) -> set[str]:
    """The keys that the page gives a command: its own, those of commands that it refers to, those of all."""
    parts: dict[str, str] = {}
    for part in re.split(r"^(?=\*\*`)|(?<=\. )(?=\*\*`)", section("JSON"), flags=re.M):
        for name in re.findall(r"\*\*`(\w+) --json`\*\*", part):
            parts[name] = parts.get(name, "") + part
    text = parts[command]
    for other in re.findall(r"(?<!\*)`(\w+) --json`(?!\*)", text):
        text += parts[other]
    # Findings and the columns of a schedule are the same everywhere; so is what went wrong.
    text += parts["check"]
    return {*re.findall(r"`(\w+)`", text), *COLUMNS, "schema_version", "slots", "error"}


COMMANDS = (
    "generate overbooked --time-limit 4 -o plan.json",
    "generate saint-lucia --start-from pinned.csv --time-limit 20",
    "show saint-lucia-full halves.csv",
    "check overbooked",
    "check nowhere",
    "show overbooked plan.json",
    "export overbooked plan.json -o plan.csv",
    "init mine",
    "rules",
    "why CP-07 saint-lucia docs.csv",
    "why CP saint-lucia docs.csv --on 2027-01-04 --by whitfield --time-limit 5",
    "options ERD fire-soufriere 12 saint-lucia docs.csv --time-limit 5",
    "options CA officials 12 overbooked plan.csv --time-limit 2",
    "bottlenecks overbooked --schedule plan.csv --time-limit 6 --most 1",
    "explain overbooked --time-limit 4",
    "pin saint-lucia docs.csv --course CP",
    "publish saint-lucia docs.csv --session CP-07",
    "replan saint-lucia docs.csv --today 2026-12-01 --event cancel --time-limit 5",
    "compare saint-lucia docs.csv first.csv",
    "scenarios saint-lucia what.toml --time-limit 4 --processes 1",
    "stress saint-lucia docs.csv --runs 2 --time-limit 3 --processes 1",
)


def test_every_key_of_a_json_document_is_documented_under_its_command(tmp_path: Path) -> None:
    halves = "course,start,groups\nPH,2027-02-03,finance:20\n"
    (tmp_path / "halves.csv").write_text(halves, encoding="utf-8")
    plan = (Path(__file__).parents[1] / "docs" / "plan.csv").read_bytes()
    for name in ("docs.csv", "first.csv"):
        (tmp_path / name).write_bytes(plan)
    # On a Saturday: proved impossible.
    (tmp_path / "pinned.csv").write_text(
        "session,course,start,venue,groups,pin\nCP-01,CP,2027-01-09,la-toc,northern:24,date\n",
        encoding="utf-8",
    )
    (tmp_path / "what.toml").write_text(
        '[scenarios.a]\nset = ["groups.police.max_away=30%"]\n', encoding="utf-8"
    )
    unsaid_of: dict[str, set[str]] = {}
    for line in COMMANDS:
        words = ["session:CP-07 cancelled" if word == "cancel" else word for word in line.split()]
        done = subprocess.run(
            [sys.executable, "-c", "from trainplan.cli.main import run; run()", *words, "--json"],
            cwd=tmp_path,
            env=os.environ | {"NO_COLOR": "1"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        document = json.loads(done.stdout)
        assert document["schema_version"] == 1, line
        if unsaid := keys(document) - said_of(words[0]):
            unsaid_of[line] = unsaid
        if words[0] not in ("check", "show"):
            assert "error" not in document, (line, document["error"])
    assert unsaid_of == {}
    exported = json.loads((tmp_path / "plan.json").read_text(encoding="utf-8"))
    assert keys(exported) <= set(re.findall(r"`(\w+)`", section("JSON"))) | set(COLUMNS)
