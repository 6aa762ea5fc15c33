"""The way from chains to a schedule: list and breed, then prove and better with CP-SAT, goal by goal."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from random import Random
from threading import Event, Thread

from trainplan.goals.base import Goal
from trainplan.model import Schedule
from trainplan.rules.base import Lot
from trainplan.solve.chains.evolve import Evolution, Plan, Value
from trainplan.solve.chains.intervals import Intervals
from trainplan.solve.chains.listing import Lister
from trainplan.solve.chains.tasks import Chains
from trainplan.solve.chains.values import Values
from trainplan.solve.dealing import undealt
from trainplan.solve.decode import Draft, left_edge, named
from trainplan.solve.proofs import Proofs
from trainplan.solve.search import Budget, minimise
from trainplan.workdays import Calendar

BREEDING = 0.25  # of the budget, for lists
BEFOREHAND = 0.08  # of the budget, where lists are bred on beside the solver, or are of less use
WIDER = 1.12  # how much longer than the best a plan may be on its way to a better one
NARROWER = 0.9  # how much shorter the axis must become for a new lister to be worth it
LEAST = 0.02  # of what a goal was given; with less left the solver is not begun again
ENOUGH = 3_000  # lists in a row that are no better than the best
HOPELESS = 60  # lists, none of which places every seat
PLACING = 0.25  # of the budget left, for the solver to place every seat where lists can't
SHARE = 0.5  # of the budget left, for a goal that has others after it
LAST_SHARE = 0.97  # the rest is for the audit
RISKY = 0.5  # of the budget, where people may not be dealt out in the end

# Measured on projects of 30 to 120 sessions, with sets of sessions that exclude each other told as such:
# linear relaxations only cost time, and precedences learned from these sets are worth most.
PROVING: Mapping[str, object] = {
    "linearization_level": 0,
    "use_dynamic_precedence_in_disjunctive": True,
    "use_strong_propagation_in_disjunctive": True,
    "use_disjunctive_constraint_in_cumulative": False,
}

Tell = Callable[[str, int | None, int | None], None]


@dataclass(frozen=True, slots=True)
class Result:
    """What came of it.

    Attributes:
        schedule: The best schedule with every seat placed and people dealt out.
        proofs: What is proved of each goal; None where what the intervals allow can't be dealt out, so that
            they don't settle anything.
    """

    schedule: Schedule
    proofs: Proofs | None


class Run:
    """One plan by intervals in the making."""

    def __init__(
        self, calendar: Calendar, goals: Sequence[Goal], budget: Budget, random: Random, tell: Tell
    ) -> None:
        """Take the order; ``fits`` must have said yes."""
        self._calendar = calendar
        self._goals = goals
        self._budget = budget
        self._tell = tell
        self._chains = Chains(calendar)
        self._lister = Lister(self._chains, random)
        self._values = Values(self._chains, [goal.name for goal in goals])
        self._proofs = Proofs(len(goals))
        for number, bound in enumerate(self._values.least(self._lister.heads, self._lister.tails())):
            # The first goal is seats, and all that is said here rests on every one being placed.
            self._proofs.add(number, bound, (0,))
        self._random = random
        self._evolution = Evolution(self._lister, self._values, random)
        limits = budget.limits
        # Where sessions may choose who teaches them or where, the solver's own ways of mending are better.
        self._choosy = any(task.needs for task in self._chains.tasks)
        workers = limits.workers or os.cpu_count() or 1
        self._beside = not self._choosy and workers > 1 and not limits.reproducible
        self._ways: dict[str, object] = {} if self._choosy else dict(PROVING)
        if self._beside:
            self._ways["num_workers"] = workers - 1
        orders = [link.order for link in self._chains.links]
        self._until = 0.0 if all(order.all for order in orders) else budget.left * (1 - RISKY)

    def run(self) -> Result | None:
        """Return the best schedule; None where some session has no place, or list scheduling finds none."""
        if any(last < first for first, last in self._windows(())):
            return None
        self._breed()
        plan = self._evolution.best or self._first()
        if plan is None:
            return None
        sound = self._schedule(plan)
        with self._breeding_on():
            for number in range(len(self._goals)):
                if not self._enough(number, self._values(plan[0])):
                    plan = self._descend(number, plan)
        schedule = self._schedule(plan)
        if schedule is not None:
            return Result(schedule, self._proofs)
        return None if sound is None else Result(sound, None)

    def _breed(self) -> None:
        budget, evolution = self._budget, self._evolution
        spare = budget.spare(BEFOREHAND if self._beside or self._choosy else BREEDING)
        tries = fruitless = 0
        while spare() and fruitless < ENOUGH and not self._near(evolution.value):
            value = evolution.value
            evolution.step()
            budget.listed(len(self._chains.tasks))
            tries, fruitless = tries + 1, fruitless + 1
            if tries == 1 or evolution.value < value:
                self._narrow()
            if evolution.best is None and tries >= HOPELESS:
                return
            if evolution.value != value:
                fruitless = 0
                self._told()

    def _first(self) -> Plan | None:
        """Return any plan with every seat placed, where lists have found none."""
        model = Intervals(self._chains, self._windows(()))
        found = minimise(
            model,
            0,
            self._budget,
            share=PLACING,
            hint=None,
            heard=lambda value, bound: None,
            ways={"stop_after_first_solution": True},
        )
        return model.read(found.solutions[-1]) if found.solutions else None

    def _narrow(self) -> None:
        """Let lists use no more of the axis than plans that may become better than the best do."""
        evolution = self._evolution
        if evolution.best is not None and self._goals[self._first_open()].name == "finish":
            used = max(map(int.__add__, evolution.best[0], self._lister.lengths))
            if used * WIDER < evolution.lister.slots * NARROWER:
                evolution.lister = Lister(self._chains, self._random, int(used * WIDER) + 1)

    def _first_open(self) -> int:
        value = self._evolution.value
        bounds = self._proofs.of(value)
        return next((at for at, bound in enumerate(bounds) if value[at] > bound), len(value) - 1)

    def _told(self) -> None:
        value, at = self._evolution.value, self._first_open()
        self._tell(self._goals[at].name, value[at], self._proofs.of(value)[at] or None)

    @contextmanager
    def _breeding_on(self) -> Iterator[None]:
        """Go on breeding in a thread of its own while the body runs, where that is worth a worker."""
        if not self._beside:
            yield
            return
        done = Event()

        def breed() -> None:
            value = self._evolution.value
            while not done.is_set() and self._budget.left > 0 and not self._near(value):
                self._evolution.step()
                value = self._evolution.value

        breeder = Thread(target=breed, daemon=True)
        breeder.start()
        try:
            yield
        finally:
            done.set()
            breeder.join()

    def _descend(self, number: int, plan: Plan) -> Plan:
        """Make one goal small with those before it held, starting again whenever breeding is ahead."""
        goal, budget = self._goals[number].name, self._budget
        share = LAST_SHARE if number == len(self._goals) - 1 else SHARE
        left = budget.left
        given = share * max(0.0, left - self._until)
        until = left - given
        while True:
            plan = self._better(plan)
            known = self._values(plan[0])
            if self._enough(number, known) or budget.left <= until + LEAST * given:
                return plan
            model = Intervals(self._chains, self._windows(known[: number + 1]))
            for other, value in zip(self._goals[:number], known, strict=False):
                if other.name not in ("seats", "sessions"):
                    model.objective(other.name, value)
            objective = model.objective(goal, known[number])
            model.model.add(objective >= self._proofs.of(known)[number])
            record = [known[number]]

            def heard(value: int | None, bound: int | None, record: list[int] = record) -> None:
                record[:] = [value] if value is not None else record
                self._tell(goal, record[0], bound)

            def overtaken(held: Value = known[:number], record: list[int] = record) -> bool:
                bred = self._evolution.value
                return bool(bred) and bred[: number + 1] < (*held, record[0])

            found = minimise(
                model,
                objective,
                budget,
                share=budget.share(budget.left - until),
                hint=model.hint(*plan),
                heard=heard,
                gap=budget.limits.gap,
                ways=self._ways,
                halt=overtaken,
            )
            if found.bound is not None:
                self._proofs.add(number, found.bound, known[:number])
            if found.solutions:
                plan = model.read(found.solutions[-1])
            if found.status == "optimal":
                return plan

    def _near(self, value: Value) -> bool:
        """Say whether every goal is as near to its bound as was asked for; no plan has no values."""
        return bool(value) and self._budget.enough(value, self._proofs.of(value))

    def _enough(self, number: int, value: Value) -> bool:
        """Say whether a goal is as near to its bound as was asked for."""
        bounds = self._proofs.of(value)
        return self._budget.enough(value[number : number + 1], bounds[number : number + 1])

    def _better(self, plan: Plan) -> Plan:
        bred = self._evolution.best
        return bred if bred is not None and self._values(bred[0]) < self._values(plan[0]) else plan

    def _windows(self, held: Sequence[int]) -> list[tuple[int, int]]:
        """Return the slots in which each task may start if goals are no worse than ``held``."""
        chains, lister = self._chains, self._lister
        slots = len(chains.axis)
        for goal, value in zip(self._goals, held, strict=False):
            if goal.name == "finish":
                slots = sum(day < value for day in chains.days)
        return [(head, slots - tail) for head, tail in zip(lister.heads, lister.tails(), strict=True)]

    def _schedule(self, plan: Plan) -> Schedule | None:
        """Return a plan with names, or None if its people can't be dealt out."""
        chains = self._chains
        drafts = [
            Draft(Lot(task.course, tuple(task.seats)), chains.placement(task, start), (), task.seats)
            for task, start in zip(chains.tasks, plan[0], strict=True)
        ]
        taken: dict[int, list[Draft]] = {}
        for draft, task, picked in zip(drafts, chains.tasks, plan[1], strict=True):
            fixed = [one for one, amount in task.uses.items() for _ in range(amount) if self._named(one)]
            for one in (*fixed, *picked):
                taken.setdefault(one, []).append(draft)
        for one, users in taken.items():
            resource = chains.resources[one]
            users.sort(key=lambda draft: draft.placement.slots)
            names = left_edge(resource.names, [draft.placement for draft in users])
            for draft, name in zip(users, names, strict=True):
                if resource.what == "venue":
                    draft.venues = (name,)
                else:
                    draft.instructors.append(name)
        drafts.sort(key=lambda one: (one.placement.slots, one.lot.course.id, tuple(one.groups)))
        schedule = Schedule.of(named(self._calendar, drafts, None))
        self._budget.dealt()
        return None if any(undealt(self._calendar.programme, schedule)) else schedule

    def _named(self, resource: int) -> bool:
        return self._chains.resources[resource].what in ("venue", "instructor")
