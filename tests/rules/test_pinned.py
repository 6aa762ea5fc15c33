from __future__ import annotations

import pytest
from builders import TWO_PERIODS, course, programme, schedule, session
from rulecases import Breach, Case, Worded

from trainplan.rules.pinned import Pinned

PLAN = programme(course())
HALVES = programme(course(), periods=TWO_PERIODS)

CASES = (
    Case(
        "the day has moved; a free session may",
        PLAN,
        schedule(
            session("CP-01", "03-02"),
            session("CP-02", "03-09"),
            session("CP-03", "03-03", venue="lab"),
            before=schedule(
                session("CP-01", "03-01", pin="date"),
                session("CP-02", "03-08"),
                session("CP-03", "03-03", venue="hall", pin="date; seats; instructors"),
            ),
        ),
        Breach(
            "CP-01 was pinned to 1 Mar 2027 and is now on 2 Mar 2027",
            "CP-01",
            "03-02",
            "schedule.csv row 2, column days",
        ),
    ),
    Case(
        "another time of the same day",
        HALVES,
        schedule(
            session("CP-01", "03-01 pm"),
            session("CP-02", "03-02 pm"),
            before=schedule(
                session("CP-01", "03-01 am", pin="date"), session("CP-02", "03-02 pm", pin="date")
            ),
        ),
        Breach(
            "CP-01 was pinned to other times of 1 Mar 2027",
            "CP-01",
            "03-01",
            "schedule.csv row 2, column days",
        ),
    ),
    Case(
        "everything is pinned and everything has changed",
        PLAN,
        schedule(
            session("CP-01", "03-02", "police:8; customs:2", venue="", instructors="bob; cy"),
            session("CP-02", "03-03"),
            before=schedule(
                session("CP-01", "03-01", "police:10", venue="hall", pin="all"),
                session("CP-02", "03-03", pin="all"),
            ),
        ),
        Breach(
            "CP-01 was pinned to 1 Mar 2027 and is now on 2 Mar 2027",
            "CP-01",
            "03-02",
            "schedule.csv row 2, column days",
        ),
        Breach(
            "CP-01 was pinned to hall and is now in no venue",
            "CP-01",
            "03-02",
            "schedule.csv row 2, column venue",
        ),
        Breach(
            "CP-01 was pinned to no instructor and now has bob and cy",
            "CP-01",
            "03-02",
            "schedule.csv row 2, column instructors",
        ),
        Breach(
            "CP-01 was pinned to 10 of police and now seats 2 of customs and 8 of police",
            "CP-01",
            "03-02",
            "schedule.csv row 2, column groups",
        ),
    ),
    Case(
        "gone, cancelled, or another course's by now: each is gone",
        PLAN,
        schedule(
            session("CP-02", "03-02", status="cancelled"),
            session("CP-03", "03-03", course="CY"),
            before=schedule(
                session("CP-01", "03-01", pin="date; seats"),
                session("CP-02", "03-02", pin="venue"),
                session("CP-03", "03-03", pin="seats"),
                session("CP-04", "03-04"),
            ),
        ),
        Breach(
            "CP-01 was pinned (date and seats) and is gone",
            "CP-01",
            "03-01",
            "schedule.csv row 2, column pin",
        ),
        Breach("CP-02 was pinned (venue) and is gone", "CP-02", "03-02", "schedule.csv row 3, column pin"),
        Breach("CP-03 was pinned (seats) and is gone", "CP-03", "03-03", "schedule.csv row 4, column pin"),
    ),
    Case(
        "order doesn't matter, nor seats of nobody, nor the pins of what was cancelled",
        PLAN,
        schedule(
            session("CP-01", "03-01", "police:10; customs:0", venue="lab; hall", instructors="bob; ann"),
            before=schedule(
                session("CP-01", "03-01", "police:10", venue="hall; lab", instructors="ann; bob", pin="all"),
                session("CP-02", "03-02", pin="all", status="cancelled"),
            ),
        ),
    ),
    Case(
        "the days that were lost",
        PLAN,
        schedule(session("CP-01", ""), before=schedule(session("CP-01", "03-01..03-02", pin="date"))),
        Breach(
            "CP-01 was pinned to 1–2 Mar 2027 and is now on no day",
            "CP-01",
            "",
            "schedule.csv row 2, column days",
        ),
    ),
    Case("without an earlier schedule nothing is pinned", PLAN, schedule(session(pin="all"))),
)

WORDED = (Worded("session: CP-01", PLAN, "CP-01 is pinned"),)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_pinned(case: Case) -> None:
    case.holds(Pinned())


@pytest.mark.parametrize("worded", WORDED, ids=str)
def test_worded(worded: Worded) -> None:
    worded.holds(Pinned())
