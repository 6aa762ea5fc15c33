"""Schedules near one that there is, and schedules with something that a person wishes for.

``nearest`` places what a programme asks for and moves as little of a present schedule as it can.
``with_wish`` looks for the best schedule in which one session is where somebody wants it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random
from threading import Event

from trainplan.findings import Finding
from trainplan.goals import pursued
from trainplan.goals.base import Goal
from trainplan.model import Pin, Programme, Schedule, Session
from trainplan.outcome import Limits, Outcome, OutcomeStatus, Progress, Report
from trainplan.rules.base import Expr
from trainplan.solve.answer import answer, unkeepable
from trainplan.solve.board import Board
from trainplan.solve.bound import Relaxation
from trainplan.solve.dealing import cut_off, undealt
from trainplan.solve.decode import decode
from trainplan.solve.encode import Standing, hint
from trainplan.solve.exact import Exact
from trainplan.solve.improve import Improver
from trainplan.solve.posted import posted
from trainplan.solve.renamed import renamed
from trainplan.solve.search import Budget, minimise
from trainplan.solve.warm import sound
from trainplan.workdays import Calendar, Placement

EXACT_VARIABLES = 20_000  # a board with more of them is bettered part by part
LEFT, REROOMED, RESTAFFED = 10, 3, 1  # for a session that leaves its days, its venue, one of its instructors
FIRST = 0.6  # of the budget, for a first schedule
SETTLING = 3.0  # seconds, for coming nearer to the present schedule at no cost


def moved(board: Board, present: Schedule) -> Expr:
    """Return how much of a schedule is no longer where it was; each seat that left its session counts 1."""
    standing = Standing(board, present)
    terms: list[Expr] = []
    weights: list[int] = []

    def leaving(now: Expr, there: int, weight: int) -> None:
        if there:
            gone = board.whole("gone", 0, there)
            board.structure(gone >= there - now)
            terms.append(gone)
            weights.append(weight)

    for run in board.runs:
        rooms = [(count, standing.sessions(run, kind)) for kind, count in run.counts.items()]
        leaving(run.total, sum(there for _, there in rooms), LEFT)
        for count, there in rooms:
            leaving(count, there, REROOMED)
        for group, people in run.people.items():
            leaving(people, standing.people(run, group), 1)
    for crew in board.crews:
        for expr, there in standing.of_crew(crew):
            leaving(expr, there, RESTAFFED)
    return board.total(terms, weights)


@dataclass(slots=True)
class First:
    """A first schedule, as near to the present one as was found.

    Attributes:
        schedule: Its people can be dealt out; None if there is none, or none was found.
        value: How much of the present schedule moved.
        proved: Nothing nearer is possible; without a schedule: none is possible at all.
        sound: Nothing was ruled out on the board that could not be proved to be no schedule.
    """

    schedule: Schedule | None = None
    value: int = 0
    proved: bool = False
    sound: bool = True


def _first(
    board: Board,
    present: Schedule,
    before: Schedule,
    budget: Budget,
    *,
    hold: bool,
    share: float = FIRST,
) -> First:
    """Return a schedule that moves as little of ``present`` as was found; ``hold`` the board to it.

    The search ends when a ``share`` of the budget is used.
    """
    objective = moved(board, present)
    start = hint(board, present)
    sound = True
    until = (1 - share) * budget.limits.seconds
    while budget.left > until:
        part = budget.share(budget.left - until)
        found = minimise(board, objective, budget, share=part, hint=start, heard=_nobody)
        if found.status == "infeasible":
            return First(proved=sound, sound=sound)
        for values in reversed(found.solutions):
            schedule = decode(board, values, before)
            budget.dealt()
            failed = list(undealt(board.programme, schedule))
            last = values is found.solutions[-1]
            if not failed:
                value = board.value(objective, values)
                if hold:
                    board.structure(objective <= value)
                nearest = last and found.status == "optimal" and sound
                return First(renamed(board, schedule, present), value, nearest, sound)
            if last:
                for group, certain in failed:
                    budget.cut()
                    sound &= cut_off(board, schedule, group) and certain
        if not found.solutions:
            break
    return First(sound=sound)


def _nobody(value: int | None, bound: int | None) -> None:
    """Hear nothing: how near a schedule is, is no goal of the programme's."""


