"""What has a place is not thrown away: what can't stay is placed anew before anything is searched."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from builders import closure, course, day, group, instructor, programme, schedule, session, venue

from trainplan.audit import audit
from trainplan.model import After, Programme, Schedule
from trainplan.outcome import Limits
from trainplan.replan import ReplanOutcome, replan

NO_TIME = Limits(0.001, workers=1)
QUICK = Limits(20.0, workers=1)


def replanned(
    made: Programme,
    plan: Schedule,
    *events: str,
    today: str = "02-28",
    limits: Limits = QUICK,
    drop_seats: bool = False,
) -> ReplanOutcome:
    return replan(made, plan, events, day(today), 0, limits, drop_seats=drop_seats)


def value(outcome: ReplanOutcome, name: str) -> tuple[int, int]:
    return next((one.value, one.bound) for one in outcome.goals if one.name == name)


CHAIN = programme(
    course("A", "g0:10; g1:10; g2:10", length=2, features="", roles="teach:1", max_class=10),
    course("B", "g0:10; g1:10; g2:10", features="", roles="teach:1", max_class=10, after=(After("A"),)),
    groups=[group(id, 10) for id in ("g0", "g1", "g2")],
    venues=[venue("v", 10), venue("w", 10)],
    instructors=[instructor("i", "teach"), instructor("j", "teach")],
    ends="04-30",
)
CHAINED = schedule(
    session("A-01", "03-01..03-02", venue="v", instructors="i", groups="g0:10"),
    session("A-02", "03-03..03-04", venue="v", instructors="i", groups="g1:10"),
    session("A-03", "03-08..03-09", venue="v", instructors="i", groups="g2:10"),
    session("B-01", "03-03", venue="w", instructors="j", groups="g0:10"),
    session("B-02", "03-05", venue="w", instructors="j", groups="g1:10"),
    session("B-03", "03-10", venue="w", instructors="j", groups="g2:10"),
)
SEVERAL = ("venue:v closed 2027-03-01..2027-03-09", "venue:w closed 2027-03-01..2027-03-12")


def test_the_chained_plan_is_sound() -> None:
    assert audit(CHAIN, CHAINED) == ()


@pytest.mark.parametrize("limits", [NO_TIME, Limits(0.001, reproducible=True)], ids=["clock", "effort"])
def test_without_any_time_whole_chains_are_placed_anew(limits: Limits) -> None:
    """All of it was cancelled once: no time was left to search, and nothing had been placed."""
    outcome = replanned(CHAIN, CHAINED, *SEVERAL, limits=limits)
    assert outcome.schedule is not None
    assert value(outcome, "seats")[0] == 0
    assert {one.id for one in outcome.schedule.live} == {one.id for one in CHAINED.live}


def test_a_site_closed_moves_only_what_it_must() -> None:
    outcome = replanned(CHAIN, CHAINED, "venue:v closed 2027-03-03..2027-03-04", limits=NO_TIME)
    assert outcome.schedule is not None
    assert value(outcome, "changes")[0] <= 43
    assert value(outcome, "seats")[0] == 0


TIGHT = programme(
    course("A", "g0:10; g1:10; g2:10", length=2, features="", roles="teach:1", max_class=10),
    course("B", "g0:10; g1:10; g2:10", features="", roles="teach:1", max_class=10, after=(After("A"),)),
    groups=[group(id, 10) for id in ("g0", "g1", "g2")],
    venues=[venue("v", 10), venue("w", 10)],
    instructors=[instructor("i", "teach")],
    ends="03-12",
)
TIGHT_PLAN = schedule(
    session("A-01", "03-01..03-02", venue="v", instructors="i", groups="g0:10"),
    session("B-01", "03-03", venue="v", instructors="i", groups="g0:10", pin="instructors"),
    session("A-02", "03-04..03-05", venue="v", instructors="i", groups="g2:10"),
    session("B-02", "03-08", venue="v", instructors="i", groups="g2:10"),
    session("A-03", "03-09..03-10", venue="v", instructors="i", groups="g1:10", pin="instructors"),
    session("B-03", "03-11", venue="v", instructors="i", groups="g1:10"),
)


@pytest.mark.parametrize("limits", [NO_TIME, QUICK], ids=["no time", "time"])
def test_a_session_whose_instructor_is_pinned_makes_way(limits: Limits) -> None:
    """Two days in a row are free only where a session moves whose instructor is pinned."""
    outcome = replanned(TIGHT, TIGHT_PLAN, "group:g2 away 2027-03-05", limits=limits)
    assert value(outcome, "seats")[0] == 0
    assert value(outcome, "changes")[0] == 40
    if limits is QUICK:
        assert outcome.outcome.status == "optimal"


def test_own_goals_use_the_time_that_is_left() -> None:
    """Seats that are missing get the earliest place, not just any."""
    made = programme(
        course("A", "g0:30", features="", max_class=10),
        groups=[group("g0", 30, max_away=10)],
        venues=[venue("v", 10)],
        ends="06-30",
    )
    plan = schedule(session("A-01", "03-01", venue="v", groups="g0:10"))
    for limits in (NO_TIME, QUICK):
        outcome = replanned(made, plan, limits=limits, today="03-09")
        assert outcome.schedule is not None
        assert [one.start for one in outcome.schedule.live] == [day("03-01"), day("03-10"), day("03-11")]


def test_a_smaller_class_keeps_the_seats_that_no_place_is_left_for() -> None:
    """Where the only other room is smaller, some seats go there and the rest to a new session."""
    made = programme(
        course("A", "g0:20", features="", max_class=20),
        groups=[group("g0", 20)],
        venues=[venue("big", 20), venue("small", 12)],
        ends="03-31",
    )
    plan = schedule(session("A-01", "03-10", venue="big", groups="g0:20"))
    for limits in (NO_TIME, QUICK):
        outcome = replanned(made, plan, "venue:big leaves 2027-03-01", limits=limits)
        assert outcome.schedule is not None
        assert value(outcome, "seats")[0] == 0
        assert sorted(one.seats for one in outcome.schedule.live) != [20]


ROOMS = programme(
    course("A", "g0:10", features="", max_class=10),
    groups=[group("g0", 10)],
    venues=[venue("v", 10), venue("w", 10)],
    ends="03-12",
)
ONE = schedule(session("A-01", "03-10", venue="v", groups="g0:10"))


def live(outcome: ReplanOutcome) -> Sequence[tuple[str, object, tuple[str, ...]]]:
    assert outcome.schedule is not None
    return [(one.id, one.start, one.venues) for one in outcome.schedule.live]


@pytest.mark.parametrize("limits", [NO_TIME, QUICK], ids=["no time", "time"])
def test_a_cancelled_session_is_not_made_again_at_its_place(limits: Limits) -> None:
    (new,) = live(replanned(ROOMS, ONE, "session:A-01 cancelled", limits=limits))
    assert new[0] != "A-01"
    assert new[1:] != (day("03-10"), ("v",))
    without = replace(ROOMS, venues={"v": ROOMS.venues["v"]}, ends=day("03-10"))
    outcome = replanned(without, ONE, "session:A-01 cancelled", today="03-09", limits=limits)
    assert live(outcome) == []
    assert value(outcome, "seats")[0] == 10


def test_a_cancelled_session_without_a_venue_is_not_made_again_on_its_days() -> None:
    made = replace(ROOMS, courses={"A": replace(ROOMS.courses["A"], features=None)})
    plan = schedule(session("A-01", "03-10", groups="g0:10"))
    (new,) = live(replanned(made, plan, "session:A-01 cancelled"))
    assert new[1] != day("03-10")


def test_seats_of_a_cancelled_session_can_be_given_up() -> None:
    outcome = replanned(ROOMS, ONE, "session:A-01 cancelled", drop_seats=True)
    assert live(outcome) == []
    assert value(outcome, "seats") == (0, 0)
    assert outcome.outcome.unplaced == ()


def test_to_cancel_what_is_over_has_no_effect() -> None:
    outcome = replanned(ROOMS, ONE, "session:A-01 cancelled", today="03-11", drop_seats=True)
    assert outcome.same
    assert [one.text for one in outcome.idle] == ["session:A-01 cancelled"]
    assert outcome.programme.courses["A"].seats == {"g0": 10}


def test_a_pin_that_can_t_be_kept_is_named_and_nothing_else() -> None:
    """What comes before a pinned session was said to be missing: it is only not pinned."""
    plan = schedule(
        *(one for one in CHAINED.sessions if one.id != "B-03"),
        session("B-03", "03-10", venue="w", instructors="j", groups="g2:10", pin="date; venue"),
    )
    outcome = replanned(CHAIN, plan, "venue:w closed 2027-03-10")
    assert outcome.outcome.status == "infeasible"
    assert [(one.rule, one.sessions) for one in outcome.outcome.because] == [
        ("pinned", ("B-03",)),
        ("venue-closed", ("B-03",)),
    ]


def test_only_an_event_that_names_a_pinned_session_cancels_it() -> None:
    pinned = schedule(session("A-01", "03-10", venue="v", groups="g0:10", pin="date; venue"))
    (new,) = live(replanned(ROOMS, pinned, "session:A-01 cancelled"))
    assert new[0] != "A-01"
    assert replanned(ROOMS, pinned, "venue:v closed 2027-03-10").outcome.status == "infeasible"


def test_reasons_name_no_day_that_is_over() -> None:
    """There is room on 1 and 2 March, and the replan is on 8 March."""
    made = programme(
        course("A", "g0:10", features="", max_class=10),
        groups=[group("g0", 10)],
        venues=[venue("v", 10)],
        closures=[closure("venue", "v", "03-09..03-12")],
        ends="03-12",
    )
    (unplaced,) = replanned(made, schedule(), today="03-08").outcome.unplaced
    assert "could" not in unplaced.because
    assert "no fitting venue open" in unplaced.because
    (over,) = replanned(made, schedule(), today="03-12").outcome.unplaced
    assert over.because == "every possible start of A is over by 12 Mar 2027"
