"""What is over, as numbers that a plan can go on from.

Files change after sessions have been held: a group shrinks, an order is added. Whatever the rules say of them
now, those sessions have been held. So of their seats only those count that the rules can still make sense of;
what is beyond that is cut off, and nobody asks about it again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from trainplan.attendance import conflict, deal
from trainplan.model import Programme, Schedule, Session, Slot
from trainplan.rules.group_attendance import in_order


@dataclass(frozen=True, slots=True)
class History:
    """A programme and the schedule in force, with what is over cut to what can be gone on from.

    Attributes:
        programme: Asks for no fewer seats than were held or stand fixed, less those that were cut off.
        before: The schedule, its sessions that are over cut.
        over: The sessions that are over as they were written, by id.
    """

    programme: Programme
    before: Schedule
    over: Mapping[str, Session]

    def written(self, sessions: Iterable[Session]) -> list[Session]:
        """Return sessions with those that are over as they were written."""
        return [self.over.get(one.id, one) for one in sessions]


def history(programme: Programme, before: Schedule, fixed: Collection[str]) -> History:
    """Return where a schedule stands on its day.

    Args:
        programme: As it is now.
        before: The schedule that is in force; ``today`` says what of it is over.
        fixed: Ids of the sessions that stay as they are, those that are over among them.
    """
    ahead = {one.id for one in before.ahead}
    over = [one for one in before.live if one.id not in ahead]
    left = {one.id: one for one in cut(programme, over)}
    standing = [one for one in before.live if one.id in fixed]
    held, counted = _seats(standing), _seats(left.get(one.id, one) for one in standing)
    courses = dict(programme.courses)
    for id, course in programme.courses.items():
        wanted = {}
        for group, asked in course.seats.items():
            at = id, group
            wanted[group] = max(asked, held.get(at, 0)) - held.get(at, 0) + counted.get(at, 0)
        if wanted != dict(course.seats):
            courses[id] = replace(course, seats=wanted)
    return History(
        replace(programme, courses=courses),
        Schedule.of((left.get(one.id, one) for one in before.sessions), before.before, before.today),
        {one.id: one for one in over},
    )


def cut(programme: Programme, over: Sequence[Session]) -> list[Session]:
    """Return sessions that have been held, without the seats that no rule allows any more.

    What is left of each group can be dealt out to its people, in order.
    """
    seats = {one.id: dict(one.groups) for one in over}
    for group in programme.groups:
        there = [one for one in over if one.groups.get(group) and one.slots]
        for one in _limit_to_people(programme, group, there):
            seats[one.id][group] = one.groups.get(group, 0)
    cut_off = []
    for one in over:
        groups = {group: number for group, number in seats[one.id].items() if number}
        same = groups == {group: number for group, number in one.groups.items() if number}
        cut_off.append(one if same else replace(one, groups=groups, seats=sum(groups.values())))
    return cut_off


def _limit_to_people(programme: Programme, group: str, over: Sequence[Session]) -> list[Session]:
    """Return the sessions of a group with the seats that its people can have had."""
    people = programme.groups[group].headcount
    taken: dict[Slot | str, int] = {}
    kept: list[Session] = []
    # The latest first: whoever has taken a course lately may still go on from there.
    for one in sorted(over, key=lambda one: one.slots, reverse=True):
        shared: tuple[Slot | str, ...] = (one.course, *one.slots)
        most = people - max(taken.get(key, 0) for key in shared)
        asked = group in programme.courses[one.course].seats if one.course in programme.courses else False
        seats = min(one.groups[group], most) if asked else 0
        for key in shared:
            taken[key] = taken.get(key, 0) + seats
        kept.append(_with(one, group, seats))
    kept = in_order(programme, group, kept)
    while True:
        kept = [one for one in kept if one.groups[group]]
        if deal(programme, group, kept, blame=False).possible is not False:
            break
        blamed = conflict(programme, group, kept)
        if not blamed:
            break
        last = list(blamed)[-1]
        kept = [_with(one, group, blamed[last] - 1) if one.id == last else one for one in kept]
        kept = in_order(programme, group, kept)
    there = {one.id: one for one in kept}
    return [there.get(one.id) or _with(one, group, 0) for one in over]


def _with(session: Session, group: str, seats: int) -> Session:
    return replace(session, groups={**session.groups, group: seats})


def _seats(sessions: Iterable[Session]) -> dict[tuple[str, str], int]:
    """Return the seats of each group in each course."""
    found: dict[tuple[str, str], int] = {}
    for one in sessions:
        for group, seats in one.groups.items():
            found[one.course, group] = found.get((one.course, group), 0) + seats
    return found
