"""Whether certain seats can all be placed: yes, with a schedule; no, proved; or not settled in time.

No goal is optimised. List scheduling answers most of the easy ones in a moment, arithmetic many of the
hopeless ones, and the exact search the rest. People are really dealt out, so a contradiction that only
shows then is found too.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from random import Random
from threading import Event

from trainplan.model import Schedule
from trainplan.outcome import Limits
from trainplan.rules import RULES
from trainplan.rules.base import Expr
from trainplan.shortages import found as shortages
from trainplan.shortages.openings import Survey
from trainplan.solve.ask import Ask, Seats, Settled, missing
from trainplan.solve.board import Board
from trainplan.solve.construct import one_pass
from trainplan.solve.dealing import cut_off, undealt
from trainplan.solve.decode import NoneFree, decode
from trainplan.solve.search import Budget, Found, minimise
from trainplan.solve.strengthen import once_every_seat_is_placed
from trainplan.workdays import Calendar, week_of

PASSES = 3  # orders that list scheduling tries
ALONE = 400  # a board with fewer variables is not worth a second thread


def settle(ask: Ask, limits: Limits, stop: Event | None = None, *, search: bool = True) -> Settled:
    """Answer ``ask``; without ``search`` only as far as list scheduling and arithmetic can."""
    settled = _settle(ask, limits, stop, search=search)
    return Settled(None) if settled.possible is False and not ask.enough else settled


def _settle(ask: Ask, limits: Limits, stop: Event | None, *, search: bool) -> Settled:
    calendar = Calendar(ask.programme)
    pins = [session for session in ask.before.live if session.pin] if ask.before is not None else []
    if any(session.course not in ask.programme.courses for session in pins):
        return Settled(False)
    pinned = bool(pins)
    budget, random = Budget(limits, stop), Random(limits.seed)
    for number in range(0 if pinned else PASSES):
        schedule = one_pass(calendar, random, shaken=number > 0)
        if not missing(ask, schedule) and not ask.overworks(schedule):
            return Settled(True, schedule)
        if number == 0 and _short(ask):
            return Settled(False)
        if budget.left <= 0:
            return Settled(None)
    if pinned and _short(ask):
        return Settled(False)
    if not search:
        return Settled(None)
    answer = _search(ask, calendar, budget, frozenset())
    return Settled(answer.possible, answer.schedule)


def fewest_unplaced(
    ask: Ask, among: frozenset[Seats], limits: Limits, stop: Event | None = None
) -> Mapping[Seats, int] | None:
    """Return seats that it is enough to give up, as few as were found, by course and group."""
    answer = _search(ask, Calendar(ask.programme), Budget(limits, stop), among)
    return missing(ask, answer.schedule) if answer.schedule is not None else None


def _short(ask: Ask) -> bool:
    """Say whether arithmetic alone shows that it can't be."""
    needed = _needed(ask)
    waits = _waits_for_less(ask, needed)
    return any(
        one.finding.severity == "error"
        and waits.isdisjoint(one.courses)
        and _concerned(ask, one.courses, one.groups) <= needed
        for one in shortages(Survey(ask.programme))
    )


def _waits_for_less(ask: Ask, needed: set[Seats]) -> set[str]:
    """Return courses that come after all of another, or after such a course, not all of which must be.

    Arithmetic takes it to be held in full.
    """
    found: set[str] = set()
    courses = ask.programme.courses
    for _ in courses:
        for course in courses.values():
            for order in course.after:
                firsts = {(order.course, group) for group in courses[order.course].seats}
                if order.course in found or (order.all and not firsts <= needed):
                    found.add(course.id)
    return found


def _needed(ask: Ask) -> set[Seats]:
    """Return the seats that must be placed, and those that all of these people have to take before."""
    needed: set[Seats] = set()
    ahead = list(ask.must)
    while ahead:
        id, group = ahead.pop()
        if (id, group) in needed:
            continue
        needed.add((id, group))
        course = ask.programme.courses[id]
        for order in course.after:
            first = ask.programme.courses[order.course]
            if not order.all and first.seats.get(group, 0) == course.seats[group]:
                ahead.append((first.id, group))
    return needed


