"""What the benchmarks of projects share: over instances and tools, then what became of them.

A programme with the goal ``finish`` and seven working days is a project whose end is to be early: a day is
a unit of the instance's time, and the value is its makespan.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from harness import (
    ANSWER_COLUMNS,
    LIMIT_COLUMNS,
    Limits,
    Results,
    Row,
    limits_arguments,
    rival,
    solved,
    table,
    trainplan,
)

COLUMNS = ("set", "instance", "tool", *ANSWER_COLUMNS, "best", *LIMIT_COLUMNS)
TOOLS = ("trainplan", "pyjobshop")


@dataclass(frozen=True)
class Instance:
    """A file of a set, and the smallest makespan known for it, None where the references lack it."""

    set: str
    path: Path
    best: int | None

    @property
    def name(self) -> str:
        """The file's name without what it ends in."""
        return self.path.stem


@dataclass(frozen=True)
class Family:
    """Instances of one format.

    Attributes:
        script: The program that this is.
        seconds: Time limit unless another is given.
        found: The instances in a folder.
        convert: Write an instance as a programme folder.
        model: Return an instance as a PyJobShop model.
    """

    script: Path
    seconds: float
    found: Callable[[Path], list[Instance]]
    convert: Callable[[Path, Path], None]
    model: Callable[[Path], Any]


def natural(name: str) -> list[int | str]:
    """Return a key that sorts numbers in names by size: j302_1 before j3010_1."""
    return [int(part) if part.isdigit() else part for part in re.split(r"(\d+)", name)]


def references(path: Path, column: str) -> dict[str, int]:
    """Return a column of a file of best makespans, by instance."""
    lines = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
    at = lines[0].index(column)
    return {line[0]: int(line[at]) for line in lines[1:]}


def programme(
    folder: Path, title: str, days: int, tables: Mapping[str, Sequence[Mapping[str, object]]]
) -> None:
    """Write a programme of ``days`` days, all of them working days, with the goal ``finish``."""
    starts = date(2027, 1, 4)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "programme.toml").write_text(
        f'title = "{title}"\nstarts = {starts}\nends = {starts + timedelta(days=days - 1)}\n'
        'working_days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]\ngoals = ["finish"]\n',
        encoding="utf-8",
    )
    for name, rows in tables.items():
        with (folder / f"{name}.csv").open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)


def duration(number: int) -> str:
    """Return a duration as curriculum.csv has it."""
    return f"{number} day" + "s" * (number != 1)


def main(family: Family, words: str, arguments: Sequence[str] | None = None) -> None:
    """Do what the command line asks for; ``words`` say what that is."""
    parser = argparse.ArgumentParser(description=words, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--csv", type=Path, help="the results; those that it holds are not run again")
    parser.add_argument("--only", default="", metavar="TEXT", help="instances whose names begin so")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="each N-th instance of a set")
    parser.add_argument("--tools", default=",".join(TOOLS), help="default trainplan,pyjobshop")
    parser.add_argument("--summary", action="store_true", help="run nothing, print the tables")
    # The same program solves one instance with PyJobShop, in a process of its own.
    parser.add_argument("--alone", action="store_true", help=argparse.SUPPRESS)
    limits_arguments(parser, family.seconds)
    given = parser.parse_args(arguments)
    limits = Limits(given.time_limit, given.workers, given.seed)
    if given.alone:
        began = time.monotonic()
        print(json.dumps(solved(family.model(given.folder), limits, began)[0]))
        return
    if given.csv is None:
        parser.error("--csv FILE says where the results go")
    results = Results(given.csv, COLUMNS, ("instance", "tool"))
    if not given.summary:
        results.same(limits)
        tools = given.tools.split(",")
        if not set(tools) <= set(TOOLS):
            parser.error(f"--tools: {', '.join(TOOLS)}")
        for instance in chosen(family.found(given.folder), given.only, given.every):
            for tool in tools:
                if not results.has(instance.name, tool):
                    row = one(family, instance, tool, limits)
                    results.add(row)
                    print(*(row[name] for name in COLUMNS[1:7]), row["best"], sep="  ", flush=True)
    print(summary(results.rows))


def chosen(instances: Sequence[Instance], only: str, every: int) -> list[Instance]:
    """Return each ``every``-th instance of a set whose name begins with ``only``."""
    asked = [instance for instance in instances if instance.name.startswith(only)]
    sets = dict.fromkeys(instance.set for instance in asked)
    return [one for name in sets for one in [two for two in asked if two.set == name][::every]]


def one(family: Family, instance: Instance, tool: str, limits: Limits) -> Row:
    """Return the row of one instance and tool."""
    if tool == "pyjobshop":
        answer = rival([sys.executable, str(family.script), str(instance.path), "--alone"], limits)
    else:
        with tempfile.TemporaryDirectory() as scratch:
            folder = Path(scratch) / instance.name
            family.convert(instance.path, folder)
            answer = trainplan(folder, "finish", limits)
    best = "" if instance.best is None else str(instance.best)
    keys = {"set": instance.set, "instance": instance.name, "tool": tool, "best": best}
    return keys | answer.columns | limits.columns


def summary(rows: Sequence[Row]) -> str:
    """Return a table of sets and tools, then which instances each tool did not settle.

    ``proved``: best possible by the tool's own proof. ``reached``: as short as the best known or shorter;
    ``beaten``: shorter. ``mean %`` and ``worst %``: above the best known, over the instances with a schedule.
    """
    lines, missed = [], []
    for name, tool in dict.fromkeys((row["set"], row["tool"]) for row in rows):
        mine = [row for row in rows if (row["set"], row["tool"]) == (name, tool)]
        pairs = [(int(row["value"]), int(row["best"])) for row in mine if row["value"] and row["best"]]
        above = [100 * (value / best - 1) for value, best in pairs]
        lines.append(
            (
                name,
                tool,
                len(mine),
                sum(bool(row["value"]) for row in mine),
                sum(row["status"] == "optimal" for row in mine),
                sum(value <= best for value, best in pairs),
                sum(value < best for value, best in pairs),
                f"{statistics.mean(above):.2f}" if above else "",
                f"{max(above):.2f}" if above else "",
                f"{sum(float(row['seconds']) for row in mine):.0f}",
            )
        )
        for what, which in (
            ("no schedule", [row for row in mine if not row["value"]]),
            (
                "above the best known",
                [
                    row
                    for row in mine
                    if row["value"] and row["best"] and int(row["value"]) > int(row["best"])
                ],
            ),
            ("not proved", [row for row in mine if row["value"] and row["status"] != "optimal"]),
        ):
            if which:
                missed.append(f"{name} {tool}, {what}: {' '.join(row['instance'] for row in which)}")
    header = (
        "<set",
        "<tool",
        "instances",
        "schedules",
        "proved",
        "reached",
        "beaten",
        "mean %",
        "worst %",
        "seconds",
    )
    return "\n".join((table(header, lines), *missed))
