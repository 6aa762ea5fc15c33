"""How long a large programme and schedule take to read: ``python benchmarks/load_large.py --rows 10000``."""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from trainplan.exports.csv_file import grid_content
from trainplan.exports.programme_book import content
from trainplan.load import load_programme, load_schedule
from trainplan.load.plain import Grid, read_plain

KEYS = 'title = "Large"\nstarts = 2027-01-04\nends = 2027-12-17\nholidays = "LC"\n'


def written(folder: Path, rows: int) -> None:
    """Write a folder with ``rows`` closures, the table that grows longest, and as many sessions."""
    courses = [(f"C{at}", f"Course {at}", "3 days", f"g{at}", "24", "classroom") for at in range(100)]
    groups = [(f"g{at}", f"Group {at}", "240", "10%") for at in range(100)]
    venues = [(f"v{at}", "40", "classroom") for at in range(100)]
    closures = [
        (f"venue:v{at % 100}", f"2027-{at % 12 + 1:02}-{at % 28 + 1:02}", "", f"Away {at}")
        for at in range(rows)
    ]
    sessions = [
        (f"C{at % 100}-{at:05}", f"C{at % 100}", f"2027-{at % 11 + 1:02}-{at % 28 + 1:02}", f"v{at % 100}")
        for at in range(rows)
    ]
    tables = {
        "curriculum": Grid(("course", "title", "duration", "groups", "max_class", "venue"), tuple(courses)),
        "groups": Grid(("group", "title", "headcount", "max_away"), tuple(groups)),
        "venues": Grid(("venue", "capacity", "features"), tuple(venues)),
        "closures": Grid(("who", "from", "to", "reason"), tuple(closures)),
        "schedule": Grid(("session", "course", "start", "venue"), tuple(sessions)),
    }
    for name, grid in tables.items():
        (folder / f"{name}.csv").write_bytes(grid_content(grid))
    (folder / "programme.toml").write_text(KEYS, encoding="utf-8")


def timed(what: str, work: Callable[[], object]) -> None:
    """Print how long ``work`` takes, the best of three."""
    best = min(_seconds(work) for _ in range(3))
    print(f"{what:<32} {best:6.2f} s")


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def main() -> None:
    """Write, read and tell."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000)
    rows = parser.parse_args().rows
    with tempfile.TemporaryDirectory() as scratch:
        folder, book = Path(scratch) / "large", Path(scratch) / "large.xlsx"
        folder.mkdir()
        written(folder, rows)
        timed(f"write a workbook, 2 x {rows:,} rows", lambda: book.write_bytes(content(read_plain(folder))))
        programme, findings = load_programme(folder)
        if programme is None:
            raise RuntimeError(f"the large programme is not good: {findings[:3]}")
        timed("read the folder", lambda: load_programme(folder))
        timed("read the workbook", lambda: load_programme(book))
        timed("read its schedule.csv", lambda: load_schedule(folder / "schedule.csv", programme))
        timed("read its sheet schedule", lambda: load_schedule(book, programme))


if __name__ == "__main__":
    main()
