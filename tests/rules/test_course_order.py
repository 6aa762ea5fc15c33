from __future__ import annotations

import pytest
from builders import TWO_PERIODS, course, programme, schedule, session
from rulecases import Breach, Case, Worded

from trainplan.model import After
from trainplan.rules.course_order import CourseOrder

PLAIN = programme(
    course("CP", "police:20; customs:5"),
    course("RS", "police:20; fire:5", after=(After("CP"),)),
)
HALVES = programme(course("CP"), course("RS", after=(After("CP"),)), periods=TWO_PERIODS)
LAG = programme(course("CP", "police:20"), course("RS", "police:20", after=(After("CP", at_least=7),)))
WINDOW = programme(
    course("CP", "police:20"), course("RS", "police:20", after=(After("CP", at_least=2, at_most=7),))
)
SOON = programme(course("CP"), course("RS", after=(After("CP", at_most=7),)))
ALL = programme(course("CP", "customs:20"), course("RS", after=(After("CP", all=True),)))
ALL_WINDOW = programme(
    course("CP", "customs:20"), course("RS", after=(After("CP", all=True, at_least=7, at_most=14),))
)
TWO = programme(
    course("CP"),
    course("CY"),
    course("RS", after=(After("CP"), After("CY", all=True, at_least=1, at_most=1))),
)


def start(row: int) -> str:
    return f"schedule.csv row {row}, column start"