def nearest(
    programme: Programme,
    present: Schedule,
    lacking: Mapping[tuple[str, str], int],
    limits: Limits,
    *,
    report: Report | None = None,
    stop: Event | None = None,
) -> tuple[Outcome, bool]:
    """Return a schedule that places what ``programme`` asks for, moving as little of ``present`` as possible.

    Pins are kept.

    Args:
        programme: Asks for more than ``present`` places.
        present: The schedule to stay near to.
        lacking: Seats that may stay unplaced, by course and group; none where nothing is said.
        limits: How much effort.
        report: Called with each sign of progress.
        stop: When set, the best so far comes back at once.

    Returns:
        The answer, whose goals say what the schedule comes to and have no bounds of their own; and whether
        it is proved that less can't be moved.

    Raises:
        Fault: The schedule found fails its audit.
    """
    say = report or _silent
    budget = Budget(limits, stop)
    say(Progress("", None, None, budget.seconds))
    goals = pursued(programme)
    board, objectives = posted(Calendar(programme), goals, present, budget)
    for course in programme.courses.values():
        for group in course.seats:
            board.structure(board.unplaced(course, group) <= lacking.get((course.id, group), 0))
    small = len(board.ranges) <= EXACT_VARIABLES
    # What is too large for the exact search has all the time for coming nearer.
    first = _first(board, present, present, budget, hold=True, share=FIRST if small else 1.0)
    if first.schedule is None and not first.proved and budget.left > 0:
        sound = first.sound
        first = _first(board, present, present, budget, hold=True, share=1.0)
        first.sound, first.proved = first.sound and sound, first.proved and sound
    if first.schedule is None:
        return _nothing(first.proved, budget), first.proved
    exact = Exact(board, goals, objectives, first.schedule, present, budget, _tell(say, budget))

    def so_far(*, reasons: bool = True) -> tuple[Outcome, bool]:
        assert exact.best is not None
        best, none = renamed(board, exact.best, present), [0] * len(goals)
        interrupted, seconds = budget.stop.is_set(), budget.seconds
        done = answer(programme, best, goals, none, seconds=seconds, interrupted=interrupted, reasons=reasons)
        return done, first.proved

    say(Progress("", None, None, budget.seconds, so_far=lambda: so_far(reasons=False)))
    if small and budget.left > 0:
        exact.run()
    return so_far()


def _nothing(proved: bool, budget: Budget, because: tuple[Finding, ...] = ()) -> Outcome:
    status: OutcomeStatus = "infeasible" if proved else "unknown"
    return Outcome(status, None, (), (), budget.seconds, budget.stop.is_set(), because)


@dataclass(frozen=True, slots=True)
class Wish:
    """A session of a course where somebody wants one.

    Attributes:
        course: Whose session.
        placement: Its slots.
        venue: Where; empty for no wish.
        teacher: Who should be among its instructors; empty for no wish.
        session: The one session that is meant, with the slots wanted, or any of the course.
        start: A schedule that grants the wish, if one is known; it is begun with if it breaks no rule.
    """

    course: str
    placement: Placement
    venue: str = ""
    teacher: str = ""
    session: Session | None = None
    start: Schedule | None = None

    def granted_by(self, calendar: Calendar, schedule: Schedule) -> Session:
        """Return the session that grants it in a schedule in which one does."""
        slots = tuple(calendar.slot(number) for number in self.placement.slots)
        there = [
            one
            for one in schedule.live
            if (one.id == self.session.id if self.session else one.course == self.course)
            and one.slots == slots
            and (not self.venue or self.venue in one.venues)
        ]
        return next((one for one in there if self.teacher in one.instructors), there[0])

    def require(self, board: Board) -> None:
        """Hold a board to it."""
        rooms: list[Expr] = []
        people: list[Expr] = []
        for run in board.runs:
            if self._meant(run.lot.course.id, run.placement, run.lot.session):
                rooms += [
                    count for kind, count in run.counts.items() if not self.venue or kind == (self.venue,)
                ]
        for crew in board.crews:
            if self._meant(crew.course.id, crew.placement, crew.session):
                people += [staff for pool, staff in crew.staff.items() if pool == (self.teacher,)]
        board.structure(board.total(rooms) >= 1)
        if self.teacher:
            board.structure(board.total(people) >= 1)

    def _meant(self, course: str, placement: Placement, session: Session | None) -> bool:
        if self.session is not None:
            return session is not None and session.id == self.session.id and placement == self.placement
        return course == self.course and placement == self.placement


