"""What changes cost, told twice: by the board for counts, and on the schedule that stands behind them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

from builders import course, instructor, programme, schedule, session, venue
from ortools.sat.python import cp_model
from twins.brute import Tiny, single

from trainplan.goals import GOALS
from trainplan.model import Schedule
from trainplan.rules.base import Expr
from trainplan.solve.board import Board
from trainplan.solve.encode import hint
from trainplan.solve.leeway import HELD, Leeway

MADE = programme(
    course("CP", "police:3", length=2, features="", roles="law:1", max_class=3),
    course("CY", "police:3; fire:2", max_class=5),
    venues=[venue("one"), venue("two")],
    instructors=[instructor("ann", "law"), instructor("bob", "law")],
    starts="03-01",
    ends="03-03",
)
OLD = schedule(
    session("CP-01", "03-01..03-02", "police:2", venue="one", instructors="ann; bob"),
    session("CY-01", "03-03", "police:2; fire:1", venue="one; two"),
    session("CY-02", "03-01", "police:1"),
    session("CY-03", "03-03", "fire:1"),
    session("CP-02", "03-01..03-02", "police:1", status="cancelled"),
    session("XX-01", "03-03", "police:1"),
    today="03-02",
)
PLACES = {"CP": [(0, 1), (1, 2)], "CY": [(0,), (2,)]}
TINY = Tiny("changes", MADE, PLACES, seats=(1, 2), staff=2)


def schedules() -> Iterator[Schedule]:
    """Yield ways in which two sessions that had not ended may lie, or be gone, with a new one or none."""
    first = [None, *(replace(one, id="CP-01") for one in single(TINY, MADE.courses["CP"]) if one.venues)]
    second = [None, *(replace(one, id="CY-01") for one in single(TINY, MADE.courses["CY"]) if not one.venues)]
    second += [replace(one, venues=("one", "two")) for one in second if one is not None]
    new = [None, session("CY-09", "03-01", "fire:1"), session("CY-03", "03-03", "fire:2")]
    for number, (a, b) in enumerate(product(first, second)):
        if number % 3 == 0:
            plan = (a, b, new[number % 9 // 3])
            yield Schedule.of((one for one in plan if one is not None), OLD)


def cost(board: Board, price: Expr, plan: Schedule) -> int:
    """Return what a board says of a schedule: its counts held, and the goal made small."""
    held = hint(board, plan)
    model = board.model.clone()
    for number, value in held.items():
        model.add(model.get_int_var_from_proto_index(number) == value)
    model.minimize(price)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    assert solver.solve(model) == cp_model.OPTIMAL
    return round(solver.objective_value)


def test_both_halves_count_every_schedule_alike() -> None:
    places = TINY.candidates
    named = {one.id: Leeway(places[one.course], True, True) for one in OLD.live if one.id != "XX-01"}
    board = Board(MADE, before=OLD, candidates=places, leeway=named)
    price = GOALS["changes"].post(board)
    seen = set()
    tried = 0
    for plan in schedules():
        told = GOALS["changes"].measure(MADE, plan)
        assert cost(board, price, plan) == told, plan.sessions
        seen.add(told)
        tried += 1
    assert tried > 400
    # All others gone; CP-01 untouched, gone, elsewhere, in another room, without an instructor; one new.
    rest = 33 + 31 + 31
    assert {rest, rest + 32, rest + 12, rest + 3, rest + 1, rest + 10} <= seen


def test_each_change_has_its_price() -> None:
    old = schedule(
        session("CP-01", "03-01", "police:6; fire:4", venue="hall", instructors="ann; bob"),
        today="03-01",
    )

    def now(**changed: object) -> int:
        made = Schedule.of([replace(old.sessions[0], **changed)], old)  # type: ignore[arg-type]
        return GOALS["changes"].measure(MADE, made)

    assert now() == 0
    assert now(groups={"police": 5, "fire": 4}) == 1
    assert now(groups={"police": 10}) == 4
    assert now(groups={"army": 10}) == 10
    assert now(groups={"police": 6, "fire": 14}) == 0
    assert now(venues=(), groups={"police": 5, "fire": 4}, instructors=("ann",)) == 3 + 1 + 1
    # What has moved counts all its seats; those that it has lost besides do not count again.
    elsewhere = session("CP-01", "03-02", "police:1")
    assert now(slots=elsewhere.slots, groups={"police": 1}) == 10 + 10
    assert now(status="cancelled") == 30 + 10
    assert now(id="CP-02") == 30 + 10 + 10
    assert now(course="CY") == 30 + 10 + 10


def test_a_session_that_stays_as_it_is_costs_nothing_whatever_it_has() -> None:
    """It may have what the files no longer know: a venue, an instructor, a group."""
    old = schedule(session("CY-01", "03-03", "police:1; army:1", venue="gone", instructors="zoe"))
    board = Board(MADE, before=old, leeway={"CY-01": HELD}, candidates={"CP": [], "CY": []})
    assert GOALS["changes"].post(board) == 0


def test_the_board_counts_nothing_without_an_earlier_schedule() -> None:
    assert GOALS["changes"].post(Board(MADE)) == 0


def test_a_session_that_the_board_has_no_name_for_is_gone() -> None:
    board = Board(MADE, before=OLD, leeway={}, candidates={"CP": [], "CY": []})
    assert Board.value(GOALS["changes"].post(board), []) == (30 + 2) + (30 + 3) + (30 + 1) + (30 + 1)
