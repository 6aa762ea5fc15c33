"""Why a session is where it is, and what elsewhere would cost: programmes whose answers are known."""

from __future__ import annotations

from dataclasses import replace
from io import StringIO

import pytest

from tests import builders as make
from trainplan.alternatives.telling import change, holding
from trainplan.alternatives.why import (
    Asked,
    already,
    best_of,
    no_start,
    placements,
    starts,
    tries,
)
from trainplan.audit import audit
from trainplan.model import After, Programme, Schedule
from trainplan.outcome import GoalResult, Limits, Outcome
from trainplan.solve import plan_with
from trainplan.views.console import Screen
from trainplan.views.why import held

QUICK = Limits(20, workers=1)


def asked(programme: Programme, schedule: Schedule, what: str, on: str = "", **other: str) -> Asked:
    """A question about a session, or where it has no number about a course."""
    session = next((one for one in schedule.sessions if one.id == what), None)
    course = programme.courses[session.course if session else what]
    return Asked(course, session, make.day(on) if on else None, **other)


def rules(programme: Programme, schedule: Schedule, what: str, on: str = "", **other: str) -> list[str]:
    """The rules that stand against the alternative in the schedule as it is."""
    best = tries(programme, schedule, asked(programme, schedule, what, on, **other))[0]
    return [one.rule for one in best.against]


def test_each_start_says_what_stands_against_it_and_what_it_costs() -> None:
    programme = make.programme(
        make.course("CP", "police:10", features="", latest="03-04"),
        make.course("IT", "customs:10", features=""),
        venues=[make.venue("hall")],
        ends="03-05",
        goals=("early",),
    )
    schedule = make.schedule(
        make.session("IT-01", "03-01", "customs:10", venue="hall"),
        make.session("CP-01", "03-02", venue="hall"),
    )
    seen = starts(programme, schedule, schedule.live[1])
    assert [[one.rule for one in start.against] for start in seen.starts] == [
        ["venue-clash"],
        [],
        [],
        [],
        ["course-window"],
    ]
    assert [start.values for start in seen.starts] == [(), (10,), (20,), (30,), ()]
    assert [start.here for start in seen.starts] == [False, True, False, False, False]
    assert holding(programme, seen) == [
        "early would suffer at 2 other starts that no rule forbids",
        "rules forbid 2 other starts while everything else stays as it is",
    ]


def test_a_session_that_could_be_better_elsewhere_is_said_to_be() -> None:
    programme = make.programme(make.course("CP"), ends="03-03", goals=("early",))
    schedule = make.schedule(make.session("CP-01", "03-02", pin="date"))
    said = holding(programme, starts(programme, schedule, schedule.live[0]))
    assert said[0].startswith("it is pinned")
    assert "from 1 Mar 2027, all else staying, early would be 10 less" in said[1]


def test_people_who_follow_on_hold_a_session_back() -> None:
    programme = make.programme(
        make.course("CP"), make.course("RS", after=(After("CP"),)), ends="03-03", goals=("early",)
    )
    schedule = make.schedule(make.session("CP-01", "03-01"), make.session("RS-01", "03-02"))
    seen = starts(programme, schedule, schedule.live[0])
    assert ["course-order" in [one.rule for one in start.against] for start in seen.starts] == [
        False,
        True,
        True,
    ]


def test_halves_of_days_are_starts_of_their_own() -> None:
    programme = make.programme(
        make.course("PH", whole_days=False, features=""),
        make.course("IT", "customs:10", whole_days=False, features=""),
        venues=[make.venue("hall")],
        periods=make.TWO_PERIODS,
        ends="03-01",
    )
    schedule = make.schedule(
        make.session("PH-01", "03-01 am", venue="hall", periods=2),
        make.session("IT-01", "03-01 pm", "customs:10", venue="hall", periods=2),
    )
    seen = starts(programme, schedule, next(one for one in schedule.live if one.id == "PH-01"))
    assert [[one.rule for one in start.against] for start in seen.starts] == [[], ["venue-clash"]]


