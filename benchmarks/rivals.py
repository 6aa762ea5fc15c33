"""A made programme solved without trainplan: ``python benchmarks/rivals.py plain FOLDER -o schedule.csv``.

Both models take what ``programmes.py`` writes without ``--featured``, and refuse anything else. They share
what a competent user would begin with. Each group's seats in a course are cut into classes of full size, the
last takes the rest, and every class takes place. Time is in days since the programme's start; a class begins
only where trainplan's own calendar lets it. The least sum of seats x the day of the class's end is asked for,
which is the goal ``early``.

A group's people are numbered in the order in which they take the course that keeps the group busy longest,
and are cut into classes of every course in that order: classes that share a person are not at the same time,
and follow one another where the courses do. Such a schedule is always sound, though other ways to put people
together may allow a better one. With ``--counted`` people are only counted: no more at one time than may be
away, as many through a course as have begun the next; a course's classes begin in the order of their numbers.
That is a smaller model with better bounds, but its schedules can't always be dealt out to people.

``plain`` is CP-SAT with an interval for each class, an optional one for each venue and each instructor that
would do, one thing at a time for each of these, and a cumulative for each group's cover. With ``--pooled``
venues that are alike are one cumulative of as many units, and so are instructors; each class gets its own
afterwards, which always works out for whole intervals. That is far easier, where things are alike: in made
programmes all of a kind are.

``pyjobshop`` is PyJobShop: a job and task for each class, weekends as breaks, total weighted flow time. As
one mode for each venue and instructor together would be a hundred modes a task, its venues and instructors
are always pooled: a renewable resource for each pool.

Prints status, value, bound and the seconds until the first schedule (``plain`` only) as JSON.
"""

from __future__ import annotations

import argparse
import csv
import json
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any

from harness import Limits, limits_arguments, pyjobshop, solved

from trainplan.load import load_programme
from trainplan.model import Course, Programme
from trainplan.workdays import Calendar

BEGAN = time.monotonic()


@dataclass(frozen=True)
class Class:
    """One class to be: its people, numbered in their group, and which venues and instructors would do."""

    course: Course
    group: str
    people: range
    venues: tuple[str, ...]
    instructors: tuple[str, ...]

    @property
    def seats(self) -> int:
        """As many as people."""
        return len(self.people)


@dataclass(frozen=True)
class Placed:
    """A class with its first day, counted from the programme's start, venue and instructor."""

    what: Class
    start: int
    venue: str
    instructor: str


Told = dict[str, object]


class Task:
    """A programme cut into classes, and what both models need to know of it."""

    def __init__(self, programme: Programme, named: bool = True, pooled: bool = False) -> None:
        """Cut; end the program if the programme asks for more than the models know."""
        self.programme = programme
        self.named = named
        self.pooled = pooled
        self.calendar = Calendar(programme)
        self.horizon = (programme.ends - programme.starts).days + 1
        courses = programme.courses.values()
        plain = (
            len(programme.periods) == 1
            and not programme.closures
            and programme.holidays is None
            and all(group.part_of is None for group in programme.groups.values())
            and all(self._plain(course) for course in courses)
            and all(one.max_days_per_week is None for one in programme.instructors.values())
        )
        if not plain:
            raise SystemExit("the programme asks for more than the plain models know")
        self.classes = [
            self._class(course, group, range(at, min(at + course.max_class, seats)))
            for course in courses
            for group, seats in course.seats.items()
            for at in range(0, seats, course.max_class)
        ]
        self.leading = {one.group: self._leading(one.group) for one in self.classes}

    @staticmethod
    def _plain(course: Course) -> bool:
        dated = (course.earliest, course.latest, course.due, course.parallel)
        return (
            not course.mixed
            and course.features is not None
            and [role.count for role in course.roles] == [1]
            and dated == (None,) * 4
            and all(not one.all and one.at_least is None and one.at_most is None for one in course.after)
        )

    def _class(self, course: Course, group: str, people: range) -> Class:
        venues = self.programme.venues.values()
        skill = course.roles[0].qualification
        return Class(
            course,
            group,
            people,
            tuple(
                one.id
                for one in venues
                if one.capacity >= len(people) and one.features >= (course.features or set())
            ),
            tuple(
                one.id
                for one in self.programme.instructors.values()
                if any(held.name == skill for held in one.qualifications)
            ),
        )

    def spans(self, course: Course) -> list[tuple[int, int]]:
        """Return every first day that a class may have, with the first day after it."""
        return [(one.first, one.last + 1) for one in self.calendar.placements(course)]

    def pools(self) -> set[tuple[str, ...]]:
        """Return the venues that are alike and the instructors that are; end the program if they overlap."""
        pools = {ids for one in self.classes for ids in (one.venues, one.instructors)}
        shared = [id for ids in pools for id in ids]
        if len(shared) != len(set(shared)):
            raise SystemExit("venues or instructors are alike for one course and not for another")
        return pools

    def alone(self) -> list[list[int]]:
        """Return sets of classes that have a person in common, none of them part of another set."""
        if not self.named:
            return []
        shared: set[frozenset[int]] = set()
        for mine in self._by_group().values():
            # Who is in which classes changes only where a class begins.
            for person in {self.classes[at].people.start for at in mine}:
                shared.add(frozenset(at for at in mine if person in self.classes[at].people))
        return [sorted(one) for one in shared if len(one) > 1 and not any(one < two for two in shared)]

    def alike(self) -> Iterator[tuple[int, int]]:
        """Yield pairs of neighbouring classes of which the first is to begin first, or with the other."""
        for at, (one, two) in enumerate(pairwise(self.classes)):
            same = (one.course.id, one.group, one.seats) == (two.course.id, two.group, two.seats)
            if same and (not self.named or self.leading[one.group] == one.course.id):
                yield at, at + 1

    def _leading(self, group: str) -> str:
        """Return the course that keeps a group busy for the most days."""
        days: dict[str, int] = {}
        for one in self.classes:
            if one.group == group:
                days[one.course.id] = days.get(one.course.id, 0) + one.course.length
        return max(days, key=lambda course: days[course])

    def orders(self) -> Iterator[tuple[int, int]]:
        """Yield pairs of classes of which the first has to end before the other begins."""
        for mine in self._by_group().values():
            for later in mine:
                for after in self.classes[later].course.after:
                    earlier = [at for at in mine if self.classes[at].course.id == after.course]
                    yield from ((at, later) for at in earlier if self._comes_first(at, later))

    def _comes_first(self, earlier: int, later: int) -> bool:
        one, two = self.classes[earlier].people, self.classes[later].people
        if self.named:
            return _meet(one, two)
        # As many people as have begun the later course are to have finished the earlier one. All classes
        # before these end no later, but for the last of a course, which holds the rest.
        return one.start < two.stop

    def _by_group(self) -> dict[str, list[int]]:
        numbers: dict[str, list[int]] = {}
        for at, one in enumerate(self.classes):
            numbers.setdefault(one.group, []).append(at)
        return numbers


