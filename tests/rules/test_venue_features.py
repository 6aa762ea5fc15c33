from __future__ import annotations

import pytest
from builders import course, programme, schedule, session, venue
from rulecases import Breach, Case, Worded

from trainplan.rules.venue_features import VenueFeatures

PLANS = programme(
    course("CY", features="computers; projector"),
    course("CP", features=""),
    course("ED", features=None),
    venues=[venue("hall", features="projector"), venue("lab", features="computers; projector")],
)
PLACE = "schedule.csv row 2, column venue"

CASES = (
    Case(
        "a feature is lacking; the same hall does for another course",
        PLANS,
        schedule(
            session("CY-01", "03-01..03-02", venue="hall"),
            session("CP-01", "03-02", venue="hall"),
            session("CY-02", "03-02", venue="lab"),
        ),
        Breach("CY-01 is in hall, which lacks computers", "CY-01", "03-01..03-02", PLACE),
    ),
    Case(
        "none where one is needed",
        PLANS,
        schedule(session("CP-01", "03-01"), session("ED-01", "03-01")),
        Breach("CP-01 has no venue; CP needs one", "CP-01", "03-01", PLACE),
    ),
    Case(
        "two where one is needed",
        PLANS,
        schedule(session("CY-01", "03-01", venue="lab; hall"), session("ED-01", "03-01", venue="lab; hall")),
        Breach("CY-01 has 2 venues (lab and hall); a session is in one", "CY-01", "03-01", PLACE),
        Breach("CY-01 is in hall, which lacks computers", "CY-01", "03-01", PLACE),
    ),
    Case(
        "named twice is one, unknown is another's finding, cancelled needs none",
        PLANS,
        schedule(
            session("CP-01", venue="hall; hall"),
            session("CY-01", venue="lba"),
            session("CP-02", status="cancelled"),
            session("XX-01"),
        ),
    ),
)

WORDED = (
    Worded("course: CY", PLANS, "CY needs a venue with computers and projector: lab"),
    Worded("course: CP", PLANS, "CP needs a venue: hall or lab"),
    Worded("course: ED", PLANS, "ED needs no venue"),
    Worded("course: CP", programme(course(features="pool")), "CP needs a venue with pool: there is none"),
)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_venue_features(case: Case) -> None:
    case.holds(VenueFeatures())


@pytest.mark.parametrize("worded", WORDED, ids=str)
def test_worded(worded: Worded) -> None:
    worded.holds(VenueFeatures())
