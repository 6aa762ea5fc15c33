"""What the benchmarks share: results that can be gone on with, processes on a leash, tables of text.

Memory is the largest resident set of a process, in MiB, as the kernel reports it at the end; children that
it has waited for count by the largest of them, not by their sum. On Linux a process is never said to have
used less than the one that started it, so the programs in here import little before they start others.
"""

from __future__ import annotations

import argparse
import csv
import importlib
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

KIB_A_UNIT = 1 / 1024 if sys.platform == "darwin" else 1  # getrusage: bytes on macOS, KiB elsewhere
TRAINPLAN = (sys.executable, "-m", "trainplan")

Row = dict[str, str]


@dataclass(frozen=True)
class Limits:
    """What a tool is given: seconds to plan in, threads, seed."""

    seconds: float
    workers: int
    seed: int

    @property
    def patience(self) -> float:
        """Seconds after which a process that should have ended is killed."""
        return 2 * self.seconds + 60

    @property
    def options(self) -> list[str]:
        """The command line options that say the same, to trainplan and to the programs in here."""
        return [f"--time-limit={self.seconds:g}", f"--workers={self.workers}", f"--seed={self.seed}"]

    @property
    def columns(self) -> Row:
        """The columns of a CSV file that say the same."""
        return {"limit": f"{self.seconds:g}", "workers": str(self.workers), "seed": str(self.seed)}


@dataclass(frozen=True)
class Ran:
    """A process that ended: seconds by the clock from start to end, the largest memory in MiB."""

    code: int
    out: str
    err: str
    seconds: float
    mib: float
    killed: bool


@dataclass(frozen=True)
class Answer:
    """What a tool said to an instance.

    Attributes:
        status: ``optimal``, ``feasible``, ``infeasible``, ``unknown``, or ``none``: it died or was killed.
        value: Of the goal, for a schedule that places every seat; None without one.
        bound: The smallest value that is not ruled out, or None.
        seconds: Of the whole process.
        mib: The process's largest memory.
        first: Seconds until there was such a schedule, where the tool says so.
        note: What went wrong, in a few words.
    """

    status: str
    value: int | None
    bound: int | None
    seconds: float
    mib: float
    first: float | None = None
    note: str = ""

    @property
    def columns(self) -> Row:
        """The columns of a CSV file that say the same; what is not known is empty."""
        return {
            "status": self.status,
            "value": "" if self.value is None else str(self.value),
            "bound": "" if self.bound is None else str(self.bound),
            "seconds": f"{self.seconds:.2f}",
            "first": "" if self.first is None else f"{self.first:.2f}",
            "mib": f"{self.mib:.0f}",
            "note": self.note,
        }


ANSWER_COLUMNS = ("status", "value", "bound", "seconds", "first", "mib", "note")
LIMIT_COLUMNS = ("limit", "workers", "seed")


class Results:
    """Rows of a CSV file, written one by one; those that it holds already are not worked out again."""

    def __init__(self, path: Path, columns: Sequence[str], keys: Sequence[str]) -> None:
        """Read the whole rows of ``path``, if there is one; a last line that was cut off is dropped."""
        self.path = path
        self.columns = tuple(columns)
        self.keys = tuple(keys)
        self.rows: list[Row] = []
        if path.exists():
            text = path.read_text(encoding="utf-8")
            whole = text[: text.rfind("\n") + 1]
            self.rows = list(csv.DictReader(whole.splitlines()))
            if whole != text:
                path.write_text(whole, encoding="utf-8")
            header = whole.partition("\n")[0]
            if whole and header != ",".join(self.columns):
                raise SystemExit(f"{path} holds other columns: give another --csv")

    def has(self, *key: str) -> bool:
        """Say whether there is a row with these values of the keys."""
        return any(tuple(row[name] for name in self.keys) == key for row in self.rows)

    def same(self, limits: Limits) -> None:
        """End the program if a row was found under other limits: they can't be compared."""
        for row in self.rows:
            if any(row[name] != value for name, value in limits.columns.items()):
                told = ", ".join(f"{name} {row[name]}" for name in LIMIT_COLUMNS)
                raise SystemExit(f"{self.path} holds results with {told}: give another --csv")

    def add(self, row: Mapping[str, str]) -> None:
        """Append a row, to the file too."""
        fresh = not self.path.exists() or not self.path.stat().st_size
        with self.path.open("a", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, self.columns, lineterminator="\n")
            if fresh:
                writer.writeheader()
            writer.writerow(row)
        self.rows.append(dict(row))


def limits_arguments(parser: argparse.ArgumentParser, seconds: float) -> None:
    """Let a command line say limits; ``seconds`` is the time limit if it doesn't."""
    parser.add_argument("--time-limit", type=float, default=seconds, metavar="SECONDS")
    parser.add_argument("--workers", type=int, default=2, help="threads of each tool (default 2)")
    parser.add_argument("--seed", type=int, default=0, help="for the tools' random choices")


