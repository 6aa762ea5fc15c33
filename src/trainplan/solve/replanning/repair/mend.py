"""A repair in the making: the sessions that have a place, what that counts, and steps that can be undone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from random import Random

from trainplan.model import PINS, Course, Schedule, Session
from trainplan.solve.construct import ranks_of
from trainplan.solve.replanning.repair.jobs import Fit, Job, Spot, price
from trainplan.solve.replanning.repair.places import Places
from trainplan.solve.replanning.repair.timetable import Held, Timetable
from trainplan.workdays import Calendar, Placement

UNPINNED = 10**7  # seats that a session with a pin counts as where it has no place

Values = tuple[int, ...]  # seats left over, changes, and the programme's own goals as far as they add up


class Mend:
    """One repair in the making.

    Attributes:
        table: The sessions that have a place now.
        value: Of the goals now.
        best: The sessions of the best state so far, facts left out, and its value.
        noted: How much of what the table has handled is on the budget's account.
        changed: Numbers of the sessions that are not as they were, and may move.
        places: Where sessions may be.
        ranks: How many courses in a row come before each.
        random: Where all chance comes from.
    """

    def __init__(
        self,
        calendar: Calendar,
        before: Schedule,
        facts: Sequence[Session],
        kept: Sequence[Session],
        choice: Callable[[Course], Sequence[Placement]],
        banned: Sequence[Session],
        random: Random,
    ) -> None:
        """Begin with what stands.

        Args:
            calendar: Of the programme as it is now.
            before: The earlier schedule; what its sessions ahead were is what changes are counted from.
            facts: Sessions that stay whatever is wrong with them.
            kept: Other sessions that keep every rule, together with the facts and each other.
            choice: Where sessions of a course may newly lie.
            banned: Cancelled sessions, whose days at their venue no other session of their course may have.
            random: Where all chance comes from.
        """
        self.calendar = calendar
        self.random = random
        programme = calendar.programme
        self._own_goals = tuple(one for one in programme.goals if one in ("due", "sessions", "early"))
        self._old = {one.id: one for one in before.ahead}
        self._names = {one.id for one in (*before.sessions, *kept)}
        self.noted = 0
        self._blanks = 0
        self.ranks = ranks_of(programme.courses.values())
        self.table = Timetable(calendar, facts, kept)
        self.places = Places(self.table, choice, self._weigh, banned)
        self._facts = {one.id for one in facts}
        gone = [one for one in before.ahead if one.id not in self._facts]
        weights = {id: course.priority for id, course in programme.courses.items()}
        seats = sum(weights[id] * seats for id, left in self.table.left.items() for seats in left.values())
        there = {one.session.id for one in self.table.held.values()}
        self.value: Values = (
            seats + sum(UNPINNED for one in self._old.values() if one.pin and one.id not in there),
            sum(price(one, None) for one in gone),
            *(0 for _ in self._own_goals),
        )
        self.changed: set[int] = set()
        for one in self.table.held.values():
            if not one.fact:
                self.value = self._plus(self._gain(one))
                if price(self._old.get(one.session.id), one.session) and self.movable(one):
                    self.changed.add(one.number)
        self.best: tuple[list[Session], Values] = ([], self.value)
        self.keep_best()

    # What a session counts

    def _weigh(self, course: Course, placement: Placement) -> Values:
        end = self.calendar.day(placement.last)
        weights = {
            "due": max(0, (end - course.due).days) if course.due is not None else 0,
            "sessions": 0,
            "early": (end - self.calendar.programme.starts).days,
        }
        return tuple(weights[goal] for goal in self._own_goals)

    def _gain(self, held: Held) -> Values:
        """Return what a session that has its place adds to the goals, its seats left aside."""
        session, old = held.session, self._old.get(held.session.id)
        weights = self._weigh(held.course, held.placement)
        return (
            0,
            price(old, session) - (price(old, None) if old is not None else 0),
            *(
                1 if goal == "sessions" else session.seats * weight
                for goal, weight in zip(self._own_goals, weights, strict=True)
            ),
        )

    def _plus(self, more: Values, sign: int = 1) -> Values:
        return tuple(now + sign * add for now, add in zip(self.value, more, strict=True))

    def count(self, held: Held, sign: int) -> None:
        """Count a session that is put in (1) or taken out (-1)."""
        self.changed.discard(held.number)
        if sign > 0 and price(self._old.get(held.session.id), held.session) and self.movable(held):
            self.changed.add(held.number)
        gain = self._gain(held)
        seats = held.course.priority * sum(held.session.groups.values())
        seats += UNPINNED if self.job(held.session).pin else 0
        self.value = self._plus((-seats, *gain[1:]), sign)

    # Single steps, all of which can be undone

    def put(self, fit: Fit) -> None:
        """Put a session in where it fits."""
        self.table.put(fit.held, fit.people)
        self.count(fit.held, 1)

    def take_out(self, held: Held) -> Job:
        """Take a session out; return it as one that needs a place."""
        self.table.take_out(held)
        self.count(held, -1)
        return self.job(held.session)

    def mark(self) -> tuple[int, Values, set[int]]:
        """Return what is needed to go back to where it is now."""
        return self.table.mark(), self.value, set(self.changed)

    def back(self, mark: tuple[int, Values, set[int]]) -> None:
        """Go back to where it was then."""
        self.table.back(mark[0])
        self.value, self.changed = mark[1], set(mark[2])

    def job(self, session: Session) -> Job:
        """Return a session as one that needs a place."""
        return Job(session, self._old.get(session.id))

    def movable(self, held: Held) -> bool:
        """Say whether a session may be asked to make way: it is no fact, and not pinned altogether."""
        return not held.fact and not self.job(held.session).pin.issuperset(PINS)

    def keep_best(self) -> None:
        """Note that there was nothing better than what there is now."""
        sessions = [one.session for one in self.table.held.values() if not one.fact]
        self.best = (sessions, self.value)

    def holds(self, mark: int) -> bool:
        """Say whether nobody takes a course any more without what comes before it."""
        return not self.table.owes(self.table.touched(mark)) and self.table.wholes_in_order()

    def here(self, held: Held) -> Spot:
        """Return where a session is."""
        return self.places.spot(held.course, held.placement)

    def blank(self, course: Course, groups: dict[str, int]) -> Session:
        """Return a new session of a course, without a place."""
        self._blanks += 1
        day = self.calendar.programme.starts
        # No name that a schedule could have; it gets one in the end.
        name = f"\0{self._blanks}"
        return Session(name, course.id, day, day, (), (), (), groups, sum(groups.values()), course.title)

    # What comes of it

    def sessions(self) -> list[Session]:
        """Return the sessions of the best state, facts left out, new ones with names of their own."""
        numbers: dict[str, int] = {}
        named: list[Session] = []
        for one in sorted(self.best[0], key=lambda one: (one.slots, one.id)):
            if one.id.startswith("\0"):
                name = ""
                while not name or name in self._names:
                    numbers[one.course] = numbers.get(one.course, 0) + 1
                    name = f"{one.course}-{numbers[one.course]:02d}"
                one = replace(one, id=name)
            named.append(one)
        return named
