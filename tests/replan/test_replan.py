"""Events on small programmes: what has to change changes, by as little as it can, and nothing else does."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import product
from random import Random

import pytest
from builders import closure, course, day, group, instructor, programme, schedule, session, venue
from twins.brute import Tiny, single

from trainplan.audit import audit
from trainplan.goals import GOALS
from trainplan.model import Programme, Schedule
from trainplan.outcome import Limits, Progress
from trainplan.replan import Misreported, ReplanOutcome, replan

QUICK = Limits(20.0, workers=1)


def replanned(
    made: Programme, plan: Schedule, *events: str, today: str = "03-01", freeze: int = 0
) -> ReplanOutcome:
    return replan(made, plan, events, day(today), freeze, QUICK)


def told(outcome: ReplanOutcome) -> dict[str, str]:
    return {one.session: one.kind for one in outcome.changes if one.kind != "kept"}


def value(outcome: ReplanOutcome, name: str) -> tuple[int, int]:
    return next((one.value, one.bound) for one in outcome.goals if one.name == name)


TAUGHT = programme(
    course("CP", "police:30", features="", roles="law:1", max_class=10),
    course("CY", "police:10", features="lab"),
    groups=[group("police", 30)],
    venues=[venue("LT", 10), venue("lab", 12, "lab"), venue("hut", 8)],
    instructors=[instructor("ann", "law"), instructor("bob", "law")],
)
PLAN = schedule(
    session("CP-01", "03-01", venue="LT", instructors="ann", status="published", title="Old words"),
    session("CP-02", "03-08", venue="LT", instructors="ann", status="published"),
    session("CP-03", "03-15", venue="LT", instructors="bob"),
    session("CY-01", "03-22", venue="lab"),
)


def test_the_plan_is_sound() -> None:
    assert audit(TAUGHT, PLAN) == ()


def test_what_needs_no_change_comes_back_as_it_is() -> None:
    for events in ([], ["venue:LT closed 2027-03-09"], ["course:CP max_class 11"]):
        outcome = replanned(TAUGHT, PLAN, *events)
        assert outcome.same
        assert [a is b for a, b in zip(outcome.schedule.live, PLAN.live, strict=True)] == [True] * 4  # type: ignore[union-attr]
        assert value(outcome, "changes") == (0, 0)
        assert {one.kind for one in outcome.changes} == {"kept"}


def test_a_closed_room_is_left_for_another() -> None:
    outcome = replanned(TAUGHT, PLAN, "venue:LT closed 2027-03-08")
    assert told(outcome) == {"CP-02": "reroomed"}
    assert value(outcome, "changes") == (3, 3)
    (change,) = (one for one in outcome.changes if one.kind != "kept")
    assert (change.event, change.cost) == ("venue:LT closed 2027-03-08", 3)
    assert change.after is not None
    assert change.after.venues == ("lab",)
    assert change.after.status == "published"


def test_an_instructor_who_leaves_is_stood_in_for() -> None:
    outcome = replanned(TAUGHT, PLAN, "instructor:ann leaves 2027-03-05")
    assert told(outcome) == {"CP-02": "restaffed"}
    assert value(outcome, "changes") == (1, 1)


def test_a_session_whose_only_room_is_closed_moves() -> None:
    outcome = replanned(TAUGHT, PLAN, "venue:lab closed 2027-03-22")
    assert told(outcome) == {"CY-01": "moved"}
    assert value(outcome, "changes") == (20, 20)


def test_a_cancelled_session_s_people_find_seats_elsewhere() -> None:
    outcome = replanned(TAUGHT, PLAN, "session:CP-02 cancelled")
    assert told(outcome) == {"CP-02": "cancelled", "CP-04": "new"}
    assert value(outcome, "seats") == (0, 0)
    assert value(outcome, "changes") == (40 + 10, 40 + 10)
    assert outcome.schedule is not None
    row = next(one for one in outcome.schedule.sessions if one.id == "CP-02")
    assert (row.status, row.slots) == ("cancelled", PLAN.sessions[1].slots)


def test_more_people_get_seats_and_nobody_moves() -> None:
    outcome = replanned(TAUGHT, PLAN, "group:police +6")
    assert value(outcome, "seats") == (0, 0)
    # The classes are full: six more have one of their own.
    assert value(outcome, "changes") == (10, 10)
    assert "moved" not in told(outcome).values()
    assert "CY-01" not in told(outcome)


def test_fewer_people_only_leave_seats_empty() -> None:
    outcome = replanned(TAUGHT, PLAN, "group:police -4")
    assert told(outcome) == {"CP-03": "resized"}
    assert value(outcome, "seats") == (0, 0)
    assert value(outcome, "changes") == (4, 4)


def test_what_is_over_stays_whatever_is_wrong_with_it() -> None:
    outcome = replanned(TAUGHT, PLAN, "course:CP max_class 6", "venue:LT closed 2027-03-01", today="03-10")
    assert outcome.schedule is not None
    assert {"CP-01", "CP-02"}.isdisjoint(told(outcome))
    assert value(outcome, "seats") == (0, 0)
    assert all(
        one.start > date(2027, 3, 10) for one in outcome.schedule.live if one.id not in ("CP-01", "CP-02")
    )
    assert all(
        one.seats <= 6
        for one in outcome.schedule.live
        if one.id == "CP-03" or (one.id > "CP-03" and one.course == "CP")
    )


def test_nothing_new_is_put_before_today_or_on_it() -> None:
    outcome = replanned(TAUGHT, PLAN, "session:CP-03 cancelled", "session:CY-01 cancelled", today="03-12")
    assert outcome.schedule is not None
    new = [one for one in outcome.schedule.live if one.id not in {old.id for old in PLAN.sessions}]
    assert new
    assert min(one.start for one in new) > date(2027, 3, 12)


LONG = programme(
    course("ER", "police:10", length=5, features="", max_class=10),
    course("CP", "police:10", features="", max_class=10),
    groups=[group("police", 10)],
    venues=[venue("LT", 10), venue("hut", 10)],
)
UNDER_WAY = schedule(
    session("ER-01", "03-01..03-05", venue="LT", status="published"),
    session("CP-01", "03-08", venue="LT", status="published"),
)


def test_what_has_begun_goes_on_in_another_room_if_it_has_to() -> None:
    outcome = replanned(LONG, UNDER_WAY, "venue:LT closed 2027-03-04", today="03-03")
    assert told(outcome) == {"ER-01": "reroomed"}


def test_what_has_begun_is_not_moved_for_the_sake_of_others() -> None:
    """CP-01 is asked to lie within the days of ER-01: it must give way, not ER-01."""
    made = programme(
        *LONG.courses.values(), groups=LONG.groups.values(), venues=[venue("LT", 10)], ends="03-12"
    )
    outcome = replanned(made, UNDER_WAY, "course:CP latest 2027-03-04", today="03-03")
    assert "ER-01" not in told(outcome)
    assert value(outcome, "seats")[0] == 10


def test_frozen_sessions_move_only_if_they_must() -> None:
    made = programme(
        course("CP", "police:10", features="", max_class=10),
        course("CY", "fire:10", features="", max_class=10),
        venues=[venue("LT", 10)],
        ends="03-05",
        closures=[closure("venue", "LT", "03-03..03-05")],
    )
    plan = schedule(
        session("CP-01", "03-02", venue="LT", status="published"),
        session("CY-01", "03-04", "fire:10", venue="LT"),
    )
    held = replan(made, plan, [], day("02-26"), 14, QUICK)
    assert told(held) == {"CY-01": "moved"}
    must = replan(made, plan, ["venue:LT closed 2027-03-02"], day("02-26"), 14, QUICK)
    assert "CP-01" in told(must)


def test_pins_hold_and_one_that_can_t_is_named() -> None:
    pinned = schedule(
        *PLAN.sessions[:1],
        session("CP-02", "03-08", venue="LT", instructors="ann", pin="venue"),
        *PLAN.sessions[2:],
    )
    outcome = replanned(TAUGHT, pinned, "venue:LT closed 2027-03-08")
    assert told(outcome) == {"CP-02": "moved"}
    assert outcome.schedule is not None
    assert next(one for one in outcome.schedule.live if one.id == "CP-02").venues == ("LT",)
    both = schedule(
        *PLAN.sessions[:1],
        session("CP-02", "03-08", venue="LT", instructors="ann", pin="venue; date"),
        *PLAN.sessions[2:],
    )
    stuck = replanned(TAUGHT, both, "venue:LT closed 2027-03-08")
    assert stuck.outcome.status == "infeasible"
    assert [one.rule for one in stuck.outcome.because] == ["pinned", "venue-closed"]


def test_events_are_told_apart() -> None:
    outcome = replanned(TAUGHT, PLAN, "instructor:bob leaves 2027-03-12", "venue:lab closed 2027-03-22")
    assert {one.session: one.event for one in outcome.changes if one.event} == {
        "CP-03": "instructor:bob leaves 2027-03-12",
        "CY-01": "venue:lab closed 2027-03-22",
    }


def test_misreported_events_are_refused_together() -> None:
    with pytest.raises(Misreported) as refusal:
        replanned(TAUGHT, PLAN, "venue:X closed 2027-03-01", "fire!")
    assert len(refusal.value.problems) == 2


def test_files_that_have_changed_count_like_events() -> None:
    """The instructor is out of the file altogether."""
    made = programme(
        *TAUGHT.courses.values(),
        groups=TAUGHT.groups.values(),
        venues=TAUGHT.venues.values(),
        instructors=[instructor("bob", "law")],
    )
    outcome = replanned(made, PLAN)
    assert told(outcome) == {"CP-01": "restaffed", "CP-02": "restaffed"}
    assert {one.event for one in outcome.changes if one.event} == {"the files have changed"}
    assert value(outcome, "changes")[0] == value(outcome, "changes")[1]


def test_an_empty_schedule_is_planned() -> None:
    outcome = replanned(TAUGHT, schedule(), today="02-26")
    assert value(outcome, "seats") == (0, 0)
    assert set(told(outcome).values()) == {"new"}


def tiny(seed: int) -> tuple[Tiny, Schedule, str]:
    random = Random(seed)
    made = programme(
        course("CP", "police:2", features="", max_class=2, roles="law:1"),
        course("CY", "police:2", features="", max_class=random.choice((1, 2))),
        groups=[group("police", 2, random.choice((1, 2)))],
        venues=[venue("one", 2), venue("two", random.choice((1, 2)))],
        instructors=[instructor("ann", "law"), instructor("bob", "law")],
        starts="03-01",
        ends="03-04",
    )
    old = schedule(
        session("CP-01", "03-02", "police:2", venue="one", instructors="ann"),
        session("CY-01", "03-03", f"police:{random.choice((1, 2))}", venue="one"),
    )
    event = random.choice(
        (
            "venue:one closed 2027-03-02..2027-03-03",
            "instructor:ann leaves 2027-03-01",
            "all closed 2027-03-02",
            "group:police max_away 1",
            "venue:one capacity 1",
        )
    )
    when = {"CP": [(1,), (2,), (3,)], "CY": [(1,), (2,), (3,)]}
    return Tiny("replan", made, when, seats=(1, 2), staff=1), old, event


@pytest.mark.parametrize("seed", range(4))
def test_no_schedule_of_a_tiny_programme_is_nearer(seed: int) -> None:
    """Whatever has fewer seats unplaced, or as few and fewer changes, breaks a rule."""
    here, old, event = tiny(seed)
    outcome = replanned(here.programme, old, event)
    made = outcome.programme
    options = {id: [None, *single(here, made.courses[id])] for id in ("CP", "CY")}
    found = [value(outcome, "seats")[0], value(outcome, "changes")[0]]
    assert outcome.schedule is not None
    before = outcome.schedule.before
    tried = 0
    for chosen in product(options["CP"], options["CY"]):
        named = zip(chosen, ("CP-01", "CY-01"), strict=True)
        plan = Schedule.of((replace(one, id=id) for one, id in named if one is not None), before)
        tried += 1
        if [GOALS[name].measure(made, plan) for name in ("seats", "changes")] < found:
            assert any(one.rule != "demand" or "missing" not in one.message for one in audit(made, plan))
    assert tried > 500


def test_progress_promises_nothing_that_holds_for_a_part_alone() -> None:
    """A bound on what has been freed was once told as one on the whole."""
    heard: list[Progress] = []
    replan(TAUGHT, PLAN, ["instructor:ann leaves 2027-03-02"], day("03-01"), 0, QUICK, report=heard.append)
    assert heard
    assert {one.goal for one in heard} <= {*GOALS, ""}
    assert {one.bound for one in heard} == {None}
