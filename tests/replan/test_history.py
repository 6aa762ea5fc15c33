"""What is over stays in the way of nothing, and stands for what it was."""

from __future__ import annotations

from builders import closure, course, day, group, instructor, programme, schedule, session, venue

from trainplan.audit import audit
from trainplan.model import After, Programme, Schedule
from trainplan.outcome import Limits
from trainplan.replan import ReplanOutcome, replan
from trainplan.replan.freezing import fixed
from trainplan.solve.history import cut, history

QUICK = Limits(20.0, workers=1)


def replanned(made: Programme, old: Schedule, *events: str, today: str = "03-10") -> ReplanOutcome:
    return replan(made, old, events, day(today), 0, QUICK)


def told(outcome: ReplanOutcome) -> dict[str, str]:
    return {one.session: one.kind for one in outcome.changes if one.kind != "kept"}


def claims(outcome: ReplanOutcome) -> list[tuple[int, int]]:
    return [(one.value, one.bound) for one in outcome.goals[:2]]


SHRUNK = programme(
    course("CP", "police:8", features="", max_class=10),
    course("CY", "fire:10", length=2, features="lab", max_class=10),
    groups=[group("police", 8)],
    venues=[venue("hall", 30), venue("room", 30, "lab")],
)


def test_a_group_that_has_shrunk_since_leaves_others_alone() -> None:
    old = schedule(
        session("CP-01", "03-02", "police:10", venue="hall", status="published"),
        session("CP-02", "03-22", "police:10", venue="hall"),
        session("CY-01", "03-23..03-24", "fire:10", venue="room"),
    )
    outcome = replanned(SHRUNK, old, "venue:room closed 2027-03-23..2027-03-24")
    # Ten of eight have been there: nobody is left for CP-02. CY-01 only moves.
    assert told(outcome) == {"CP-02": "cancelled", "CY-01": "moved"}
    assert claims(outcome) == [(0, 0), (40 + 20, 40 + 20)]
    assert outcome.schedule is not None
    assert outcome.schedule.sessions[0] is old.sessions[0]


ORDERED = programme(
    course("CP", "police:10", features="hall", max_class=5),
    course("RS", "police:10", features="range", max_class=5, after=(After("CP"),)),
    groups=[group("police", 10)],
    venues=[venue("hall", 30, "hall"), venue("range1", 30, "range"), venue("range2", 30, "range")],
    closures=[closure("venue", "range1", "03-16")],
)
OUT_OF_ORDER = schedule(
    session("RS-01", "03-02", "police:5", venue="range1", status="published"),
    session("CP-01", "03-12", "police:5", venue="hall"),
    session("RS-02", "03-16", "police:5", venue="range1"),
    session("CP-02", "03-22", "police:5", venue="hall"),
)


def test_an_order_that_is_new_is_no_matter_of_what_has_been_held() -> None:
    outcome = replanned(ORDERED, OUT_OF_ORDER)
    assert told(outcome) == {"RS-02": "reroomed"}
    assert claims(outcome) == [(0, 0), (3, 3)]
    # The seats that were held count in the programme's own goals as they did.
    assert outcome.schedule is not None
    early = next(one for one in outcome.goals if one.name == "early")
    assert early.value == 5 * (1 + 11 + 15 + 21) == early.bound


def test_nor_is_one_of_all_sessions() -> None:
    made = programme(
        ORDERED.courses["CP"],
        course("RS", "police:10", features="range", max_class=5, after=(After("CP", all=True),)),
        groups=ORDERED.groups.values(),
        venues=ORDERED.venues.values(),
    )
    old = schedule(*OUT_OF_ORDER.sessions[:2], session("RS-02", "03-23", "police:5", venue="range1"))
    outcome = replanned(made, old)
    assert claims(outcome) == [(0, 0), (10, 10)]
    assert told(outcome) == {"CP-02": "new"}
    assert outcome.schedule is not None
    (new,) = (one for one in outcome.schedule.live if one.id == "CP-02")
    assert new.end < day("03-23")
    # Whoever checks the file by itself is told all the same.
    late = Schedule.of(outcome.schedule.sessions)
    assert "RS-01" in {id for one in audit(made, late) if one.rule == "course-order" for id in one.sessions}


