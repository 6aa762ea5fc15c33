"""PSPLIB's projects as programmes: ``python benchmarks/psplib.py FOLDER --csv results.csv``.

FOLDER holds the sets as folders of .sm files (``j30``, ``j60``, ``j120``) and beside each its best known
makespans (``j30.best_known.tsv``). A resource is a group with a cover limit, a job one mixed session of so
many people of each group, precedence is ``after = all ...``, a unit of time a day, every day a working day,
the goal ``finish``. PyJobShop gets the same instance in the same run: renewable resources, one mode a task,
end before start, smallest makespan; the same time limit and threads.

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


@dataclass(frozen=True)
class Job:
    """A job: its duration in days, people of each resource, and the jobs that come before it."""

    duration: int
    demands: dict[str, int]
    before: tuple[int, ...]


@dataclass(frozen=True)
class Project:
    """An instance: people of each resource, and the jobs that take time, by number."""

    name: str
    capacities: dict[str, int]
    jobs: dict[int, Job]


def read(path: Path) -> Project:
    """Read an .sm file. Jobs that take no time are left out; what they order stays in order."""
    text = path.read_text(encoding="utf-8", errors="replace")
    resources = re.findall(r"[A-Z] ?\d+", _part(text, "RESOURCEAVAILABILITIES:").partition("\n")[0])
    names = [one.replace(" ", "") for one in resources]
    numbers = _part(text, "RESOURCEAVAILABILITIES:").splitlines()[1].split()
    before: dict[int, list[int]] = {}
    for job, _, _, *after in _numbers(_part(text, "PRECEDENCE RELATIONS:")):
        for successor in after:
            before.setdefault(successor, []).append(job)
    asked = {
        job: (duration, demands)
        for job, _, duration, *demands in _numbers(_part(text, "REQUESTS/DURATIONS:"))
    }

    def timely(job: int) -> set[int]:
        """Return the jobs that take time and come before ``job``, through those that take none."""
        ahead = before.get(job, [])
        return {found for one in ahead for found in ({one} if asked[one][0] else timely(one))}

    jobs = {
        job: Job(
            duration,
            {name: demand for name, demand in zip(names, demands, strict=True) if demand},
            tuple(sorted(timely(job))),
        )
        for job, (duration, demands) in asked.items()
        if duration
    }
    return Project(path.stem, dict(zip(names, map(int, numbers), strict=True)), jobs)


def _part(text: str, title: str) -> str:
    return text.partition(f"{title}\n")[2].partition("***")[0]


def _numbers(text: str) -> list[list[int]]:
    """Return the lines that hold nothing but numbers."""
    lines = [line.split() for line in text.splitlines()]
    return [[int(one) for one in line] for line in lines if line and all(map(str.isdigit, line))]


def convert(path: Path, folder: Path) -> None:
    """Write an instance as a programme."""
    project = read(path)
    people = dict(project.capacities)
    idle = sum(not job.demands for job in project.jobs.values())
    if idle:
        people["nobody"] = idle  # a session has seats, also that of a job which asks for nobody
    curriculum: list[dict[str, object]] = []
    for number, job in project.jobs.items():
        demands = job.demands or {"nobody": 1}
        curriculum.append(
            {
                "course": f"J{number}",
                "title": f"Job {number}",
                "duration": makespans.duration(job.duration),
                "groups": "; ".join(f"{name}:{seats}" for name, seats in demands.items()),
                "mixed": "yes",
                "min_class": sum(demands.values()),
                "max_class": sum(demands.values()),
                "venue": "none",
                "span": "yes",
                "after": "; ".join(f"all J{one}" for one in job.before),
            }
        )
    groups = [
        {"group": name, "title": f"Resource {name}", "headcount": number, "max_away": number}
        for name, number in people.items()
    ]
    horizon = sum(job.duration for job in project.jobs.values())
    makespans.programme(folder, project.name, horizon, {"curriculum": curriculum, "groups": groups})


def model(path: Path) -> Any:
    """Return an instance as a PyJobShop model."""
    project = read(path)
    model = pyjobshop().Model()
    resources = {name: model.add_renewable(capacity=most) for name, most in project.capacities.items()}
    tasks = {number: model.add_task(name=f"J{number}") for number in project.jobs}
    for number, job in project.jobs.items():
        model.add_mode(
            tasks[number],
            [resources[name] for name in job.demands],
            duration=job.duration,
            demands=list(job.demands.values()),
        )
        for one in job.before:
            model.add_end_before_start(tasks[one], tasks[number])
    model.set_objective(weight_makespan=1)
    return model


def found(folder: Path) -> list[Instance]:
    """Return the instances of the sets in ``folder``, or of the one set that it is, in order of number."""
    sets = sorted((one for one in folder.iterdir() if one.is_dir()), key=lambda one: natural(one.name))
    instances = []
    for one in sets or [folder]:
        known = one.with_name(f"{one.name}.best_known.tsv")
        best = references(known, "best_known") if known.exists() else {}
        for path in sorted(one.glob("*.sm"), key=lambda path: natural(path.name)):
            instances.append(Instance(one.name, path, best.get(path.stem)))
    return instances


FAMILY = Family(Path(__file__), 10.0, found, convert, model)

if __name__ == "__main__":
    makespans.main(FAMILY, __doc__)
