"""Places for more seats, in programmes small enough to know all of them."""

from __future__ import annotations

import pytest

from tests import builders as make
from trainplan.alternatives.places import asked_for, may_lack, missing_seats, new_id, places
from trainplan.alternatives.telling import differences
from trainplan.model import After, Programme, Schedule
from trainplan.outcome import Limits
from trainplan.solve import plan_near, wished
from trainplan.solve.search import Budget, Found

QUICK = Limits(20, workers=1)


def week(*courses: object, **other: object) -> Programme:
    """One working week, 1 to 5 March."""
    return make.programme(*courses, ends="03-05", **other)  # type: ignore[arg-type]


def found(programme: Programme, schedule: Schedule, course: str, group: str, seats: int) -> list[str]:
    """Every place as ``day venue instructors``, ``+ID`` for seats in a session that there is."""
    asked = asked_for(programme, schedule, course, group, seats)
    texts = []
    for one in places(asked, schedule, 99).best:
        session = one.session
        parts = [f"+{session.id}"] if one.existing else [f"{session.start:%m-%d}"]
        texts.append(" ".join([*parts, *session.venues, *sorted(session.instructors)]))
    return texts


def test_free_days_of_a_room_are_the_places_and_the_earliest_comes_first() -> None:
    programme = week(
        make.course("CP", "police:10; customs:10", features="", max_class=10), venues=[make.venue("hall")]
    )
    schedule = make.schedule(make.session("CP-01", "03-02", venue="hall"))
    assert found(programme, schedule, "CP", "customs", 10) == [f"03-0{day} hall" for day in (1, 3, 4, 5)]


def test_a_session_with_room_comes_before_a_new_one_where_sessions_count() -> None:
    programme = week(make.course("CP", "police:12", max_class=20), goals=("sessions", "early"))
    schedule = make.schedule(make.session("CP-01", "03-03", "police:10"))
    texts = found(programme, schedule, "CP", "police", 2)
    assert texts[0] == "+CP-01"
    assert texts[1:] == ["03-01", "03-02", "03-03", "03-04", "03-05"]


@pytest.mark.parametrize(
    ("course", "session"),
    [
        ({"max_class": 11}, {}),
        ({}, {"pin": "seats"}),
        ({"features": ""}, {"venue": "small"}),
    ],
)
def test_no_seats_are_added_where_there_is_no_room(
    course: dict[str, object], session: dict[str, object]
) -> None:
    programme = week(
        make.course("CP", "police:12", **course), venues=[make.venue("small", 11)], goals=("sessions",)
    )
    schedule = make.schedule(make.session("CP-01", "03-03", "police:10", **session))  # type: ignore[arg-type]
    assert not any(one.startswith("+") for one in found(programme, schedule, "CP", "police", 2))


def test_whoever_is_in_training_needs_other_days() -> None:
    programme = week(
        make.course("CP", "police:10"), make.course("IT", "police:10"), groups=[make.group("police", 10)]
    )
    schedule = make.schedule(make.session("IT-01", "03-01"), make.session("CP-01", "03-02", "police:4"))
    assert found(programme, schedule, "CP", "police", 6) == ["+CP-01", "03-02", "03-03", "03-04", "03-05"]


def test_cover_of_an_umbrella_counts_the_people_of_all_parts() -> None:
    parts = [make.group(id, 10, part_of="force") for id in ("north", "south")]
    programme = week(make.course("CP", "north:8; south:8"), groups=[make.group("force", 20, 10), *parts])
    schedule = make.schedule(make.session("CP-01", "03-01", "north:8"))
    assert found(programme, schedule, "CP", "south", 8) == [f"03-0{day}" for day in (2, 3, 4, 5)]


def test_a_half_day_is_a_place_in_two_periods() -> None:
    programme = week(
        make.course("PH", "police:10; customs:10", length=1, whole_days=False, features=""),
        venues=[make.venue("hall")],
        periods=make.TWO_PERIODS,
        closures=[make.closure("venue", "hall", "03-02..03-05")],
    )
    schedule = make.schedule(make.session("PH-01", "03-01 am", venue="hall", periods=2))
    asked = asked_for(programme, schedule, "PH", "customs", 10)
    (place,) = places(asked, schedule, 9).best
    assert place.session.slots == make.slots("03-01 pm", 2)


def test_instructors_of_every_role_are_found_and_a_weekly_limit_is_kept() -> None:
    programme = week(
        make.course("CP", "police:10; customs:10", roles="law:1; safety:1"),
        instructors=[
            make.instructor("ann", "law; safety", max_days_per_week=1),
            make.instructor("bob", "law"),
            make.instructor("cyd", "safety", available_from="03-04"),
        ],
    )
    schedule = make.schedule(make.session("CP-01", "03-01", instructors="bob; ann"))
    # Ann has had her day: it takes Cyd, who comes on Thursday.
    assert found(programme, schedule, "CP", "customs", 10) == ["03-04 bob cyd", "03-05 bob cyd"]


def test_an_order_with_a_lag_leaves_only_the_later_days() -> None:
    programme = week(make.course("CP"), make.course("RS", after=(After("CP", at_least=2),)), goals=("early",))
    schedule = make.schedule(make.session("CP-01", "03-02"))
    assert found(programme, schedule, "RS", "police", 10) == ["03-04", "03-05"]


