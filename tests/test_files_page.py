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


def keys(value: object) -> set[str]:
    """Every key of a document, but for ids of a person's own."""
    if isinstance(value, list):
        return set().union(*map(keys, value))
    if isinstance(value, dict):
        return set(value) | set().union(*(keys(one) for name, one in value.items() if name != "groups"))
    return set()


def test_every_key_of_a_json_document_is_documented(tmp_path: Path) -> None:
    known = set(re.findall(r"`(\w+)`", section("JSON"))) | set(COLUMNS)
    halves = "course,start,groups\nPH,2027-02-03,finance:20\n"
    (tmp_path / "halves.csv").write_text(halves, encoding="utf-8")
    (tmp_path / "docs.csv").write_bytes((Path(__file__).parents[1] / "docs" / "plan.csv").read_bytes())
    for command in (
        "generate overbooked --time-limit 20 -o plan.json",
        "show saint-lucia-full halves.csv",
        "check overbooked",
        "check nowhere",
        "show overbooked plan.json",
        "export overbooked plan.json -o plan.csv",
        "init mine",
        "rules",
        "why CP-07 saint-lucia docs.csv",
        "why CP saint-lucia docs.csv --on 2027-01-04 --by whitfield",
        "options ERD fire-soufriere 12 saint-lucia docs.csv",
        "options CA health 12 overbooked plan.csv --time-limit 3",
        "bottlenecks overbooked --schedule plan.csv --time-limit 8 --most 1",
    ):
        done = subprocess.run(
            [sys.executable, "-c", "from trainplan.cli.main import run; run()", *command.split(), "--json"],
            cwd=tmp_path,
            env=os.environ | {"NO_COLOR": "1"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        document = json.loads(done.stdout)
        assert document["schema_version"] == 1, command
        assert keys(document) <= known, command
    assert keys(json.loads((tmp_path / "plan.json").read_text(encoding="utf-8"))) <= known
