"""What is said of seats without a session, one block after another. March 2027, no holidays."""

# ruff: noqa: E501 (a sentence is easier to compare in one piece)
from __future__ import annotations

from dataclasses import replace

import builders as b
import pytest

from trainplan.model import After, Programme, Schedule
from trainplan.reasons import Reasons, because

WEEK = {"length": 5, "start_on": [0]}  # four runs: the weeks of 1, 8, 15 and 22 March

# Those who take FA have had GA; with six in CP when the others are in GA, these are never free for CP.
STUDENTS = (
    b.course(seats="police:12", min_class=6, max_class=6, **WEEK),
    b.course("GA", "police:6", **WEEK),
    b.course("FA", "police:6", after=(After("GA"),), **WEEK),
)

CASES: dict[str, tuple[Programme, Schedule, str]] = {
    "the files alone show it": (
        b.programme(b.course(features="computers", **WEEK)),
        b.schedule(),
        "CP needs a venue with computers; there is none [curriculum.csv row 2, column venue]",
    ),
    "the venue is taken": (
        b.programme(
            b.course(features="", **WEEK),
            b.course("FA", features="", **WEEK),
            venues=[b.venue()],
            groups=[b.group()],
        ),
        b.schedule(
            *(
                b.session(f"FA-0{n}", when, "police:1", venue="hall")
                for n, when in enumerate(["03-01..03-05", "03-08..03-12", "03-15..03-19", "03-22..03-26"])
            )
        ),
        "of 4 possible starts, all have no free venue",
    ),
    "some for one reason, some for another": (
        b.programme(
            b.course(seats="police:20", max_class=10, features="", roles="law:1", parallel=1, **WEEK),
            b.course("FA", features="", **WEEK),
            venues=[b.venue(), b.venue("annexe", available_until="03-19")],
            instructors=[b.instructor(qualifications="law")],
            groups=[b.group(headcount=20)],
            closures=[b.closure("group", "police", "03-03")],
        ),
        b.schedule(
            b.session("FA-01", "03-08..03-12", "police:1", venue="hall", instructors="ann"),
            b.session("CP-02", "03-15..03-19", "police:10", venue="hall", instructors="ann"),
            b.session("FA-02", "03-22..03-26", "police:1", venue="hall"),
        ),
        "of 4 possible starts, 1 falls on days when police may not be away, 1 has too few instructors free, 1 already has as many sessions of CP as may run at once and 1 has no free venue",
    ),
    "an instructor is away, or has had her days": (
        b.programme(
            b.course(roles="law:1", length=2, start_on=[0]),
            b.course("FA", roles="law:1", length=2),
            instructors=[b.instructor(qualifications="law", max_days_per_week=3, available_until="03-17")],
        ),
        b.schedule(
            b.session("FA-01", "03-04..03-05", "police:1", instructors="ann"),
            b.session("FA-02", "03-11..03-12", "police:1", instructors="ann"),
            b.session("FA-03", "03-15..03-16", "police:1", instructors="ann"),
        ),
        "of 5 possible starts, 3 have too few instructors free and 2 have too few instructors available",
    ),
    "too few stay on duty": (
        b.programme(b.course(min_class=4, **WEEK), b.course("FA", **WEEK), groups=[b.group(max_away=6)]),
        b.schedule(
            *(
                b.session(f"FA-0{n}", when, f"police:{seats}")
                for n, (when, seats) in enumerate(
                    [("03-01..03-05", 3), ("03-08..03-12", 3), ("03-15..03-19", 3), ("03-22..03-26", 6)]
                )
            )
        ),
        "of 4 possible starts, all would leave too few police on duty",
    ),
    "the umbrella is short, though the part is not": (
        b.programme(
            b.course(seats="north:4", min_class=4, **WEEK),
            b.course("FA", "south:4", **WEEK),
            groups=[b.group("all", 20, 4), b.group("north", part_of="all"), b.group("south", part_of="all")],
            ends="03-12",
        ),
        b.schedule(
            b.session("FA-01", "03-01..03-05", "south:2"), b.session("FA-02", "03-08..03-12", "south:2")
        ),
        "of 2 possible starts, all would leave too few north on duty",
    ),
    "nobody is ready in time": (
        b.programme(
            b.course(after=(After("FA", at_least=7),), **WEEK), b.course("FA", **WEEK), groups=[b.group()]
        ),
        b.schedule(b.session("FA-01", "03-22..03-26", "police:10")),
        "of 4 possible starts, all can't keep the order with FA",
    ),
    "another course has begun that waits for all of it": (
        b.programme(
            b.course(**WEEK),
            b.course("FA", after=(After("CP", all=True),), **WEEK),
            groups=[b.group(headcount=20)],
        ),
        b.schedule(b.session("FA-01", "03-01..03-05", "police:10")),
        "of 4 possible starts, all can't keep the order with FA",
    ),
    "too few seats are left for a class": (
        b.programme(
            b.course(seats="police:13", min_class=5, max_class=10, **WEEK), groups=[b.group(headcount=20)]
        ),
        b.schedule(b.session("CP-01", "03-01..03-05", "police:10")),
        "of 4 possible starts, all have no session with room, and 3 seats are too few for a class (5)",
    ),
    "a session has room": (
        b.programme(
            b.course(seats="police:20", max_class=10, parallel=1, **WEEK),
            ends="03-12",
            groups=[b.group(headcount=30)],
        ),
        b.schedule(
            b.session("CP-01", "03-01..03-05", "police:5"), b.session("CP-02", "03-08..03-12", "police:10")
        ),
        "seats could be added to CP-01 on 1 Mar 2027; another goal weighed more, or the search ended first",
    ),
    "its people are all elsewhere": (
        b.programme(*STUDENTS, groups=[b.group(headcount=12)], ends="03-12"),
        b.schedule(
            b.session("CP-01", "03-01..03-05", "police:6"),
            b.session("GA-01", "03-01..03-05", "police:6"),
            b.session("FA-01", "03-08..03-12", "police:6"),
        ),
        "of 2 possible starts, 1 would leave too few police on duty and 1 finds nobody of police who is free and still needs it",
    ),
    "a start is free": (
        b.programme(b.course(**WEEK)),
        b.schedule(),
        "a session for police could start on 1 Mar 2027; another goal weighed more, or the search ended first",
    ),
    "a start is free if others fill the class": (
        b.programme(b.course(seats="police:4; fire:4", mixed=True, min_class=6, **WEEK)),
        b.schedule(),
        "a session for police might start on 1 Mar 2027; whether there are people of police or the other groups for it was not settled",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_case(name: str) -> None:
    programme, schedule, said = CASES[name]
    course = programme.courses["CP"]
    group = next(iter(course.seats))
    placed = sum(one.groups.get(group, 0) for one in schedule.sessions if one.course == "CP")
    assert because(programme, schedule, "CP", group, course.seats[group] - placed) == said


def test_cancelled_sessions_stand_in_nobodys_way() -> None:
    programme = b.programme(b.course(features="", **WEEK), venues=[b.venue()], ends="03-05")
    gone = b.session("CP-01", "03-01..03-05", venue="hall", status="cancelled")
    assert "1 Mar 2027" in Reasons(programme, b.schedule(gone)).because("CP", "police", 10)


def test_many_starts_are_not_all_dealt_out() -> None:
    cp, ga, fa = (replace(course, length=1, start_on=None) for course in STUDENTS)
    programme = b.programme(cp, ga, replace(fa, length=22, span=True), groups=[b.group(headcount=12)])
    schedule = b.schedule(
        b.session("CP-01", "03-01", "police:6"),
        b.session("GA-01", "03-01", "police:6"),
        b.session(
            "FA-01", "03-02..03-05; 03-08..03-12; 03-15..03-19; 03-22..03-26; 03-29..03-31", "police:6"
        ),
    )
    assert because(programme, schedule, "CP", "police", 6) == (
        "of 23 possible starts, 16 can't be judged without dealing out every person anew, 6 find nobody of"
        " police who is free and still needs it and 1 would leave too few police on duty"
    )