def _meet(one: range, two: range) -> bool:
    return one.start < two.stop and two.start < one.stop


def plain(task: Task, limits: Limits) -> tuple[Told, list[Placed]]:
    """Solve with the model of intervals."""
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    starts: list[Any] = []
    ends: list[Any] = []
    covers: dict[str, list[int]] = {}
    uses: dict[str, list[Any]] = {}
    intervals: list[Any] = []
    choices: list[list[dict[str, Any]]] = []
    for at, one in enumerate(task.classes):
        spans = task.spans(one.course)
        start = model.new_int_var_from_domain(cp_model.Domain.from_values([first for first, _ in spans]), "")
        lengths = sorted({end - first for first, end in spans})
        length = model.new_int_var_from_domain(cp_model.Domain.from_values(lengths), "")
        if len(lengths) > 1:
            model.add_allowed_assignments([start, length], [(first, end - first) for first, end in spans])
        end = model.new_int_var(0, task.horizon, "")
        intervals.append(model.new_interval_var(start, length, end, ""))
        covers.setdefault(one.group, []).append(at)
        chosen = []
        for ids in () if task.pooled else (one.venues, one.instructors):
            flags = {id: model.new_bool_var("") for id in ids}
            model.add_exactly_one(flags.values())
            for id, flag in flags.items():
                uses.setdefault(id, []).append(model.new_optional_interval_var(start, length, end, flag, ""))
            chosen.append(flags)
        choices.append(chosen)
        starts.append(start)
        ends.append(end)
    for group, mine in covers.items():
        seats = [task.classes[at].seats for at in mine]
        model.add_cumulative([intervals[at] for at in mine], seats, task.programme.groups[group].max_away)
    for together in task.alone():
        model.add_no_overlap([intervals[at] for at in together])
    for optional in uses.values():
        model.add_no_overlap(optional)
    for ids in task.pools() if task.pooled else ():
        pool = [at for at, one in enumerate(task.classes) if ids in (one.venues, one.instructors)]
        model.add_cumulative([intervals[at] for at in pool], [1] * len(pool), len(ids))
    for before, after in task.alike():
        model.add(starts[before] <= starts[after])
    for before, after in task.orders():
        model.add(ends[before] <= starts[after])
    model.minimize(sum(one.seats * (end - 1) for one, end in zip(task.classes, ends, strict=True)))

    class First(cp_model.CpSolverSolutionCallback):
        seconds: float | None = None

        def on_solution_callback(self) -> None:
            if self.seconds is None:
                self.seconds = time.monotonic() - BEGAN

    solver, first = cp_model.CpSolver(), First()
    solver.parameters.max_time_in_seconds = max(1.0, limits.seconds - (time.monotonic() - BEGAN))
    solver.parameters.num_workers = limits.workers
    solver.parameters.random_seed = limits.seed
    status = solver.solve(model, first)
    words = {cp_model.OPTIMAL: "optimal", cp_model.FEASIBLE: "feasible", cp_model.INFEASIBLE: "infeasible"}
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return {"status": words.get(status, "unknown"), "value": None, "bound": None}, []
    told: Told = {
        "status": words[status],
        "value": round(solver.objective_value),
        "bound": round(solver.best_objective_bound),
        "first": first.seconds,
    }
    if task.pooled:
        return told, dealt(
            task, [(solver.value(start), solver.value(end)) for start, end in zip(starts, ends, strict=True)]
        )
    placed = []
    for one, start, chosen in zip(task.classes, starts, choices, strict=True):
        taken = [next(id for id, flag in flags.items() if solver.value(flag)) for flags in chosen]
        placed.append(Placed(one, solver.value(start), *taken))
    return told, placed