@pytest.mark.parametrize(
    ("on", "other", "expected"),
    [
        ("03-02", {}, ["venue-clash"]),
        ("03-02", {"venue": "small"}, ["venue-capacity"]),
        ("03-03", {"venue": "small"}, ["venue-capacity"]),
        ("03-03", {}, []),
        ("03-04", {}, ["venue-closed"]),
        ("03-03", {"teacher": "bob"}, ["instructor-qualified"]),
    ],
)
def test_what_forbids_an_alternative_is_named(on: str, other: dict[str, str], expected: list[str]) -> None:
    programme = make.programme(
        make.course("CP", "police:10", features="", roles="law:1"),
        make.course("IT", "customs:5", features=""),
        venues=[make.venue("hall"), make.venue("small", 8)],
        instructors=[make.instructor("ann", "law"), make.instructor("bob", "safety")],
        closures=[make.closure("venue", "hall", "03-04")],
        ends="03-05",
    )
    schedule = make.schedule(
        make.session("CP-01", "03-01", venue="hall", instructors="ann"),
        make.session("IT-01", "03-02", "customs:5", venue="hall"),
    )
    assert rules(programme, schedule, "CP-01", on, **other) == expected
    assert rules(programme, schedule, "CP", on, **other) == expected


def test_a_pin_is_named_first() -> None:
    programme = make.programme(make.course("CP"), ends="03-03")
    schedule = make.schedule(make.session("CP-01", "03-01", pin="date"))
    assert rules(programme, schedule, "CP-01", "03-02") == ["pinned"]


def test_an_umbrella_that_can_spare_no_more_is_named() -> None:
    parts = [make.group(id, 10, part_of="force") for id in ("north", "south")]
    programme = make.programme(
        make.course("CP", "north:8"),
        make.course("IT", "south:8"),
        groups=[make.group("force", 20, 10), *parts],
        ends="03-02",
    )
    schedule = make.schedule(
        make.session("CP-01", "03-01", "north:8"), make.session("IT-01", "03-02", "south:8")
    )
    (finding,) = tries(programme, schedule, asked(programme, schedule, "CP-01", "03-02"))[0].against
    assert (finding.rule, finding.message[:6]) == ("group-cover", "force:")


def test_a_date_inside_a_run_is_meant_where_none_begins_on_it() -> None:
    programme = make.programme(make.course("CP", length=3, start_on=[0]), ends="03-12")
    schedule = make.schedule(make.session("CP-01", "03-01..03-03"))
    (run,) = placements(programme, asked(programme, schedule, "CP", "03-09"))
    assert run.first == 7
    nowhere = asked(programme, schedule, "CP", "03-11")
    assert placements(programme, nowhere) == ()
    assert "starts on a Monday" in no_start(programme, nowhere).message
    assert "a Saturday" in no_start(programme, asked(programme, schedule, "CP", "03-06")).message
    assert (
        "outside the programme" in no_start(programme, asked(programme, schedule, "CP", "2028-01-03")).message
    )


def test_what_is_so_already_is_noticed() -> None:
    programme = make.programme(make.course("CP", length=2))
    schedule = make.schedule(make.session("CP-01", "03-01..03-02", venue="hall"))
    for what, on, other, so in [
        ("CP", "03-02", {}, True),
        ("CP-01", "03-01", {"venue": "hall"}, True),
        ("CP", "03-03", {}, False),
        ("CP", "03-01", {"teacher": "ann"}, False),
    ]:
        question = asked(programme, schedule, what, on, **other)  # type: ignore[arg-type]
        assert (already(schedule, question) is not None) is so


def test_a_change_is_said_in_words() -> None:
    old = make.session("CP-01", "03-01", venue="hall", instructors="ann")
    new = replace(make.session("CP-01", "03-02", "police:9; customs:1", venue="lab"), instructors=())
    assert change(old, new, ("day",)) == (
        "1 Mar 2027 becomes 2 Mar 2027; in hall becomes in lab; without ann; "
        "10 of police becomes 9 of police and 1 of customs"
    )
    assert change(None, old, ("day",)) == "new: 1 Mar 2027, in hall, 10 of police"
    assert change(old, None, ("day",)) == "no longer held (1 Mar 2027, in hall, 10 of police)"


def best(programme: Programme, schedule: Schedule, what: str, on: str, **other: str) -> Outcome:
    """The best schedule with the alternative, whatever else has to move."""
    question = asked(programme, schedule, what, on, **other)
    way = tries(programme, schedule, question)[0]
    session = way.fit.session if question.session is not None else None
    return plan_with(
        programme,
        schedule,
        question.course.id,
        way.placement,
        QUICK,
        venue=question.venue,
        teacher=question.teacher,
        session=session and replace(session, pin=frozenset({"date"})),
    )


