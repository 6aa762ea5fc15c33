"""What changes cost, told twice: by the board for counts, and on the schedule that stands behind them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

from builders import course, instructor, programme, schedule, session, venue
from twins.brute import Tiny, single

from trainplan.goals import GOALS
from trainplan.model import Schedule, Session
from trainplan.solve.board import Board
from trainplan.solve.encode import Standing
from trainplan.solve.leeway import Leeway

MADE = programme(
    course("CP", "police:3", length=2, features="", roles="law:1", max_class=3),
    course("CY", "police:3", max_class=3),
    venues=[venue("one"), venue("two")],
    instructors=[instructor("ann", "law"), instructor("bob", "law")],
    starts="03-01",
    ends="03-03",
)
OLD = schedule(
    session("CP-01", "03-01..03-02", "police:2", venue="one", instructors="ann; bob"),
    session("CY-01", "03-03", "police:3"),
    session("CY-02", "03-01", "police:1"),
    session("CP-02", "03-01..03-02", "police:1", status="cancelled"),
    session("XX-01", "03-03", "police:1"),
    today="03-02",
)
TINY = Tiny("changes", MADE, {"CP": [(0, 1), (1, 2)], "CY": [(0,), (2,)]}, seats=(1, 2), staff=2)


def schedules() -> Iterator[Schedule]:
    """Yield every way in which the two sessions that had not ended may lie, or be gone."""
    first = [None, *(replace(one, id="CP-01") for one in single(TINY, MADE.courses["CP"]))]
    second = [None, *(replace(one, id="CY-01") for one in single(TINY, MADE.courses["CY"]))]
    for pair in product(first, second[::5]):
        yield Schedule.of((one for one in pair if one is not None), OLD)


def stands(board: Board, one: Session) -> tuple[int, ...]:
    return tuple(board.calendar.number(slot) for slot in one.slots)


def test_both_halves_count_every_schedule_alike() -> None:
    places = TINY.candidates
    board = Board(
        MADE,
        before=OLD,
        gated=True,
        candidates=places,
        leeway={one.id: Leeway(places[one.course], True, True) for one in OLD.live if one.id != "XX-01"},
    )
    goal = GOALS["changes"]
    price = goal.post(board)
    runs, crews = list(board.runs), list(board.crews)
    seen = set()
    tried = 0
    for plan in schedules():
        standing = Standing(board, plan)
        pairs = [pair for run in runs for pair in standing.of_run(run)]
        pairs += [pair for crew in crews for pair in standing.of_crew(crew)]
        values = [0] * len(board.ranges)
        for expr, value in pairs:
            at = board.number(expr)
            if at is not None:
                values[at] = value
        told = goal.measure(MADE, plan)
        assert Board.value(price, values) == told, plan.sessions
        seen.add(told)
        tried += 1
    assert tried > 400
    # Untouched, and each way of changing by itself: all gone, moved, another room, an instructor less.
    assert {31, 31 + 32, 31 + 12, 31 + 3, 31 + 1} <= seen


def test_the_board_counts_nothing_without_an_earlier_schedule() -> None:
    assert GOALS["changes"].post(Board(MADE)) == 0


def test_a_session_that_the_board_has_no_name_for_is_gone() -> None:
    board = Board(MADE, before=OLD, leeway={})
    assert Board.value(GOALS["changes"].post(board), []) == (30 + 2) + (30 + 3) + (30 + 1)
