"""From a calendar back to counts: where a schedule stands on a board."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from trainplan.model import Schedule, Session
from trainplan.rules.base import Expr
from trainplan.solve.board import Board
from trainplan.solve.kinds import Kind
from trainplan.solve.runs import Crew, Run
from trainplan.workdays import Placement


class Standing:
    """A schedule as the board counts it: for each count the board has, its value in the schedule."""

    def __init__(self, board: Board, schedule: Schedule) -> None:
        """Count the sessions of ``schedule``; those that the board has no room for are left out."""
        self._board = board
        known = {lot.session.id for lot in board.lots if lot.session is not None}
        kind_of = {id: kind for kind in board.kinds for id in kind}
        pool_of = {id: pool for pool in board.pools for id in pool}
        self._counts: Counter[object] = Counter()
        for session in schedule.live:
            name = session.id if session.id in known else ""
            where = (session.course, name, self._placement(session))
            course = board.programme.courses[session.course]
            groups = "" if course.mixed or name else next(iter(session.groups), "")
            kind = kind_of.get(session.venues[0], ()) if session.venues else ()
            self._counts["sessions", where, groups, kind] += 1
            self._counts["seats", where, groups, kind] += sum(session.groups.values())
            for group, seats in session.groups.items():
                self._counts["people", where, groups, group] += seats
            for id in session.instructors:
                self._counts["staff", where, pool_of.get(id)] += 1

    def _placement(self, session: Session) -> Placement:
        return Placement(tuple(self._board.calendar.number(slot) for slot in session.slots))

    def sessions(self, run: Run, kind: Kind) -> int:
        """Return the sessions of a run in a kind of venue."""
        return self._counts["sessions", *self._key(run), kind]

    def seats(self, run: Run, kind: Kind) -> int:
        """Return the seats of a run in a kind of venue."""
        return self._counts["seats", *self._key(run), kind]

    def people(self, run: Run, group: str) -> int:
        """Return the seats of a group in a run."""
        return self._counts["people", *self._key(run), group]

    @staticmethod
    def _key(run: Run) -> tuple[object, str]:
        course, session = run.lot.course, run.lot.session
        where = (course.id, session.id if session else "", run.placement)
        return where, "" if course.mixed or session else run.lot.groups[0]

    def of_run(self, run: Run) -> Iterator[tuple[Expr, int]]:
        """Yield the counts of a run, each with its value."""
        for kind, expr in run.counts.items():
            yield expr, self.sessions(run, kind)
        for kind, expr in run.seats.items():
            yield expr, self.seats(run, kind)
        for group, expr in run.people.items():
            yield expr, self.people(run, group)

    def of_crew(self, crew: Crew) -> Iterator[tuple[Expr, int]]:
        """Yield the counts of a crew, each with its value."""
        where = (crew.course.id, crew.session.id if crew.session else "", crew.placement)
        for pool, expr in crew.staff.items():
            yield expr, self._counts["staff", where, pool]


def hint(board: Board, schedule: Schedule) -> dict[int, int]:
    """Return a schedule's counts by the number of the variable; what follows is left to the solver."""
    standing = Standing(board, schedule)
    pairs = [pair for run in board.runs for pair in standing.of_run(run)]
    pairs += [pair for crew in board.crews for pair in standing.of_crew(crew)]
    return {number: value for expr, value in pairs if (number := board.number(expr)) is not None}
