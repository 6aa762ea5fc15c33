"""What a rule is, and what it may say to the solver.

A rule has two blind halves. ``post`` speaks of slots, counts and variables; ``check`` speaks of dates and
names and sees finished schedules only. They share the nouns and the calendar's facts, never arithmetic,
so one bug can't hide in both.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import Any, ClassVar, NamedTuple, Protocol

from trainplan.findings import Finding
from trainplan.model import Course, Programme, Schedule, Session
from trainplan.workdays import Calendar, Placement

# A linear expression over solver variables, or a condition on one. The rules only add, multiply by
# numbers and compare; what stands behind is the board's business (and keeps OR-Tools out of here).
Expr = Any
Condition = Any


class About(NamedTuple):
    """What one statement of a rule is about, e.g. ``About("group", "police")``."""

    kind: str  # course, group, venue, instructor or session
    id: str  # like venues or instructors that are counted together: their ids with ";" between


class Lot(NamedTuple):
    """Sessions that the solver need not tell apart: one course for the same groups, or one known session."""

    course: Course
    groups: tuple[str, ...]  # groups without parts that may have seats
    session: Session | None = None  # a session of an earlier schedule that keeps its name

    @property
    def own(self) -> tuple[str, ...] | None:
        """The kind of venue that stands for all that a known session has; None where no kind does.

        Only a course that needs no venue may be given several; there the first stands for them all.
        """
        if self.session is None or (len(self.session.venues) > 1 and self.course.features is not None):
            return None
        return self.session.venues[:1]

    def taken(self, kind: tuple[str, ...], venues: Container[str]) -> Sequence[tuple[str, ...]]:
        """Return the kinds of venue that a session in this kind takes: one, or all that a known one has.

        Args:
            kind: A kind of venue; ``()`` takes none.
            venues: Those that there are.
        """
        if self.session is not None and kind and kind == self.own:
            return [(id,) for id in dict.fromkeys(self.session.venues) if id in venues]
        return [kind] if kind else []


class Run(Protocol):
    """All sessions of one lot at one placement. Forbidden things are missing from its mappings.

    Attributes:
        kinds: Kinds of venue that may still be used.
        groups: Groups that may still have seats.
        counts: Sessions in each kind of venue; ``()`` is "no venue". A kind is the ids
            of like venues.
        seats: Seats in each kind of venue.
        people: Seats of each group.
    """

    lot: Lot
    placement: Placement

    @property
    def kinds(self) -> Sequence[tuple[str, ...]]: ...
    @property
    def groups(self) -> Sequence[str]: ...
    @property
    def alive(self) -> bool:
        """Whether anything is left to choose."""

    @property
    def counts(self) -> Mapping[tuple[str, ...], Expr]: ...
    @property
    def seats(self) -> Mapping[tuple[str, ...], Expr]: ...
    @property
    def people(self) -> Mapping[str, Expr]: ...
    @property
    def total(self) -> Expr:
        """Sessions, whatever the venue."""


class Crew(Protocol):
    """The instructors of all sessions of one course (or one known session) at one placement.

    Attributes:
        pools: Pools of like instructors that may still be used.
        runs: The runs that these instructors serve.
        staff: Instructors of each pool at work here; a pool is the ids of like instructors.
    """

    course: Course
    session: Session | None
    placement: Placement

    @property
    def pools(self) -> Sequence[tuple[str, ...]]: ...
    @property
    def runs(self) -> Sequence[Run]: ...

    @property
    def staff(self) -> Mapping[tuple[str, ...], Expr]: ...


class Board(Protocol):
    """The solver's side of a programme, as rules and goals see it."""

    programme: Programme
    calendar: Calendar
    before: Schedule | None  # the schedule to be replaced, if there is one

    @property
    def lots(self) -> Sequence[Lot]: ...
    @property
    def runs(self) -> Iterable[Run]:
        """The runs that nothing has forbidden so far."""

    @property
    def crews(self) -> Iterable[Crew]:
        """The crews of courses that need instructors."""

    def unplaced(self, course: Course, group: str) -> Expr:
        """Return how many of the seats asked for stay unplaced; 0 where all of them must be placed."""

    def forbid(
        self,
        where: Run | Crew,
        rule: str,
        about: About,
        *,
        kind: tuple[str, ...] | None = None,
        group: str | None = None,
        pool: tuple[str, ...] | None = None,
    ) -> None:
        """Rule out a run, or only its use of a kind of venue, a group or a pool of instructors."""

    def require(self, condition: Condition, rule: str, about: About) -> None:
        """Post a condition on behalf of a rule."""

    def implies(self, flag: Expr, condition: Condition, rule: str, about: About) -> None:
        """Post a condition that only holds where ``flag`` is true."""

    def structure(self, condition: Condition) -> None:
        """Post what a new variable means; it belongs to no rule."""

    def at_once(
        self, uses: Iterable[tuple[Placement, Expr]], *, by_day: bool = False
    ) -> Iterator[list[Expr]]:
        """Yield, for each slot (or date) at which it matters, what is in use then."""

    def whole(self, name: str, low: int, high: int) -> Expr:
        """Return a new whole-number variable."""

    def flag(self, name: str) -> Expr:
        """Return a new yes-or-no variable."""

    def total(self, terms: Iterable[Expr], weights: Sequence[int] | None = None) -> Expr:
        """Return a sum, weighted if weights are given; faster than adding one by one."""

    def most(self, expr: Expr) -> int:
        """Return the largest value that an expression can have."""


class Rule(Protocol):
    """One rule that a schedule must keep."""

    name: ClassVar[str]
    states: ClassVar[str]

    def post(self, board: Board) -> None:
        """Tell the solver how to keep the rule."""

    def check(self, programme: Programme, schedule: Schedule) -> Iterator[Finding]:
        """Yield how a finished schedule breaks the rule."""

    def because(self, programme: Programme, about: About) -> str:
        """Return how the rule is worded when it is to blame, with the numbers it stands on."""
