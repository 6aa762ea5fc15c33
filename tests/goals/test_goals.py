"""Each goal's value worked out by hand, and how it is said."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal

import pytest
from builders import TWO_PERIODS, course, day, group, instructor, programme, schedule, session, venue

from trainplan.goals import GOALS
from trainplan.model import DEFAULT_GOALS, Programme, Schedule


@dataclass(frozen=True)
class Measured:
    goal: str
    title: str
    programme: Programme
    schedule: Schedule
    value: int
    said: str = field(default="")

    def __str__(self) -> str:
        return f"{self.goal}: {self.title}"


PLAIN = programme(
    course("CP", "police:10; customs:5", due="03-05"), course("CY", "police:4", priority=3), currency="XCD"
)
FORCE = programme(
    course("CP", "marine:20; patrol:20; band:9"),
    groups=[
        group("force", 40, 24),
        group("marine", 20, 20, part_of="force"),
        group("patrol", 20, 20, part_of="force"),
        group("band", 9, 0),
    ],
    periods=TWO_PERIODS,
)
PRICED = programme(
    course(),
    venues=[
        venue("hall", cost_per_day=Decimal("100.25")),
        venue("lab", cost_per_day=Decimal("0.5")),
        venue("free"),
    ],
    instructors=[
        instructor("ann", cost_per_day=Decimal(200), trip_cost=Decimal(1000)),
        instructor("bob", trip_cost=Decimal(300)),
    ],
    periods=TWO_PERIODS,
)
NOTHING = schedule()

CASES = (
    Measured(
        "seats",
        "four of priority 1, four of priority 3; a surplus makes up for nothing",
        PLAIN,
        schedule(
            session("CP-01", groups="police:12; customs:1; fire:9"), session("CY-01", groups="customs:4")
        ),
        4 * 1 + 4 * 3,
        "8 seats unplaced, 16 by priority",
    ),
    Measured(
        "seats",
        "a cancelled session places nobody",
        PLAIN,
        schedule(
            session("CP-01", groups="police:10; customs:4"),
            session("CP-02", groups="customs:1", status="cancelled"),
            session("CY-01", groups="police:1"),
            session("CY-02", groups="police:3"),
        ),
        1,
        "1 seat unplaced",
    ),
    Measured(
        "seats",
        "everybody has a seat",
        PLAIN,
        schedule(session("CP-01", groups="police:10; customs:5"), session("CY-01", groups="police:4")),
        0,
        "every seat placed",
    ),
    Measured(
        "due",
        "over a weekend calendar days count; on the day itself is in time; no due, no lateness",
        PLAIN,
        schedule(
            session("CP-01", "03-05; 03-08", "police:10"),
            session("CP-02", "03-04..03-05", "police:9"),
            session("CP-03", "03-09", "police:1; customs:2"),
            session("CP-04", "03-31", "police:9", status="cancelled"),
            session("CY-01", "03-31", "police:4"),
            session("XX-01", "03-31", "police:4"),
        ),
        10 * 3 + 3 * 4,
        "13 seats late, by 3.2 days on average",
    ),
    Measured(
        "due",
        "one day",
        PLAIN,
        schedule(session("CP-01", "03-05..03-06", "police:1")),
        1,
        "1 seat late, by 1.0 days on average",
    ),
    Measured("due", "in time", PLAIN, NOTHING, 0, "nothing late"),
    Measured(
        "sessions",
        "all but the cancelled",
        PLAIN,
        schedule(session("CP-01"), session("CP-02"), session("CP-03", status="cancelled")),
        2,
        "2 sessions",
    ),
    Measured("sessions", "one", PLAIN, schedule(session("CP-01")), 1, "1 session"),
    Measured(
        "early",
        "the programme's first day counts nothing",
        PLAIN,
        schedule(
            session("CP-01", "03-01", "police:7"),
            session("CP-02", "03-05; 03-08", "police:3; customs:1"),
            session("CP-03", "03-31", "police:3", status="cancelled"),
            session("CP-04", "", "police:100"),
        ),
        4 * 7,
        "mean wait 3 days",
    ),
    Measured(
        "early",
        "one day",
        PLAIN,
        schedule(session("CP-01", "03-02", "police:7")),
        7,
        "mean wait 1 day",
    ),
    Measured("early", "nobody", PLAIN, NOTHING, 0, "nobody trained"),
    Measured(
        "finish",
        "first and last day are counted",
        PLAIN,
        schedule(
            session("CP-01", "03-04..03-05"),
            session("CP-02", "03-01"),
            session("CP-03", "03-31", status="cancelled"),
        ),
        5,
        "done after 5 days, on 5 Mar 2027",
    ),
    Measured("finish", "on the first day", PLAIN, schedule(session()), 1, "done after 1 day, on 1 Mar 2027"),
    Measured("finish", "without sessions", PLAIN, NOTHING, 0, "no sessions"),
    Measured(
        "even",
        "the umbrella is stretched more than its parts",
        FORCE,
        schedule(session("CP-01", "03-01 am", "marine:11"), session("CP-02", "03-01 am", "patrol:10")),
        875,
        "at most 87.5 % of what a group can spare",
    ),
    Measured(
        "even",
        "half-days are times of their own, and shares are rounded up",
        FORCE,
        schedule(
            session("CP-01", "03-01 am", "marine:11"),
            session("CP-02", "03-01 pm", "patrol:13"),
            session("CP-03", "03-02", "marine:20", status="cancelled"),
            session("CP-04", "03-01 pm", "band:0"),
        ),
        650,  # 13 of patrol's 20; 13 of the force's 24 are fewer
        "at most 65 % of what a group can spare",
    ),
    Measured(
        "even",
        "a third of 24 is 334",
        programme(course("CP", "police:9"), groups=[group("police", 9, 6)]),
        schedule(session("CP-01", "03-01", "police:2"), session("CP-02", "03-02", "police:1; ghosts:9")),
        334,
        "at most 33.4 % of what a group can spare",
    ),
    Measured(
        "even",
        "more than can be spared",
        FORCE,
        schedule(session("CP-01", "03-01", "marine:20; patrol:16", periods=2)),
        1500,
        "at most 150 % of what a group can spare",
    ),
    Measured(
        "even",
        "a group that can spare nobody, used all the same",
        FORCE,
        schedule(session("CP-01", "03-01 am", "band:2")),
        2000,
        "at most 200 % of what a group can spare",
    ),
    Measured("even", "nobody away", FORCE, NOTHING, 0, "at most 0 % of what a group can spare"),
    Measured(
        "cost",
        "a date costs once, whatever the periods and sessions; half a unit is rounded up",
        PRICED,
        schedule(
            session("CP-01", "03-01", venue="hall", periods=2),
            session("CP-02", "03-02 am", venue="hall"),
            session("CP-03", "03-02 pm", venue="hall; free; attic"),
            session("CP-04", "03-31", venue="hall", status="cancelled"),
            session("CP-05", "", venue="hall", instructors="ann"),
        ),
        201,  # 2 x 100.25 = 200.5
        "XXX 201",
    ),
    Measured(
        "cost",
        "a lone half",
        PRICED,
        schedule(session("CP-01", "03-01 am", venue="lab")),
        1,
        "XXX 1",
    ),
    Measured(
        "cost",
        "less than four days apart is one stay, four are two",
        PRICED,
        schedule(
            session("CP-01", "03-04..03-05", instructors="ann"),
            session("CP-02", "03-08", instructors="ann; nobody"),
            session("CP-03", "03-12", instructors="ann"),
        ),
        4 * 200 + 2 * 1000,
        "XXX 2,800",
    ),
    Measured(
        "cost",
        "a short session inside a long one doesn't end the stay",
        PRICED,
        schedule(
            session("CP-01", "03-01..03-05; 03-08..03-12", instructors="ann"),
            session("CP-02", "03-02 am", instructors="ann; ann"),
            session("CP-03", "03-15", instructors="ann; bob"),
            session("CP-04", "03-31", instructors="bob"),
        ),
        11 * 200 + 1000 + 2 * 300,
        "XXX 3,800",
    ),
    Measured("cost", "nothing", PRICED, NOTHING, 0, "XXX 0"),
    Measured(
        "changes",
        "days, venue and an instructor; seats lost, one new; who comes and seats that come cost nothing",
        PRICED,
        schedule(
            session("CP-01", "03-02", groups="police:9", venue="lab", instructors="bob"),
            session("CP-02", "03-03", groups="police:1"),
            session("CP-03", "03-04", groups="police:2", instructors="ann"),
            session("CP-04", "03-05", groups="police:1"),
            before=schedule(
                session("CP-01", "03-01", groups="police:6", venue="hall", instructors="ann; bob"),
                session("CP-02", "03-03", groups="police:4", venue="hall"),
                session("CP-03", "03-04", groups="police:1"),
            ),
        ),
        (10 + 6 + 3 + 1) + (3 + 3) + 10,
        "1 session moved, 3 seats taken off sessions that stay, 1 session new",
    ),
    Measured(
        "changes",
        "gone or cancelled; what was cancelled before or over by then counts for nothing",
        PRICED,
        schedule(
            session("CP-02", groups="police:5", status="cancelled"),
            before=replace(
                schedule(
                    session("CP-01", "03-08", groups="police:6", venue="hall", instructors="ann"),
                    session("CP-02", "03-05", groups="police:5"),
                    session("CP-03", "03-05", groups="police:5", status="cancelled"),
                    session("CP-04", "03-04", groups="police:5"),
                ),
                today=day("03-05"),
            ),
        ),
        (30 + 6) + (30 + 5),
        "2 sessions gone",
    ),
    Measured("changes", "without an earlier schedule", PRICED, NOTHING, 0, "nothing changed"),
)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_measured(case: Measured) -> None:
    assert GOALS[case.goal].measure(case.programme, case.schedule) == case.value


@pytest.mark.parametrize("case", CASES, ids=str)
def test_said(case: Measured) -> None:
    said = GOALS[case.goal].say(case.programme, case.schedule, case.value)
    assert said == case.said.replace("XXX", case.programme.currency)


def test_the_table_holds_the_goals_of_a_plan_by_name() -> None:
    assert list(GOALS) == ["seats", "due", "sessions", "early", "finish", "even", "cost", "changes"]
    assert all(goal.name == name and goal.states.endswith(".") for name, goal in GOALS.items())
    assert set(DEFAULT_GOALS) <= GOALS.keys()


def test_a_value_that_the_schedule_does_not_reach_can_be_said() -> None:
    """A bound is said too, beside a schedule that has nothing late."""
    assert GOALS["due"].say(PLAIN, NOTHING, 12) == "12 seat-days late"