def run(command: Sequence[str], patience: float) -> Ran:
    """Run ``command`` to its end, or kill it and what it started after ``patience`` seconds."""
    late = threading.Event()
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        began = time.perf_counter()
        process = subprocess.Popen(command, stdout=out, stderr=err, start_new_session=True)

        def kill() -> None:
            late.set()
            os.killpg(process.pid, signal.SIGKILL)

        timer = threading.Timer(patience, kill)
        timer.start()
        try:
            _, status, usage = os.wait4(process.pid, 0)
        except KeyboardInterrupt:
            kill()
            os.wait4(process.pid, 0)
            raise
        finally:
            timer.cancel()
        seconds = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        texts = []
        for file in (out, err):
            file.seek(0)
            texts.append(file.read().decode("utf-8", "replace"))
    mib = usage.ru_maxrss * KIB_A_UNIT / 1024
    return Ran(process.returncode, texts[0], texts[1], seconds, mib, late.is_set())


def trainplan(folder: Path, goal: str, limits: Limits, schedule: Path | None = None) -> Answer:
    """Plan the programme in ``folder``; the answer is about ``goal``, its schedule goes into a file."""
    keep = [] if schedule is None else ["-o", str(schedule), "--force"]
    command = [*TRAINPLAN, "generate", str(folder), "--json", *keep, *limits.options]
    ran = run(command, limits.patience)
    told = _document(ran)
    if told is None or "status" not in told:
        return Answer("none", None, None, ran.seconds, ran.mib, note=_last_words(ran))
    # A value of a goal after ``seats`` is of a schedule that places what can be placed.
    first = re.search(rf"^([\d.]+) s: (?:seats: 0\b|{goal}: \d)", ran.err, re.MULTILINE)
    seats = sum(int(one["seats"]) for one in told["unplaced"])
    found = next((one for one in told["goals"] if one["name"] == goal), None)
    whole = found is not None and not seats
    return Answer(
        told["status"],
        int(found["value"]) if found and whole else None,
        int(found["bound"]) if found and whole else None,
        ran.seconds,
        ran.mib,
        float(first[1]) if first else None,
        f"{seats} seats unplaced" if seats else "",
    )


def rival(command: Sequence[str], limits: Limits) -> Answer:
    """Run a program that prints status, value, bound and, if it knows, ``first`` as JSON."""
    ran = run([*command, *limits.options], limits.patience)
    told = _document(ran)
    if told is None:
        return Answer("none", None, None, ran.seconds, ran.mib, note=_last_words(ran))
    return Answer(
        told["status"],
        told["value"],
        told["bound"],
        ran.seconds,
        ran.mib,
        told.get("first"),
        told.get("note", ""),
    )


def _document(ran: Ran) -> dict[str, Any] | None:
    try:
        told = json.loads(ran.out)
    except json.JSONDecodeError:
        return None
    return told if isinstance(told, dict) else None


def _last_words(ran: Ran) -> str:
    if ran.killed:
        return "killed"
    lines = ran.err.strip().splitlines()
    return f"code {ran.code}" + (f": {lines[-1][:80]}" if lines else "")


def pyjobshop() -> Any:
    """Return the package, which trainplan itself has no need of; without it, say so and end."""
    here = str(Path(__file__).resolve().parent)
    paths = sys.path
    # PyJobShop imports a package psplib, which the program of that name in this folder would stand before.
    sys.path = [path for path in paths if str(Path(path).resolve()) != here]
    try:
        return importlib.import_module("pyjobshop")
    except ModuleNotFoundError as missing:
        if missing.name != "pyjobshop":
            raise
        raise SystemExit("PyJobShop is not installed: pip install pyjobshop") from None
    finally:
        sys.path = paths


def solved(model: Any, limits: Limits, began: float) -> tuple[dict[str, object], Any]:
    """Solve a PyJobShop model in what is left of the time since ``began``, a value of ``monotonic``.

    Returns:
        What ``rival`` reads, and the solution, None where there is none.
    """
    left = max(1.0, limits.seconds - (time.monotonic() - began))
    result = model.solve(time_limit=left, num_workers=limits.workers, display=False, random_seed=limits.seed)
    words = {"Optimal": "optimal", "Feasible": "feasible", "Infeasible": "infeasible"}
    status = words.get(result.status.value, "unknown")
    some = status in ("optimal", "feasible")
    told: dict[str, object] = {
        "status": status,
        "value": round(result.objective) if some else None,
        # A bound is a number that may have been rounded off on its way here.
        "bound": -int(-(result.lower_bound - 1e-6) // 1) if some else None,
    }
    return told, result.best if some else None


def table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return rows of text; a column is set to the left where its header is, to the right otherwise.

    A header that begins with ``<`` is set to the left.
    """
    cells = [[name.lstrip("<") for name in header], *([str(cell) for cell in row] for row in rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    left = [name.startswith("<") for name in header]
    lines = [
        "  ".join(
            cell.ljust(width) if to_left else cell.rjust(width)
            for cell, width, to_left in zip(line, widths, left, strict=True)
        ).rstrip()
        for line in cells
    ]
    return "\n".join(lines)
