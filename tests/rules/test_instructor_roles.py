from __future__ import annotations

import pytest
from builders import course, instructor, programme, schedule, session
from rulecases import Breach, Case, Worded

from trainplan.rules.instructor_roles import InstructorRoles

RANGE = programme(
    course("RS", roles="range-safety:2"),
    course("MX", roles="range-safety:1; law:1; first-aid:1", length=5),
    course("CP"),
    instructors=[
        instructor("ann", "range-safety"),
        instructor("bob", "range-safety; law; first-aid"),
        instructor("cy", "range-safety; law"),
        instructor("di", "law until 03-04"),
        instructor("ed", "first-aid"),
    ],
)
PLACE = "schedule.csv row 2, column instructors"

CASES = (
    Case(
        "one too few; two do",
        RANGE,
        schedule(
            session("RS-01", "03-01..03-02", instructors="ann"),
            session("RS-02", "03-03", instructors="ann; bob"),
        ),
        Breach("RS-01 has 1 instructor (ann); RS needs 2 (range-safety x2)", "RS-01", "03-01..03-02", PLACE),
    ),
    Case(
        "none, one too many, one named twice",
        RANGE,
        schedule(
            session("RS-01", "03-01"),
            session("RS-02", "03-02", instructors="ann; bob; cy"),
            session("RS-03", "03-03", instructors="ann; ann"),
            session("RS-04", "03-04", instructors="ann; bob; ann"),
        ),
        Breach("RS-01 has no instructor; RS needs 2 (range-safety x2)", "RS-01", "03-01", PLACE),
        Breach(
            "RS-02 has 3 instructors (ann, bob and cy); RS needs 2 (range-safety x2)",
            "RS-02",
            "03-02",
            "schedule.csv row 3, column instructors",
        ),
        Breach(
            "RS-03 has 1 instructor (ann); RS needs 2 (range-safety x2)",
            "RS-03",
            "03-03",
            "schedule.csv row 4, column instructors",
        ),
    ),
    Case(
        "each fills one role only, whoever is asked first",
        RANGE,
        schedule(
            session("MX-01", "03-01", instructors="bob; cy; ann"),
            session("MX-02", "03-02", instructors="bob; ed; ann"),
            session("MX-03", "03-03", instructors="ann; ed; ed"),
            session("MX-04", "03-04", instructors="ed; ann; di"),
            session("MX-05", "03-05", instructors="ed; bob; ann"),
        ),
        Breach(
            "MX-03 has 2 instructors (ann and ed); MX needs 3 (range-safety, law and first-aid)",
            "MX-03",
            "03-03",
            "schedule.csv row 4, column instructors",
        ),
    ),
    Case(
        "the right number, but nobody for one role",
        RANGE,
        schedule(
            session("MX-01", "03-01", instructors="bob; ed; ann"),
            session("MX-02", "03-02", instructors="ann; cy; di"),
            session("MX-03", "03-04..03-05", instructors="ann; ed; di"),
        ),
        Breach(
            "MX-02 leaves 1 role unfilled (first-aid) with ann, cy and di",
            "MX-02",
            "03-02",
            "schedule.csv row 3, column instructors",
        ),
        Breach(
            "MX-03 leaves 1 role unfilled (law) with ann, ed and di",
            "MX-03",
            "03-04..03-05",
            "schedule.csv row 4, column instructors",
        ),
    ),
    Case(
        "a qualification that runs out holds on its last day",
        RANGE,
        schedule(
            session("MX-01", "03-04", instructors="ann; ed; di"),
            session("MX-02", "", instructors="ann; ed; di", start="03-05", end="03-05"),
        ),
        Breach(
            "MX-02 leaves 1 role unfilled (law) with ann, ed and di",
            "MX-02",
            "",
            "schedule.csv row 3, column instructors",
        ),
    ),
    Case(
        "a course without roles has no instructors",
        RANGE,
        schedule(session("CP-01", "03-01", instructors="ann"), session("CP-02", "03-01")),
        Breach("CP-01 has 1 instructor (ann); CP has no roles for instructors", "CP-01", "03-01", PLACE),
    ),
    Case(
        "somebody unknown may be qualified; unknown courses and cancelled sessions ask for nobody",
        RANGE,
        schedule(
            session("RS-01", instructors="ann; anne"),
            session("XX-01"),
            session("RS-02", status="cancelled"),
        ),
    ),
)

WORDED = (
    Worded("course: RS", RANGE, "each session of RS needs 2 instructors (range-safety x2)"),
    Worded("course: MX", RANGE, "each session of MX needs 3 instructors (range-safety, law and first-aid)"),
    Worded("course: CP", RANGE, "CP has no instructors"),
)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_instructor_roles(case: Case) -> None:
    case.holds(InstructorRoles())


@pytest.mark.parametrize("worded", WORDED, ids=str)
def test_worded(worded: Worded) -> None:
    worded.holds(InstructorRoles())
