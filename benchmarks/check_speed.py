"""How long ``trainplan check`` takes on large schedules, as a whole process.

``python benchmarks/check_speed.py 1000 10000 100000`` writes for each number a programme and a sound schedule
of so many week-long sessions into a temporary folder, and prints the seconds by the clock, the shortest and
the median of ``--times`` runs, the rows a second at the median, and the largest memory in MiB.
"""

from __future__ import annotations

import argparse
import csv
import statistics
import tempfile
from datetime import date, timedelta
from pathlib import Path

from harness import TRAINPLAN, run
from harness import table as text_table

WEEKS = 50
COURSES = 20
SEATS = 12
MONDAY = date(2027, 1, 4)
RUNS = 5
PATIENCE = 600  # seconds for one run


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


def timed(sessions: int, times: int) -> tuple[object, ...]:
    """Return the row of a schedule of so many sessions, with what ``check`` said of it."""
    with tempfile.TemporaryDirectory() as name:
        schedule = write(Path(name), sessions)
        rans = [run([*TRAINPLAN, "check", name, str(schedule)], PATIENCE) for _ in range(times)]
    seconds = [one.seconds for one in rans]
    median = statistics.median(seconds)
    said = (rans[-1].out.strip() or rans[-1].err.strip() or "killed").splitlines()[-1]
    memory = max(one.mib for one in rans)
    return (
        f"{sessions:,}",
        f"{min(seconds):.2f}",
        f"{median:.2f}",
        f"{sessions / median:,.0f}",
        f"{memory:.0f}",
        said,
    )


def main() -> None:
    """Write, time, print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("sessions", type=int, nargs="*", default=[10_000], help="default 10000")
    parser.add_argument("--times", type=int, default=RUNS, metavar="N", help=f"runs of each (default {RUNS})")
    given = parser.parse_args()
    rows = [timed(sessions, given.times) for sessions in given.sessions]
    print(text_table(("sessions", "best s", "median s", "rows/s", "MiB", "<said"), rows))


if __name__ == "__main__":
    main()
