"""One group's sessions as a puzzle of bit masks: who, having been where, may still go where."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property, reduce
from operator import or_
from typing import NamedTuple

from trainplan.model import After, Course, Programme, Session, Slot


class State(NamedTuple):
    """What matters of a person's past for what is still to come.

    Attributes:
        open: Bit j is set where nothing she has been in keeps her out of session j.
        have: Bit c is set where she has been in course c and some session asks for it.
    """

    open: int
    have: int


def bits(mask: int) -> Iterator[int]:
    """Yield the numbers of the bits that are set, ascending."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


@dataclass(frozen=True)
class Puzzle:
    """The seats of one group's sessions, in order of their first slot.

    Attributes:
        headcount: People in the group.
        ids: The sessions' ids.
        needs: Seats to fill in each.
        rooms: Seats that may be filled in each; more than it needs only where a shortage is looked into.
        course: Number of each session's course.
        courses: How many numbers of courses there are; some may have no session.
        excludes: Bit j of ``excludes[i]`` is set where nobody who is in i may be in j.
        after: For each session, the courses (bits) that whoever is in it has been in before.
        shared: The sets of sessions (bits) that share a slot, the largest only.
    """

    headcount: int
    ids: tuple[str, ...]
    needs: tuple[int, ...]
    rooms: tuple[int, ...]
    course: tuple[int, ...]
    courses: int
    excludes: tuple[int, ...]
    after: tuple[int, ...]
    shared: tuple[int, ...]

    @cached_property
    def of_course(self) -> tuple[int, ...]:
        """The sessions (bits) of each course."""
        masks = [0] * self.courses
        for number, course in enumerate(self.course):
            masks[course] |= 1 << number
        return tuple(masks)

    @cached_property
    def apart(self) -> tuple[int, ...]:
        """For each session, the sessions (bits) that nobody can be in as well, itself included."""
        masks = list(self.excludes)
        for number, mask in enumerate(self.excludes):
            # Both ways: a session also excludes those before it of a course that should have waited for it.
            for other in bits(mask):
                masks[other] |= 1 << number
        return tuple(masks)

    @cached_property
    def asked(self) -> int:
        """The courses (bits) that some session asks for."""
        mask = 0
        for after in self.after:
            mask |= after
        return mask

    @property
    def fresh(self) -> State:
        """The state of somebody who has been nowhere."""
        return State((1 << len(self.needs)) - 1, 0)

    def may(self, state: State, session: int) -> bool:
        """Say whether somebody in ``state`` may go to ``session``."""
        return bool(state.open >> session & 1) and not self.after[session] & ~state.have

    def then(self, state: State, session: int) -> State:
        """Return the state of somebody who was in ``state`` and has gone to ``session``."""
        been = 1 << self.course[session]
        return State(state.open & ~self.excludes[session], state.have | (been & self.asked))


def binding(programme: Programme, course: Course, group: str) -> tuple[After, ...]:
    """Return the orders that bind the people of ``group`` where they take ``course``."""
    if group not in course.seats:
        return ()
    return tuple(one for one in course.after if not one.all and group in programme.courses[one.course].seats)


def first_slot(session: Session) -> Slot:
    """Return the slot in which a session begins, by its stated dates where it names no slots."""
    return session.slots[0] if session.slots else Slot(session.start, 0)


def last_slot(session: Session, periods: int) -> Slot:
    """Return the slot in which a session ends, by its stated dates where it names no slots."""
    return session.slots[-1] if session.slots else Slot(session.end, periods - 1)


def puzzle(
    programme: Programme, group: str, sessions: Sequence[Session], needs: Mapping[str, int] | None = None
) -> Puzzle:
    """Lay out the sessions that have seats for ``group``; the cancelled have none.

    Args:
        programme: Says how many people there are and which orders bind.
        group: A group without parts.
        sessions: Any sessions.
        needs: Seats that must be filled, by session id, where that is not all of them.
    """
    periods = len(programme.periods)
    mine = sorted(
        (one for one in sessions if one.status != "cancelled" and one.groups.get(group, 0) > 0),
        key=lambda one: (first_slot(one), last_slot(one, periods), one.id),
    )
    of_course: dict[str, int] = defaultdict(int)
    at: dict[Slot, int] = defaultdict(int)
    for number, one in enumerate(mine):
        of_course[one.course] |= 1 << number
        for slot in one.slots:
            at[slot] |= 1 << number
    excludes = [of_course[one.course] | _union(at[slot] for slot in one.slots) for one in mine]

    orders = [
        (order, id)
        for id in of_course
        if id in programme.courses
        for order in binding(programme, programme.courses[id], group)
    ]
    # A course asked for that has no session here gets a number too: nobody can have taken it.
    numbers = {id: n for n, id in enumerate(dict.fromkeys([*of_course, *(one.course for one, _ in orders)]))}
    after = [0] * len(mine)
    starts = [first_slot(one) for one in mine]
    for order, later in orders:
        for j in bits(of_course[later]):
            after[j] |= 1 << numbers[order.course]
        for i in bits(of_course.get(order.course, 0)):
            low, high = _reach(order, last_slot(mine[i], periods), starts)
            good = (1 << high) - (1 << low) if high > low else 0
            excludes[i] |= of_course[later] & ~good
    rooms = tuple(one.groups[group] for one in mine)
    return Puzzle(
        headcount=programme.groups[group].headcount,
        ids=tuple(one.id for one in mine),
        needs=rooms if needs is None else tuple(needs.get(one.id, 0) for one in mine),
        rooms=rooms,
        course=tuple(numbers[one.course] for one in mine),
        courses=len(numbers),
        excludes=tuple(excludes),
        after=tuple(after),
        shared=_largest(at[slot] for slot in sorted(at)),
    )


def _reach(order: After, last: Slot, starts: Sequence[Slot]) -> tuple[int, int]:
    """Return which part of ``starts`` lies in order after a session whose last slot is ``last``."""
    low, high = bisect_right(starts, last), len(starts)
    if order.at_least is not None:
        low = max(low, bisect_left(starts, Slot(last.day + timedelta(days=order.at_least), -1)))
    if order.at_most is not None:
        high = bisect_left(starts, Slot(last.day + timedelta(days=order.at_most + 1), -1))
    return low, high


def _union(masks: Iterable[int]) -> int:
    return reduce(or_, masks, 0)


def _largest(masks: Iterable[int]) -> tuple[int, ...]:
    """Return the masks that have no neighbour in the row that contains them."""
    kept: list[int] = []
    for mask in masks:
        if kept and not mask & ~kept[-1]:
            continue
        if kept and not kept[-1] & ~mask:
            kept.pop()
        kept.append(mask)
    return tuple(kept)
