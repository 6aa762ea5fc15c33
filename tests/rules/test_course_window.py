from __future__ import annotations

import pytest
from builders import closure, course, programme, schedule, session
from rulecases import Breach, Case, Worded

from trainplan.rules.course_window import CourseWindow

WINDOW = programme(course(length=2, earliest="03-02", latest="03-09"), course("CY", due="03-02"))
SHUT = programme(
    course(length=5),
    course("CY"),
    closures=[
        closure("course", "CP", "03-04..03-08", reason="exams"),
        closure("course", "CP", "03-04", opens=True),
    ],
)

CASES = (
    Case(
        "too late; the last day of the window is in it, and due binds nothing",
        WINDOW,
        schedule(
            session("CP-01", "03-09..03-10"), session("CP-02", "03-08..03-09"), session("CY-01", "03-03")
        ),
        Breach(
            "CP-01 ends on 10 Mar 2027; CP must end by 9 Mar 2027",
            "CP-01",
            "03-10",
            "schedule.csv row 2, column end",
        ),
    ),
    Case(
        "too early; the first day of the window is in it",
        WINDOW,
        schedule(session("CP-01", "03-01..03-02"), session("CP-02", "03-02..03-03")),
        Breach(
            "CP-01 starts on 1 Mar 2027; CP may not start before 2 Mar 2027",
            "CP-01",
            "03-01",
            "schedule.csv row 2, column start",
        ),
    ),
    Case(
        "a closure of the course, not of another",
        SHUT,
        schedule(
            session("CP-01", "03-01..03-05"),
            session("CY-01", "03-04"),
            session("CP-02", "03-09..03-12; 03-15"),
        ),
        Breach(
            "CP-01 runs on 4–5 Mar 2027, when CP may not be held (exams)",
            "CP-01",
            "03-04..03-05",
            "schedule.csv row 2, column days",
        ),
    ),
    Case(
        "nothing to say of no days, of cancelled sessions, of unknown courses",
        WINDOW,
        schedule(
            session("CP-01", ""),
            session("CP-02", "03-10..03-11", status="cancelled"),
            session("XX-01", "03-10"),
        ),
    ),
)

WORDED = (
    Worded("course: CP", WINDOW, "CP may not start before 2 Mar 2027 and must end by 9 Mar 2027"),
    Worded("course: CP", SHUT, "CP may not be held on 4–8 Mar 2027 (exams)"),
    Worded("course: CY", SHUT, "CY may be held at any time"),
)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_course_window(case: Case) -> None:
    case.holds(CourseWindow())


@pytest.mark.parametrize("worded", WORDED, ids=str)
def test_worded(worded: Worded) -> None:
    worded.holds(CourseWindow())