def with_wish(
    programme: Programme,
    present: Schedule,
    wish: Wish,
    limits: Limits,
    *,
    report: Report | None = None,
    stop: Event | None = None,
) -> Outcome:
    """Return the best schedule for ``programme`` that grants a wish and keeps the pins of ``present``.

    Where nothing better is lost by it, as little of ``present`` is moved as possible. ``infeasible`` means
    proved: no schedule, even one that leaves seats unplaced, grants it.

    Raises:
        Fault: The schedule found fails its audit.
    """
    say = report or _silent
    budget = Budget(limits, stop)
    say(Progress("", None, None, budget.seconds))
    programme = _apart(programme, wish)
    calendar, goals = Calendar(programme), pursued(programme)
    meant = wish.session
    others = present if meant is None else Schedule.of(one for one in present.sessions if one.id != meant.id)
    before = others if meant is None else Schedule.of([*others.sessions, meant])
    # What is wrong with the present schedule is not held against a wish, but no plan begins with it.
    best = wish.start and sound(programme, wish.start, before)
    nothing = [0] * len(goals)

    def done(best: Schedule, bounds: Sequence[int], *, reasons: bool = True) -> Outcome:
        interrupted, seconds = budget.stop.is_set(), budget.seconds
        return answer(
            programme, best, goals, bounds, seconds=seconds, interrupted=interrupted, reasons=reasons
        )

    def begun(start: Schedule) -> None:
        say(Progress("", None, None, budget.seconds, so_far=lambda: done(start, nothing, reasons=False)))

    if best is not None:
        begun(best)
    board, objectives = posted(calendar, goals, before, budget)
    wish.require(board)
    if best is None:
        found = _first(board, others, before, budget, hold=False)
        if found.schedule is None and found.proved:
            return _nothing(True, budget, unkeepable(programme, before))
        best = found.schedule
        if best is not None:
            begun(renamed(board, best, present))
        if not found.sound and budget.left > 0:
            board, objectives = posted(calendar, goals, before, budget)
            wish.require(board)
    small = len(board.ranges) <= EXACT_VARIABLES
    if best is None and budget.left <= 0:
        return _nothing(False, budget)
    if budget.left <= 0:
        bounds = nothing
    elif small or best is None:
        exact = Exact(board, goals, objectives, best, before, budget, _tell(say, budget))
        exact.run()
        best, bounds = exact.best, exact.bounds
        if best is None:
            because = unkeepable(programme, before) if exact.impossible else ()
            return _nothing(exact.impossible, budget, because)
        for goal, objective in zip(goals, objectives, strict=True):
            board.structure(objective <= goal.measure(programme, best))
        best = _settled(board, best, others, before, budget)
    else:
        best, bounds = _part_by_part(calendar, goals, board, objectives, best, before, wish, budget, say)
    assert best is not None
    return done(renamed(board, best, present), bounds)


def _settled(board: Board, best: Schedule, others: Schedule, before: Schedule, budget: Budget) -> Schedule:
    """Return as good a schedule that is nearer to what there was; the board holds every goal."""
    if budget.left <= 0:
        return best
    share = budget.share(SETTLING)
    objective = moved(board, others)
    found = minimise(board, objective, budget, share=share, hint=hint(board, best), heard=_nobody)
    for values in reversed(found.solutions):
        schedule = decode(board, values, before)
        if next(undealt(board.programme, schedule), None) is None:
            return schedule
    return best


def _part_by_part(
    calendar: Calendar,
    goals: Sequence[Goal],
    board: Board,
    objectives: Sequence[Expr],
    best: Schedule,
    before: Schedule,
    wish: Wish,
    budget: Budget,
    say: Report,
) -> tuple[Schedule, list[int]]:
    """Better a large schedule part by part, and ask the relaxation how good any can be."""
    tell = _tell(say, budget)
    relaxation, bounds = Relaxation(board, budget), [0] * len(goals)
    # Parts know nothing of wishes: for them the session that grants it is pinned.
    granted = wish.granted_by(calendar, best)
    pins: set[Pin] = {*granted.pin, "date"}
    pins |= {"venue"} if wish.venue else set()
    pins |= {"instructors"} if wish.teacher else set()
    held = replace(granted, pin=frozenset(pins))
    kept = Schedule.of([*(one for one in before.sessions if one.id != held.id), held])
    began = budget.seconds
    values = [goal.measure(calendar.programme, best) for goal in goals]
    last = len(goals) - 1
    bounds[last] = max(0, relaxation.bound(objectives[last]) or 0)
    spent = budget.seconds - began
    floors = list(bounds)  # of any schedule that grants the wish
    improver = Improver(
        calendar, goals, best, values, lambda _: floors, kept, Random(budget.limits.seed), budget
    )
    improver.run(2 * spent + 0.05 * budget.limits.seconds, lambda goal, value: tell(goal, value, None))
    for number, objective in enumerate(objectives):
        if improver.values[number] > bounds[number]:
            bounds[number] = max(bounds[number], relaxation.bound(objective) or 0)
        board.structure(objective <= improver.values[number])
    return improver.best, bounds


def _apart(programme: Programme, wish: Wish) -> Programme:
    """Return the programme with the venue and the instructor whom the board can't take for others.

    What nobody else has makes a kind of its own: a feature that no course asks for, a limit of seven days.
    """
    venue, teacher = programme.venues.get(wish.venue), programme.instructors.get(wish.teacher)
    if venue is not None:
        alone = replace(venue, features=venue.features | {"(wished for)"})
        programme = replace(programme, venues={**programme.venues, venue.id: alone})
    if teacher is not None and teacher.max_days_per_week is None:
        limited = replace(teacher, max_days_per_week=7)
        programme = replace(programme, instructors={**programme.instructors, teacher.id: limited})
    return programme


def _tell(say: Report, budget: Budget) -> Callable[[str, int | None, int | None], None]:
    def tell(goal: str, value: int | None, bound: int | None) -> None:
        say(Progress(goal, value, bound, budget.seconds))

    return tell


def _silent(progress: Progress) -> None:
    """Report to nobody."""
