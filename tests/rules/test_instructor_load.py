from __future__ import annotations

import pytest
from builders import TWO_PERIODS, course, instructor, programme, schedule, session
from rulecases import Breach, Case, Worded

from trainplan.rules.instructor_load import InstructorLoad

STAFF = programme(
    course(),
    instructors=[
        instructor("ann", max_days_per_week=3),
        instructor("bob"),
        instructor("cy", max_days_per_week=1),
    ],
)
HALVES = programme(
    course(),
    instructors=[instructor("ann", max_days_per_week=1)],
    periods=TWO_PERIODS,
    working_days=frozenset(range(7)),
)

CASES = (
    Case(
        "four days where three are agreed; others have no limit, or weeks of their own",
        STAFF,
        schedule(
            session("CP-01", "03-01..03-02", instructors="ann; bob"),
            session("CP-02", "03-03..03-04", instructors="ann"),
            session("CP-03", "03-01..03-05", instructors="bob"),
            session("CP-04", "03-08..03-10", instructors="ann"),
        ),
        Breach(
            "ann teaches on 4 days in the week of 1 Mar 2027; 3 days a week is the most",
            "CP-01; CP-02",
            "03-01..03-04",
            "instructors.csv row 2, column max_days_per_week",
        ),
    ),
    Case(
        "a session over the weekend counts in both weeks",
        STAFF,
        schedule(
            session("CP-01", "03-04..03-05; 03-08", instructors="cy"),
            session("CP-02", "03-15", instructors="cy"),
        ),
        Breach(
            "cy teaches on 2 days in the week of 1 Mar 2027; 1 day a week is the most",
            "CP-01",
            "03-04..03-05",
            "instructors.csv row 4, column max_days_per_week",
        ),
    ),
    Case(
        "two sessions on one date are one day, and Sunday belongs to the week before",
        HALVES,
        schedule(
            session("CP-01", "03-07 am", instructors="ann; ann"),
            session("CP-02", "03-07 pm", instructors="ann"),
            session("CP-03", "03-08 am", instructors="ann"),
            session("CP-04", "03-14 pm", instructors="ann"),
        ),
        Breach(
            "ann teaches on 2 days in the week of 8 Mar 2027; 1 day a week is the most",
            "CP-03; CP-04",
            "03-08; 03-14",
            "instructors.csv row 2, column max_days_per_week",
        ),
    ),
    Case(
        "cancelled sessions and unknown people",
        STAFF,
        schedule(
            session("CP-01", "03-01..03-04", instructors="ann", status="cancelled"),
            session("CP-02", "03-01..03-04", instructors="anne"),
        ),
    ),
)

WORDED = (
    Worded("instructor: ann", STAFF, "ann teaches at most 3 days a week"),
    Worded("instructor: cy;di", STAFF, "cy and di teach at most 1 day a week each"),
    Worded("instructor: bob", STAFF, "bob teaches any number of days a week"),
)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_instructor_load(case: Case) -> None:
    case.holds(InstructorLoad())


@pytest.mark.parametrize("worded", WORDED, ids=str)
def test_worded(worded: Worded) -> None:
    worded.holds(InstructorLoad())
