from __future__ import annotations

import pytest
from builders import course, group, programme, schedule, session
from rulecases import Breach, Case, Worded

from trainplan.attendance import Dealing
from trainplan.model import After
from trainplan.rules import group_attendance
from trainplan.rules.group_attendance import GroupAttendance

TEN = programme(course("CP"), course("CY"), course("RS"), groups=[group("police", 10), group("fire", 10)])
CHAIN = programme(
    course("CP"),
    course("RS", after=(After("CP"),)),
    course("CY", after=(After("RS"),)),
    groups=[group("police", 10)],
)
JOINED = programme(
    course("CP"), course("CY"), course("RS", after=(After("CP"), After("CY"))), groups=[group("police", 10)]
)
STRICT = programme(
    course("CP"),
    course("RS"),
    course("CY", after=(After("RS", all=True),)),
    groups=[group("police", 10)],
)
PLACE = "groups.csv row 2, column headcount"

CASES = (
    Case(
        "all ten take one course, so nobody is left for another beside it; other days and groups are well",
        TEN,
        schedule(
            session("CP-01", "03-01", "police:5"),
            session("CP-02", "03-02", "police:5"),
            session("CY-01", "03-01..03-02", "police:1"),
            session("RS-01", "03-01..03-02", "fire:10"),
            session("RS-02", "03-03", "police:10"),
        ),
        Breach(
            "police: the seats of CP-01, CY-01 and CP-02 can't be dealt out to its 10 people",
            "CP-01; CY-01; CP-02",
            "03-01..03-02",
            PLACE,
        ),
    ),
    Case(
        "with one person to spare it can be done",
        TEN,
        schedule(
            session("CP-01", "03-01", "police:5"),
            session("CP-02", "03-02", "police:4"),
            session("CY-01", "03-01..03-02", "police:1"),
        ),
    ),
    Case(
        "more seats in one course than people",
        TEN,
        schedule(
            session("CP-01", "03-01", "police:6"),
            session("CP-02", "03-02", "police:5"),
            session("CY-01", "03-03", "police:10"),
        ),
        Breach(
            "police: 11 seats in CP (CP-01 and CP-02) for 10 people, each of whom takes it once",
            "CP-01; CP-02",
            "03-01..03-02",
            PLACE,
        ),
    ),
    Case(
        "more seats at one time than people",
        TEN,
        schedule(
            session("CP-01", "03-01", "police:6"),
            session("CY-01", "03-01..03-02", "police:5"),
            session("RS-01", "03-03", "police:10"),
        ),
        Breach(
            "police: 11 seats at one time (CP-01 and CY-01) for 10 people",
            "CP-01; CY-01",
            "03-01..03-02",
            PLACE,
        ),
    ),
    Case(
        "enough have finished each of two courses, but not the same people",
        JOINED,
        schedule(
            session("CP-01", "03-01", "police:5"),
            session("CY-01", "03-01", "police:5"),
            session("RS-01", "03-02", "police:5"),
        ),
        Breach(
            "police: the seats of RS-01 can't be dealt out to its 10 people (RS comes after CP and CY)",
            "RS-01",
            "03-02",
            PLACE,
        ),
    ),
    Case(
        "what two courses alone show is course-order's, down the whole chain",
        CHAIN,
        schedule(
            session("RS-01", "03-01", "police:4"),
            session("CP-01", "03-02", "police:10"),
            session("CY-01", "03-03", "police:4"),
            session("RS-02", "03-04", "police:6"),
            session("CY-02", "03-05", "police:6"),
        ),
    ),
    Case(
        "more seats at one time than people, though the order is wrong as well",
        CHAIN,
        schedule(session("CP-01", "03-01", "police:10"), session("CY-01", "03-01", "police:10")),
        Breach(
            "police: 20 seats at one time (CP-01 and CY-01) for 10 people",
            "CP-01; CY-01",
            "03-01",
            PLACE,
        ),
    ),
    Case(
        "more seats in a course than people, though nobody finished the one before it",
        CHAIN,
        schedule(session("CY-01", "03-01", "police:6"), session("CY-02", "03-02", "police:5")),
        Breach(
            "police: 11 seats in CY (CY-01 and CY-02) for 10 people, each of whom takes it once",
            "CY-01; CY-02",
            "03-01..03-02",
            PLACE,
        ),
    ),
    Case(
        "beside a wrong order, what only shows together is still found",
        JOINED,
        schedule(
            session("RS-02", "02-26", "police:2"),
            session("CP-01", "03-01", "police:5"),
            session("CY-01", "03-01", "police:5"),
            session("RS-01", "03-02", "police:5"),
        ),
        Breach(
            "police: the seats of RS-01 can't be dealt out to its 10 people (RS comes after CP and CY)",
            "RS-01",
            "03-02",
            PLACE,
        ),
    ),
    Case(
        "an order of all sessions is course-order's and excuses nothing here",
        STRICT,
        schedule(
            session("CP-01", "03-01", "police:5"),
            session("CY-01", "03-01..03-02", "police:1"),
            session("CP-02", "03-02", "police:5"),
            session("RS-01", "03-03", "police:1"),
        ),
        Breach(
            "police: the seats of CP-01, CY-01 and CP-02 can't be dealt out to its 10 people",
            "CP-01; CY-01; CP-02",
            "03-01..03-02",
            PLACE,
        ),
    ),
    Case(
        "cancelled sessions, unknown courses and groups, sessions without days",
        TEN,
        schedule(
            session("CP-01", groups="police:10"),
            session("CY-01", groups="police:10", status="cancelled"),
            session("XX-01", groups="police:10"),
            session("RS-01", groups="polcie:99"),
            session("RS-02", "", groups="police:99"),
        ),
    ),
)

WORDED = (
    Worded("group: police", TEN, "police has 10 people, each in one session at a time and once in a course"),
    Worded(
        "group: chief",
        programme(groups=[group("chief", 1)]),
        "chief has 1 person, each in one session at a time and once in a course",
    ),
)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_group_attendance(case: Case) -> None:
    case.holds(GroupAttendance())


@pytest.mark.parametrize("worded", WORDED, ids=str)
def test_worded(worded: Worded) -> None:
    worded.holds(GroupAttendance())


def test_what_was_not_settled_is_a_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(group_attendance, "deal", lambda programme, group, sessions: Dealing(None))
    Case(
        "",
        TEN,
        schedule(session("CP-01")),
        Breach(
            "police: whether its seats can be dealt out to its people was not settled",
            place=PLACE,
            severity="warning",
        ),
    ).holds(GroupAttendance())
