from __future__ import annotations

import pytest
from builders import TWO_PERIODS, course, instructor, programme, schedule, session
from rulecases import Breach, Case, Worded

from trainplan.rules.instructor_clash import InstructorClash

STAFF = programme(course(), instructors=[instructor("ann"), instructor("bob")])
HALVES = programme(course(), instructors=[instructor("ann")], periods=TWO_PERIODS)

CASES = (
    Case(
        "two at once; the day after and the colleague are free",
        STAFF,
        schedule(
            session("CP-01", "03-01..03-03", instructors="ann; bob"),
            session("CP-02", "03-03..03-04", instructors="ann"),
            session("CP-03", "03-05", instructors="ann"),
            session("CP-04", "03-04", instructors="bob"),
        ),
        Breach(
            "CP-01 and CP-02 both need ann on 3 Mar 2027",
            "CP-01; CP-02",
            "03-03",
            "schedule.csv row 3, column instructors",
        ),
    ),
    Case(
        "three at once",
        STAFF,
        schedule(*(session(f"CP-0{number}", instructors="bob") for number in (1, 2, 3)), session("CP-04")),
        Breach(
            "CP-01, CP-02 and CP-03 all need bob on 1 Mar 2027",
            "CP-01; CP-02; CP-03",
            "03-01",
            "schedule.csv row 4, column instructors",
        ),
    ),
    Case(
        "morning and afternoon don't meet",
        HALVES,
        schedule(
            session("CP-01", "03-01 am", instructors="ann"),
            session("CP-02", "03-01 pm", instructors="ann"),
            session("CP-03", "03-02", instructors="ann", periods=2),
            session("CP-04", "03-02 pm", instructors="ann"),
        ),
        Breach(
            "CP-03 and CP-04 both need ann on 2 Mar 2027 afternoon",
            "CP-03; CP-04",
            "03-02",
            "schedule.csv row 5, column instructors",
        ),
    ),
    Case(
        "named twice, cancelled, unknown",
        STAFF,
        schedule(
            session("CP-01", instructors="ann; ann"),
            session("CP-02", instructors="ann", status="cancelled"),
            session("CP-03", instructors="anne"),
            session("CP-04", instructors="anne"),
        ),
    ),
)

WORDED = (
    Worded("instructor: ann", STAFF, "ann teaches one session at a time"),
    Worded("instructor: ann;bob", STAFF, "ann and bob teach one session each at a time, 2 in all"),
)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_instructor_clash(case: Case) -> None:
    case.holds(InstructorClash())


@pytest.mark.parametrize("worded", WORDED, ids=str)
def test_worded(worded: Worded) -> None:
    worded.holds(InstructorClash())
