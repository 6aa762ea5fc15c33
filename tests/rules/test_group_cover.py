from __future__ import annotations

import pytest
from builders import TWO_PERIODS, course, group, programme, schedule, session
from rulecases import Breach, Case, Worded

from trainplan.rules.group_cover import GroupCover

FORCE = programme(
    course("CP", "police:100; customs:20"), groups=[group("police", 100, 24), group("customs", 20, 10)]
)
HALVES = programme(course(), groups=[group("police", 100, 24)], periods=TWO_PERIODS)
UMBRELLA = programme(
    course("CP", "marine:20; patrol:20"),
    groups=[
        group("force", 60, 25),
        group("police", 40, 30, part_of="force"),
        group("marine", 20, 20, part_of="police"),
        group("patrol", 20, 20, part_of="police"),
        group("band", 20, 20, part_of="force"),
    ],
)
PLACE = "groups.csv row 2, column max_away"

CASES = (
    Case(
        "six too many on one day; the days around it and other groups are well",
        FORCE,
        schedule(
            session("CP-01", "03-01..03-02", "police:14; customs:10"),
            session("CP-02", "03-02..03-03", "police:16"),
            session("CP-03", "03-03", "police:8"),
            session("CP-04", "03-04", "customs:10"),
        ),
        Breach("police: 30 away on 2 Mar 2027, 24 can be spared", "CP-01; CP-02", "03-02", PLACE),
    ),
    Case(
        "the days of the same sessions are one finding; one session may be too many alone",
        FORCE,
        schedule(
            session("CP-01", "03-01..03-05; 03-08", "police:25"),
            session("CP-02", "03-03", "police:5"),
            session("CP-03", "03-08", "police:0; customs:10"),
        ),
        Breach(
            "police: 25 away on 1–2 Mar 2027, 4–5 Mar 2027 and 8 Mar 2027, 24 can be spared",
            "CP-01",
            "03-01..03-02; 03-04..03-05; 03-08",
            PLACE,
        ),
        Breach("police: 30 away on 3 Mar 2027, 24 can be spared", "CP-01; CP-02", "03-03", PLACE),
    ),
    Case(
        "the people of all parts are away from each umbrella above them",
        UMBRELLA,
        schedule(
            session("CP-01", "03-01", "marine:15; patrol:5"),
            session("CP-02", "03-01", "band:10"),
            session("CP-03", "03-02", "band:5"),
            session("CP-04", "03-02", "patrol:20"),
        ),
        Breach("force: 30 away on 1 Mar 2027, 25 can be spared", "CP-01; CP-02", "03-01", PLACE),
    ),
    Case(
        "morning and afternoon are different times",
        HALVES,
        schedule(
            session("CP-01", "03-01 am", "police:24"),
            session("CP-02", "03-01 pm", "police:20"),
            session("CP-03", "03-01 pm; 03-02 am", "police:5"),
        ),
        Breach("police: 25 away on 1 Mar 2027 afternoon, 24 can be spared", "CP-02; CP-03", "03-01", PLACE),
    ),
    Case(
        "cancelled sessions and unknown groups",
        FORCE,
        schedule(
            session("CP-01", groups="police:99", status="cancelled"), session("CP-02", groups="polcie:99")
        ),
    ),
)

WORDED = (
    Worded("group: police", FORCE, "at most 24 of police (max_away) may be away on a day"),
    Worded("group: police", HALVES, "at most 24 of police (max_away) may be away at one time"),
)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_group_cover(case: Case) -> None:
    case.holds(GroupCover())


@pytest.mark.parametrize("worded", WORDED, ids=str)
def test_worded(worded: Worded) -> None:
    worded.holds(GroupCover())