def test_what_people_have_finished_they_have_finished() -> None:
    """CP has been held for five, in a room that is no longer there: they go on to RS."""
    made = programme(
        ORDERED.courses["CP"],
        ORDERED.courses["RS"],
        groups=ORDERED.groups.values(),
        venues=ORDERED.venues.values(),
        ends="03-12",
    )
    old = schedule(session("CP-01", "03-02", "police:5", venue="barn"), session("RS-01", "03-11", "police:5"))
    outcome = replanned(made, old)
    assert told(outcome)["RS-01"] == "reroomed"
    assert outcome.goals[0].value == outcome.goals[0].bound == 0


def test_a_week_that_has_been_too_full_takes_no_more_and_is_nothing_s_fault() -> None:
    made = programme(
        course("CP", "police:40", features="", roles="law:1", max_class=10),
        venues=[venue("hall", 30), venue("room", 30)],
        groups=[group("police", 40)],
        instructors=[instructor("ann", "law", max_days_per_week=2), instructor("bob", "law")],
    )
    old = schedule(
        *(session(f"CP-0{n}", f"03-{7 + n:02d}", venue="hall", instructors="ann") for n in (1, 2, 3)),
        session("CP-04", "03-12", venue="hall", instructors="ann"),
    )
    outcome = replanned(made, old, today="03-11")
    assert told(outcome) == {"CP-04": "restaffed"}
    assert claims(outcome) == [(0, 0), (1, 1)]


def test_people_who_are_left_are_still_dealt_out() -> None:
    """More were there than are in the group now; who is left can't be in two places at once all the same."""
    made = programme(
        course("CP", "police:2", max_class=4),
        course("CY", "police:2", length=2, max_class=4),
        course("FA", "police:2", max_class=4),
        groups=[group("police", 2)],
        ends="03-12",
    )
    old = schedule(
        session("CP-01", "03-02", "police:4"),
        session("CY-01", "03-11..03-12", "police:1"),
        session("FA-01", "03-11", "police:1"),
        session("FA-02", "03-12", "police:1"),
    )
    outcome = replanned(made, old)
    assert outcome.schedule is not None
    ahead = Schedule.of(one for one in outcome.schedule.live if one.id != "CP-01")
    assert [one for one in audit(made, ahead) if one.rule != "demand"] == []
    # On two days each of the two has time for one of CY and FA, which ask for four seats.
    assert claims(outcome)[0] == (2, 2)


def test_what_is_cut_off_is_no_more_than_has_to_be() -> None:
    over = [
        session("CP-01", "03-01", "police:6"),
        session("CP-02", "03-02", "police:4"),
        session("RS-01", "03-03", "police:9"),
        session("RS-02", "03-03", "police:1; fire:3"),
    ]
    assert cut(ORDERED, over[:3]) == over[:3]
    made = programme(*ORDERED.courses.values(), groups=[group("police", 8), group("fire", 5)])
    # Eight people: the latest eight seats of CP, and eight of RS; fire takes neither.
    left = {one.id: (dict(one.groups), one.seats) for one in cut(made, over)}
    assert left == {
        "CP-01": ({"police": 4}, 4),
        "CP-02": ({"police": 4}, 4),
        "RS-01": ({"police": 8}, 8),
        "RS-02": ({}, 0),
    }


def test_a_programme_asks_for_what_was_held_less_what_is_cut_off() -> None:
    before = Schedule.of(OUT_OF_ORDER.sessions, today=day("03-10"))
    stands = history(ORDERED, before, ["RS-01"])
    assert stands.programme.courses["RS"].seats == {"police": 5}
    assert stands.programme.courses["CP"].seats == {"police": 10}
    assert stands.written(stands.before.sessions) == list(before.sessions)


def test_what_is_frozen_is_not_let_go_for_what_is_over() -> None:
    frozen = [session("CP-01", "03-12", "police:5", venue="hall", status="published")]
    old = schedule(OUT_OF_ORDER.sessions[0], *frozen)
    assert fixed(ORDERED, old, day("03-10"), 14, ()) == {"RS-01", "CP-01"}
