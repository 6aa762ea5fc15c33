from __future__ import annotations

import pytest
from builders import closure, course, group, programme, schedule, session
from rulecases import Breach, Case, Worded

from trainplan.rules.group_closed import GroupClosed

DUTY = programme(
    course("CP", "police:10; customs:10; marine:5"),
    groups=[
        group("police"),
        group("customs", site="port"),
        group("force", 5, available_until="03-19"),
        group("marine", 5, part_of="force", available_from="03-08"),
    ],
    closures=[
        closure("group", "police", "03-03", reason="election duty"),
        closure("group", "force", "03-10..03-11", reason="regatta"),
        closure("site", "port", "03-01..03-31"),
    ],
)
PLACE = "schedule.csv row 2, column groups"

CASES = (
    Case(
        "a closed day for one of two groups",
        DUTY,
        schedule(
            session("CP-01", "03-02..03-03", "police:5; customs:5"),
            session("CP-02", "03-03", "customs:5"),
            session("CP-03", "03-04", "police:5"),
        ),
        Breach(
            "CP-01 seats police on 3 Mar 2027, when they can't come (election duty)", "CP-01", "03-03", PLACE
        ),
    ),
    Case(
        "what closes the umbrella closes the part, its window too",
        DUTY,
        schedule(
            session("CP-01", "03-10..03-12", "marine:5"),
            session("CP-02", "03-22", "marine:5"),
            session("CP-03", "03-05", "marine:5"),
            session("CP-04", "03-08..03-09", "marine:5"),
            session("CP-05", "03-19", "marine:5"),
        ),
        Breach(
            "CP-03 seats marine on 5 Mar 2027, when they can't come (available from 8 Mar 2027)",
            "CP-03",
            "03-05",
            "schedule.csv row 4, column groups",
        ),
        Breach(
            "CP-01 seats marine on 10–11 Mar 2027, when they can't come (regatta)",
            "CP-01",
            "03-10..03-11",
            PLACE,
        ),
        Breach(
            "CP-02 seats marine on 22 Mar 2027, when they can't come (available until 19 Mar 2027)",
            "CP-02",
            "03-22",
            "schedule.csv row 3, column groups",
        ),
    ),
    Case(
        "no seats, unknown groups and cancelled sessions",
        DUTY,
        schedule(
            session("CP-01", "03-03", "police:0; customs:5"),
            session("CP-02", "03-03", "polcie:5"),
            session("CP-03", "03-03", status="cancelled"),
        ),
    ),
)

WORDED = (
    Worded("group: police", DUTY, "police can't come: 3 Mar 2027 (election duty)"),
    Worded(
        "group: marine",
        DUTY,
        "marine can't come: available from 8 Mar 2027, 10–11 Mar 2027 (regatta)"
        " and available until 19 Mar 2027",
    ),
)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_group_closed(case: Case) -> None:
    case.holds(GroupClosed())


@pytest.mark.parametrize("worded", WORDED, ids=str)
def test_worded(worded: Worded) -> None:
    worded.holds(GroupClosed())
