from __future__ import annotations

import pytest
from builders import course, instructor, programme, schedule, session
from rulecases import Breach, Case, Worded

from trainplan.rules.instructor_qualified import InstructorQualified

RANGE = programme(
    course("RS", roles="range-safety:1; first-aid:1", length=5),
    course("CP"),
    instructors=[
        instructor("ann", "range-safety until 03-03; law"),
        instructor("bob", "range-safety"),
        instructor("cy", "first-aid until 03-05"),
        instructor("di", "law until 03-01"),
    ],
)
PLACE = "schedule.csv row 2, column instructors"

CASES = (
    Case(
        "one runs out before the end; one holds on the last day",
        RANGE,
        schedule(
            session("RS-01", "03-01..03-05", instructors="ann; cy"),
            session("RS-02", "03-01..03-05", instructors="bob; cy"),
            session("CP-01", "03-05", instructors="ann"),
        ),
        Breach(
            "RS-01 has ann, whose range-safety runs out on 3 Mar 2027, before it ends on 5 Mar 2027",
            "RS-01",
            "03-01..03-05",
            PLACE,
        ),
    ),
    Case(
        "one holds nothing that is asked",
        RANGE,
        schedule(
            session("RS-01", "03-02", instructors="di; bob"), session("RS-02", "03-01", instructors="bob")
        ),
        Breach("RS-01 has di, who holds no first-aid or range-safety", "RS-01", "03-02", PLACE),
    ),
    Case(
        "without days the stated end decides",
        RANGE,
        schedule(
            session("RS-01", "", instructors="ann", start="03-01", end="03-04"),
            session("RS-02", "", instructors="ann", start="03-01", end="03-03"),
        ),
        Breach(
            "RS-01 has ann, whose range-safety runs out on 3 Mar 2027, before it ends on 4 Mar 2027",
            "RS-01",
            "",
            PLACE,
        ),
    ),
    Case(
        "unknown people and courses, cancelled sessions, courses without roles",
        RANGE,
        schedule(
            session("RS-01", instructors="dina"),
            session("XX-01", instructors="di"),
            session("CP-01", instructors="di"),
            session("RS-02", instructors="di", status="cancelled"),
        ),
    ),
)

WORDED = (
    Worded("instructor: ann", RANGE, "ann holds range-safety until 3 Mar 2027 and law"),
    Worded("instructor: bob;ed", RANGE, "bob and ed each hold range-safety"),
    Worded("instructor: zoe", programme(instructors=[instructor("zoe")]), "zoe holds no qualification"),
)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_instructor_qualified(case: Case) -> None:
    case.holds(InstructorQualified())


@pytest.mark.parametrize("worded", WORDED, ids=str)
def test_worded(worded: Worded) -> None:
    worded.holds(InstructorQualified())