def with_pyjobshop(task: Task, limits: Limits) -> tuple[Told, list[Placed]]:
    """Solve with PyJobShop."""
    model = pyjobshop().Model()
    off = [at for at in range(task.horizon) if not task.calendar.works(task.calendar.day(at))]
    breaks = []
    for _, run in groupby(enumerate(off), key=lambda pair: pair[1] - pair[0]):
        days = [day for _, day in run]
        breaks.append((days[0], days[-1] + 1))
    units = {ids: model.add_renewable(capacity=len(ids), breaks=breaks) for ids in task.pools()}
    groups = {
        group: model.add_renewable(capacity=task.programme.groups[group].max_away, breaks=breaks)
        for group in dict.fromkeys(one.group for one in task.classes)
    }
    people: dict[int, list[Any]] = {}
    for together in task.alone():
        machine = model.add_machine()
        for at in together:
            people.setdefault(at, []).append(machine)
    tasks = []
    for at, one in enumerate(task.classes):
        busy = people.get(at, [])
        job = model.add_job(weight=one.seats)
        tasks.append(model.add_task(job=job, latest_end=task.horizon, allow_breaks=one.course.span))
        model.add_mode(
            tasks[-1],
            [groups[one.group], units[one.venues], units[one.instructors], *busy],
            duration=one.course.length,
            demands=[one.seats, 1, 1, *(0 for _ in busy)],
        )
    for before, after in task.alike():
        model.add_start_before_start(tasks[before], tasks[after])
    for before, after in task.orders():
        model.add_end_before_start(tasks[before], tasks[after])
    model.set_objective(weight_total_flow_time=1)
    told, best = solved(model, limits, BEGAN)
    if best is None:
        return told, []
    # Flow time counts to the day after the last; so does its bound.
    seats = sum(one.seats for one in task.classes)
    for name in ("value", "bound"):
        told[name] = int(str(told[name])) - seats
    spans = [(one.start, one.end) for one in best.tasks]
    return told, dealt(task, spans)


def dealt(task: Task, spans: Sequence[tuple[int, int]]) -> list[Placed]:
    """Give each class a venue and an instructor of its pool that are free from its first day on."""
    free: dict[str, int] = {}
    placed = []
    for (start, end), one in sorted(zip(spans, task.classes, strict=True), key=lambda pair: pair[0]):
        taken = [next(id for id in ids if free.get(id, 0) <= start) for ids in (one.venues, one.instructors)]
        free.update(dict.fromkeys(taken, end))
        placed.append(Placed(one, start, *taken))
    return placed


def write(path: Path, programme: Programme, placed: Sequence[Placed]) -> None:
    """Write a schedule.csv."""
    counts: dict[str, int] = {}
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["session", "course", "start", "venue", "instructors", "groups", "seats"])
        for one in sorted(placed, key=lambda one: one.start):
            course, seats = one.what.course.id, one.what.seats
            counts[course] = counts.get(course, 0) + 1
            start = programme.starts + timedelta(days=one.start)
            session = f"{course}-{counts[course]:02d}"
            people = f"{one.what.group}:{seats}"
            writer.writerow([session, course, start, one.venue, one.instructor, people, seats])


TOOLS: dict[str, Callable[[Task, Limits], tuple[Told, list[Placed]]]] = {
    "plain": plain,
    "pyjobshop": with_pyjobshop,
}


def main() -> None:
    """Solve one programme with one tool."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("tool", choices=TOOLS)
    parser.add_argument("folder", type=Path)
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument("--counted", action="store_true", help="count people instead of numbering them")
    parser.add_argument("--pooled", action="store_true", help="take what is alike together (plain)")
    limits_arguments(parser, 60.0)
    given = parser.parse_args()
    programme, _ = load_programme(given.folder)
    if programme is None:
        raise SystemExit(f"{given.folder} can't be read")
    limits = Limits(given.time_limit, given.workers, given.seed)
    told, placed = TOOLS[given.tool](Task(programme, not given.counted, given.pooled), limits)
    if placed:
        write(given.output, programme, placed)
    print(json.dumps(told))


if __name__ == "__main__":
    main()
