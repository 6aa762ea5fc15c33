"""What two schedules have in common, and what not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from trainplan.compare import Side, compare
from trainplan.compare.loads import Load
from trainplan.model import Course, Group, Instructor, Programme, Schedule, Session, Slot, Venue

MONDAY = date(2027, 3, 1)
PROGRAMME = Programme(
    "Small",
    MONDAY,
    date(2027, 3, 31),
    {"CP": Course("CP", "Policing", 1, True, {"north": 10, "south": 10}, 20, mixed=True)},
    {
        "police": Group("police", "Police", 40, 18),
        "north": Group("north", "North", 20, 20, "police"),
        "south": Group("south", "South", 20, 20, "police"),
    },
    {"hall": Venue("hall", "Hall", 30, cost_per_day=Decimal(5)), "lab": Venue("lab", "Lab", 30)},
    {"rose": Instructor("rose", "Rose", ()), "joe": Instructor("joe", "Joe", ())},
)


def session(id: str = "CP-01", day: int = 1, **changes: object) -> Session:
    when = date(2027, 3, day)
    made = Session(id, "CP", when, when, (Slot(when, 0),), ("hall",), (), {"north": 10}, 10)
    return replace(made, **changes)  # type: ignore[arg-type]


ONE = session()
TWO = session("CP-02", 2, groups={"south": 10})


def held(first: list[Session], second: list[Session]) -> list[tuple[str, tuple[str, ...]]]:
    sides = (Side(PROGRAMME, Schedule.of(sessions)) for sessions in (first, second))
    return [(one.id, one.kinds) for one in compare(*sides).sessions]


def test_the_same_schedule_differs_in_nothing() -> None:
    side = Side(PROGRAMME, Schedule.of([ONE, TWO]))
    compared = compare(side, side)
    assert (compared.sessions, compared.same, compared.gained, compared.lost) == ((), 2, (), ())
    assert all(goal.values[0] == goal.values[1] for goal in compared.goals)
    assert all(before == after for before, after in compared.groups.values())


@pytest.mark.parametrize(
    ("after", "kinds"),
    [
        (session(day=3), ("moved",)),
        (session(venues=("lab",)), ("reroomed",)),
        (session(instructors=("rose",)), ("restaffed",)),
        (session(groups={"north": 9}), ("resized",)),
        (session(day=3, venues=(), groups={"south": 10}), ("moved", "reroomed", "resized")),
        (session(status="cancelled"), ("cancelled",)),
        (session(status="published", pin=frozenset({"date"}), title="Other"), None),
    ],
)
def test_each_kind_of_difference_is_named(after: Session, kinds: tuple[str, ...] | None) -> None:
    assert held([ONE, TWO], [after, TWO]) == ([("CP-01", kinds)] if kinds else [])


def test_what_is_gone_is_new_the_other_way_round() -> None:
    assert held([ONE, TWO], [TWO]) == [("CP-01", ("gone",))]
    assert held([TWO], [ONE, TWO]) == [("CP-01", ("new",))]
    assert held([session(status="cancelled")], [ONE]) == [("CP-01", ("restored",))]
    assert held([], []) == []


def test_another_number_alone_is_no_change_of_plan() -> None:
    shifted = [replace(TWO, id="CP-01")]
    assert held([ONE, TWO], shifted) == [("CP-01", ("gone",)), ("CP-01", ("renamed",))]


def test_the_order_of_instructors_says_nothing() -> None:
    assert held([session(instructors=("rose", "joe"))], [session(instructors=("joe", "rose"))]) == []


def test_goals_loads_and_conflicts_stand_side_by_side() -> None:
    clash = session("CP-02", 1, groups={"south": 10})
    compared = compare(Side(PROGRAMME, Schedule.of([ONE, TWO])), Side(PROGRAMME, Schedule.of([ONE, clash])))
    goals = {goal.name: goal for goal in compared.goals}
    assert [goal.name for goal in compared.goals][:4] == list(PROGRAMME.goals)
    assert (goals["early"].values, goals["early"].counts) == ((10, 0), True)
    assert (goals["cost"].values, goals["cost"].counts) == ((10, 5), False)
    assert (goals["changes"].values, goals["changes"].counts) == ((0, 20), False)
    assert compared.groups["police"] == (Load(10, 18, 20), Load(20, 18, 20))
    assert compared.groups["north"] == (Load(10, 20, 10), Load(10, 20, 10))
    assert compared.venues["hall"] == (Load(2, None, 20), Load(1, None, 20))
    assert compared.instructors["rose"] == (Load(), Load())
    assert {one.rule for one in compared.gained} == {"venue-clash", "group-cover"}
    assert compared.lost == ()


def test_one_schedule_under_two_programmes() -> None:
    tight = replace(
        PROGRAMME,
        venues={"hall": replace(PROGRAMME.venues["hall"], capacity=8)},
        groups={**PROGRAMME.groups, "north": replace(PROGRAMME.groups["north"], max_away=5)},
    )
    schedule = Schedule.of([ONE, TWO])
    compared = compare(Side(PROGRAMME, schedule), Side(tight, schedule))
    assert compared.sessions == ()
    assert compared.venues["lab"] == (Load(), None)
    assert compared.groups["north"] == (Load(10, 20, 10), Load(10, 5, 10))
    assert {one.rule for one in compared.gained} == {"venue-capacity", "group-cover"}
    assert {one.rule for one in compare(Side(tight, schedule), Side(PROGRAMME, schedule)).lost} == {
        "venue-capacity",
        "group-cover",
    }


def test_a_finding_of_which_there_are_two_is_lost_once() -> None:
    from trainplan.findings import Finding, Place

    twice = tuple(Finding("bad-date", "error", "no date", place=Place("x.csv", row)) for row in (2, 3))
    empty = Schedule(())
    compared = compare(Side(PROGRAMME, empty, twice), Side(PROGRAMME, empty, twice[:1]))
    assert len(compared.lost) == 1
    assert compared.gained == ()
