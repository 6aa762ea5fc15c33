"""iMOPSE's projects as programmes: ``python benchmarks/imopse.py FOLDER --csv results.csv``.

FOLDER holds .def files and their best makespans, ``reference.tsv``. A task is a session of one seat with one
instructor of its skill level: a resource with ``Q2: 2`` is an instructor who holds ``Q2-0``, ``Q2-1`` and
``Q2-2``, a task of ``Q2: 1`` asks for the role ``Q2-1``. An hour of the instance is a day, every day a
working day; precedence is ``after = all ...``, the goal ``finish`` (salaries don't count). PyJobShop gets the
same instance in the same run: machines, one mode for each resource that is able to do the task, end before
start, smallest makespan; the same time limit and threads.

Seconds are by the clock and of the whole process, reading and modelling included; makespans are in days.
A row is written after each instance and tool, and rows that are there are not run again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import makespans
from harness import pyjobshop
from makespans import Family, Instance, natural, references

Skill = tuple[str, int]


@dataclass(frozen=True)
class Task:
    """A task: its duration in hours, the skill and level asked for, and the tasks that come before it."""

    duration: int
    skill: Skill
    before: tuple[int, ...]


@dataclass(frozen=True)
class Project:
    """An instance: the levels of each resource's skills, and the tasks, by number."""

    resources: dict[int, dict[str, int]]
    tasks: dict[int, Task]

    def able(self, task: Task) -> list[int]:
        """Return the resources that can do a task."""
        name, level = task.skill
        return [number for number, skills in self.resources.items() if skills.get(name, -1) >= level]


def read(path: Path) -> Project:
    """Read a .def file."""
    text = path.read_text(encoding="utf-8", errors="replace")
    resources = {int(line.split()[0]): dict(_skills(line)) for line in _part(text, "ResourceID")}
    tasks = {}
    for line in _part(text, "TaskID"):
        number, duration = map(int, line.split()[:2])
        (skill,) = _skills(line)
        after = re.split(r"Q\d+: *\d+", line)[1]
        tasks[number] = Task(duration, skill, tuple(map(int, after.split())))
    return Project(resources, tasks)


def _part(text: str, title: str) -> list[str]:
    """Return the lines between the header that begins with ``title`` and the next rule."""
    lines = text.partition(f"\n{title}")[2].partition("\n")[2].partition("\n===")[0].splitlines()
    return [line for line in lines if line.strip() and not line.startswith("=")]


def _skills(line: str) -> list[Skill]:
    return [(name, int(level)) for name, level in re.findall(r"(Q\d+): *(\d+)", line)]


def convert(path: Path, folder: Path) -> None:
    """Write an instance as a programme."""
    project = read(path)
    curriculum = [
        {
            "course": f"T{number}",
            "title": f"Task {number}",
            "duration": makespans.duration(task.duration),
            "groups": "staff:1",
            "max_class": 1,
            "venue": "none",
            "instructors": "{}-{}".format(*task.skill),
            "span": "yes",
            "after": "; ".join(f"all T{one}" for one in task.before),
        }
        for number, task in project.tasks.items()
    ]
    # As many people as tasks: who sits in a session is never what holds it up.
    groups = [{"group": "staff", "title": "Staff", "headcount": len(project.tasks)}]
    instructors = [
        {
            "instructor": f"r{number}",
            "name": f"Resource {number}",
            "qualifications": "; ".join(
                f"{name}-{lower}" for name, level in skills.items() for lower in range(level + 1)
            ),
        }
        for number, skills in project.resources.items()
    ]
    horizon = sum(task.duration for task in project.tasks.values())
    makespans.programme(
        folder,
        path.stem,
        horizon,
        {"curriculum": curriculum, "groups": groups, "instructors": instructors},
    )


def model(path: Path) -> Any:
    """Return an instance as a PyJobShop model."""
    project = read(path)
    model = pyjobshop().Model()
    machines = {number: model.add_machine(name=f"r{number}") for number in project.resources}
    tasks = {number: model.add_task(name=f"T{number}") for number in project.tasks}
    for number, task in project.tasks.items():
        for one in project.able(task):
            model.add_mode(tasks[number], machines[one], duration=task.duration)
        for before in task.before:
            model.add_end_before_start(tasks[before], tasks[number])
    model.set_objective(weight_makespan=1)
    return model


def found(folder: Path) -> list[Instance]:
    """Return the instances in ``folder``, the small ones first."""
    known = folder / "reference.tsv"
    best = references(known, "best_found") if known.exists() else {}
    paths = sorted(folder.glob("*.def"), key=lambda path: natural(path.name))
    return [Instance("imopse", path, best.get(path.stem)) for path in paths]


FAMILY = Family(Path(__file__), 15.0, found, convert, model)

if __name__ == "__main__":
    makespans.main(FAMILY, __doc__)
