"""How long ``trainplan check`` takes on a large schedule, as a whole process.

``python benchmarks/check_speed.py 10000`` writes a programme and a sound schedule of so many week-long
sessions into a temporary folder and prints the seconds of five runs, the shortest and the median.
"""

from __future__ import annotations

import csv
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

WEEKS = 50
COURSES = 20
SEATS = 12
MONDAY = date(2027, 1, 4)
RUNS = 5


def write(folder: Path, sessions: int) -> Path:
    """Write a programme with a room for each of the sessions of one week, and its schedule."""
    rooms = -(-sessions // WEEKS)
    (folder / "programme.toml").write_text(
        f'title = "Large"\nstarts = {MONDAY}\nends = {MONDAY + timedelta(days=7 * WEEKS - 3)}\n',
        encoding="utf-8",
    )
    groups = [f"g{number}" for number in range(rooms)]
    taught: dict[tuple[str, str], int] = {}
    rows = []
    for number in range(sessions):
        week, room = divmod(number, rooms)
        start = MONDAY + timedelta(days=7 * week)
        course, group = f"C{(week + room) % COURSES}", groups[room]
        taught[course, group] = taught.get((course, group), 0) + SEATS
        end = start + timedelta(days=4)
        rows.append(
            [
                f"{course}-{number:05d}",
                course,
                start,
                end,
                f"{start}..{end}",
                f"v{room}",
                f"i{room}",
                f"{group}:{SEATS}",
                SEATS,
            ]
        )
    asked: dict[str, list[str]] = {}
    for (course, group), seats in taught.items():
        asked.setdefault(course, []).append(f"{group}:{seats}")
    table(
        folder / "groups.csv",
        "group title headcount max_away",
        [[one, one, 12 * WEEKS, 40] for one in groups],
    )
    table(folder / "venues.csv", "venue title capacity", [[f"v{n}", f"Room {n}", 20] for n in range(rooms)])
    table(
        folder / "instructors.csv",
        "instructor name qualifications",
        [[f"i{number}", f"Instructor {number}", "law"] for number in range(rooms)],
    )
    table(
        folder / "curriculum.csv",
        "course title duration groups max_class instructors",
        [[course, course, "1 week", "; ".join(seats), 12, "law"] for course, seats in asked.items()],
    )
    schedule = folder / "schedule.csv"
    table(schedule, "session course start end days venue instructors groups seats", rows)
    return schedule


def table(path: Path, header: str, rows: list[list[object]]) -> None:
    """Write one CSV file."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(header.split())
        writer.writerows(rows)


def main() -> None:
    """Write, time, print."""
    sessions = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with tempfile.TemporaryDirectory() as name:
        schedule = write(Path(name), sessions)
        command = [sys.executable, "-m", "trainplan", "check", name, str(schedule)]
        seconds = []
        for _ in range(RUNS):
            began = time.perf_counter()
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            seconds.append(time.perf_counter() - began)
        print(done.stdout.strip().splitlines()[-1] if done.stdout else done.stderr)
    print(f"{sessions} sessions: {min(seconds):.2f} s at best, {statistics.median(seconds):.2f} s the median")


if __name__ == "__main__":
    main()
