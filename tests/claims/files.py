"""A programme and a schedule as the files that people write, small enough to shrink cell by cell."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from trainplan.exports.csv_file import COLUMNS, cells
from trainplan.findings import Finding
from trainplan.load import load_programme, load_schedule
from trainplan.model import Programme, Schedule

Rows = tuple[dict[str, str], ...]
TABLES = ("curriculum", "groups", "venues", "instructors", "closures")
PLAN, NOW, ASK = "plan.csv", "now", "ask.json"


@dataclass(frozen=True)
class Files:
    """The files of one programme.

    Attributes:
        settings: What programme.toml says.
        tables: The rows of each CSV file, by the file's name without its end.
    """

    settings: Mapping[str, Any]
    tables: Mapping[str, Rows]

    def write(self, folder: Path) -> None:
        """Write the programme into a folder, which is made."""
        folder.mkdir(parents=True, exist_ok=True)
        # Texts, numbers and lists of texts are the same in JSON and in TOML.
        lines = [f"{key} = {json.dumps(value)}\n" for key, value in self.settings.items()]
        (folder / "programme.toml").write_text("".join(lines), "utf-8")
        for name, rows in self.tables.items():
            if rows or name in ("curriculum", "groups"):
                write_rows(folder / f"{name}.csv", rows)

    def load(self) -> Programme | None:
        """Return the programme that these files are, None if trainplan refuses them."""
        with TemporaryDirectory() as folder:
            self.write(Path(folder))
            programme, found = load_programme(Path(folder))
        return None if any(one.severity == "error" for one in found) else programme

    def with_rows(self, name: str, rows: Rows) -> Files:
        return replace(self, tables={**self.tables, name: rows})

    def without(self, key: str) -> Files:
        return replace(self, settings={name: value for name, value in self.settings.items() if name != key})


@dataclass(frozen=True)
class Case:
    """Something to try.

    Attributes:
        files: The programme; where the schedule is older than a change of it, as it is now.
        plan: Rows of an earlier schedule, None without one.
        ask: What is asked: the ``ways`` to try, and what these need to be told.
    """

    files: Files
    plan: Rows | None = None
    ask: Mapping[str, Any] = field(default_factory=dict)

    def schedule(self, programme: Programme) -> tuple[Schedule | None, tuple[Finding, ...]]:
        """Return the earlier schedule as trainplan reads it, None without one, and what can't be read."""
        if self.plan is None:
            return None, ()
        with TemporaryDirectory() as folder:
            write_rows(Path(folder, PLAN), self.plan)
            return load_schedule(Path(folder, PLAN), programme)

    def write(self, folder: Path) -> None:
        """Write everything into a folder, to be read again by ``read_case``."""
        self.files.write(folder)
        if self.plan is not None:
            write_rows(folder / PLAN, self.plan)
        (folder / ASK).write_text(json.dumps(self.ask, indent=2, sort_keys=True) + "\n", "utf-8")


def read_case(folder: Path) -> Case:
    """Read what ``Case.write`` has written."""
    import tomllib

    settings = tomllib.loads((folder / "programme.toml").read_text("utf-8"))
    tables = {name: read_rows(folder / f"{name}.csv") for name in TABLES if (folder / f"{name}.csv").exists()}
    plan = read_rows(folder / PLAN) if (folder / PLAN).exists() else None
    ask = json.loads((folder / ASK).read_text("utf-8"))
    return Case(Files(settings, tables), plan, ask)


def rows_of(programme: Programme, schedule: Schedule) -> Rows:
    """Return a schedule as the rows of schedule.csv."""
    return tuple(cells(one, programme) for one in schedule.sessions)


def write_rows(path: Path, rows: Rows) -> None:
    columns = tuple(dict.fromkeys(name for row in rows for name in row)) or COLUMNS
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def read_rows(path: Path) -> Rows:
    with path.open(encoding="utf-8", newline="") as file:
        return tuple({key: value for key, value in row.items() if value} for row in csv.DictReader(file))
