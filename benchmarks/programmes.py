"""Programmes of any size, made around a schedule that keeps every rule of theirs.

``python benchmarks/programmes.py FOLDER --sessions 350 --seed 1`` writes a programme that needs about so many
sessions into FOLDER, and the hidden schedule beside it as ``FOLDER.hidden.csv``. With ``--featured`` the
programme uses what a programme can ask for: periods, umbrellas, mixed classes, orders with lags, windows,
due dates, priorities, closures, qualifications that expire, days a week.

First sessions are placed one after another, squad by squad of six people who stay together; then everything
that can be asked for is asked for as tightly as the placed sessions allow: there is a schedule that places
every seat. Venues and instructors are as few as would be nearly full over the weeks of the year. The same
seed gives the same files.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import chain
from pathlib import Path
from random import Random

SQUAD = 6  # people who are trained together
FULL = 0.9  # of a kind of venue's days, and of an instructor's
MONDAY = date(2027, 1, 4)
DAYS = 5
KINDS = {"classroom": 0.5, "lab": 0.2, "range": 0.15, "hall": 0.15}
LENGTHS = (1, 2, 3, 5, 5, 5, 10)
CLASSES = (12, 18, 24)

Rows = list[dict[str, object]]


@dataclass
class Course:
    """A course in the making; ``first`` is the number of the course that people take before it."""

    id: str
    kind: str
    length: int
    most: int
    skill: str
    first: int | None
    lag: int = 0
    gone: int = 0
    groups: list[int] = field(default_factory=list)
    mixed: bool = False


@dataclass
class Run:
    """One session: squads of groups in a course, and when and where once it is placed."""

    course: int
    squads: list[tuple[int, int]]
    start: int = -1
    venue: int = -1
    instructor: int = -1


class Maker:
    """One programme in the making; days are counted in working days from the first Monday."""

    def __init__(self, seed: int, sessions: int, featured: bool) -> None:
        """Draw courses, groups and who takes what until about ``sessions`` sessions are needed."""
        self.random = Random(f"{seed} {sessions} {featured}")
        self.featured = featured
        self.weeks = 12 if sessions <= 40 else 24 if sessions <= 200 else 46
        self.courses: list[Course] = []
        self.squads: list[int] = []
        self.runs: list[Run] = []
        self.busy: dict[tuple[str, object], set[int]] = {}
        self.free_from: dict[tuple[int, tuple[int, int]], int] = {}
        self._draw(sessions)
        self._place()

    def _draw(self, sessions: int) -> None:
        kinds, weights = list(KINDS), list(KINDS.values())
        skills = max(3, round(sessions**0.5 / 3))
        for number in range(max(4, round(sessions**0.5 * 0.8))):
            first = number - self.random.randint(1, 3) if number and self.random.random() < 0.4 else None
            course = Course(
                f"C{number:02d}",
                self.random.choices(kinds, weights)[0],
                self.random.choice(LENGTHS),
                self.random.choice(CLASSES),
                f"skill-{self.random.randrange(skills)}",
                first if first is not None and first >= 0 else None,
            )
            if self.featured:
                course.mixed = self.random.random() < 0.2
                course.lag = self.random.choice((0, 0, 7, 14))
            self.courses.append(course)
        self.squads = [
            self.random.randint(4, 4 + round(sessions / 12) if sessions < 100 else 24)
            for _ in range(max(2, min(150, sessions // 30)))
        ]
        while True:
            number = self.random.randrange(len(self.courses))
            group = self.random.randrange(len(self.squads))
            # Who takes a course takes those before it; nobody is in training for more than half the time.
            ahead: list[int] = []
            step: int | None = number
            while step is not None and group not in self.courses[step].groups:
                ahead.append(step)
                step = self.courses[step].first
            mine = [one for one in self.courses if group in one.groups]
            days = sum(one.length for one in mine) + sum(self.courses[one].length for one in ahead)
            if not ahead or days > self.weeks * DAYS * 0.6:
                if all(len(one.groups) >= len(self.squads) * 0.9 for one in self.courses):
                    break
                self.squads.append(self.random.randint(4, 24))
                continue
            for one in ahead:
                self.courses[one].groups.append(group)
            if sum(self._needed(one) for one in self.courses) >= sessions:
                break
        self.courses = [one for one in self.courses if one.groups] or self.courses
        kept = {one.id: at for at, one in enumerate(self.courses)}
        for course in self.courses:
            # An order that binds nobody any more, the first course having no takers, is dropped.
            if course.first is not None:
                course.first = kept.get(f"C{course.first:02d}")

    def _needed(self, course: Course) -> int:
        a_class = course.most // SQUAD
        if course.mixed:
            return -(-sum(self.squads[group] for group in course.groups) // a_class)
        return sum(-(-self.squads[group] // a_class) for group in course.groups)

    def _classes(self) -> Iterable[Run]:
        for number, course in enumerate(self.courses):
            a_class = course.most // SQUAD
            squads = [[(group, one) for one in range(self.squads[group])] for group in course.groups]
            for pool in [list(chain.from_iterable(squads))] if course.mixed else squads:
                for at in range(0, len(pool), a_class):
                    yield Run(number, pool[at : at + a_class])

    def _place(self) -> None:
        """Place every session as early as it goes; venues and instructors as few as will nearly be full."""
        self.runs = list(self._classes())
        horizon = self.weeks * DAYS
        load: dict[str, int] = {}
        taught: dict[str, int] = {}
        for run in self.runs:
            course = self.courses[run.course]
            load[course.kind] = load.get(course.kind, 0) + course.length
            taught[course.skill] = taught.get(course.skill, 0) + course.length
        self.venues = [kind for kind in sorted(load) for _ in range(-(-load[kind] // int(horizon * FULL)))]
        self.instructors = [s for s in sorted(taught) for _ in range(-(-taught[s] // int(horizon * FULL)))]
        depth = {number: self._depth(number) for number in range(len(self.courses))}
        order = sorted(self.runs, key=lambda run: depth[run.course] + self.random.random())
        for run in order:
            self._put(run)

    def _depth(self, number: int) -> int:
        first = self.courses[number].first
        return 0 if first is None else 1 + self._depth(first)

    def _put(self, run: Run) -> None:
        course = self.courses[run.course]
        ready = 0
        for squad in run.squads:
            done = self.free_from.get((course.first, squad), 0) if course.first is not None else 0
            ready = max(ready, done)
        venues = [at for at, kind in enumerate(self.venues) if kind == course.kind]
        teachers = [at for at, skill in enumerate(self.instructors) if skill == course.skill]
        start = ready
        while True:
            days = set(range(start, start + course.length))
            if self._starts(course, start) and all(self._free("squad", one, days) for one in run.squads):
                venue = next((one for one in venues if self._free("venue", one, days)), None)
                teacher = next((one for one in teachers if self._free("teacher", one, days)), None)
                if venue is not None and teacher is not None:
                    break
            start += 1
        run.start, run.venue, run.instructor = start, venue, teacher
        self._take("venue", venue, days)
        self._take("teacher", teacher, days)
        for squad in run.squads:
            self._take("squad", squad, days)
            # A lag is in calendar days; waiting whole weeks of working days is long enough for it.
            lag = max((two.lag for two in self.courses if two.first == run.course), default=0)
            self.free_from[run.course, squad] = start + course.length + lag * DAYS // 7

    def _starts(self, course: Course, start: int) -> bool:
        weekday = start % DAYS
        if course.length > DAYS:
            return weekday == 0
        return weekday + course.length <= DAYS

    def _free(self, kind: str, one: object, days: set[int]) -> bool:
        return not self.busy.get((kind, one), set()) & days

    def _take(self, kind: str, one: object, days: set[int]) -> None:
        self.busy.setdefault((kind, one), set()).update(days)

    # What is asked for, as tightly as the placed sessions allow.

    def files(self) -> dict[str, object]:
        """Return the programme's files: ``programme.toml`` as text, the tables as rows."""
        last = max(run.start + self.courses[run.course].length for run in self.runs)
        weeks = -(-last // DAYS) + 1
        ends = MONDAY + timedelta(days=7 * weeks - 3)
        settings = [
            f'title = "{len(self.runs)} sessions"',
            f"starts = {MONDAY}",
            f"ends = {ends}",
            'goals = ["seats", "due", "early"]' if self.featured else 'goals = ["seats", "early"]',
        ]
        if self.featured:
            settings.append('periods = ["morning", "afternoon"]')
        return {
            "programme.toml": "\n".join(settings) + "\n",
            "curriculum.csv": [self._course(number) for number in range(len(self.courses))],
            "groups.csv": self._groups(),
            "venues.csv": self._venues(),
            "instructors.csv": self._instructors(),
            "closures.csv": self._closures(ends) if self.featured else [],
        }

    def _course(self, number: int) -> dict[str, object]:
        course = self.courses[number]
        mine = [run for run in self.runs if run.course == number]
        row: dict[str, object] = {
            "course": course.id,
            "title": f"Course {number}",
            "duration": f"{course.length} day{'s' * (course.length > 1)}",
            "groups": "; ".join(f"g{group:03d}:{self.squads[group] * SQUAD}" for group in course.groups),
            "min_class": min(len(run.squads) for run in mine) * SQUAD,
            "max_class": course.most,
            "venue": course.kind,
            "instructors": course.skill,
            "after": "" if course.first is None else self._order(course),
        }
        if course.length == DAYS:
            row["start_on"] = "mon"
        if self.featured:
            row["mixed"] = "yes" if course.mixed else "no"
            row["span"] = "yes" if course.length > DAYS else "no"
            first, last = min(run.start for run in mine), max(run.start for run in mine) + course.length - 1
            if self.random.random() < 0.3:
                row["earliest"] = day(max(0, first - 3))
            if self.random.random() < 0.3:
                row["latest"] = day(last + 5)
            if self.random.random() < 0.5:
                row["due"] = day((first + last) // 2)
            row["priority"] = self.random.choice((1, 1, 1, 2, 3))
            if self.random.random() < 0.4:
                row["parallel"] = most_at_once((run.start, run.start + course.length) for run in mine)
        return row

    def _order(self, course: Course) -> str:
        assert course.first is not None
        return self.courses[course.first].id + (f" +{course.lag}d" if course.lag else "")

    def _groups(self) -> Rows:
        rows: Rows = []
        for group, squads in enumerate(self.squads):
            spans = [
                (run.start, run.start + self.courses[run.course].length)
                for run in self.runs
                for one in run.squads
                if one[0] == group
            ]
            rows.append(
                {
                    "group": f"g{group:03d}",
                    "title": f"Group {group}",
                    "headcount": squads * SQUAD,
                    "max_away": most_at_once(spans) * SQUAD,
                    "part_of": f"u{group // 4}" if self.featured and group % 8 < 4 else "",
                }
            )
        for umbrella in sorted({str(row["part_of"]) for row in rows} - {""}):
            rows.append(
                {"group": umbrella, "title": f"Department {umbrella}", "headcount": "", "max_away": ""}
            )
        return rows

    def _venues(self) -> Rows:
        return [
            {"venue": f"v{at:03d}", "title": f"Venue {at}", "capacity": max(CLASSES), "features": kind}
            for at, kind in enumerate(self.venues)
        ]

    def _instructors(self) -> Rows:
        rows: Rows = []
        for at, skill in enumerate(self.instructors):
            days = sorted(self.busy.get(("teacher", at), set()))
            row: dict[str, object] = {
                "instructor": f"i{at:03d}",
                "name": f"Person {at}",
                "qualifications": skill,
            }
            if self.featured and days:
                chance = self.random.random()
                if chance < 0.2:
                    row["available_from"], row["available_until"] = day(days[0]), day(days[-1] + 2)
                elif chance < 0.35:
                    row["qualifications"] = f"{skill} until {day(days[-1])}"
                elif chance < 0.5:
                    weeks = [one // DAYS for one in days]
                    row["max_days_per_week"] = max(weeks.count(week) for week in set(weeks))
            rows.append(row)
        return rows

    def _closures(self, ends: date) -> Rows:
        """Return closures on days that the hidden schedule happens to leave free."""
        rows: Rows = []
        last = max(run.start for run in self.runs)
        for kind, prefix, count in (
            ("venue", "v", len(self.venues)),
            ("instructor", "i", len(self.instructors)),
        ):
            for at in range(count):
                taken = self.busy.get(("venue" if kind == "venue" else "teacher", at), set())
                free = [one for one in range(last) if one not in taken]
                for one in sorted(self.random.sample(free, min(len(free) // 3, 5))):
                    rows.append(
                        {"who": f"{kind}:{prefix}{at:03d}", "from": day(one), "reason": "Not to be had"}
                    )
        return rows

    def hidden(self) -> Rows:
        """Return the schedule that everything was made around, as rows of schedule.csv."""
        rows: Rows = []
        counts: dict[str, int] = {}
        for run in sorted(self.runs, key=lambda run: run.start):
            course = self.courses[run.course]
            counts[course.id] = counts.get(course.id, 0) + 1
            seats: dict[str, int] = {}
            for group, _ in run.squads:
                seats[f"g{group:03d}"] = seats.get(f"g{group:03d}", 0) + SQUAD
            rows.append(
                {
                    "session": f"{course.id}-{counts[course.id]:02d}",
                    "course": course.id,
                    "title": f"Course {run.course}",
                    "start": day(run.start),
                    "end": day(run.start + course.length - 1),
                    "days": "",
                    "venue": f"v{run.venue:03d}",
                    "instructors": f"i{run.instructor:03d}",
                    "groups": "; ".join(f"{group}:{number}" for group, number in sorted(seats.items())),
                    "seats": sum(seats.values()),
                    "status": "draft",
                    "pin": "",
                }
            )
        return rows


def day(number: int) -> str:
    """Return the date of a working day."""
    weeks, rest = divmod(number, DAYS)
    return (MONDAY + timedelta(days=7 * weeks + rest)).isoformat()


def most_at_once(spans: Iterable[tuple[int, int]]) -> int:
    """Return the largest number of spans (first, first after) that hold one and the same day."""
    changes = sorted(change for first, end in spans for change in ((first, 1), (end, -1)))
    now = most = 0
    for _, step in changes:
        now += step
        most = max(most, now)
    return most


def write(folder: Path, maker: Maker) -> None:
    """Write the programme into ``folder`` and the hidden schedule beside it."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in maker.files().items():
        if isinstance(content, str):
            (folder / name).write_text(content, encoding="utf-8")
        elif isinstance(content, list) and content:
            _table(folder / name, content)
    _table(folder.with_name(f"{folder.name}.hidden.csv"), maker.hidden())


def _table(path: Path, rows: Rows) -> None:
    columns = list(dict.fromkeys(column for row in rows for column in row))
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, columns, restval="")
        writer.writeheader()
        writer.writerows(rows)


def main(arguments: Sequence[str] | None = None) -> None:
    """Write what the command line asks for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sessions", type=int, default=350, help="about so many (default 350)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--featured", action="store_true", help="use most of what a programme can ask for")
    asked = parser.parse_args(arguments)
    maker = Maker(asked.seed, asked.sessions, asked.featured)
    write(asked.folder, maker)
    print(
        f"{asked.folder}: {len(maker.runs)} sessions, {len(maker.courses)} courses, "
        f"{len(maker.squads)} groups, {len(maker.venues)} venues, {len(maker.instructors)} instructors"
    )


if __name__ == "__main__":
    main()
