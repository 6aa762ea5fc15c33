"""A plan that has to change changes as little as it can."""

from __future__ import annotations

from typing import ClassVar

from trainplan.model import Programme, Schedule, Session
from trainplan.rules.base import Board, Expr
from trainplan.words import many

INSTRUCTOR = 1  # no longer on the session
VENUE = 3  # another, or none
DAYS = 10  # others; each seat counts one more
GONE = 30  # each seat counts one more
SEAT = 1  # that a group no longer has where the days stay
NEW = 10  # a session that there was not


class Changes:
    """What becomes of the sessions of the earlier schedule that had not ended, and what is new.

    For each of them 1 for every instructor who is no longer on it, 3 if its venue differs, 10 and its seats
    if its days differ; or 30 and its seats if it is gone. Where its days stay, 1 for each seat that a group
    no longer has in it: those are the people who must be told. Seats are those of the earlier schedule, and
    seats that a session gains cost nothing. A session that is new counts 10, whatever its size. Sessions
    that were cancelled in the earlier schedule count for nothing.

    Example: A session of 24 seats that moves to another week and another room counts 10 + 24 + 3 = 37.
    """

    name: ClassVar[str] = "changes"
    states: ClassVar[str] = (
        "What changes of the earlier schedule's sessions that had not ended, and what is new, weighed."
    )

    def post(self, board: Board) -> Expr:
        """Weigh what each earlier session may do; the board must keep the names of all of them.

        A session has one place at the most, so each way of placing it has its price, and the price of
        being gone falls away with any of them. An instructor's price falls away where he teaches. What is
        a number already stays as it is and costs nothing.
        """
        if board.before is None:
            return 0
        terms: list[Expr] = []
        weights: list[int] = []
        prices = {session.id: GONE + _size(session) for session in board.before.ahead}
        for run in board.runs:
            session = run.lot.session
            if session is None:
                terms.append(run.total)
                weights.append(NEW)
            if session is None or session.id not in prices:
                continue
            slots = tuple(board.calendar.number(slot) for slot in session.slots)
            stays = run.placement.slots == slots
            for kind, count in run.counts.items():
                price = 0
                if not isinstance(count, int):
                    days = 0 if stays else DAYS + _size(session)
                    venue = 0 if kind == run.lot.own else VENUE
                    price = days + venue + INSTRUCTOR * len(set(session.instructors))
                terms.append(count)
                weights.append(price - prices[session.id])
            if stays and not isinstance(run.total, int):
                for group, seats in session.groups.items():
                    if not seats:
                        continue
                    terms.append(_lost(board, seats, run.people.get(group, 0), run.total))
                    weights.append(SEAT)
        for crew in board.crews:
            if crew.session is None or crew.session.id not in prices:
                continue
            for pool, staff in crew.staff.items():
                if pool[0] in crew.session.instructors and not isinstance(staff, int):
                    terms.append(staff)
                    weights.append(-INSTRUCTOR)
        return board.total([sum(prices.values()), *terms], [1, *weights])

    def measure(self, programme: Programme, schedule: Schedule) -> int:
        """Return what has changed against ``schedule.before``; nothing without one."""
        if schedule.before is None:
            return 0
        now = {one.id: one for one in schedule.live}
        known = {(one.course, one.id) for one in schedule.before.live}
        new = [one for one in schedule.live if (one.course, one.id) not in known]
        old = [(one, now.get(one.id)) for one in schedule.before.ahead]
        return sum(price(None, one) for one in new) + sum(price(one, there) for one, there in old)

    def say(self, programme: Programme, schedule: Schedule, value: int) -> str:
        """Return how many sessions have changed."""
        before = schedule.before
        if before is None or not value:
            return "nothing changed"
        now = {one.id: one for one in schedule.live}
        known = {(one.course, one.id) for one in before.live}
        gone = sum(_gone(old, now.get(old.id)) for old in before.ahead)
        stays = [(old, now[old.id]) for old in before.ahead if not _gone(old, now.get(old.id))]
        moved = sum(old.slots != new.slots for old, new in stays)
        lost = sum(_fewer(old, new) for old, new in stays if old.slots == new.slots)
        fresh = sum((one.course, one.id) not in known for one in schedule.live)
        parts = [f"{many(moved, 'session')} moved"] if moved else []
        parts += [f"{many(gone, 'session')} gone"] if gone else []
        parts += [f"{many(lost, 'seat')} taken off sessions that stay"] if lost else []
        parts += [f"{many(fresh, 'session')} new"] if fresh else []
        return ", ".join(parts) or "other rooms or instructors only"


def price(old: Session | None, new: Session | None) -> int:
    """Return what a session counts as it was and as it is; None where there was none, or it is gone."""
    if old is None:
        return 10 if new is not None else 0
    seats = sum(old.groups.values())
    if new is None or new.course != old.course:
        return 30 + seats
    total = len(set(old.instructors) - set(new.instructors))
    total += 3 if set(old.venues) != set(new.venues) else 0
    return total + (10 + seats if old.slots != new.slots else _fewer(old, new))


def _gone(old: Session, new: Session | None) -> bool:
    return new is None or new.course != old.course


def _fewer(old: Session, new: Session) -> int:
    """Return the seats that groups no longer have in a session."""
    return sum(max(0, seats - new.groups.get(group, 0)) for group, seats in old.groups.items())


def _lost(board: Board, seats: int, people: Expr, there: Expr) -> Expr:
    """Return how many of a group's seats a session that stays in its place, if it does, no longer has."""
    if isinstance(people, int):
        return seats * there
    lost = board.whole("lost", 0, seats)
    board.structure(lost >= seats * there - people)
    return lost


def _size(session: Session) -> int:
    return sum(session.groups.values())
