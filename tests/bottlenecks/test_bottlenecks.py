"""What limits a plan: programmes of which it is known what does, and by how much."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from threading import Event

import pytest

from tests import builders as make
from trainplan.bottlenecks.gains import gains
from trainplan.bottlenecks.search import Limiting, limiting
from trainplan.bottlenecks.tried import compared
from trainplan.bottlenecks.usage import usage
from trainplan.model import After, Programme, Schedule
from trainplan.outcome import GoalResult, Limits, Outcome
from trainplan.solve import plan

QUICK = Limits(20, workers=1)


def searched(programme: Programme, left: Callable[[], float] = lambda: 20.0, most: int = 9) -> Limiting:
    outcome = plan(programme, QUICK)
    assert outcome.schedule is not None
    return limiting(programme, outcome.schedule, QUICK, most, left, lambda progress: None, Event())


def helping(programme: Programme) -> dict[str, str]:
    """Each relief that helps, and what it gains; all must be proved."""
    found = searched(programme)
    assert all(one.settled for one in found.tried)
    return {
        one.relief.message: "; ".join(gains(programme, found.base, one)) for one in found.tried if one.helps
    }


def test_the_one_lab_limits() -> None:
    # Two days of lab for two classes of ten: with another lab both are done on the first.
    programme = make.programme(
        make.course("IT", "police:10; customs:10", features="computers", max_class=10),
        venues=[make.venue("lab", 10, "computers"), make.venue("hall", 50)],
        goals=("seats", "early"),
        ends="03-05",
    )
    assert helping(programme) == {
        "one more venue with computers (10 seats), in March 2027": "everyone done 0.5 days earlier on average"
    }


def test_the_one_instructor_limits_in_the_month_in_which_she_is_away() -> None:
    programme = make.programme(
        make.course("CP", "police:10", roles="law:1"),
        instructors=[make.instructor("ann", "law", available_from="04-01")],
        goals=("seats", "early"),
        ends="04-30",
    )
    assert helping(programme) == {
        "one more instructor for law, in March 2027": "everyone done 31.0 days earlier on average"
    }


def test_cover_limits_and_an_umbrella_too() -> None:
    parts = [make.group(id, 10, part_of="force") for id in ("north", "south")]
    programme = make.programme(
        make.course("CP", "north:10; south:10", max_class=10),
        groups=[make.group("force", 20, 18), *parts],
        goals=("seats", "early"),
        ends="03-05",
    )
    # One more away at a time is worth a tenth of a seat-day; with 19 the classes are 10 and 9, then 1.
    assert list(helping(programme)) == ["19 of force away at a time in place of 18 (max_away)"]


def test_an_order_limits() -> None:
    programme = make.programme(
        make.course("CP", "police:10"),
        make.course("RS", "police:10", after=(After("CP", at_least=10),)),
        goals=("seats", "finish"),
    )
    assert helping(programme) == {"RS without having to come after CP": "all over 9 days sooner"}


def test_parallel_limits_in_half_days() -> None:
    programme = make.programme(
        make.course("PH", "police:10; customs:10; fire:10", whole_days=False, max_class=10, parallel=1),
        periods=make.TWO_PERIODS,
        goals=("seats", "early"),
        ends="03-05",
    )
    (message,) = helping(programme)
    assert message == "2 sessions of PH on a day in place of 1 (parallel)"


def test_seats_come_first() -> None:
    programme = make.programme(
        make.course("IT", "police:10; customs:10", features="computers", max_class=10),
        venues=[make.venue("lab", 10, "computers", available_until="03-01")],
        goals=("seats", "sessions"),
        ends="03-05",
    )
    assert helping(programme) == {
        "one more venue with computers (10 seats), in March 2027": "10 more seats placed; 1 session more"
    }


def test_where_nothing_limits_nothing_is_claimed() -> None:
    programme = make.programme(make.course("CP"), goals=("seats", "early"), ends="03-05")
    found = searched(programme)
    assert (found.tried, found.untried) == ([], [])


def test_without_time_nothing_is_claimed() -> None:
    programme = make.programme(
        make.course("IT", "police:10; customs:10", features="", max_class=10),
        venues=[make.venue("lab", 10)],
        goals=("seats", "early"),
        ends="03-05",
    )
    found = searched(programme, lambda: 0.2)
    assert found.tried == []
    assert [one.message for one in found.untried] == ["one more venue (10 seats), in March 2027"]


@pytest.mark.parametrize(
    ("before", "after", "helps", "settled"),
    [
        ([(10, 10)], [(9, 0)], True, True),  # below every plan without it
        ([(10, 5)], [(9, 0)], True, False),  # more searching might have found it without
        ([(10, 10)], [(10, 10)], False, True),
        ([(10, 10)], [(10, 4)], False, False),
        ([(10, 10)], [(11, 4)], False, False),
        ([(3, 3), (10, 10)], [(3, 3), (8, 8)], True, True),
        ([(3, 0), (10, 10)], [(3, 3), (8, 8)], True, False),  # the bound held for three, not for none
    ],
)
def test_what_is_proved_and_what_is_not(
    before: list[tuple[int, int]], after: list[tuple[int, int]], helps: bool, settled: bool
) -> None:
    def outcome(goals: list[tuple[int, int]]) -> Outcome:
        results = tuple(GoalResult("seats", value, bound) for value, bound in goals)
        return Outcome("feasible", Schedule(()), results, (), 0.0)

    found = compared(None, outcome(before), outcome(after))  # type: ignore[arg-type]
    assert (found.helps, found.settled) == (helps, settled)


def test_use_is_counted_in_days_and_shares() -> None:
    programme = make.programme(
        make.course("CP", "north:8", features=""),
        groups=[
            make.group("force", 20, 10),
            make.group("north", 10, part_of="force"),
            make.group("south", 10, part_of="force"),
        ],
        venues=[make.venue("hall"), make.venue("attic", available_until="03-01")],
        instructors=[make.instructor("ann", "law", max_days_per_week=2)],
        closures=[make.closure("venue", "hall", "03-05")],
        ends="03-05",
    )
    schedule = make.schedule(
        make.session("CP-01", "03-01..03-02", "north:8", venue="hall", instructors="ann")
    )
    assert [(one.id, one.used, one.available, one.peak) for one in usage(programme, schedule)] == [
        ("hall", 2, 4, None),
        ("attic", 0, 1, None),
        ("ann", 2, 2, None),
        ("force", 16, 50, 8),
        ("north", 16, 50, 8),
        ("south", 0, 50, 0),
    ]


def test_half_days_are_half_used() -> None:
    programme = make.programme(
        make.course("PH", whole_days=False, features=""),
        venues=[make.venue("hall")],
        periods=make.TWO_PERIODS,
        ends="03-01",
    )
    schedule = make.schedule(make.session("PH-01", "03-01 pm", venue="hall", periods=2))
    assert [(one.used, one.available) for one in usage(programme, schedule)] == [(0.5, 1), (5.0, 10)]
    assert replace(usage(programme, schedule)[0], available=0).share == 0