def swap() -> tuple[Programme, Schedule]:
    """One hall, two days: CP for 10 on the first, IT for 6 on the second."""
    programme = make.programme(
        make.course("CP", "police:10", features=""),
        make.course("IT", "customs:6", features=""),
        venues=[make.venue("hall")],
        ends="03-02",
        goals=("seats", "early"),
    )
    schedule = make.schedule(
        make.session("CP-01", "03-01", venue="hall"),
        make.session("IT-01", "03-02", "customs:6", venue="hall"),
    )
    return programme, schedule


@pytest.mark.parametrize("what", ["IT", "IT-01"])
def test_the_best_schedule_with_it_makes_room(what: str) -> None:
    outcome = best(*swap(), what, "03-01")
    assert outcome.status == "optimal"
    assert [(goal.name, goal.value, goal.bound) for goal in outcome.goals] == [
        ("seats", 0, 0),
        ("early", 10, 10),
    ]


def test_seats_are_given_up_where_there_is_no_other_way() -> None:
    programme, schedule = swap()
    programme = replace(
        programme,
        courses={**programme.courses, "CP": replace(programme.courses["CP"], latest=make.day("03-01"))},
    )
    outcome = best(programme, schedule, "IT", "03-01")
    assert outcome.goals[0].value == 10
    assert [(one.course, one.seats) for one in outcome.unplaced] == [("CP", 10)]


def test_what_no_schedule_has_is_proved_impossible() -> None:
    programme, schedule = swap()
    programme = replace(programme, closures=(make.closure("venue", "hall", "03-02"),))
    assert best(programme, schedule, "CP", "03-02").status == "infeasible"


def test_pins_of_others_are_kept() -> None:
    programme, schedule = swap()
    pinned = Schedule.of(replace(one, pin=frozenset({"date"})) for one in schedule.live)
    assert best(programme, pinned, "IT-01", "03-01").status == "infeasible"


def test_a_venue_and_an_instructor_are_the_very_ones_asked_for_though_others_are_alike() -> None:
    programme = make.programme(
        make.course("CP", "police:10; customs:10", features="", roles="law:1", max_class=10),
        venues=[make.venue("a"), make.venue("b")],
        instructors=[make.instructor(id, "law") for id in ("ann", "bob")],
        ends="03-02",
    )
    schedule = make.schedule(
        make.session("CP-01", "03-01", "police:10", venue="a", instructors="ann"),
        make.session("CP-02", "03-01", "customs:10", venue="b", instructors="bob"),
    )
    for what in ("CP", "CP-01"):
        outcome = best(programme, schedule, what, "03-02", venue="b", teacher="ann")
        assert outcome.schedule is not None
        (moved,) = [one for one in outcome.schedule.live if one.start == make.day("03-02")]
        assert (moved.venues, moved.instructors) == (("b",), ("ann",))


def test_no_time_is_no_proof() -> None:
    programme, schedule = swap()
    question = asked(programme, schedule, "IT", "03-01")
    way = tries(programme, schedule, question)[0]
    outcome = plan_with(programme, schedule, "IT", way.placement, Limits(1e-6, workers=1))
    assert outcome.status != "infeasible"


def half_days() -> tuple[Programme, Schedule]:
    """One day, two halves: PH in the morning and IT in the afternoon, ann with one and bob with the other."""
    programme = make.programme(
        make.course("PH", whole_days=False, features="", roles="law:1"),
        make.course("IT", "customs:10", whole_days=False, features="", roles="law:1"),
        venues=[make.venue("hall"), make.venue("attic")],
        instructors=[make.instructor("ann", "law"), make.instructor("bob", "law")],
        periods=make.TWO_PERIODS,
        ends="03-01",
        goals=("early",),
    )
    schedule = make.schedule(
        make.session("PH-01", "03-01 am", venue="hall", instructors="ann", periods=2),
        make.session("IT-01", "03-01 pm", "customs:10", venue="hall", instructors="ann", periods=2),
    )
    return programme, schedule