def _concerned(ask: Ask, courses: tuple[str, ...], groups: tuple[str, ...]) -> frozenset[Seats]:
    return frozenset(
        (id, group)
        for id in courses
        for group in ask.programme.courses[id].seats
        if not groups or group in groups
    )


def _search(ask: Ask, calendar: Calendar, budget: Budget, among: frozenset[Seats]) -> Settled:
    """Search exactly; where some seats may be given up (``among``), for the fewest of them."""
    board = Board(ask.programme, calendar=calendar, before=ask.before)
    for rule in RULES:
        rule.post(board)
    _nobody_twice(ask, board)
    _few_days(ask, board)
    left = {pair: board.unplaced(ask.programme.courses[pair[0]], pair[1]) for pair in sorted(ask.must)}
    for pair, unplaced in left.items():
        if pair not in among:
            board.structure(unplaced == 0)
    least = bool(among & ask.must)
    if not least and ask.must == {(one.id, id) for one in ask.programme.courses.values() for id in one.seats}:
        once_every_seat_is_placed(board)
    if len(board.ranges) < ALONE:
        budget.limits = Limits(budget.limits.seconds, 1, budget.limits.seed)
    objective = board.total(left[pair] for pair in sorted(among & ask.must))
    if not least:
        objective = board.whole("nothing", 0, 0)
    sound = True
    best: Schedule | None = None
    while budget.left > 0:
        found = minimise(board, objective, budget, share=1.0, hint=None, heard=lambda value, bound: None)
        if found.status == "infeasible":
            return Settled(False if sound and best is None else None, best)
        if not found.solutions:
            break
        try:
            schedule, cut = _dealt(ask, board, found)
        except NoneFree:
            break  # the counts allow it, and no copy can do it: nothing is settled
        if schedule is not None and (not least or found.status == "optimal" or budget.left <= 0):
            return Settled(True, schedule)
        best = schedule or best
        if schedule is not None:
            break
        sound &= cut
    return Settled(None if best is None else True, best)


def _nobody_twice(ask: Ask, board: Board) -> None:
    """Let no session have a person and somebody who stands for that person."""
    if not ask.copies:
        return
    for crew in board.crews:
        sessions = board.total(run.total for run in crew.runs)
        for pool, staff in crew.staff.items():
            people = {ask.copies.get(id, id) for id in pool}
            if len(people) < len(pool):
                board.structure(staff <= len(people) * sessions)


def _few_days(ask: Ask, board: Board) -> None:
    """Let a person who may be in several places at once work on so many dates of a week and no more."""
    for person, most in ask.days_a_week.items():
        works: dict[date, Expr] = {}
        for crew in board.crews:
            for pool, staff in crew.staff.items():
                if any(ask.copies.get(id, id) == person for id in pool):
                    for day in board.calendar.days(crew.placement):
                        works[day] = works[day] if day in works else board.flag("works")
                        board.structure(staff <= board.most(staff) * works[day])
        weeks: dict[date, list[Expr]] = {}
        for day, flag in works.items():
            weeks.setdefault(week_of(day), []).append(flag)
        for flags in weeks.values():
            board.structure(board.total(flags) <= most)


def _dealt(ask: Ask, board: Board, found: Found) -> tuple[Schedule | None, bool]:
    """Return the solution with its people dealt out; else cut it off and say whether the cut is exact."""
    schedule = decode(board, found.solutions[-1], ask.before)
    failed = [pair for pair in undealt(ask.programme, schedule) if pair[0] not in ask.undealt]
    if not failed:
        return schedule, True
    sound = True
    for group, certain in failed:
        sound &= cut_off(board, schedule, group) and certain
    return None, sound
