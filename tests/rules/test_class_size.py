from __future__ import annotations

import pytest
from builders import course, programme, schedule, session
from rulecases import Breach, Case, Worded

from trainplan.rules.class_size import ClassSize

SIZES = programme(course(min_class=8, max_class=30), course("ED", min_class=6, max_class=6), course("CY"))

CASES = (
    Case(
        "one too many, one too few; both ends of the range are in it",
        SIZES,
        schedule(
            session("CP-01", "03-01..03-02", "police:20; customs:11"),
            session("CP-02", "03-03", "police:7"),
            session("CP-03", "03-04", "police:20; customs:10"),
            session("CP-04", "03-05", "police:8"),
        ),
        Breach(
            "CP-01 has 31 seats; CP is taught to 30 at most",
            "CP-01",
            "03-01..03-02",
            "schedule.csv row 2, column groups",
        ),
        Breach(
            "CP-02 has 7 seats; CP is taught to 8 at least",
            "CP-02",
            "03-03",
            "schedule.csv row 3, column groups",
        ),
    ),
    Case(
        "the stated sum is not the sum",
        SIZES,
        schedule(
            session("CP-01", "03-01", "police:10; customs:5", seats=16),
            session("CP-02", "03-01", "police:10", seats=10),
            session("XX-01", "03-01", "police:2", seats=1),
        ),
        Breach(
            "CP-01 states 16 seats; its groups have 15 together",
            "CP-01",
            "03-01",
            "schedule.csv row 2, column seats",
        ),
        Breach(
            "XX-01 states 1 seat; its groups have 2 together",
            "XX-01",
            "03-01",
            "schedule.csv row 4, column seats",
        ),
    ),
    Case(
        "a session for nobody is too small for any course",
        SIZES,
        schedule(session("CY-01", "03-01", ""), session("CY-02", "03-01", "police:1")),
        Breach(
            "CY-01 has 0 seats; CY is taught to 1 at least",
            "CY-01",
            "03-01",
            "schedule.csv row 2, column groups",
        ),
    ),
    Case(
        "a cancelled session has any size", SIZES, schedule(session(groups="police:99", status="cancelled"))
    ),
)

WORDED = (
    Worded("course: CP", SIZES, "a session of CP has 8 to 30 seats"),
    Worded("course: ED", SIZES, "a session of ED has 6 seats"),
)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_class_size(case: Case) -> None:
    case.holds(ClassSize())


@pytest.mark.parametrize("worded", WORDED, ids=str)
def test_worded(worded: Worded) -> None:
    worded.holds(ClassSize())
