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


class Changes:
    """What becomes of the sessions of the earlier schedule that had not ended.

    For each of them 1 for every instructor who is no longer on it, 3 if its venue differs, 10 and its seats
    if its days differ; or 30 and its seats if it is gone. Seats are those of the earlier schedule. Sessions
    that were cancelled there count for nothing, and new ones cost nothing.

    Example: A session of 24 seats that moves to another week and another room counts 10 + 24 + 3 = 37.
    """

    name: ClassVar[str] = "changes"
    states: ClassVar[str] = "What changes of the earlier schedule's sessions that had not ended, weighed."

    def post(self, board: Board) -> Expr:
        """Weigh what each earlier session may do; the board must keep the names of all of them.

        A session has one place at the most, so each way of placing it has its price, and the price of
        being gone falls away with any of them. An instructor's price falls away where he teaches.
        """
        if board.before is None:
            return 0
        terms: list[Expr] = []
        weights: list[int] = []
        prices = {session.id: GONE + _size(session) for session in board.before.ahead}
        for run in board.runs:
            session = run.lot.session
            if session is None or session.id not in prices:
                continue
            slots = tuple(board.calendar.number(slot) for slot in session.slots)
            days = 0 if run.placement.slots == slots else DAYS + _size(session)
            for kind, count in run.counts.items():
                venue = 0 if kind == session.venues else VENUE
                terms.append(count)
                weights.append(days + venue + INSTRUCTOR * len(session.instructors) - prices[session.id])
        for crew in board.crews:
            if crew.session is None or crew.session.id not in prices:
                continue
            for pool, staff in crew.staff.items():
                if pool[0] in crew.session.instructors:
                    terms.append(staff)
                    weights.append(-INSTRUCTOR)
        return board.total([sum(prices.values()), *terms], [1, *weights])

    def measure(self, programme: Programme, schedule: Schedule) -> int:
        """Return what has changed against ``schedule.before``; nothing without one."""
        before = schedule.before
        if before is None:
            return 0
        now = {one.id: one for one in schedule.live}
        total = 0
        for old in before.sessions:
            if old.status == "cancelled" or (before.today is not None and old.end < before.today):
                continue
            seats = sum(old.groups.values())
            new = now.get(old.id)
            if new is None or new.course != old.course:
                total += 30 + seats
                continue
            total += len(set(old.instructors) - set(new.instructors))
            total += 3 if set(old.venues) != set(new.venues) else 0
            total += 10 + seats if old.slots != new.slots else 0
        return total

    def say(self, programme: Programme, schedule: Schedule, value: int) -> str:
        """Return how many sessions have changed."""
        before = schedule.before
        if before is None or not value:
            return "nothing changed"
        now = {one.id: one for one in schedule.live}
        gone = sum(old.id not in now for old in before.ahead)
        moved = sum(old.id in now and now[old.id].slots != old.slots for old in before.ahead)
        parts = [f"{many(moved, 'session')} moved"] if moved else []
        parts += [f"{many(gone, 'session')} gone"] if gone else []
        return ", ".join(parts) or "other rooms or instructors only"


def _size(session: Session) -> int:
    return sum(session.groups.values())
