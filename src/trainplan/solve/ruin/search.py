"""Ruin and recreate: a few sessions that compete are taken out and placed anew, thousands of times.

G. Schrimpf and others (2000); what is taken out and how it comes back follow J. Christiaens and G. Vanden
Berghe (2020): sessions near each other in time that share a room, a team or people, put back one by one in
the first place that fits, a place passed over now and then. A worse schedule is taken at first by chance,
less and less often (simulated annealing).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from math import log
from random import Random

from trainplan.model import Course, Schedule
from trainplan.solve.construct import Turn, ranks_of
from trainplan.solve.ruin.fitting import Fitting
from trainplan.solve.ruin.near import Choice
from trainplan.solve.ruin.people import Cohort, Key
from trainplan.solve.ruin.stock import Offer, Placed, Stock
from trainplan.workdays import Calendar, Placement

Values = tuple[int, ...]

BLINK = 0.02
ORDERS = (0, 1, 2, 3)
NOISE = 10.0
SMALL = 0.08  # how often a class may be smaller than it could be
HOT, COLD = 5.0, 0.06  # days that a class of the usual size may wait longer, at first and in the end
STEPS = 20  # between two looks at the clock


class Ruin:
    """The search around one schedule.

    Attributes:
        value: Of the goals, for what is placed now.
        best: The sessions of the best schedule so far, and its value.
        handled: Sessions taken out and placed so far: what the effort is counted in.
    """

    def __init__(self, calendar: Calendar, goals: Sequence[str], random: Random) -> None:
        """Start with nothing placed.

        Args:
            calendar: Of the programme to plan.
            goals: Names of additive goals, most important first.
            random: Where all chance comes from.
        """
        self.calendar = calendar
        self.goals = goals
        self.random = random
        self.stock = Stock.of(calendar)
        self.fitting = Fitting(self.stock, self._weigh, self._worth, random)
        self.choice = Choice(self.stock, self.fitting.wants, random)
        self.value: Values = tuple(self._nothing(goal) for goal in goals)
        self.best: tuple[list[Placed], Values] = ([], self.value)
        self.handled = 0
        self._people: dict[str, dict[Key, Cohort]] = {}
        self._rank = ranks_of(calendar.programme.courses.values())

    def _nothing(self, goal: str) -> int:
        courses = self.calendar.programme.courses.values()
        return sum(one.priority * sum(one.seats.values()) for one in courses) if goal == "seats" else 0

    def _weigh(self, course: Course, placement: Placement) -> Values:
        end = self.calendar.day(placement.last)
        weights = {
            "seats": -course.priority,
            "due": max(0, (end - course.due).days) if course.due is not None else 0,
            "sessions": 0,
            "early": (end - self.calendar.programme.starts).days,
        }
        return tuple(weights[goal] for goal in self.goals)

    def _worth(self, course: Course, offer: Offer, seats: int) -> Values:
        return tuple(
            1 if goal == "sessions" else seats * weight
            for goal, weight in zip(self.goals, offer.weights, strict=True)
        )

    def build(self, turns: Iterable[Turn]) -> None:
        """Place class by class, then whatever seats are left."""
        seen: dict[Turn, None] = {}
        for turn in turns:
            seen[turn] = None
            self._place(turn, full=True, blink=0.0)
        for turn in seen:
            while self._place(turn, full=True, blink=0.0) or self._place(turn, full=False, blink=0.0):
                pass
        self._keep_best()

    def take(self, schedule: Schedule) -> bool:
        """Begin with a schedule that keeps every rule; say whether its people could be dealt out at once.

        Where they could not, nothing sensible is placed.
        """
        stock = self.stock
        kinds = {id: number for number, kind in enumerate(stock.kinds) for id in kind}
        pools = {id: number for number, pool in enumerate(stock.pools) for id in pool}
        for session in sorted(schedule.live, key=lambda one: (one.slots, one.id)):
            course = self.calendar.programme.courses[session.course]
            slots = tuple(self.calendar.number(slot) for slot in session.slots)
            offer = self.fitting.offer(course, slots)
            if offer is None:
                return False
            people = self.fitting.dealt(course, offer, session.groups)
            if people is None or len(session.venues) > 1:
                return False
            team = Counter(pools[id] for id in session.instructors)
            placed = stock.put(
                course,
                offer,
                kinds[session.venues[0]] if session.venues else None,
                tuple(team.items()),
                people,
                self._worth(course, offer, sum(session.groups.values())),
            )
            self.handled += 1
            self.value = _plus(self.value, placed.value)
        self._keep_best()
        return True

    def _place(self, turn: Turn, *, full: bool, blink: float) -> Placed | None:
        course = self.calendar.programme.courses[turn[0]]
        for group in turn[1]:
            self._remember(group)
        placed = self.fitting.place(course, turn[1], full=full, blink=blink)
        self.handled += 1
        if placed is not None:
            self.value = _plus(self.value, placed.value)
        return placed

    def _take_out(self, placed: Placed) -> None:
        for group in placed.groups:
            self._remember(group)
        self.stock.take_out(placed)
        self.handled += 1
        self.value = _minus(self.value, placed.value)

    def _remember(self, group: str) -> None:
        if group not in self._people:
            self._people[group] = dict(self.stock.crowds[group].cohorts)

    def _keep_best(self) -> None:
        self.best = (list(self.stock.placed.values()), self.value)

    def run(self, go_on: Callable[[], float], heard: Callable[[Values], None]) -> None:
        """Go on until it is enough.

        Args:
            go_on: Returns the share of the effort that is left, 1 to 0; the end is at 0.
            heard: Called with the value of each better schedule.
        """
        left, usual = go_on(), self._class()
        while left > 0 and self.stock.placed:
            heat = usual * COLD * (HOT / COLD) ** left
            for _ in range(STEPS):
                self.step(heat)
                if self.value < self.best[1]:
                    self._keep_best()
                    heard(self.value)
            left = go_on()

    def _class(self) -> float:
        """Return the usual size of a class, where the last goal counts seats by days; 0 where it does not."""
        if self.goals[-1] not in ("due", "early"):
            return 0.0
        placed = self.stock.placed.values()
        return sum(one.seats for one in placed) / len(placed) if placed else 0.0

    def step(self, heat: float) -> None:
        """Take some sessions out, place their seats anew, and go back if that was no good.

        Args:
            heat: By how much the last goal may get worse, about.
        """
        before = self.value
        most = before[-1] - heat * log(max(self.random.random(), 1e-12))
        self._people = {}
        taken: list[Placed] = []
        short = self._short() if before[0] and self.goals[0] == "seats" else []
        for placed in self.choice.sessions(short):
            self._remove(placed, taken)
        # Where nothing but the last goal can get better, too much is too much at once.
        limit = most if not any(before[:-1]) else None
        put = self._recreate(taken, short, limit)
        if not self._accept(before, most):
            self.stock.undo(put, taken[::-1], self._people)
            self.value = before

    def _accept(self, before: Values, most: float) -> bool:
        if self.value[:-1] != before[:-1]:
            return self.value[:-1] < before[:-1]
        return self.value[-1] <= most

    def _remove(self, placed: Placed, taken: list[Placed]) -> None:
        """Take a session out, those first that its people may only take after it."""
        for later in list(self.stock.followers(placed)):
            if later.number in self.stock.placed:
                self._remove(later, taken)
        if placed.number in self.stock.placed:
            self._take_out(placed)
            taken.append(placed)

    def _short(self) -> list[Turn]:
        """Return a turn for each class that is missing."""
        turns: list[Turn] = []
        for id, left in self.stock.left.items():
            if any(left.values()):
                course = self.calendar.programme.courses[id]
                lots = [tuple(left)] if course.mixed else [(group,) for group in left]
                for groups in lots:
                    missing = sum(left[group] for group in groups)
                    turns += [(id, groups)] * -(-missing // course.max_class)
        return turns

    def _recreate(self, taken: Sequence[Placed], short: Sequence[Turn], limit: float | None) -> list[Placed]:
        """Place the seats of the sessions taken out, after those that had no place before.

        Beyond ``limit`` for the last goal it gives up.
        """
        random = self.random
        order = random.choice(ORDERS)
        noise = NOISE * self.calendar.periods

        def key(one: Placed) -> tuple[int, float]:
            rank = self._rank[one.course.id]
            if order == 0:
                return 0, one.offer.placement.first + random.gauss(0, noise)
            if order == 1:
                return rank, random.random()
            if order == 2:
                return rank, len(one.offer.placement.slots) / one.seats * random.uniform(0.7, 1.4)
            return rank, -len(one.offer.placement.slots) * random.uniform(0.7, 1.4)

        turns = [*short, *((one.course.id, self._lot(one)) for one in sorted(taken, key=key))]
        put: list[Placed] = []
        waiting = turns
        for _ in range(2):
            failed: list[Turn] = []
            for turn in waiting:
                placed = self._place(turn, full=random.random() > SMALL, blink=BLINK)
                if placed is None:
                    placed = self._place(turn, full=False, blink=0.0)
                if placed is None:
                    failed.append(turn)
                else:
                    put.append(placed)
                    if limit is not None and self.value[-1] > limit:
                        return put
            if not failed:
                break
            waiting = failed
        # Smaller classes than before leave seats over.
        for turn in dict.fromkeys(turns):
            while any(self.stock.left[turn[0]][group] for group in turn[1]):
                placed = self._place(turn, full=False, blink=0.0)
                if placed is None:
                    break
                put.append(placed)
        return put

    def _lot(self, placed: Placed) -> tuple[str, ...]:
        return tuple(placed.course.seats) if placed.course.mixed else tuple(placed.groups)


def _plus(one: Values, other: Values) -> Values:
    return tuple(a + b for a, b in zip(one, other, strict=True))


def _minus(one: Values, other: Values) -> Values:
    return tuple(a - b for a, b in zip(one, other, strict=True))