CASES = (
    Case(
        "four seats before their people can have finished; the six of the week before are well",
        PLAIN,
        schedule(
            session("CP-01", "03-01..03-05", "police:6"),
            session("CP-02", "03-08..03-12", "police:14; customs:5"),
            session("RS-01", "03-08", "police:10; fire:5"),
            session("RS-02", "03-15", "police:10"),
        ),
        Breach(
            "RS-01 starts on 8 Mar 2027; 4 of its 10 police can't have finished CP before",
            "CP-02; RS-01",
            "03-08",
            start(4),
        ),
    ),
    Case(
        "each earlier seat serves once",
        PLAIN,
        schedule(
            session("CP-01", "03-01", "police:10"),
            session("RS-01", "03-02", "police:6"),
            session("RS-02", "03-02", "police:4"),
            session("RS-03", "03-03", "police:3"),
        ),
        Breach(
            "RS-03 starts on 3 Mar 2027; 3 of its 3 police can't have finished CP before",
            "RS-03",
            "03-03",
            start(5),
        ),
    ),
    Case(
        "a group that takes only the later course, and seats of the other group, don't matter",
        PLAIN,
        schedule(session("CP-01", "03-08", "customs:5"), session("RS-01", "03-01", "fire:5")),
    ),
    Case(
        "ends on the day the other begins: too late in whole days",
        PLAIN,
        schedule(session("CP-01", "03-01..03-02", "police:5"), session("RS-01", "03-02..03-03", "police:5")),
        Breach(
            "RS-01 starts on 2 Mar 2027; 5 of its 5 police can't have finished CP before",
            "CP-01; RS-01",
            "03-02",
            start(3),
        ),
    ),
    Case(
        "the same day's afternoon is later, the same slot is not",
        HALVES,
        schedule(
            session("CP-01", "03-01 am", "police:5"),
            session("RS-01", "03-01 pm", "police:5"),
            session("CP-02", "03-02 pm", "police:5"),
            session("RS-02", "03-02 pm", "police:5"),
        ),
        Breach(
            "RS-02 starts on 2 Mar 2027 afternoon; 5 of its 5 police can't have finished CP before",
            "CP-02; RS-02",
            "03-02",
            start(5),
        ),
    ),
    Case(
        "six days of seven asked are too few, seven do",
        LAG,
        schedule(
            session("CP-01", "03-01..03-03", "police:5"),
            session("RS-01", "03-09", "police:5"),
            session("CP-02", "03-08", "police:5"),
            session("RS-02", "03-10", "police:5"),
        ),
        Breach(
            "RS-01 starts on 9 Mar 2027; 5 of its 5 police can't have finished CP at least 7 days before",
            "CP-01; RS-01",
            "03-09",
            start(3),
        ),
    ),
    Case(
        "what ended too long ago no longer counts, for anybody later either",
        WINDOW,
        schedule(
            session("CP-01", "03-01", "police:8"),
            session("CP-02", "03-05", "police:4"),
            session("RS-01", "03-08", "police:2"),
            session("RS-02", "03-09", "police:4"),
            session("RS-03", "03-10", "police:1"),
        ),
        Breach(
            "RS-03 starts on 10 Mar 2027; 1 of its 1 police can't have finished CP 2 to 7 days before",
            "RS-03",
            "03-10",
            start(6),
        ),
    ),
    Case(
        "the earliest seats go first, so that the late ones are left for the late",
        WINDOW,
        schedule(
            session("CP-01", "03-02", "police:5"),
            session("CP-02", "03-05", "police:5"),
            session("RS-01", "03-09", "police:5"),
            session("RS-02", "03-12", "police:5"),
        ),
    ),
    Case(
        "at most seven days, the eighth is too late",
        SOON,
        schedule(
            session("CP-01", "03-01", "police:5"),
            session("CP-02", "03-02", "police:5"),
            session("RS-01", "03-09", "police:6"),
        ),
        Breach(
            "RS-01 starts on 9 Mar 2027; 1 of its 6 police can't have finished CP at most 7 days before",
            "RS-01",
            "03-09",
            start(4),
        ),
    ),
    Case(
        "all sessions are over first, whatever the groups",
        ALL,
        schedule(
            session("CP-01", "03-01..03-02", "customs:5"),
            session("CP-02", "03-04..03-05", "customs:5"),
            session("RS-01", "03-05", "police:5"),
            session("RS-02", "03-08", "police:50"),
        ),
        Breach(
            "RS-01 starts on 5 Mar 2027; all of CP must be over before, and CP-02 ends on 5 Mar 2027",
            "CP-02; RS-01",
            "03-05",
            start(4),
        ),
    ),
    Case("all of none is over at any time", ALL, schedule(session("RS-01", "03-01"))),
    Case(
        "the lags of all count from the last of them",
        ALL_WINDOW,
        schedule(
            session("CP-01", "03-01", "customs:5"),
            session("CP-02", "03-05", "customs:5"),
            session("RS-01", "03-11", "police:5"),
            session("RS-02", "03-12", "police:5"),
            session("RS-03", "03-19", "police:5"),
            session("RS-04", "03-22", "police:5"),
        ),
        Breach(
            "RS-01 starts on 11 Mar 2027; all of CP must be over 7 to 14 days before, "
            "and CP-02 ends on 5 Mar 2027",
            "CP-02; RS-01",
            "03-11",
            start(4),
        ),
        Breach(
            "RS-04 starts on 22 Mar 2027; all of CP must be over 7 to 14 days before, "
            "and CP-02 ends on 5 Mar 2027",
            "CP-02; RS-04",
            "03-22",
            start(7),
        ),
    ),
    Case(
        "cancelled sessions train nobody and need nothing; those without days are passed over",
        PLAIN,
        schedule(
            session("CP-01", "03-01", "police:5", status="cancelled"),
            session("RS-01", "03-02", "police:5", status="cancelled"),
            session("RS-02", "03-02", "police:5"),
            session("CP-02", "", "police:5"),
            session("RS-03", "", "police:5"),
        ),
        Breach(
            "RS-02 starts on 2 Mar 2027; 5 of its 5 police can't have finished CP before",
            "RS-02",
            "03-02",
            start(4),
        ),
    ),
)

WORDED = (
    Worded("course: RS", PLAIN, "RS comes after CP"),
    Worded("course: RS", LAG, "RS comes at least 7 days after CP"),
    Worded("course: RS", SOON, "RS comes at most 7 days after CP"),
    Worded("course: RS", ALL_WINDOW, "RS comes 7 to 14 days after all sessions of CP"),
    Worded("course: RS", TWO, "RS comes after CP and 1 day after all sessions of CY"),
    Worded("course: CP", TWO, "CP comes in any order"),
)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_course_order(case: Case) -> None:
    case.holds(CourseOrder())


@pytest.mark.parametrize("worded", WORDED, ids=str)
def test_worded(worded: Worded) -> None:
    worded.holds(CourseOrder())
