from __future__ import annotations

import pytest
from builders import course, group, programme, schedule, session
from rulecases import Breach, Case, Worded

from trainplan.rules.demand import Demand

ASKED = programme(
    course("CP", "police:10; customs:5"),
    course("CY", "police:1"),
    groups=[group("police"), group("customs"), group("fire")],
)
CP = "curriculum.csv row 2, column groups"
DONE = session("CY-01", groups="police:1")

CASES = (
    Case(
        "four of ten are missing; the other group and the other course are served",
        ASKED,
        schedule(session("CP-01", "03-01", "police:6"), session("CP-02", "03-02", "customs:5"), DONE),
        Breach("CP: 4 of the 10 seats that police asked for are missing", "CP-01", "", CP),
    ),
    Case(
        "nothing is there at all, a cancelled session is nothing",
        ASKED,
        schedule(session("CP-01", "03-01", "police:10; customs:5", status="cancelled"), DONE),
        Breach("CP: 10 of the 10 seats that police asked for are missing", "", "", CP),
        Breach("CP: 5 of the 5 seats that customs asked for are missing", "", "", CP),
    ),
    Case(
        "two too many, over several sessions",
        ASKED,
        schedule(
            session("CP-01", "03-01", "police:6; customs:5"), session("CP-02", "03-02", "police:6"), DONE
        ),
        Breach("CP: police has 12 seats, 2 more than the 10 asked for", "CP-01; CP-02", "", CP),
    ),
    Case(
        "seats that nobody asked for",
        ASKED,
        schedule(
            session("CP-01", "03-01..03-02", "police:10; customs:5; fire:3"),
            session("CY-01", "03-01", "police:1; customs:0; polcie:4"),
            session("XX-01", "03-01", "fire:9"),
        ),
        Breach(
            "CP-01 has 3 seats for fire; CP is not for fire",
            "CP-01",
            "03-01..03-02",
            "schedule.csv row 2, column groups",
        ),
    ),
    Case(
        "all is there, in as many pieces as you like",
        ASKED,
        schedule(
            session("CP-01", "03-01", "police:7; customs:5"), session("CP-02", "03-02", "police:3"), DONE
        ),
    ),
    Case(
        "one seat is missing",
        ASKED,
        schedule(session("CP-01", "03-01", "police:10; customs:5"), session("CY-01", "03-01", "")),
        Breach(
            "CY: 1 of the 1 seat that police asked for is missing",
            "",
            "",
            "curriculum.csv row 3, column groups",
        ),
    ),
)

WORDED = (
    Worded("course: CP", ASKED, "CP needs 15 seats (police 10, customs 5)"),
    Worded("course: CY", ASKED, "CY needs 1 seat for police"),
)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_demand(case: Case) -> None:
    case.holds(Demand())


@pytest.mark.parametrize("worded", WORDED, ids=str)
def test_worded(worded: Worded) -> None:
    worded.holds(Demand())
