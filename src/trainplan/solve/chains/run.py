"""The way from chains to a schedule: list and breed, then prove and better with CP-SAT, goal by goal."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

from trainplan.goals.base import Goal
from trainplan.model import Schedule
from trainplan.rules.base import Lot
from trainplan.solve.chains.evolve import Evolution, Plan
from trainplan.solve.chains.intervals import Intervals
from trainplan.solve.chains.listing import Lister
from trainplan.solve.chains.tasks import Chains
from trainplan.solve.chains.values import Values
from trainplan.solve.dealing import undealt
from trainplan.solve.decode import Draft, left_edge, named
from trainplan.solve.search import Budget, minimise
from trainplan.workdays import Calendar

BREEDING = 0.25  # of the budget, for lists
ENOUGH = 3_000  # lists in a row that are no better than the best
HOPELESS = 60  # lists, none of which places every seat
PLACING = 0.25  # of the budget left, for the solver to place every seat where lists can't
SHARE = 0.5  # of the budget left, for a goal that has others after it
LAST_SHARE = 0.97  # the rest is for the audit
RISKY = 0.5  # of the budget, where people may not be dealt out in the end

Tell = Callable[[str, int | None, int | None], None]


@dataclass(frozen=True, slots=True)
class Result:
    """What came of it.

    Attributes:
        schedule: The best schedule with every seat placed and people dealt out.
        bounds: A value for each goal below which it can't be, given the goals before it; None where
            what the intervals allow can't be dealt out, so that they don't settle anything.
    """

    schedule: Schedule
    bounds: tuple[int, ...] | None


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
        self._bounds = list(self._values.least(self._lister.heads, self._lister.tails()))
        self._evolution = Evolution(self._lister, self._values, random)
        orders = [link.order for link in self._chains.links]
        self._until = 0.0 if all(order.all for order in orders) else budget.left * (1 - RISKY)

    def run(self) -> Result | None:
        """Return the best schedule; None where list scheduling leaves seats without a place."""
        self._breed()
        plan = self._evolution.best or self._first()
        if plan is None:
            return None
        sound = self._schedule(plan)
        for number, goal in enumerate(self._goals):
            if self._values(plan[0])[number] > self._bounds[number]:
                plan = self._descend(number, goal.name, plan)
        schedule = self._schedule(plan)
        if schedule is not None:
            return Result(schedule, tuple(self._bounds))
        return None if sound is None else Result(sound, None)

    def _breed(self) -> None:
        budget, evolution = self._budget, self._evolution
        spare = budget.spare(BREEDING)
        tries = fruitless = 0
        while spare() and fruitless < ENOUGH and list(evolution.value) != self._bounds:
            value = evolution.value
            evolution.step()
            budget.listed(len(self._chains.tasks))
            tries, fruitless = tries + 1, fruitless + 1
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

    def _told(self) -> None:
        value = self._evolution.value
        at = next((at for at, bound in enumerate(self._bounds) if value[at] > bound), len(value) - 1)
        self._tell(self._goals[at].name, value[at], self._bounds[at] or None)

    def _descend(self, number: int, goal: str, plan: Plan) -> Plan:
        """Make one goal small with those before it held."""
        values = self._values(plan[0])
        model = Intervals(self._chains, self._windows(values[: number + 1]))
        for other, value in zip(self._goals[:number], values, strict=False):
            if other.name not in ("seats", "sessions"):
                model.objective(other.name, value)
        objective = model.objective(goal, values[number])
        model.model.add(objective >= self._bounds[number])

        def heard(value: int | None, bound: int | None) -> None:
            self._tell(goal, value, bound)

        left = self._budget.left
        share = (LAST_SHARE if number == len(self._goals) - 1 else SHARE) * max(0.0, left - self._until)
        if share <= 0:
            return plan
        found = minimise(
            model, objective, self._budget, share=share / left, hint=model.hint(*plan), heard=heard
        )
        if found.bound is not None:
            self._bounds[number] = max(self._bounds[number], found.bound)
        return model.read(found.solutions[-1]) if found.solutions else plan

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
                    draft.venue = name
                else:
                    draft.instructors.append(name)
        drafts.sort(key=lambda one: (one.placement.slots, one.lot.course.id, tuple(one.groups)))
        schedule = Schedule.of(named(self._calendar, drafts, None))
        self._budget.dealt()
        return None if any(undealt(self._calendar.programme, schedule)) else schedule

    def _named(self, resource: int) -> bool:
        return self._chains.resources[resource].what in ("venue", "instructor")
