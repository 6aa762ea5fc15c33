"""How the solver keeps two courses in order.

Running totals of seats do it: the n-th to finish the earlier course takes the n-th seat of the later one.
Lags make windows that only move forward in time, and for those first come, first served is exact.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from itertools import pairwise

from trainplan.model import After, Course
from trainplan.rules.base import About, Board, Expr, Run
from trainplan.workdays import Placement

RULE = "course-order"


Use = tuple[Placement, Expr]


def _seats(board: Board, course: Course, group: str) -> list[Use]:
    return [
        (run.placement, run.people[group])
        for run in board.runs
        if run.lot.course is course and group in run.people
    ]


def _too_soon(board: Board, order: After, earlier_ends: int, later_starts: int) -> bool:
    """Say whether a lag is too short; whether it is too long is another question."""
    lag = (board.calendar.day(later_starts) - board.calendar.day(earlier_ends)).days
    return later_starts <= earlier_ends or (order.at_least is not None and lag < order.at_least)


def _allowed_before(board: Board, order: After, later_starts: int, earlier_ends: int) -> bool:
    return not _too_soon(board, order, earlier_ends, later_starts)


def _in_time(board: Board, order: After, earlier_ends: int, later_starts: int) -> bool:
    lag = (board.calendar.day(later_starts) - board.calendar.day(earlier_ends)).days
    return order.at_most is None or lag <= order.at_most


def _running(board: Board, at: Mapping[int, list[Expr]], most: int) -> dict[int, Expr]:
    """Return running totals at each of the times in ``at``, as variables that say what came up to then."""
    totals: dict[int, Expr] = {}
    before: Expr = 0
    for time in sorted(at):
        totals[time] = board.whole("upto", 0, most)
        board.structure(totals[time] == before + board.total(at[time]))
        before = totals[time]
    return totals


def _over(board: Board, run: Run) -> bool:
    today = board.before.today if board.before is not None else None
    return today is not None and run.lot.session is not None and run.lot.session.end < today


def _leading(times: Sequence[int], wanted: Callable[[int], bool]) -> int:
    """Return how many of ``times``, all of them at the front, are wanted."""
    return bisect_left(times, True, key=lambda time: not wanted(time))


def _upto(totals: Mapping[int, Expr], times: Sequence[int], wanted: Callable[[int], bool]) -> Expr:
    """Return the running total at the last of the leading ``times`` that are wanted."""
    leading = _leading(times, wanted)
    return totals[times[leading - 1]] if leading else 0


def seats_in_order(
    board: Board, group: str, earlier: Course, later: Course, order: After, about: About
) -> None:
    """Let nobody of ``group`` start ``later`` without having finished ``earlier``, lags kept."""
    first, then = _seats(board, earlier, group), _seats(board, later, group)
    ends: dict[int, list[Expr]] = {}
    for placement, seats in first:
        ends.setdefault(placement.last, []).append(seats)
    starts: dict[int, list[Expr]] = {}
    for placement, seats in then:
        starts.setdefault(placement.first, []).append(seats)
    most = sum(board.most(seats) for _, seats in then)
    taken = _running(board, starts, most)
    if order.at_most is None:
        done = _running(board, ends, sum(board.most(seats) for _, seats in first))
    else:
        # Some may finish the earlier course and never come to the later: only those who come are in step.
        come: dict[int, list[Expr]] = {}
        for time, seats in ends.items():
            come[time] = [board.whole("come", 0, min(most, sum(board.most(one) for one in seats)))]
            board.require(come[time][0] <= board.total(seats), RULE, about)
        done = _running(board, come, most)
    end_times, start_times = sorted(ends), sorted(starts)
    for start in start_times:
        ready = _upto(done, end_times, partial(_allowed_before, board, order, start))
        board.require(taken[start] <= ready, RULE, about)
    if order.at_most is not None:
        for end in end_times:
            gone = _upto(taken, start_times, partial(_in_time, board, order, end))
            board.require(gone >= done[end], RULE, about)


def sessions_in_order(board: Board, earlier: Course, later: Course, order: After, about: About) -> None:
    """Let no session of ``later`` begin before every session of ``earlier`` is over, lags kept.

    One that has been held already has begun whenever it began.
    """
    first = [run for run in board.runs if run.lot.course is earlier]
    then = [run for run in board.runs if run.lot.course is later and not _over(board, run)]
    starts = sorted({run.placement.first for run in then})
    begun: dict[int, Expr] = {start: board.flag("begun") for start in starts}
    for sooner, start in pairwise(starts):
        board.require(begun[sooner] <= begun[start], RULE, about)
    for run in then:
        board.require(run.total <= board.most(run.total) * begun[run.placement.first], RULE, about)
    for run in first:
        end = run.placement.last
        too_soon = _leading(starts, partial(_too_soon, board, order, end))
        if too_soon:
            # Nothing of the later course may have begun by the last start that comes too soon for this end.
            board.require(run.total <= board.most(run.total) * (1 - begun[starts[too_soon - 1]]), RULE, about)
    if order.at_most is None or not first:
        return
    held = board.total(run.total for run in first)
    some = board.flag("held")
    board.require(held <= board.most(held) * some, RULE, about)
    for run in then:
        near = [one.total for one in first if _in_time(board, order, one.placement.last, run.placement.first)]
        used = board.flag("used")
        board.require(run.total <= board.most(run.total) * used, RULE, about)
        board.require(board.total([*near, 1 - some]) >= used, RULE, about)
