from __future__ import annotations

from datetime import date

import pytest
from builders import closure, course, instructor, programme, schedule, session
from rulecases import Breach, Case, Worded

from trainplan.rules.instructor_closed import InstructorClosed

LEAVE = programme(
    course(),
    instructors=[
        instructor("ann"),
        instructor("bob", site="north", available_from="03-08", available_until="03-12"),
    ],
    closures=[
        closure("instructor", "ann", "03-03", reason="annual leave"),
        closure("site", "north", "03-10"),
        closure("venue", "bob", "03-11"),
    ],
)
VISIT = programme(
    course(),
    instructors=[
        instructor("di", available_from="03-10", available_until="03-17"),
        instructor("ed", available_from=date.min, available_until=date.max),
    ],
)
PLACE = "schedule.csv row 2, column instructors"

CASES = (
    Case(
        "a day on leave; the colleague is there",
        LEAVE,
        schedule(
            session("CP-01", "03-02..03-03", instructors="ann"),
            session("CP-02", "03-04", instructors="ann"),
            session("CP-03", "03-10..03-11", instructors="bob"),
        ),
        Breach("CP-01 needs ann on 3 Mar 2027, who is away (annual leave)", "CP-01", "03-03", PLACE),
    ),
    Case(
        "before and after the visit; its first and last day are in it",
        LEAVE,
        schedule(
            session("CP-01", "03-05; 03-08", instructors="bob; ann"),
            session("CP-02", "03-12; 03-15", instructors="bob"),
            session("CP-03", "03-08..03-12", instructors="bob"),
        ),
        Breach(
            "CP-01 needs bob on 5 Mar 2027, who is away (available from 8 Mar 2027)", "CP-01", "03-05", PLACE
        ),
        Breach(
            "CP-02 needs bob on 15 Mar 2027, who is away (available until 12 Mar 2027)",
            "CP-02",
            "03-15",
            "schedule.csv row 3, column instructors",
        ),
    ),
    Case(
        "the day before the visit and the day after it, in the middle of the week",
        VISIT,
        schedule(
            session("CP-01", "03-09", instructors="di"),
            session("CP-02", "03-18", instructors="di"),
            session("CP-03", "03-10..03-17", instructors="di"),
            session("CP-04", "03-18", instructors="ed"),
        ),
        Breach(
            "CP-01 needs di on 9 Mar 2027, who is away (available from 10 Mar 2027)", "CP-01", "03-09", PLACE
        ),
        Breach(
            "CP-02 needs di on 18 Mar 2027, who is away (available until 17 Mar 2027)",
            "CP-02",
            "03-18",
            "schedule.csv row 3, column instructors",
        ),
    ),
    Case(
        "one named twice is away once",
        LEAVE,
        schedule(session("CP-01", "03-03", instructors="ann; ann"), session("CP-02", "03-03")),
        Breach("CP-01 needs ann on 3 Mar 2027, who is away (annual leave)", "CP-01", "03-03", PLACE),
    ),
    Case(
        "unknown people and cancelled sessions",
        LEAVE,
        schedule(
            session("CP-01", "03-03", instructors="anne"),
            session("CP-03", "03-03", instructors="ann", status="cancelled"),
        ),
    ),
)

WORDED = (
    Worded("instructor: ann", LEAVE, "ann is away: 3 Mar 2027 (annual leave)"),
    Worded("instructor: ann;cy", LEAVE, "ann and cy are away: 3 Mar 2027 (annual leave)"),
    Worded(
        "instructor: bob", LEAVE, "bob is away: available from 8 Mar 2027 and available until 12 Mar 2027"
    ),
)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_instructor_closed(case: Case) -> None:
    case.holds(InstructorClosed())


@pytest.mark.parametrize("worded", WORDED, ids=str)
def test_worded(worded: Worded) -> None:
    worded.holds(InstructorClosed())
