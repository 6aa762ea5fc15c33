"""Every schedule of a tiny programme, and what both halves of the rules say of each.

A schedule is seen as the board sees it, as counts: sessions and seats by course, placement and kind of
venue, seats by group, instructors by pool. Several schedules may share their counts. The board admits
counts exactly when at least one schedule behind them is accepted by ``check``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations, combinations_with_replacement, product

from ortools.sat.python import cp_model

from trainplan.model import Course, Programme, Schedule, Session
from trainplan.rules import RULES
from trainplan.rules.base import Rule
from trainplan.solve.board import Board
from trainplan.solve.dealing import undealt
from trainplan.solve.decode import decode
from trainplan.workdays import Calendar, Placement

Counts = frozenset[tuple[object, int]]


@dataclass(frozen=True)
class Tiny:
    """A programme small enough to enumerate.

    Attributes:
        name: For the test's id.
        programme: What is planned.
        when: The placements to choose from by course, as slot numbers; wrong ones too.
        sessions: Sessions in a schedule at the most.
        seats: Seats that one session may have of one group.
        staff: Instructors on one session at the most.
        before: An earlier schedule with pins.
    """

    name: str
    programme: Programme
    when: Mapping[str, Sequence[tuple[int, ...]]]
    sessions: int = 2
    seats: Sequence[int] = (1, 2)
    staff: int = 0
    before: Schedule | None = None
    calendar: Calendar = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "calendar", Calendar(self.programme))

    @property
    def candidates(self) -> dict[str, list[Placement]]:
        return {course: [Placement(slots) for slots in places] for course, places in self.when.items()}


def single(tiny: Tiny, course: Course) -> Iterator[Session]:
    """Yield every session that a course may have."""
    programme = tiny.programme
    venues = [(), *((id,) for id in programme.venues)] if programme.venues else [()]
    staffs = [
        names for size in range(tiny.staff + 1) for names in combinations(sorted(programme.instructors), size)
    ]
    seatings = [
        {group: n for group, n in zip(course.seats, numbers, strict=True) if n}
        for numbers in product((0, *tiny.seats), repeat=len(course.seats))
    ]
    for slots, venue, staff, groups in product(tiny.when[course.id], venues, staffs, seatings):
        if not groups and 0 not in tiny.seats:
            continue
        times = tuple(tiny.calendar.slot(number) for number in slots)
        yield Session(
            id="",
            course=course.id,
            start=times[0].day,
            end=times[-1].day,
            slots=times,
            venues=venue,
            instructors=staff,
            groups=groups,
            seats=sum(groups.values()),
        )


def schedules(tiny: Tiny) -> Iterator[Schedule]:
    """Yield every schedule of up to ``tiny.sessions`` sessions, each once."""
    choices = [one for course in tiny.programme.courses.values() for one in single(tiny, course)]
    pinned = [one.id for one in tiny.before.live] if tiny.before else []
    for number in range(tiny.sessions + 1):
        for chosen in combinations_with_replacement(choices, number):
            # Which of them, if any, bear the pinned sessions' names.
            for bearers in _bearers(chosen, pinned, tiny):
                named = [
                    replace(one, id=bearers.get(at, f"{one.course}-{at:02d}"))
                    for at, one in enumerate(chosen)
                ]
                yield Schedule.of(named, tiny.before)


def _bearers(chosen: Sequence[Session], pinned: Sequence[str], tiny: Tiny) -> Iterator[dict[int, str]]:
    if not pinned:
        yield {}
        return
    (name,) = pinned
    course = name.rpartition("-")[0]
    yield {}
    seen = set()
    for at, one in enumerate(chosen):
        key = (one.course, one.slots, one.venues, one.instructors, tuple(one.groups.items()))
        if one.course == course and key not in seen:
            seen.add(key)
            yield {at: name}


def counted(tiny: Tiny, board: Board, schedule: Schedule) -> Counts:
    """Return a schedule as the board counts it."""
    kind_of = {id: kind for kind in board.kinds for id in kind}
    pool_of = {id: pool for pool in board.pools for id in pool}
    known = {one.id for one in tiny.before.live} if tiny.before else set()
    found: Counter[object] = Counter()
    for one in schedule.live:
        where = (
            one.course,
            one.id if one.id in known else "",
            tuple(tiny.calendar.number(slot) for slot in one.slots),
        )
        kind = kind_of[one.venues[0]] if one.venues else ()
        found["sessions", where, kind] += 1
        found["seats", where, kind] += sum(one.groups.values())
        for group, seats in one.groups.items():
            found["people", where, group] += seats
        for name in one.instructors:
            found["staff", where, pool_of[name]] += 1
    return frozenset((key, number) for key, number in found.items() if number)


def in_reach(tiny: Tiny, counts: Counts) -> bool:
    """Say whether counts lie in the range in which both sides enumerate everything."""
    asked = {course.id: course.seats for course in tiny.programme.courses.values()}
    for (what, (course, _, _), which), number in counts:  # type: ignore[misc]
        if what == "people" and number > asked[course][which]:
            return False
        if what in ("sessions", "seats") and number > sum(asked[course].values()):
            return False
    return True


class _Collector(cp_model.CpSolverSolutionCallback):
    def __init__(self, tiny: Tiny, board: Board, dealt: bool) -> None:
        super().__init__()
        self.tiny, self.board, self.dealt = tiny, board, dealt
        self.found: set[Counts] = set()
        self.read: dict[object, list[object]] = {}
        for run in board.runs:
            where = self._where(run.lot.course.id, run.lot.session, run.placement)
            for kind, expr in run.counts.items():
                self.read.setdefault(("sessions", where, kind), []).append(expr)
            for kind, expr in run.seats.items():
                self.read.setdefault(("seats", where, kind), []).append(expr)
            for group, expr in run.people.items():
                self.read.setdefault(("people", where, group), []).append(expr)
        for crew in board.crews:
            where = self._where(crew.course.id, crew.session, crew.placement)
            for pool, expr in crew.staff.items():
                self.read.setdefault(("staff", where, pool), []).append(expr)

    @staticmethod
    def _where(course: str, session: Session | None, placement: Placement) -> object:
        return (course, session.id if session else "", placement.slots)

    def on_solution_callback(self) -> None:
        values = list(self.response_proto.solution)
        counts = frozenset(
            (key, number)
            for key, exprs in self.read.items()
            if (number := sum(self.board.value(expr, values) for expr in exprs))
        )
        if counts in self.found:
            return
        if self.dealt:
            schedule = decode(self.board, values, self.tiny.before)
            if any(True for _ in undealt(self.tiny.programme, schedule)):
                return
        self.found.add(counts)


def admitted(tiny: Tiny, board: Board, rules: Iterable[Rule], gates: int = 1) -> set[Counts]:
    """Return all counts that the board admits once these rules are posted, gates open (1) or closed (0)."""
    rules = list(rules)
    for rule in rules:
        rule.post(board)
    collector = _Collector(
        tiny, board, dealt=gates == 1 and any(rule.name == "group-attendance" for rule in rules)
    )
    sessions = [count for run in board.runs for count in run.counts.values()]
    board.structure(board.total(sessions) <= tiny.sessions)
    if 0 not in tiny.seats:
        for run in board.runs:
            for kind, count in run.counts.items():
                board.structure(run.seats[kind] >= count)
    for crew in board.crews:
        if crew.staff:
            sessions = board.total(run.total for run in crew.runs)
            board.structure(board.total(crew.staff.values()) <= tiny.staff * sessions)
    for gate in board.gates.values():
        board.structure(gate == gates)
    solver = cp_model.CpSolver()
    solver.parameters.enumerate_all_solutions = True
    solver.parameters.num_workers = 1
    solver.solve(board.model, collector)
    return {counts for counts in collector.found if in_reach(tiny, counts)}


def gated(tiny: Tiny) -> Board:
    return Board(
        tiny.programme,
        before=tiny.before,
        gated=True,
        candidates=tiny.candidates,
        every_seat=True,
    )


def fast(tiny: Tiny) -> Board:
    return Board(tiny.programme, before=tiny.before, candidates=tiny.candidates, every_seat=True)


@dataclass
class Compared:
    """What became of one rule, or of all together, over every schedule of a tiny programme.

    Attributes:
        schedules: Schedules checked.
        refused: Those that the check refused, to know that the comparison meant something.
        too_strict: Counts that some accepted schedule has and the board does not admit.
        too_lax: Counts that the board admits and no accepted schedule has.
    """

    schedules: int = 0
    refused: int = 0
    too_strict: list[Counts] = field(default_factory=list)
    too_lax: list[Counts] = field(default_factory=list)


EVERY = "every rule together"
EVERY_FAST = "every rule together, on the fast board"


def compare(tiny: Tiny, alone: Sequence[str]) -> dict[str, Compared]:
    """Compare both halves of each of these rules alone, and of all rules together on both boards.

    Where one rule leaves to another what that one says already, the two stand together: ``this & that``.
    """
    watched = {name: [rule(one) for one in name.split(" & ")] for name in alone} | {
        EVERY: list(RULES),
        EVERY_FAST: list(RULES),
    }
    results = {name: Compared() for name in watched}
    accepted: dict[str, set[Counts]] = {name: set() for name in watched}
    model = gated(tiny)
    for schedule in schedules(tiny):
        counts = counted(tiny, model, schedule)
        if not in_reach(tiny, counts):
            continue
        broken = {
            one.name for one in RULES if next(iter(one.check(tiny.programme, schedule)), None) is not None
        }
        for name, rules in watched.items():
            results[name].schedules += 1
            if broken.isdisjoint(one.name for one in rules):
                accepted[name].add(counts)
            else:
                results[name].refused += 1
    for name, rules in watched.items():
        posted = admitted(tiny, fast(tiny) if name == EVERY_FAST else gated(tiny), rules)
        results[name].too_strict = sorted(accepted[name] - posted, key=str)
        results[name].too_lax = sorted(posted - accepted[name], key=str)
    return results


def rule(name: str) -> Rule:
    return next(one for one in RULES if one.name == name)
