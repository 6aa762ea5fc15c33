"""The loop behind ``group-attendance``: really deal people out, and cut off what can't be dealt.

Counts alone can't say whether a group's identical people fit its seats. So every solution is dealt out; one
that fails yields the smallest set of seats found to blame, and a cut that rules that set out for good.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from trainplan.attendance import conflict, deal
from trainplan.model import Course, Programme, Schedule, Session
from trainplan.rules.base import About, Expr
from trainplan.solve.board import Board
from trainplan.workdays import Placement

RULE = "group-attendance"


def undealt(programme: Programme, schedule: Schedule) -> Iterator[tuple[str, bool]]:
    """Yield the groups whose people can't be dealt out to their seats, and whether that is certain."""
    by_group: dict[str, list[Session]] = {}
    for session in schedule.live:
        for group in session.groups:
            by_group.setdefault(group, []).append(session)
    for group, sessions in by_group.items():
        possible = deal(programme, group, sessions, blame=False).possible
        if not possible:
            yield group, possible is False


def cut_off(board: Board, schedule: Schedule, group: str) -> bool:
    """Rule out the seats that are to blame for ``group``; say whether the cut is exact.

    The seats to blame may not stand together again, unless a course that comes before one of them gets
    more seats somewhere. Where the dealing did not find who is to blame within its effort, all the
    group's seats together are ruled out, which may rule out too much if they could be dealt after all: that
    ends with the search (``Board.for_now``).
    """
    programme = board.programme
    sessions = [one for one in schedule.live if one.groups.get(group)]
    blamed = conflict(programme, group, sessions)
    exact = blamed is not None
    if blamed is None:
        blamed = {one.id: one.groups[group] for one in sessions}
    together = _by_place(board, sessions, blamed)
    given = _by_place(board, sessions, {one.id: one.groups[group] for one in sessions})
    seats = _seats(board, group)
    about = About("group", group)
    ways_out: list[Expr] = []
    for place, number in together.items():
        fewer = board.flag("fewer")
        board.implies(fewer, seats[place] <= number - 1, RULE, about)
        ways_out.append(fewer)
    for course in sorted(_before(programme, group, {course for course, _ in together})):
        for place, expr in seats.items():
            if place[0] == course and board.most(expr) > given.get(place, 0):
                more = board.flag("more")
                board.implies(more, expr >= given.get(place, 0) + 1, RULE, about)
                ways_out.append(more)
    if exact:
        board.require(board.total(ways_out) >= 1, RULE, about)
    else:
        board.limit(board.total(ways_out) >= 1)
    return exact


Where = tuple[str, Placement]


def _by_place(board: Board, sessions: list[Session], seats: Mapping[str, int]) -> dict[Where, int]:
    places: dict[Where, int] = {}
    for one in sessions:
        if one.id in seats:
            where = (one.course, Placement(tuple(board.calendar.number(slot) for slot in one.slots)))
            places[where] = places.get(where, 0) + seats[one.id]
    return places


def _seats(board: Board, group: str) -> dict[Where, Expr]:
    terms: dict[Where, list[Expr]] = {}
    for run in board.runs:
        if group in run.people:
            terms.setdefault((run.lot.course.id, run.placement), []).append(run.people[group])
    return {where: board.total(exprs) for where, exprs in terms.items()}


def _before(programme: Programme, group: str, courses: set[str]) -> set[str]:
    """Return the courses of the group that come, by whatever chain, before one of ``courses``."""
    found: set[str] = set()
    ahead: list[Course] = [programme.courses[id] for id in courses]
    while ahead:
        for order in ahead.pop().after:
            first = programme.courses[order.course]
            if not order.all and group in first.seats and first.id not in found:
                found.add(first.id)
                ahead.append(first)
    return found
