from __future__ import annotations

import pytest
from builders import course, programme, schedule, session, venue
from rulecases import Breach, Case, Worded

from trainplan.rules.venue_capacity import VenueCapacity

ROOMS = programme(course(), venues=[venue("hall", 30), venue("lab", 12), venue("den", 12)])
PLACE = "schedule.csv row 2, column venue"

CASES = (
    Case(
        "too many for the hall; full to the last seat is well",
        ROOMS,
        schedule(
            session("CP-01", "03-01..03-02", "police:25; customs:15", venue="hall"),
            session("CP-02", "03-03", "police:30", venue="hall"),
            session("CP-03", "03-03", "police:40"),
        ),
        Breach("CP-01 has 40 seats; hall has room for 30", "CP-01", "03-01..03-02", PLACE),
    ),
    Case(
        "each of several venues must hold them all",
        ROOMS,
        schedule(
            session("CP-01", groups="police:25", venue="lab; hall"),
            session("CP-02", groups="police:12", venue="lab; den"),
        ),
        Breach("CP-01 has 25 seats; lab has room for 12", "CP-01", "03-01", PLACE),
    ),
    Case(
        "a venue named twice has no more room, one that nobody knows has who knows how much",
        ROOMS,
        schedule(
            session("CP-01", groups="police:13", venue="lab; lab"),
            session("CP-02", groups="police:40", venue="hlal"),
            session("CP-03", groups="police:40", venue="hall", status="cancelled"),
        ),
        Breach("CP-01 has 13 seats; lab has room for 12", "CP-01", "03-01", PLACE),
    ),
    Case(
        "the seats of the groups count, whatever sum is stated",
        ROOMS,
        schedule(session("CP-01", groups="police:30", seats=40, venue="hall")),
    ),
)

WORDED = (
    Worded("venue: hall", ROOMS, "hall has room for 30"),
    Worded("venue: lab;den", ROOMS, "lab and den have room for 12 each"),
)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_venue_capacity(case: Case) -> None:
    case.holds(VenueCapacity())


@pytest.mark.parametrize("worded", WORDED, ids=str)
def test_worded(worded: Worded) -> None:
    worded.holds(VenueCapacity())
