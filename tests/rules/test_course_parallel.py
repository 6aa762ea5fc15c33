from __future__ import annotations

import pytest
from builders import TWO_PERIODS, course, programme, schedule, session
from rulecases import Breach, Case, Worded

from trainplan.rules.course_parallel import CourseParallel

ONE = programme(course(parallel=1), course("CY", parallel=2), course("RS"))
HALVES = programme(course(parallel=1), periods=TWO_PERIODS)

CASES = (
    Case(
        "two where one may run; another course may run beside",
        ONE,
        schedule(
            session("CP-01", "03-01..03-02"),
            session("CP-02", "03-02..03-03"),
            session("CP-03", "03-04"),
            session("CY-01", "03-02"),
            session("CY-02", "03-02"),
            session("RS-01", "03-02"),
            session("RS-02", "03-02"),
        ),
        Breach(
            "CP has 2 sessions on 2 Mar 2027; 1 a day is the most",
            "CP-01; CP-02",
            "03-02",
            "curriculum.csv row 2, column parallel",
        ),
    ),
    Case(
        "three where two may run, each set of sessions a finding",
        ONE,
        schedule(
            session("CY-01", "03-01..03-04"),
            session("CY-02", "03-01..03-05"),
            session("CY-03", "03-02..03-05"),
            session("CY-04", "03-05"),
            session("CY-05", "03-08"),
        ),
        Breach(
            "CY has 3 sessions on 2–4 Mar 2027; 2 a day is the most",
            "CY-01; CY-02; CY-03",
            "03-02..03-04",
            "curriculum.csv row 3, column parallel",
        ),
        Breach(
            "CY has 3 sessions on 5 Mar 2027; 2 a day is the most",
            "CY-02; CY-03; CY-04",
            "03-05",
            "curriculum.csv row 3, column parallel",
        ),
    ),
    Case(
        "morning and afternoon are one day",
        HALVES,
        schedule(
            session("CP-01", "03-01 am"), session("CP-02", "03-01 pm"), session("CP-03", "03-02", periods=2)
        ),
        Breach(
            "CP has 2 sessions on 1 Mar 2027; 1 a day is the most",
            "CP-01; CP-02",
            "03-01",
            "curriculum.csv row 2, column parallel",
        ),
    ),
    Case(
        "cancelled sessions and unknown courses",
        ONE,
        schedule(session("CP-01"), session("CP-02", status="cancelled"), session("XX-01"), session("XX-02")),
    ),
)

WORDED = (
    Worded("course: CP", ONE, "at most 1 session of CP (parallel) may run on a day"),
    Worded("course: CY", ONE, "at most 2 sessions of CY (parallel) may run on a day"),
)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_course_parallel(case: Case) -> None:
    case.holds(CourseParallel())


@pytest.mark.parametrize("worded", WORDED, ids=str)
def test_worded(worded: Worded) -> None:
    worded.holds(CourseParallel())
