from __future__ import annotations

import pytest
from builders import closure, course, programme, schedule, session, venue
from rulecases import Breach, Case, Worded

from trainplan.rules.venue_closed import VenueClosed

ROOF = programme(
    course(),
    venues=[
        venue("hall"),
        venue("lab"),
        venue("gym", site="north", available_from="03-08", available_until="03-12"),
    ],
    closures=[
        closure("venue", "hall", "03-03; 03-11", reason="roof repairs"),
        closure("site", "north", "03-10", reason="road works"),
        closure("instructor", "lab", "03-01..03-31"),
    ],
)
PLACE = "schedule.csv row 2, column venue"

CASES = (
    Case(
        "a day in a closure; the days beside it and other venues are free",
        ROOF,
        schedule(
            session("CP-01", "03-03..03-04", venue="hall"),
            session("CP-02", "03-01..03-02", venue="hall"),
            session("CP-03", "03-03", venue="lab"),
        ),
        Breach(
            "CP-01 is in hall on 3 Mar 2027, when it can't be used (roof repairs)", "CP-01", "03-03", PLACE
        ),
    ),
    Case(
        "the site's closure closes the venue",
        ROOF,
        schedule(
            session("CP-01", "03-09..03-11", venue="gym"), session("CP-02", "03-11..03-12", venue="gym")
        ),
        Breach("CP-01 is in gym on 10 Mar 2027, when it can't be used (road works)", "CP-01", "03-10", PLACE),
    ),
    Case(
        "before and after its time; first and last day are in it",
        ROOF,
        schedule(
            session("CP-01", "03-04..03-05; 03-08", venue="gym"),
            session("CP-02", "03-12; 03-15", venue="gym"),
            session("CP-03", "03-12", venue="gym"),
        ),
        Breach(
            "CP-01 is in gym on 4–5 Mar 2027, when it can't be used (available from 8 Mar 2027)",
            "CP-01",
            "03-04..03-05",
            PLACE,
        ),
        Breach(
            "CP-02 is in gym on 15 Mar 2027, when it can't be used (available until 12 Mar 2027)",
            "CP-02",
            "03-15",
            "schedule.csv row 3, column venue",
        ),
    ),
    Case(
        "several blocks of one closure are one finding",
        ROOF,
        schedule(session("CP-01", "03-03..03-11", venue="hall"), session("CP-02", "03-12", venue="hall")),
        Breach(
            "CP-01 is in hall on 3 Mar 2027 and 11 Mar 2027, when it can't be used (roof repairs)",
            "CP-01",
            "03-03; 03-11",
            PLACE,
        ),
    ),
    Case(
        "cancelled sessions and unknown venues",
        ROOF,
        schedule(
            session("CP-01", "03-03", venue="hall", status="cancelled"),
            session("CP-02", "03-03", venue="hlal"),
        ),
    ),
)

WORDED = (
    Worded(
        "venue: hall", ROOF, "hall can't be used: 3 Mar 2027 (roof repairs) and 11 Mar 2027 (roof repairs)"
    ),
    Worded(
        "venue: gym",
        ROOF,
        "gym can't be used: available from 8 Mar 2027, 10 Mar 2027 (road works)"
        " and available until 12 Mar 2027",
    ),
    Worded(
        "venue: hall;lab",
        programme(venues=[venue("hall"), venue("lab")], closures=[closure("venue", "hall", "03-01..03-02")]),
        "hall and lab can't be used: 1–2 Mar 2027 (closed)",
    ),
)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_venue_closed(case: Case) -> None:
    case.holds(VenueClosed())


@pytest.mark.parametrize("worded", WORDED, ids=str)
def test_worded(worded: Worded) -> None:
    worded.holds(VenueClosed())
