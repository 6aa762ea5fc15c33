"""Made programmes against the models that one would write without trainplan.

``python benchmarks/compare.py FOLDER --sessions 150,350,750 --csv results.csv`` plans the programmes
FOLDER/0150, FOLDER/0350 ... with trainplan, the plain interval CP-SAT model and PyJobShop (see ``rivals.py``
for both), at the same time limit and threads. Programmes that aren't there are written first, as
``programmes.py`` does; ``--seed`` is theirs and the tools'.

What is compared is the goal ``early`` (seats x calendar days until the session's last day) of a schedule that
places every seat; a schedule with fewer has no value here. ``gap %`` is how far the value is above the tool's
own bound, which for the two models holds for classes of full size only; ``best %`` how far above the best
value of the sound ones. Every schedule is then put before ``trainplan check``: ``breaks`` counts what it
finds, by rule. ``plain-pooled`` is the plain model with venues and instructors that are alike taken together.
``plain-counted``, ``plain-pooled-counted`` and ``pyjobshop-counted``, which only ``--tools`` asks for, count
people where the others number them; what breaks ``group-attendance`` there is not a value that could be had.

Seconds are by the clock and of the whole process, memory is its largest, in MiB. ``first`` is in seconds
until the first schedule: by trainplan's own clock, by the process's for the plain model, unknown for
PyJobShop. A tool that has not ended after twice the limit and a minute is killed: ``none``.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import Counter
from pathlib import Path

import programmes
from harness import (
    ANSWER_COLUMNS,
    LIMIT_COLUMNS,
    TRAINPLAN,
    Limits,
    Results,
    Row,
    limits_arguments,
    rival,
    run,
    table,
    trainplan,
)

COLUMNS = ("sessions", "tool", *ANSWER_COLUMNS, "gap", "breaks", *LIMIT_COLUMNS)
ORDINARY = ("trainplan", "plain", "plain-pooled", "pyjobshop")
TOOLS = (*ORDINARY, "plain-counted", "plain-pooled-counted", "pyjobshop-counted")
RIVALS = Path(__file__).with_name("rivals.py")


def one(folder: Path, tool: str, limits: Limits) -> Row:
    """Return the row of one programme and tool."""
    with tempfile.TemporaryDirectory() as scratch:
        schedule = Path(scratch) / "schedule.csv"
        if tool == "trainplan":
            answer = trainplan(folder, "early", limits, schedule)
        else:
            name, *options = tool.split("-")
            command = [sys.executable, str(RIVALS), name, str(folder), "-o", str(schedule)]
            answer = rival([*command, *(f"--{option}" for option in options)], limits)
        breaks = broken(folder, schedule) if answer.value is not None else ""
    gap = "" if answer.value is None or not answer.bound else f"{answer.value / answer.bound - 1:.4f}"
    keys = {"sessions": str(int(folder.name)), "tool": tool, "gap": gap, "breaks": breaks}
    return keys | answer.columns | limits.columns


def broken(folder: Path, schedule: Path) -> str:
    """Return how often a schedule breaks which rules, ``0`` if it breaks none."""
    ran = run([*TRAINPLAN, "check", str(folder), str(schedule), "--json"], patience=600)
    if ran.killed or not ran.out:
        return "unchecked"
    findings = json.loads(ran.out)["findings"]
    rules = Counter(str(finding["rule"]) for finding in findings if finding["severity"] == "error")
    return "; ".join(f"{rule} x{count}" for rule, count in rules.items()) or "0"


def summary(rows: list[Row]) -> str:
    """Return a table of programmes and tools."""
    best: dict[str, int] = {}
    for row in rows:
        if row["value"] and row["breaks"] == "0":
            best[row["sessions"]] = min(int(row["value"]), best.get(row["sessions"], int(row["value"])))
    lines = []
    for row in sorted(rows, key=lambda row: (int(row["sessions"]), TOOLS.index(row["tool"]))):
        known = best.get(row["sessions"]) if row["value"] else None
        lines.append(
            (
                row["sessions"],
                row["tool"],
                row["status"],
                row["value"],
                row["bound"],
                f"{100 * float(row['gap']):.2f}" if row["gap"] else "",
                f"{100 * (int(row['value']) / known - 1):.2f}" if known else "",
                row["seconds"],
                row["first"],
                row["mib"],
                row["breaks"],
                row["note"],
            )
        )
    header = "sessions <tool <status value bound gap_% best_% seconds first MiB <breaks <note"
    return table([name.replace("_", " ") for name in header.split()], lines)


def main() -> None:
    """Plan what the results don't hold yet, print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sessions", default="150,350,750,3000", help="default 150,350,750,3000")
    parser.add_argument("--csv", type=Path, required=True)
    parser.add_argument("--tools", default=",".join(ORDINARY), help=f"of {', '.join(TOOLS)}")
    parser.add_argument("--summary", action="store_true", help="run nothing, print the table")
    limits_arguments(parser, 60.0)
    parser.set_defaults(seed=1)
    given = parser.parse_args()
    limits = Limits(given.time_limit, given.workers, given.seed)
    tools = given.tools.split(",")
    if not set(tools) <= set(TOOLS):
        parser.error(f"--tools: {', '.join(TOOLS)}")
    results = Results(given.csv, COLUMNS, ("sessions", "tool"))
    if not given.summary:
        results.same(limits)
        for sessions in map(int, given.sessions.split(",")):
            folder = given.folder / f"{sessions:04d}"
            if not (folder / "programme.toml").exists():
                programmes.write(folder, programmes.Maker(given.seed, sessions, featured=False))
            for tool in tools:
                if not results.has(str(sessions), tool):
                    row = one(folder, tool, limits)
                    results.add(row)
                    print(*(row[name] for name in COLUMNS[:7]), row["breaks"], sep="  ", flush=True)
    print(summary(results.rows))


if __name__ == "__main__":
    main()
