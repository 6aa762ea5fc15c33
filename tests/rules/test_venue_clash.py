from __future__ import annotations

import pytest
from builders import TWO_PERIODS, course, programme, schedule, session, venue
from rulecases import Breach, Case, Worded

from trainplan.rules.venue_clash import VenueClash

ROOMS = programme(course(), venues=[venue("hall"), venue("lab")])
HALVES = programme(course(), venues=[venue("hall")], periods=TWO_PERIODS)

CASES = (
    Case(
        "two in one hall; the next day and the next room are free",
        ROOMS,
        schedule(
            session("CP-01", "03-01..03-03", venue="hall"),
            session("CP-02", "03-03..03-04", venue="hall"),
            session("CP-03", "03-05", venue="hall"),
            session("CP-04", "03-03", venue="lab"),
        ),
        Breach(
            "CP-01 and CP-02 are in hall at the same time on 3 Mar 2027",
            "CP-01; CP-02",
            "03-03",
            "schedule.csv row 3, column venue",
        ),
    ),
    Case(
        "all days of the same pair are one finding, those of three another",
        ROOMS,
        schedule(
            session("CP-01", "03-01..03-05; 03-08", venue="hall"),
            session("CP-02", "03-01..03-05; 03-08", venue="hall"),
            session("CP-03", "03-03", venue="hall"),
        ),
        Breach(
            "CP-01 and CP-02 are in hall at the same time on 1–2 Mar 2027, 4–5 Mar 2027 and 8 Mar 2027",
            "CP-01; CP-02",
            "03-01..03-02; 03-04..03-05; 03-08",
            "schedule.csv row 3, column venue",
        ),
        Breach(
            "CP-01, CP-02 and CP-03 are in hall at the same time on 3 Mar 2027",
            "CP-01; CP-02; CP-03",
            "03-03",
            "schedule.csv row 4, column venue",
        ),
    ),
    Case(
        "morning and afternoon don't meet",
        HALVES,
        schedule(
            session("CP-01", "03-01 am", venue="hall"),
            session("CP-02", "03-01 pm", venue="hall"),
            session("CP-03", "03-01 pm; 03-02 am", venue="hall"),
            session("CP-04", "03-02 pm", venue="hall"),
        ),
        Breach(
            "CP-02 and CP-03 are in hall at the same time on 1 Mar 2027 afternoon",
            "CP-02; CP-03",
            "03-01",
            "schedule.csv row 4, column venue",
        ),
    ),
    Case(
        "two rows of one id are two sessions",
        ROOMS,
        schedule(
            session("CP-01", venue="hall"), session("CP-01", venue="hall"), session("CP-02", venue="lab")
        ),
        Breach(
            "CP-01 and CP-01 are in hall at the same time on 1 Mar 2027",
            "CP-01; CP-01",
            "03-01",
            "schedule.csv row 3, column venue",
        ),
    ),
    Case(
        "a session doesn't clash with itself, a cancelled one or one without venue with nobody",
        ROOMS,
        schedule(
            session("CP-01", venue="hall; hall"),
            session("CP-02", venue="hall", status="cancelled"),
            session("CP-03"),
            session("CP-04"),
            session("CP-05", venue="hlal"),
            session("CP-06", venue="hlal"),
        ),
    ),
)

WORDED = (
    Worded("venue: hall", ROOMS, "hall holds one session at a time"),
    Worded("venue: hall;lab", ROOMS, "hall and lab hold one session each at a time, 2 in all"),
)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_venue_clash(case: Case) -> None:
    case.holds(VenueClash())


@pytest.mark.parametrize("worded", WORDED, ids=str)
def test_worded(worded: Worded) -> None:
    worded.holds(VenueClash())