def shown(programme: Programme, schedule: Schedule, id: str) -> list[str]:
    """The rows of the table of starts, on a screen that is no terminal."""
    stream = StringIO()
    screen = Screen(stream)
    seen = starts(programme, schedule, next(one for one in schedule.live if one.id == id))
    screen.show(held(programme, seen, holding(programme, seen), screen))
    return [" ".join(line.split()) for line in stream.getvalue().splitlines() if line.startswith("2027-")]


def test_half_days_are_named_and_so_are_the_room_and_the_instructors_that_a_start_needs() -> None:
    programme, schedule = half_days()
    assert shown(programme, schedule, "PH-01") == [
        "2027-03-01 morning here it is",
        "2027-03-01 afternoon nothing, in attic in place of hall, with bob in place of ann; no goal changes",
    ]


def test_reasons_name_the_half_of_the_day() -> None:
    programme, schedule = half_days()
    programme = replace(
        programme,
        venues={"hall": programme.venues["hall"]},
        instructors={"ann": programme.instructors["ann"]},
    )
    (row,) = [row for row in shown(programme, schedule, "PH-01") if "venue-clash" in row]
    assert "PH-01 are in hall at the same time on 1 Mar 2027 afternoon" in row
    assert "need ann on 1 Mar 2027 afternoon" in row


def test_what_is_just_as_good_or_better_says_what_it_takes() -> None:
    programme, _ = half_days()
    programme = replace(programme, ends=make.day("03-02"), goals=("early",))
    schedule = make.schedule(
        make.session("PH-01", "03-02 am", venue="hall", instructors="ann", periods=2),
        make.session("IT-01", "03-01 am", "customs:10", venue="hall", instructors="ann", periods=2),
    )
    seen = starts(programme, schedule, next(one for one in schedule.live if one.id == "PH-01"))
    assert holding(programme, seen)[0] == (
        "it need not be there: from 1 Mar 2027 morning, in attic in place of hall, with bob in place of ann, "
        "all else staying, early would be 10 less"
    )


def test_of_several_starts_that_are_meant_the_best_counts_and_bounds_hold_for_all() -> None:
    programme, schedule = half_days()
    ways = tries(programme, schedule, asked(programme, schedule, "PH", "03-01"))
    assert len(ways) == 2

    def outcome(status: str, *goals: tuple[int, int]) -> Outcome:
        results = tuple(GoalResult("early", *one) for one in goals)
        return Outcome(status, schedule if goals else None, results, (), 0.0)  # type: ignore[arg-type]

    none = outcome("infeasible")
    for answers, at, status, bounds in [
        ((none, outcome("optimal", (5, 5))), 1, "optimal", [5]),
        ((none, none), 0, "infeasible", []),
        ((none, outcome("unknown")), 1, "unknown", []),
        ((outcome("optimal", (7, 7)), outcome("optimal", (5, 5))), 1, "optimal", [5]),
        ((outcome("feasible", (7, 3)), outcome("optimal", (5, 5))), 1, "feasible", [3]),
        ((outcome("unknown"), outcome("optimal", (5, 5))), 1, "feasible", [0]),
    ]:
        way, best = best_of(list(zip(ways, answers, strict=True)))
        assert (ways.index(way), best.status, [goal.bound for goal in best.goals]) == (at, status, bounds)


def test_a_course_that_fits_nowhere_has_no_start_and_that_is_said() -> None:
    programme = make.programme(make.course("CP", length=3, start_on=[3]), ends="03-12", goals=("early",))
    schedule = make.schedule(make.session("CP-01", "03-03..03-05"))
    assert shown(programme, schedule, "CP-01") == []
    assert holding(programme, starts(programme, schedule, schedule.live[0])) == [
        "CP takes 3 days in a row within one week from a Thursday on, which the programme has nowhere: "
        "it has no start"
    ]


def test_no_plan_begins_with_a_schedule_that_breaks_a_rule() -> None:
    programme, schedule = swap()
    unsound = Schedule.of(
        replace(one, groups={**one.groups, "police": 20}, seats=20) for one in schedule.live
    )
    (placement,) = placements(programme, asked(programme, schedule, "IT", "03-02"))
    outcome = plan_with(programme, schedule, "IT", placement, Limits(1e-6, workers=1), start=unsound)
    assert outcome.schedule is None or not audit(programme, outcome.schedule)
