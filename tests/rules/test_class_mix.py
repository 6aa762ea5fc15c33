from __future__ import annotations

import pytest
from builders import course, group, programme, schedule, session
from rulecases import Breach, Case, Worded

from trainplan.rules.class_mix import ClassMix

APART = programme(
    course("CP", "police:10; customs:5"), groups=[group("police"), group("customs"), group("fire")]
)
MIXED = programme(
    course("CP", "police:10; customs:5", mixed=True),
    groups=[group("police"), group("customs"), group("fire")],
)
PLACE = "schedule.csv row 2, column groups"

CASES = (
    Case(
        "two groups where each is taught alone",
        APART,
        schedule(
            session("CP-01", "03-01..03-02", "police:10; customs:2"),
            session("CP-02", "03-02", "customs:3"),
            session("CP-03", "03-02", "police:0; customs:3"),
        ),
        Breach(
            "CP-01 seats customs and police together; CP is held for one group at a time",
            "CP-01",
            "03-01..03-02",
            PLACE,
        ),
    ),
    Case(
        "a mixed course takes its own groups together, and no others",
        MIXED,
        schedule(
            session("CP-01", "03-01", "police:5; fire:2"),
            session("CP-02", "03-02", "police:5; customs:5"),
            session("CP-03", "03-03", "fire:2"),
        ),
        Breach("CP-01 seats fire and police together; CP is not for fire", "CP-01", "03-01", PLACE),
    ),
    Case(
        "unknown names are passed over",
        MIXED,
        schedule(
            session("CP-01", "03-01", "police:5; polcie:2"), session("XX-01", "03-01", "police:5; fire:2")
        ),
    ),
)

WORDED = (Worded("course: CP", APART, "a session of CP holds one group only, of police or customs"),)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_class_mix(case: Case) -> None:
    case.holds(ClassMix())


@pytest.mark.parametrize("worded", WORDED, ids=str)
def test_worded(worded: Worded) -> None:
    worded.holds(ClassMix())