def test_seats_beyond_the_demand_are_made_up_and_beyond_the_headcount_said_to_be() -> None:
    programme = week(make.course("CP", "police:10"), groups=[make.group("police", 12)])
    schedule = make.schedule(make.session("CP-01", "03-01", "police:8"))
    asked = asked_for(programme, schedule, "CP", "police", 5)
    assert (asked.missing, asked.again) == (2, 1)
    assert asked.programme.courses["CP"].seats == {"police": 13}
    assert missing_seats(programme, schedule, "CP", "police") == 2
    assert places(asked, schedule, 1).best


def test_what_blocks_every_start_is_counted_by_rule() -> None:
    programme = week(make.course("CP", "police:10", min_class=5), groups=[make.group("police", 20)])
    schedule = make.schedule(make.session("CP-01", "03-01"))
    result = places(asked_for(programme, schedule, "CP", "police", 2), schedule, 9)
    assert (result.best[0].existing, result.blocked, result.starts) == (True, (("class-size", 5),), 5)


def test_time_that_runs_out_is_said() -> None:
    programme = week(make.course("CP", "police:10; customs:10"))
    result = places(
        asked_for(programme, make.schedule(), "CP", "customs", 10), make.schedule(), 9, lambda: False
    )
    assert (result.best, result.whole) == ((), False)


def test_conflicts_that_are_there_already_are_not_held_against_a_place() -> None:
    programme = week(make.course("CP", "police:10; customs:10", features=""), venues=[make.venue("hall", 5)])
    schedule = make.schedule(make.session("CP-01", "03-01", venue="hall"))
    assert found(programme, schedule, "CP", "customs", 5) == [f"03-0{day} hall" for day in (2, 3, 4, 5)]


@pytest.mark.parametrize(
    ("ids", "expected"), [((), "CP-01"), (("CP-01", "CP-09", "IT-30"), "CP-10"), (("CP-x",), "CP-01")]
)
def test_a_new_session_gets_an_id_of_its_own(ids: tuple[str, ...], expected: str) -> None:
    assert new_id(make.schedule(*(make.session(id) for id in ids)), "CP") == expected


def one_room() -> tuple[Programme, Schedule]:
    """CP could be on any day of two, IT on the first alone; CP sits there."""
    programme = make.programme(
        make.course("CP", "police:10", features=""),
        make.course("IT", "customs:10", features="", latest="03-01"),
        venues=[make.venue("hall")],
        ends="03-02",
    )
    return programme, make.schedule(make.session("CP-01", "03-01", venue="hall"))


def test_the_engine_moves_the_one_session_that_has_to_go() -> None:
    programme, schedule = one_room()
    asked = asked_for(programme, schedule, "IT", "customs", 10)
    assert places(asked, schedule, 9).best == ()
    outcome, proved = plan_near(asked.programme, schedule, may_lack(asked, schedule), QUICK)
    assert proved
    assert outcome.schedule is not None
    moved = [
        (old and old.id, new and f"{new.start:%m-%d}") for old, new in differences(schedule, outcome.schedule)
    ]
    assert sorted(moved, key=str) == [("CP-01", "03-02"), (None, "03-01")]


def test_what_is_pinned_is_not_moved_and_that_there_is_no_place_is_then_proved() -> None:
    programme, _ = one_room()
    schedule = make.schedule(make.session("CP-01", "03-01", venue="hall", pin="date"))
    asked = asked_for(programme, schedule, "IT", "customs", 10)
    outcome, proved = plan_near(asked.programme, schedule, may_lack(asked, schedule), QUICK)
    assert (outcome.status, outcome.schedule, proved) == ("infeasible", None, True)


def test_like_rooms_and_instructors_are_not_swapped_for_nothing() -> None:
    programme = make.programme(
        make.course("CP", "police:10; customs:10; fire:10", features="", roles="law:1", max_class=10),
        venues=[make.venue(id) for id in ("a", "b", "c")],
        instructors=[make.instructor(id, "law") for id in ("ann", "bob", "cyd")],
        ends="03-01",
    )
    schedule = make.schedule(
        make.session("CP-01", "03-01", "police:10", venue="c", instructors="cyd"),
        make.session("CP-02", "03-01", "customs:10", venue="b", instructors="ann"),
    )
    asked = asked_for(programme, schedule, "CP", "fire", 10)
    outcome, _ = plan_near(asked.programme, schedule, may_lack(asked, schedule), QUICK)
    assert outcome.schedule is not None
    ((old, new),) = differences(schedule, outcome.schedule)
    assert (old, new and new.venues, new and new.instructors) == (None, ("a",), ("bob",))


def test_what_is_not_settled_gets_all_the_time_there_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """After three fifths of it without a schedule the search once gave up."""
    programme, schedule = one_room()
    asked = asked_for(programme, schedule, "IT", "customs", 10)
    given: list[float] = []

    def nothing(board: object, objective: object, budget: Budget, *, share: float, **_: object) -> Found:
        given.append(share * budget.left)
        budget.spend(share * budget.left)
        return Found("unknown", None, None, ())

    monkeypatch.setattr(wished, "minimise", nothing)
    limits = Limits(10.0, reproducible=True)
    outcome, proved = plan_near(asked.programme, schedule, may_lack(asked, schedule), limits)
    assert (outcome.status, proved) == ("unknown", False)
    assert sum(given) > 0.95 * limits.seconds
