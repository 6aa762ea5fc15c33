from __future__ import annotations

import pytest
from builders import TWO_PERIODS, closure, course, programme, schedule, session
from rulecases import Breach, Case, Worded

from trainplan.rules.course_days import CourseDays

FOUNDERS = closure("all", "", "03-05", reason="Founders' Day")
SHORT = programme(course(length=3), closures=[FOUNDERS])
WEEK = programme(course(length=5, start_on={0}))
LONG = programme(course(length=6, span=True), closures=[FOUNDERS])
HALVES = programme(
    course("CP", length=3, whole_days=False, span=True), course("CY", length=4), periods=TWO_PERIODS
)
DAYS = "schedule.csv row 2, column days"

CASES = (
    Case(
        "a day off is used; the session beside it keeps clear",
        SHORT,
        schedule(session("CP-01", "03-03..03-05"), session("CP-02", "03-02..03-04")),
        Breach("CP-01 uses 5 Mar 2027, when nobody works (Founders' Day)", "CP-01", "03-05", DAYS),
    ),
    Case(
        "a weekend is used",
        LONG,
        schedule(session("CP-01", "03-08..03-13"), session("CP-02", "03-08..03-12; 03-15")),
        Breach("CP-01 uses 13 Mar 2027, when nobody works (a Saturday)", "CP-01", "03-13", DAYS),
    ),
    Case(
        "outside the programme, on one side and the other",
        SHORT,
        schedule(session("CP-01", "02-26; 03-01..03-02"), session("CP-02", "03-30..04-01")),
        Breach("CP-01 uses 26 Feb 2027, when nobody works (outside the programme)", "CP-01", "02-26", DAYS),
        Breach(
            "CP-01 runs on into the week of 1 Mar 2027; CP stays in one week",
            "CP-01",
            "02-26; 03-01..03-02",
            DAYS,
        ),
        Breach(
            "CP-02 uses 1 Apr 2027, when nobody works (outside the programme)",
            "CP-02",
            "04-01",
            "schedule.csv row 3, column days",
        ),
    ),
    Case(
        "a holiday and the weekend are stepped over, and must be",
        LONG,
        schedule(
            session("CP-01", "03-03..03-04; 03-08..03-11"), session("CP-02", "03-03..03-04; 03-09..03-12")
        ),
        Breach("CP-02 leaves out 8 Mar 2027 in between", "CP-02", "03-08", "schedule.csv row 3, column days"),
    ),
    Case(
        "too short and too long",
        SHORT,
        schedule(
            session("CP-01", "03-01..03-02"),
            session("CP-02", "03-08..03-11"),
            session("CP-03", "03-15..03-17"),
        ),
        Breach("CP-01 takes 2 days; CP takes 3 days", "CP-01", "03-01..03-02", DAYS),
        Breach(
            "CP-02 takes 4 days; CP takes 3 days",
            "CP-02",
            "03-08..03-11",
            "schedule.csv row 3, column days",
        ),
    ),
    Case(
        "the wrong weekday, and running on after the weekend",
        WEEK,
        schedule(session("CP-01", "03-09..03-12; 03-15"), session("CP-02", "03-08..03-12")),
        Breach(
            "CP-01 starts on 9 Mar 2027, a Tuesday; CP may start on a Monday",
            "CP-01",
            "03-09",
            "schedule.csv row 2, column start",
        ),
        Breach(
            "CP-01 runs on into the week of 15 Mar 2027; CP stays in one week",
            "CP-01",
            "03-09..03-12; 03-15",
            DAYS,
        ),
    ),
    Case(
        "stated start and end contradict the days",
        SHORT,
        schedule(
            session("CP-01", "03-01..03-03", start="03-02", end="03-04"), session("CP-02", "03-08..03-10")
        ),
        Breach(
            "CP-01 says it starts on 2 Mar 2027; its days start on 1 Mar 2027",
            "CP-01",
            "03-01",
            "schedule.csv row 2, column start",
        ),
        Breach(
            "CP-01 says it ends on 4 Mar 2027; its days end on 3 Mar 2027",
            "CP-01",
            "03-03",
            "schedule.csv row 2, column end",
        ),
    ),
    Case(
        "no days at all, and a course that nobody knows",
        SHORT,
        schedule(session("CP-01", ""), session("XX-01", "03-06")),
        Breach("CP-01 has no days", "CP-01", "", DAYS),
        Breach(
            "XX-01 uses 6 Mar 2027, when nobody works (a Saturday)",
            "XX-01",
            "03-06",
            "schedule.csv row 3, column days",
        ),
    ),
    Case(
        "a year of 3021 is one finding, at once",
        programme(course(length=2, span=True)),
        schedule(session("CP-01", "03-31; 3021-03-01"), session("CP-02", "03-29..03-30")),
        Breach(
            "CP-01 uses 1 Mar 3021, when nobody works (outside the programme)", "CP-01", "3021-03-01", DAYS
        ),
    ),
    Case(
        "half-days run on into the next day, in any period",
        HALVES,
        schedule(
            session("CP-01", "03-01 pm; 03-02 am; 03-02 pm"),
            session("CP-02", "03-01 am; 03-02 am; 03-02 pm"),
            session("CP-03", "03-05 pm; 03-08", periods=2),
        ),
        Breach("CP-02 leaves out 1 Mar 2027 in between", "CP-02", "03-01", "schedule.csv row 3, column days"),
    ),
    Case(
        "whole days begin in the first period",
        HALVES,
        schedule(
            session("CY-01", "03-01..03-02", periods=2),
            session("CY-02", "03-03 pm; 03-04; 03-05 am", periods=2),
        ),
        Breach(
            "CY-02 starts in the afternoon of 3 Mar 2027; CY is held in whole days",
            "CY-02",
            "03-03",
            "schedule.csv row 3, column days",
        ),
    ),
    Case(
        "lengths are told in half-days where half-days are planned",
        HALVES,
        schedule(session("CP-01", "03-01", periods=2), session("CY-01", "03-02; 03-03 am", periods=2)),
        Breach("CP-01 takes 2 half-days; CP takes 3 half-days", "CP-01", "03-01", DAYS),
        Breach(
            "CY-01 takes 3 half-days; CY takes 2 days",
            "CY-01",
            "03-02..03-03",
            "schedule.csv row 3, column days",
        ),
    ),
    Case(
        "a cancelled session may lie anywhere", SHORT, schedule(session("CP-01", "03-06", status="cancelled"))
    ),
)

WORDED = (
    Worded("course: CP", SHORT, "CP takes 3 days in a row, within one week"),
    Worded("course: CP", WEEK, "CP takes 5 days in a row, starting on a Monday, within one week"),
    Worded("course: CP", LONG, "CP takes 6 days in a row"),
    Worded("course: CP", HALVES, "CP takes 3 half-days in a row"),
)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_course_days(case: Case) -> None:
    case.holds(CourseDays())


@pytest.mark.parametrize("worded", WORDED, ids=str)
def test_worded(worded: Worded) -> None:
    worded.holds(CourseDays())
