"""The people of a group, told apart only by what they have taken so far.

People with the same sessions are one cohort and are counted, not named: a group of a hundred is a handful of
cohorts, and a session is attended as soon as its seats are dealt out to cohorts that can take it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from trainplan.model import After, Course
from trainplan.workdays import Placement

Key = frozenset[int]  # numbers of the sessions that the people of a cohort take


@dataclass(frozen=True, slots=True)
class Taken:
    """One session in a cohort's calendar."""

    course: str
    last: int  # slot
    mask: int  # its slots, one bit each


@dataclass(frozen=True, slots=True)
class Cohort:
    """People of one group who take the same sessions.

    Attributes:
        people: How many they are.
        key: Numbers of their sessions.
        busy: Slots in which they are in training, one bit each.
        done: The last slot of each course they take.
    """

    people: int
    key: Key
    busy: int
    done: dict[str, int]


class Crowd:
    """The cohorts of one group."""

    def __init__(self, headcount: int) -> None:
        """Start with nobody in training."""
        whole = Cohort(headcount, frozenset(), 0, {})
        self.cohorts: dict[Key, Cohort] = {whole.key: whole} if headcount else {}

    def ready(
        self,
        course: Course,
        placement: Placement,
        mask: int,
        orders: Sequence[After],
        day: Callable[[int], int],
    ) -> list[Cohort]:
        """Return the cohorts that could take a course then: who has waited longest, then the largest, first.

        Args:
            course: What they would take.
            placement: When.
            mask: Its slots, one bit each.
            orders: What each of them must have finished.
            day: Turns a slot into the number of its day.
        """
        id = course.id
        able = [one for one in self.cohorts.values() if not one.busy & mask and id not in one.done]
        if not orders:
            return sorted(able, key=_largest) if len(able) > 1 else able
        first, starts = placement.first, day(placement.first)
        for order in orders:
            before = order.course
            able = [
                one
                for one in able
                if before in one.done
                and one.done[before] < first
                and (order.at_least is None or starts - day(one.done[before]) >= order.at_least)
                and (order.at_most is None or starts - day(one.done[before]) <= order.at_most)
            ]
        return sorted(able, key=lambda one: ([one.done[order.course] for order in orders], -one.people))

    def seat(self, number: int, taken: Taken, chosen: Sequence[tuple[Cohort, int]]) -> None:
        """Seat so many people of each chosen cohort in session ``number``."""
        for cohort, people in chosen:
            self._move(cohort, people, cohort.key | {number}, cohort.busy | taken.mask, taken)

    def unseat(self, number: int, taken: Taken) -> None:
        """Take session ``number`` out of everybody's calendar."""
        for cohort in [one for one in self.cohorts.values() if number in one.key]:
            self._move(cohort, cohort.people, cohort.key - {number}, cohort.busy & ~taken.mask, taken)

    def _move(self, cohort: Cohort, people: int, key: Key, busy: int, taken: Taken) -> None:
        if people == cohort.people:
            del self.cohorts[cohort.key]
        else:
            self.cohorts[cohort.key] = Cohort(cohort.people - people, cohort.key, cohort.busy, cohort.done)
        joined = self.cohorts.get(key)
        if joined is not None:
            self.cohorts[key] = Cohort(joined.people + people, key, joined.busy, joined.done)
            return
        done = dict(cohort.done)
        if taken.course in done:
            del done[taken.course]
        else:
            done[taken.course] = taken.last
        self.cohorts[key] = Cohort(people, key, busy, done)

    def also_in(self, number: int) -> set[int]:
        """Return the numbers of all sessions that people of session ``number`` take, itself included."""
        return {other for one in self.cohorts.values() if number in one.key for other in one.key}


def _largest(cohort: Cohort) -> int:
    return -cohort.people


def first_served(cohorts: Sequence[Cohort], seats: int) -> list[tuple[Cohort, int]]:
    """Return so many people, first come, first served: all of a cohort before any of the next."""
    chosen = []
    for cohort in cohorts:
        if seats <= 0:
            break
        chosen.append((cohort, min(seats, cohort.people)))
        seats -= cohort.people
    return chosen
