"""The chains as CP-SAT sees them: an interval a session, a cumulative a resource, orders as differences."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from ortools.sat.python import cp_model

from trainplan.rules.base import Expr
from trainplan.solve.chains.cliques import cliques
from trainplan.solve.chains.listing import Picks, Starts
from trainplan.solve.chains.tasks import Chains, Link

MANY_SETS = 60  # of resources that are also counted together, at the most

Use = tuple[Expr, Expr, int, Expr]  # interval, units if it is there, at the most, units times slots


class Intervals:
    """Variables and constraints of one set of chains in which every session takes place.

    Attributes:
        model: All rules that ``chains`` stands for.
        starts: The first slot of each task.
    """

    def __init__(self, chains: Chains, windows: Sequence[tuple[int, int]]) -> None:
        """Post everything but the goals.

        Args:
            chains: Tasks, resources, links.
            windows: The first and last slot in which each task need be thought of as starting.
        """
        self.model = cp_model.CpModel()
        self._chains = chains
        self._worth: list[tuple[Expr, Callable[[Starts], int]]] = []  # what follows from the starts
        self._there: list[list[list[Expr]]] = []  # whether any unit is there
        model = self.model
        self.starts: list[Expr] = []
        self._here: list[list[list[Expr]]] = []  # units by choice, need and task
        self._lasts: dict[int, Expr] = {}
        self._firsts: dict[int, Expr] = {}
        self._loads: list[tuple[int, list[Expr]]] = []  # capacity, and what it bears in units times slots
        wholes: list[Expr] = []
        used: dict[int, list[Use]] = {}
        for number, (task, (low, high)) in enumerate(zip(chains.tasks, windows, strict=True)):
            start = model.new_int_var_from_domain(domain(task.starts, low, high), f"s{number}")
            whole = model.new_fixed_size_interval_var(start, task.length, f"i{number}")
            self.starts.append(start)
            wholes.append(whole)
            for resource, amount in task.uses.items():
                used.setdefault(resource, []).append((whole, amount, amount, amount * task.length))
            self._here.append([])
            self._there.append([])
            for need in task.needs:
                units: list[Expr] = []
                flags: list[Expr] = []
                for choice in need.choices:
                    most = min(need.amount, chains.resources[choice.resource].capacity)
                    some = model.new_bool_var("")
                    unit = some if most == 1 else model.new_int_var(0, most, "")
                    if most > 1:
                        model.add(unit >= 1).only_enforce_if(some)
                        model.add(unit == 0).only_enforce_if(~some)
                    part = model.new_optional_fixed_size_interval_var(start, task.length, some, "")
                    if task.starts & ~choice.starts:
                        open_to = domain(task.starts & choice.starts, low, high)
                        model.add_linear_expression_in_domain(start, open_to).only_enforce_if(some)
                    used.setdefault(choice.resource, []).append(
                        (part, unit if most > 1 else 1, most, unit * task.length)
                    )
                    units.append(unit)
                    flags.append(some)
                model.add(cp_model.LinearExpr.sum(units) == need.amount)
                self._here[-1].append(units)
                self._there[-1].append(flags)
        for resource, uses in used.items():
            self._share(uses, chains.resources[resource].capacity)
        for capacity, uses in self._pooled(wholes):
            self._share(uses, capacity)
        for together in cliques(chains):
            model.add_no_overlap([wholes[one] for one in together])
        for link in chains.links:
            self._tie(link)

    def _share(self, uses: Sequence[Use], capacity: int) -> None:
        """Keep what is in use at once within a capacity."""
        if sum(most for _, _, most, _ in uses) <= capacity:
            return
        self._loads.append((capacity, [load for *_, load in uses]))
        if capacity == 1:
            self.model.add_no_overlap([interval for interval, *_ in uses])
        else:
            self.model.add_cumulative([one for one, *_ in uses], [units for _, units, _, _ in uses], capacity)

    def _pooled(self, wholes: Sequence[Expr]) -> Iterator[tuple[int, list[Use]]]:
        """Yield what only resources of one set can serve, with what the set has: implied, and seen sooner.

        The sets are those that some need may choose from, and all of these together.
        """
        chains = self._chains
        sets = {
            frozenset(one.resource for one in need.choices) for task in chains.tasks for need in task.needs
        }
        for some in sorted({*sets, frozenset[int]().union(*sets)}, key=sorted)[:MANY_SETS]:
            capacity = sum(chains.resources[one].capacity for one in some)
            uses: list[Use] = []
            for whole, task in zip(wholes, chains.tasks, strict=True):
                amount = sum(most for one, most in task.uses.items() if one in some)
                amount += sum(
                    need.amount for need in task.needs if some.issuperset(it.resource for it in need.choices)
                )
                if amount:
                    uses.append((whole, amount, amount, amount * task.length))
            yield capacity, uses

    def _tie(self, link: Link) -> None:
        model, order = self.model, link.order
        model.add(self.starts[link.then] >= self.starts[link.first] + self._chains.tasks[link.first].length)
        # A later slot is a later day only where a day has one period.
        implied = 1 if self._chains.calendar.periods == 1 else 0
        if order.at_least is not None and order.at_least > implied:
            model.add(self._first_day(link.then) >= self.last_day(link.first) + order.at_least)
        if order.at_most is not None:
            model.add(self._first_day(link.then) <= self.last_day(link.first) + order.at_most)

    def _first_day(self, task: int) -> Expr:
        """Return the days from the programme's start to a task's first one."""
        if task not in self._firsts:
            self._firsts[task] = self._day(task, 0)
        return self._firsts[task]

    def last_day(self, task: int) -> Expr:
        """Return the days from the programme's start to a task's last one."""
        if task not in self._lasts:
            self._lasts[task] = self._day(task, self._chains.tasks[task].length - 1)
        return self._lasts[task]

    def _day(self, task: int, further: int) -> Expr:
        chains = self._chains
        if chains.even:
            return self.starts[task] + further
        days = chains.days[further:]
        day = self.model.new_int_var(days[0], days[-1], "")
        self.model.add_element(self.starts[task], [*days], day)
        self._worth.append((day, lambda starts: days[starts[task]]))
        return day

    def objective(self, goal: str, most: int) -> Expr:
        """Return what to make small for a goal, and keep it from being more than ``most`` (in its units)."""
        chains, model = self._chains, self.model
        if goal == "finish":
            return self._finish(most)
        terms: list[Expr] = []
        weights: list[int] = []
        for number, task in enumerate(chains.tasks):
            seats = sum(task.seats.values())
            if goal == "early":
                terms.append(self.last_day(number))
                weights.append(seats)
            elif task.course.due is not None:
                due = (task.course.due - chains.calendar.programme.starts).days
                late = model.new_int_var(0, max(0, chains.days[-1] - due), "")
                model.add(late >= self.last_day(number) - due)
                self._worth.append((late, self._lateness(number, due)))
                terms.append(late)
                weights.append(seats)
        total = cp_model.LinearExpr.weighted_sum(terms, weights)
        model.add(total <= most)
        return total

    def _finish(self, most: int) -> Expr:
        """Return the calendar days until all is over, ``most`` at the most."""
        chains, model = self._chains, self.model
        lengths = [task.length for task in chains.tasks]
        slots = sum(day < most for day in chains.days)
        over = model.new_int_var(0, slots, "over")  # slots until then
        ending = {link.first for link in chains.links}
        for number, length in enumerate(lengths):
            if number not in ending:
                model.add(over >= self.starts[number] + length)
        for capacity, loads in self._loads:
            # Plain, and yet the solver only sees it when it is told.
            model.add(cp_model.LinearExpr.sum(loads) <= capacity * over)

        def used(starts: Starts) -> int:
            return max(map(int.__add__, starts, lengths))

        self._worth.append((over, used))
        if chains.even:
            return over
        days = [0, *(day + 1 for day in chains.days[:slots])]
        finish = model.new_int_var(0, most, "finish")
        model.add_element(over, days, finish)
        self._worth.append((finish, lambda starts: days[used(starts)]))
        return finish

    def _lateness(self, number: int, due: int) -> Callable[[Starts], int]:
        days, length = self._chains.days, self._chains.tasks[number].length
        return lambda starts: max(0, days[starts[number] + length - 1] - due)

    def hint(self, starts: Starts, picks: Picks) -> dict[int, int]:
        """Return the value of every variable in a plan, by its number."""
        values = {start.index: value for start, value in zip(self.starts, starts, strict=True)}
        values |= {variable.index: worth(starts) for variable, worth in self._worth}
        for task, needs, flags, picked in zip(
            self._chains.tasks, self._here, self._there, picks, strict=True
        ):
            left = list(picked)
            for need, units, some in zip(task.needs, needs, flags, strict=True):
                own, left = left[: need.amount], left[need.amount :]
                for choice, unit, flag in zip(need.choices, units, some, strict=True):
                    values[unit.index] = own.count(choice.resource)
                    values[flag.index] = int(choice.resource in own)
        return values

    def read(self, values: Sequence[int]) -> tuple[Starts, Picks]:
        """Return the plan that a solution stands for."""
        starts = [values[start.index] for start in self.starts]
        picks = []
        for task, needs in zip(self._chains.tasks, self._here, strict=True):
            picks.append(
                tuple(
                    choice.resource
                    for need, units in zip(task.needs, needs, strict=True)
                    for choice, unit in zip(need.choices, units, strict=True)
                    for _ in range(values[unit.index])
                )
            )
        return starts, picks


def domain(starts: int, low: int, high: int) -> cp_model.Domain:
    """Return the slots (bits) from ``low`` to ``high`` as a domain."""
    inside = starts & ((1 << (high + 1)) - 1) >> low << low if high >= low else 0
    intervals = []
    at = 0
    while inside >> at:
        rest = inside >> at
        first = at + (rest & -rest).bit_length() - 1
        run = inside >> first
        length = (~run & (run + 1)).bit_length() - 1
        intervals.append([first, first + length - 1])
        at = first + length
    return cp_model.Domain.from_intervals(intervals)
