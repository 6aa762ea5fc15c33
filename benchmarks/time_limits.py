"""Whether commands end in the time they are given: ``python benchmarks/time_limits.py FOLDER --csv FILE``.

Twenty commands on bundled programmes and on made ones of 350, 750 and 1,000 sessions with every feature
(made in FOLDER if they aren't there), each with three limits. Seconds are by the clock, of the whole process
from its start to its end, beside the share of the limit that they are. A command is late if it takes more
than its limit and a tenth of it, or 2 seconds more where that is longer. With ``--stop`` each is asked to end
(Ctrl-C) after so many seconds, and what is measured is how long it then takes; more than 3 is late.

Rows that the CSV file holds already are not run again.
"""

from __future__ import annotations

import argparse
import csv
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from harness import TRAINPLAN, Results, run, table

BUNDLED = ("saint-lucia", "saint-lucia-full")
MADE = {"350": 350, "750": 750, "1000": 1000}
COLUMNS = ("command", "programme", "limit", "seconds", "ratio", "exit", "late")
PATIENCE = 120.0
STOPPING = 3.0


class Given(NamedTuple):
    """A programme with a schedule for it, and what can be asked about that."""

    called: str
    schedule: Path
    scratch: Path

    @property
    def sessions(self) -> list[dict[str, str]]:
        """The rows of the schedule."""
        with self.schedule.open(encoding="utf-8", newline="") as file:
            return [row for row in csv.DictReader(file) if row["status"] != "cancelled"]

    @property
    def asked(self) -> tuple[str, str]:
        """A session in the middle, and a day on which another one of its course begins."""
        rows = self.sessions
        one = rows[len(rows) // 2]
        days = [
            row["start"] for row in rows if row["course"] == one["course"] and row["start"] != one["start"]
        ]
        return one["session"], days[0] if days else one["start"]

    @property
    def wanted(self) -> tuple[str, str]:
        """A course, and a group that takes it."""
        one = self.sessions[len(self.sessions) // 2]
        return one["course"], one["groups"].partition(":")[0]

    @property
    def event(self) -> tuple[str, ...]:
        """A week without the venue of the session in the middle, and a day before it."""
        rows = self.sessions
        one = next(row for row in rows[len(rows) // 2 :] if row["venue"])
        said = f"venue:{one['venue'].partition(';')[0]} closed {one['start']}..{one['end']}"
        return "--event", said, "--today", rows[0]["start"]

    @property
    def scenarios(self) -> Path:
        """Two what-ifs."""
        path = self.scratch / f"{Path(self.called).name}.what-if.toml"
        path.write_text(
            '[scenarios.one]\nset = ["programme.title=1"]\n[scenarios.two]\nset = ["programme.title=2"]\n'
        )
        return path


Words = Callable[[Given], Sequence[str]]


def keeping(given: Given, suffix: str) -> tuple[str, ...]:
    """Return the words that let a schedule be written."""
    return "-o", str(given.scratch / f"kept{suffix}"), "--force"


KINDS: dict[str, Words] = {
    "generate": lambda one: ("generate", one.called, *keeping(one, ".csv")),
    "generate -o FILE.xlsx": lambda one: ("generate", one.called, *keeping(one, ".xlsx")),
    "generate --start-from": lambda one: ("generate", one.called, "--start-from", str(one.schedule)),
    "why": lambda one: ("why", one.asked[0], one.called, str(one.schedule)),
    "why --on": lambda one: ("why", one.asked[0], one.called, str(one.schedule), "--on", one.asked[1]),
    "options --moving": lambda one: ("options", *one.wanted, "6", one.called, str(one.schedule), "--moving"),
    "bottlenecks": lambda one: ("bottlenecks", one.called),
    "bottlenecks --schedule": lambda one: ("bottlenecks", one.called, "--schedule", str(one.schedule)),
    "explain": lambda one: ("explain", one.called),
    "replan": lambda one: ("replan", one.called, str(one.schedule), *one.event, *keeping(one, ".csv")),
    "scenarios": lambda one: ("scenarios", one.called, str(one.scenarios), "--processes", "2"),
}
COMMANDS = (
    *(("generate", name) for name in (*BUNDLED, *MADE)),
    ("generate -o FILE.xlsx", "750"),
    ("generate --start-from", "1000"),
    ("why", "1000"),
    ("why --on", "350"),
    ("why --on", "1000"),
    ("options --moving", "350"),
    ("options --moving", "1000"),
    ("bottlenecks", "saint-lucia-full"),
    ("bottlenecks --schedule", "350"),
    ("bottlenecks --schedule", "1000"),
    ("explain", "saint-lucia-full"),
    ("explain", "1000"),
    ("replan", "350"),
    ("replan", "1000"),
    ("scenarios", "saint-lucia-full"),
)


def given(folder: Path, name: str) -> Given:
    """Return a programme with its schedule, made or planned now if it isn't there."""
    if name in MADE:
        path = folder / f"featured{name}"
        if not path.exists():
            maker = Path(__file__).with_name("programmes.py")
            words = [str(path), "--sessions", str(MADE[name]), "--seed", "1", "--featured"]
            subprocess.run([sys.executable, str(maker), *words], check=True)
        return Given(str(path), path.with_name(path.name + ".hidden.csv"), folder)
    schedule = folder / f"{name}.csv"
    if not schedule.exists():
        run([*TRAINPLAN, "generate", name, "-o", str(schedule), "--time-limit", "20"], PATIENCE)
    return Given(name, schedule, folder)


def stopped(command: Sequence[str], after: float) -> tuple[float, int]:
    """Return how many seconds a command takes once it is asked to stop, and its exit code."""
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        time.sleep(after)
        began = time.perf_counter()
        os.kill(process.pid, signal.SIGINT)
        code = process.wait(PATIENCE)
        return time.perf_counter() - began, code


def measured(kind: str, programme: Given, limit: float, stop: float | None) -> dict[str, str]:
    """Run one command with one limit."""
    command = [*TRAINPLAN, *KINDS[kind](programme), f"--time-limit={limit:g}"]
    if stop is not None:
        seconds, code = stopped(command, stop)
        ratio, late = "", seconds > STOPPING
    else:
        ran = run(command, 2 * limit + PATIENCE)
        seconds, code = ran.seconds, ran.code
        ratio, late = f"{seconds / limit:.2f}", seconds > limit + max(2.0, 0.1 * limit)
    return {"seconds": f"{seconds:.1f}", "ratio": ratio, "exit": str(code), "late": "late" if late else ""}


def shown(rows: Sequence[dict[str, str]], limits: Sequence[str]) -> str:
    """Return the results as a table of Markdown: a line a command, a column a limit."""
    lines = []
    for kind, name in COMMANDS:
        mine = {row["limit"]: row for row in rows if (row["command"], row["programme"]) == (kind, name)}
        if not mine:
            continue
        cells = []
        for limit in limits:
            row = mine.get(limit)
            ratio = f" ({row['ratio']})" if row is not None and row["ratio"] else ""
            late = " **late**" if row is not None and row["late"] else ""
            cells.append("" if row is None else f"{row['seconds']}{ratio}{late}")
        lines.append(f"| `{kind}` | {name} | {' | '.join(cells)} |")
    heads = " | ".join(f"{limit} s" if limit[0].isdecimal() else limit for limit in limits)
    return "\n".join([f"| command | programme | {heads} |", "| --- " * (len(limits) + 2) + "|", *lines])


def main() -> int:
    """Measure, show, and end with 1 if a command was late."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="for programmes and schedules")
    parser.add_argument("--csv", type=Path, metavar="FILE", help="keep each result there")
    parser.add_argument("--limits", default="10,20,40", metavar="SECONDS", help="(default 10,20,40)")
    parser.add_argument(
        "--only", default="", metavar="WORDS", help="commands that hold this, as 'why --on 350'"
    )
    parser.add_argument("--stop", type=float, metavar="SECONDS", help="ask each to stop after so long")
    asked = parser.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    results = Results(
        asked.csv or asked.folder / "time_limits.csv", COLUMNS, ("command", "programme", "limit")
    )
    limits = [float(one) for one in asked.limits.split(",")]
    named = {f"stopped after {asked.stop:g} s": 60.0} if asked.stop else {f"{one:g}": one for one in limits}
    for kind, name in COMMANDS:
        if asked.only not in f"{kind} {name}":
            continue
        for called, limit in named.items():
            if not results.has(kind, name, called):
                row = measured(kind, given(asked.folder, name), limit, asked.stop)
                results.add({"command": kind, "programme": name, "limit": called, **row})
                last = results.rows[-1]
                print(
                    table(
                        ("<command", "<programme", "<limit", "seconds", "ratio", "exit", "<late"),
                        [tuple(last.values())],
                    )
                )
    print(shown(results.rows, list(named)))
    return 1 if any(row["late"] and row["limit"] in named for row in results.rows) else 0


if __name__ == "__main__":
    raise SystemExit(main())
