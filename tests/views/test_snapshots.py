"""Every view as it looks at 40, 80 and 120 columns and through a pipe."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pytest
from builders import TWO_PERIODS, course, day, programme, schedule, session
from rich.console import RenderableType
from syrupy.assertion import SnapshotAssertion

from trainplan.findings import Finding, Place
from trainplan.model import Programme, Schedule
from trainplan.outcome import GoalResult, Outcome, Unplaced
from trainplan.views import diaries
from trainplan.views.answer import answer
from trainplan.views.catalogue import catalogue
from trainplan.views.console import Screen
from trainplan.views.findings import findings, summary
from trainplan.views.month_grid import month_grid
from trainplan.views.refusal import refused
from trainplan.views.sessions import sessions
from trainplan.views.timeline import timeline

WIDTHS = [0, 40, 80, 120]
View = Callable[[Screen], Iterable[RenderableType]]

FOUND = (
    Finding(
        "venue-clash",
        "error",
        "La Toc holds two sessions at once.",
        ("CP-01", "CA-01"),
        (day("03-01"), day("03-02"), day("03-05")),
        Place("schedule.csv", 4, "venue"),
    ),
    Finding("venue-clash", "error", "Palmville holds two sessions at once.", ("CP-02", "CA-02")),
    Finding("class-size", "warning", "A class of one is small.", ("CA-09",)),
    Finding("not-a-date", "error", '"31 Feb" is no date (e.g. 2027-03-02)', (), (), Place("schedule.csv", 9)),
)
STATES = {"venue-clash": "A venue holds one session at a time.", "class-size": "Classes keep to their sizes."}


@pytest.fixture(params=WIDTHS, ids=["pipe", "40", "80", "120"])
def width(request: pytest.FixtureRequest) -> int:
    return int(request.param)


def test_half_days(draw: Any, width: int, snapshot: SnapshotAssertion) -> None:
    plan = programme(
        course("IT", "police:20", whole_days=False),
        course("CP", length=2, whole_days=True),
        periods=TWO_PERIODS,
    )
    made = schedule(
        session("IT-01", "03-01 am", "police:10", periods=2),
        session("IT-02", "03-02 pm; 03-03 am", "police:10", periods=2),
        session("CP-01", "03-04..03-05", periods=2),
    )

    def both(screen: Screen) -> Iterable[RenderableType]:
        yield from month_grid(plan, made, screen)
        yield from sessions(plan, made, screen)

    assert draw(both, width) == snapshot


def test_sessions(
    draw: Any, plan: Programme, made: Schedule, width: int, snapshot: SnapshotAssertion
) -> None:
    assert draw(lambda screen: sessions(plan, made, screen), width) == snapshot


def test_findings(draw: Any, width: int, snapshot: SnapshotAssertion) -> None:
    def view(screen: Screen) -> Iterable[RenderableType]:
        yield from findings(FOUND, screen, STATES)
        yield summary(FOUND, screen, "schedule.csv")

    assert draw(view, width) == snapshot


def test_refusal(draw: Any, width: int, snapshot: SnapshotAssertion) -> None:
    assert draw(lambda screen: refused("my-training", FOUND, screen), width) == snapshot


def test_catalogue(draw: Any, width: int, snapshot: SnapshotAssertion) -> None:
    rules = list(STATES.items())
    goals = [
        ("early", "Seats times the calendar days from the programme's start to their session's last day.")
    ]
    assert draw(lambda screen: catalogue(rules, goals, screen), width) == snapshot


def test_answer(draw: Any, plan: Programme, made: Schedule, width: int, snapshot: SnapshotAssertion) -> None:
    outcome = Outcome(
        "feasible",
        made,
        (GoalResult("seats", 12, 12), GoalResult("sessions", 4, 4), GoalResult("early", 2140, 2096)),
        (Unplaced("CA", "health", 12, "the laboratory is full until 30 April, and it is the only one"),),
        12.34,
    )
    said = {"seats": "12 seats unplaced", "sessions": "4 sessions", "early": "mean wait 26 days"}
    assert draw(lambda screen: answer(plan, outcome, said, screen), width) == snapshot


def test_no_schedule(draw: Any, plan: Programme, width: int, snapshot: SnapshotAssertion) -> None:
    outcome = Outcome("infeasible", None, (), (), 0.5, because=FOUND[:1])
    assert draw(lambda screen: answer(plan, outcome, {}, screen), width) == snapshot


@pytest.mark.parametrize(
    "view",
    [month_grid, timeline, diaries.courses, diaries.groups, diaries.venues, diaries.instructors],
    ids=["month-grid", "timeline", "courses", "groups", "venues", "instructors"],
)
def test_ways_to_show(
    draw: Any, plan: Programme, made: Schedule, view: Any, width: int, snapshot: SnapshotAssertion
) -> None:
    assert draw(lambda screen: view(plan, made, screen), width) == snapshot


def test_ways_to_show_on_the_widest(
    draw: Any, plan: Programme, made: Schedule, snapshot: SnapshotAssertion
) -> None:
    def both(screen: Screen) -> Iterable[RenderableType]:
        yield from month_grid(plan, made, screen)
        yield from timeline(plan, made, screen, rows="venues")

    assert draw(both, 200) == snapshot
