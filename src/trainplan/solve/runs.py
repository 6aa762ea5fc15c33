"""What the board counts: sessions of one lot at one placement, and the instructors that serve them.

Variables are made when they are first asked for, so that what the rules have taken away by then never
becomes one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from trainplan.model import Course, Session
from trainplan.rules.base import Expr, Lot
from trainplan.solve.kinds import Kind, Pool
from trainplan.workdays import Placement

if TYPE_CHECKING:
    from trainplan.solve.board import Board


class Run:
    """All sessions of one lot at one placement; its variables are made when they are first asked for."""

    def __init__(
        self, board: Board, lot: Lot, placement: Placement, kinds: Iterable[Kind], most: int
    ) -> None:
        """Offer every kind and every group of the lot; rules then take away."""
        self.board = board
        self.lot = lot
        self.placement = placement
        self.kinds = list(kinds)
        self.groups = list(lot.groups)
        self.most = most  # sessions in it at the most

    @property
    def alive(self) -> bool:
        """Whether anything is left to choose."""
        return bool(self.kinds and self.groups)

    @property
    def made(self) -> bool:
        """Whether it has variables already, so that nothing can be left out of it any more."""
        return not self.__dict__.keys().isdisjoint(("counts", "people", "seats"))

    @cached_property
    def counts(self) -> Mapping[Kind, Expr]:
        """Sessions in each kind of venue."""
        board, known = self.board, self.lot.session is not None
        limit = {kind: self.most if board.gated or not kind else len(kind) for kind in self.kinds}
        return {kind: board.whole("n", 0, 1 if known else min(self.most, limit[kind])) for kind in self.kinds}

    @cached_property
    def people(self) -> Mapping[str, Expr]:
        """Seats of each group."""
        if len(self.groups) == 1:
            return {self.groups[0]: self.board.total(self._filled.values())}
        return self._mixture

    @cached_property
    def seats(self) -> Mapping[Kind, Expr]:
        """Seats in each kind of venue."""
        if len(self.groups) > 1 and len(self.kinds) == 1:
            return {self.kinds[0]: self.board.total(self._mixture.values())}
        return self._filled

    @cached_property
    def total(self) -> Expr:
        """Sessions, whatever the venue."""
        return self.board.total(self.counts.values())

    @cached_property
    def _filled(self) -> Mapping[Kind, Expr]:
        asked = sum(self.lot.course.seats[group] for group in self.groups)
        size = self.lot.course.max_class
        seats = {}
        for kind, count in self.counts.items():
            top = asked if self.board.gated else min(asked, size * self.board.most(count))
            seats[kind] = self.board.whole("s", 0, top)
        if len(self.groups) > 1:
            self.board.structure(self.board.total(self._mixture.values()) == self.board.total(seats.values()))
        self._no_seats_without_session(seats)
        return seats

    @cached_property
    def _mixture(self) -> Mapping[str, Expr]:
        course = self.lot.course
        size = sum(course.seats.values()) if self.board.gated else course.max_class * self.most
        people = {group: self.board.whole("g", 0, min(course.seats[group], size)) for group in self.groups}
        if len(self.kinds) == 1:
            self._no_seats_without_session({self.kinds[0]: self.board.total(people.values())})
        return people

    def _no_seats_without_session(self, seats: Mapping[Kind, Expr]) -> None:
        # Class sizes say this and more; only where they may be switched off does the board say it itself.
        if self.board.gated:
            for kind, filled in seats.items():
                self.board.structure(filled <= self.board.most(filled) * self.counts[kind])


class Crew:
    """The instructors of all sessions of one course (or one known session) at one placement."""

    def __init__(
        self,
        board: Board,
        course: Course,
        session: Session | None,
        placement: Placement,
        pools: Iterable[Pool],
    ) -> None:
        """Offer every pool; rules then take away."""
        self.board = board
        self.course = course
        self.session = session
        self.placement = placement
        self.pools = list(pools)
        self.offered: list[Run] = []

    @property
    def runs(self) -> Sequence[Run]:
        """The runs that these instructors serve and that nothing has forbidden."""
        return [run for run in self.offered if run.alive]

    @property
    def made(self) -> bool:
        """Whether it has variables already."""
        return "staff" in self.__dict__

    @cached_property
    def staff(self) -> Mapping[Pool, Expr]:
        """Instructors of each pool at work here."""
        board = self.board
        most = sum(run.most for run in self.runs)
        if not board.gated:
            need = sum(role.count for role in self.course.roles)
            return {pool: board.whole("i", 0, min(len(pool), need * most)) for pool in self.pools}
        staff = {pool: board.whole("i", 0, len(pool) * most) for pool in self.pools}
        sessions = board.total(run.total for run in self.runs)
        for pool, number in staff.items():
            board.structure(number <= len(pool) * sessions)
        return staff


class Still(Run):
    """Sessions that stay as they are: their counts are numbers, and no rule can take any away."""

    def __init__(
        self,
        board: Board,
        lot: Lot,
        placement: Placement,
        counts: Mapping[Kind, int],
        seats: Mapping[Kind, int],
        people: Mapping[str, int],
    ) -> None:
        """Take the numbers."""
        super().__init__(board, lot, placement, counts, sum(counts.values()))
        self.__dict__["counts"] = counts
        self.__dict__["seats"] = seats
        self.__dict__["people"] = people

    @property
    def alive(self) -> bool:
        """It stands whatever is said about it."""
        return True


class Fact(Still):
    """A known session that stays as it is.

    What the programme no longer knows, a venue or a group, it is without.
    """

    def __init__(self, board: Board, lot: Lot, placement: Placement) -> None:
        """Read the numbers off the session."""
        session = lot.session
        assert session is not None
        known = [id for id in session.venues if id in board.programme.venues]
        people = {group: session.groups.get(group, 0) for group in lot.groups}
        kind = tuple(known[:1])
        super().__init__(board, lot, placement, {kind: 1}, {kind: sum(people.values())}, people)


class StillCrew(Crew):
    """The instructors of sessions that stay as they are."""

    def __init__(
        self,
        board: Board,
        course: Course,
        session: Session | None,
        placement: Placement,
        staff: Mapping[Pool, int],
    ) -> None:
        """Take the numbers."""
        super().__init__(board, course, session, placement, staff)
        self.__dict__["staff"] = staff


class FactCrew(StillCrew):
    """The instructors of a known session that stays as it is."""

    def __init__(self, board: Board, course: Course, session: Session, placement: Placement) -> None:
        """Read the names off the session; each is a pool of one."""
        known = [(id,) for id in session.instructors if id in board.programme.instructors]
        super().__init__(board, course, session, placement, dict.fromkeys(known, 1))
