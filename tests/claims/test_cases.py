"""Programmes in which a proof was false, a fault was left or training was thrown away: what is true of each.

The programmes lie in ``cases``. Each was made by hand, or found by somebody who set out to catch it wrong.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from typer.testing import CliRunner

from tests.explain.naive import possible
from trainplan.cli.main import app
from trainplan.explain import explain
from trainplan.goals import GOALS
from trainplan.load import load_programme, load_schedule
from trainplan.outcome import Limits
from trainplan.solve import plan

CASES = Path(__file__).parent / "cases"
ATTACK = CASES / "attack"


class Ran(NamedTuple):
    """How a command ended: its exit code, and the document of ``--json``."""

    code: int
    said: Any

    def goal(self, name: str, what: str = "value") -> int:
        return next(int(one[what]) for one in self.said["goals"] if one["name"] == name)

    def session(self, id: str) -> dict[str, Any]:
        return next(one for one in self.said["sessions"] if one["session"] == id)


def run(*words: object) -> Ran:
    result = CliRunner().invoke(app, [*map(str, words), "--json"])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert result.exit_code != 101, result.stdout + result.stderr
    return Ran(result.exit_code, json.loads(result.stdout))


def replanned(programme: Path, schedule: Path, *words: object, seconds: int = 10) -> Ran:
    return run("replan", programme, schedule, "--time-limit", seconds, *words)


# ---- generate


def test_two_groups_swap_sessions_pinned_to_their_dates():
    case = CASES / "swap"
    ran = run("generate", case / "after", "--start-from", case / "pinned.csv")
    assert ran.code == 0
    assert [one["groups"] for one in ran.said["sessions"]] == [{"b": 10}, {"a": 10}]


def test_a_replan_swaps_groups_rather_than_moving_their_sessions():
    # A group that no longer has its ten seats where the days stay counts ten, moving them counts twenty.
    ran = replanned(CASES / "swap/after", CASES / "swap/plan.csv", "--today", "2027-02-01")
    assert ran.code == 0
    assert ran.goal("changes") == 20 == ran.goal("changes", "bound")


def test_a_course_without_venue_may_be_pinned_to_one():
    case = CASES / "none"
    for start in ("pinned_conflict.csv", "pinned_only.csv"):
        ran = run("generate", case / "p", "--start-from", case / start)
        assert ran.code == 0, start
        assert ran.session("CP-01")["venue"] == "hall"
        assert ran.goal("seats") == 0


def test_a_course_without_venue_keeps_the_one_it_has_in_a_replan():
    case = CASES / "none"
    ran = replanned(
        case / "p",
        case / "plan.csv",
        "--today",
        "2027-02-01",
        "--event",
        "venue:room closed 2027-03-09",
    )
    assert ran.code == 0
    assert ran.session("CP-01")["venue"] == "hall"
    assert ran.goal("changes") == 20 == ran.goal("changes", "bound")


def test_people_who_left_after_a_session_make_no_other_impossible():
    case = CASES / "shrink"
    ran = replanned(
        case / "p",
        case / "plan.csv",
        "--today",
        "2027-03-20",
        "--event",
        "venue:room closed 2027-04-13..2027-04-14",
        "--set",
        "groups.police.headcount=8",
    )
    assert ran.session("CY-01")["status"] != "cancelled"
    assert ran.session("CY-01")["seats"] == 10


def test_an_order_broken_in_the_past_cancels_nothing_ahead():
    case = CASES / "history"
    ran = replanned(case / "after", case / "plan.csv", "--today", "2027-03-20")
    assert ran.session("RS-02")["status"] != "cancelled"
    assert ran.session("RS-02")["venue"] == "range2"
    assert ran.goal("changes") == 3


@pytest.mark.parametrize("goals", [["seats", "early"], ["early", "seats"], ["seats", "finish"], None])
def test_a_day_after_all_sessions_of_a_course_in_half_days(goals):
    programme, _ = load_programme(CASES / "allday/p")
    outcome = plan(replace(programme, goals=tuple(goals)) if goals else programme, Limits(10.0))
    assert outcome.schedule is not None
    assert outcome.status == "optimal"


def test_a_group_that_never_comes_leaves_its_seats_over():
    ran = run("generate", CASES / "empty/p", "--time-limit", 10)
    assert ran.code == 1
    assert {one["group"]: one["seats"] for one in ran.said["unplaced"]} == {"b": 10}
    assert sum(one["seats"] for one in ran.said["unplaced"]) == 30


@pytest.mark.parametrize("name", ["primes", "share", "tens"])
def test_class_sizes_without_a_common_measure(name):
    programme, _ = load_programme(CASES / "lcm" / name)
    # Effort in place of seconds: the relaxation takes the time that it needs, however busy the machine is.
    outcome = plan(programme, Limits(2.0, reproducible=True))
    assert outcome.schedule is not None
    assert {goal.name: goal.bound > 0 for goal in outcome.goals}["early"]


def test_a_search_that_ends_while_it_evens_out_is_written(tmp_path):
    target = tmp_path / "q4.csv"
    ran = run("generate", CASES / "turns/q4", "--reproducible", "--time-limit", 4, "-o", target)
    assert ran.code in (0, 1)
    assert target.exists()


@pytest.mark.parametrize("name", ["crash", "crash2", "05umbrella"])
def test_classes_larger_than_may_be_away_are_left_over(name):
    ran = run("generate", ATTACK / name, "--time-limit", 5)
    assert ran.code == 1
    left = {"crash": 5, "crash2": 5, "05umbrella": 12}[name]
    assert sum(one["seats"] for one in ran.said["unplaced"]) == left
    assert all(one["because"] for one in ran.said["unplaced"])


IMPLACEABLE = (
    "07starton-holidays",
    "21course-closed",
    "22sat-only",
    "23too-long",
    "31lc-holiday",
    "43earliest-latest",
    "27no-venue-at-all",
)


@pytest.mark.parametrize("name", IMPLACEABLE)
def test_a_course_without_any_placement_is_left_over_and_explained(name):
    made = run("generate", ATTACK / name, "--time-limit", 5)
    assert made.code == 1
    assert made.said["unplaced"]
    assert run("check", ATTACK / name).code == 1
    told = run("explain", ATTACK / name, "--time-limit", 20)
    assert told.said["verdict"] == "impossible"
    assert told.said["causes"]
    assert any(fix["verified"] for fix in told.said["fixes"])


# ---- replan


def test_s6_counts_those_who_have_to_be_told():
    # Its answer then was called 44: ten new people's worth of moving, and twenty-nine seats taken off.
    before, after = (ATTACK / "s6" / name for name in ("plan.csv", "new.csv"))
    programme, _ = load_programme(ATTACK / "s6/prog")
    old, _ = load_schedule(before, programme)
    new, _ = load_schedule(after, programme)
    # B-01 loses one, A-01 loses nine, A-02 and B-02 move with ten each; and B-03 are new. Two
    # instructors and two venues are others.
    assert GOALS["changes"].measure(programme, replace(new, before=old)) == 1 + 9 + 2 * 20 + 3 * 10 + 1 + 3


def test_s25_a_pin_holds_against_what_does_not_name_it():
    case = ATTACK / "s25"
    ran = replanned(
        case / "prog",
        case / "plan.csv",
        "--today",
        "2027-02-20",
        "--event",
        "instructor:i away 2027-03-08",
    )
    if ran.code == 3:
        assert "B-03" in json.dumps(ran.said)
        assert "A-01" not in json.dumps(ran.said.get("because", []))
    else:
        assert ran.session("B-03")["status"] != "cancelled"


def test_s25_a_cancelled_session_is_not_held_again_on_its_days_in_its_venue():
    case = ATTACK / "s25"
    ran = replanned(
        case / "prog", case / "plan.csv", "--today", "2027-02-20", "--event", "session:B-03 cancelled"
    )
    assert ran.session("B-03")["status"] == "cancelled"
    for one in ran.said["sessions"]:
        if one["course"] == "B" and one["status"] != "cancelled":
            assert (one["start"], one["venue"]) != ("2027-03-08", "v")


LEAST = (
    # B-01 goes to the last day, and nobody else moves.
    ("s47", "group:g0 away 2027-03-03", 20),
    # A-02 has to move by days, and B-02, which comes a day later at least, with it.
    ("s178", "group:g1 away 2027-03-04", 40),
)


@pytest.mark.parametrize(("name", "event", "least"), LEAST)
def test_the_least_change_is_found_and_proved(name, event, least):
    ran = replanned(
        ATTACK / name / "prog",
        ATTACK / name / "plan.csv",
        "--today",
        "2027-02-20",
        "--event",
        event,
        seconds=20,
    )
    assert ran.goal("seats") == 0
    assert ran.goal("changes") == least == ran.goal("changes", "bound")


def test_a_cancelled_session_of_a_larger_programme_is_placed_anew_elsewhere():
    ran = replanned(
        Path("saint-lucia"),
        ATTACK / "past.csv",
        "--today",
        "2027-02-01",
        "--event",
        "session:CP-07 cancelled",
        seconds=6,
    )
    assert ran.session("CP-07")["status"] == "cancelled"
    there = {(one["start"], one["venue"]) for one in ran.said["sessions"] if one["status"] != "cancelled"}
    assert ("2027-02-08", "la-toc") not in there


# ---- explain


def causes(name: str) -> list[list[tuple[str, str]]]:
    words = [ATTACK / name]
    if (ATTACK / name / "plan.csv").exists():
        words.append(ATTACK / name / "plan.csv")
    said = run("explain", *words, "--time-limit", 20).said
    assert said["verdict"] == "impossible"
    return [[(line["rule"], line["message"]) for line in one["lines"]] for one in said["causes"]]


def test_a_flooded_room_is_part_of_why_a_pinned_session_can_not_stand():
    told = [rule for lines in causes("p22-lc-room") for rule, _ in lines]
    assert "pinned" in told
    assert "venue-closed" in told


def test_the_storm_is_part_of_why_a_pinned_week_can_not_stand():
    told = [rule for lines in causes("p5-pin-holiday") for rule, _ in lines]
    assert "pinned" in told
    assert "course-days" in told


def test_a_shorter_course_is_no_stricter_programme():
    """Without ``duration`` the course is a day long, so that its longest lag rules out more: it must not."""
    programme, _ = load_programme(CASES / "explain_lag/p")
    longer, _ = load_programme(CASES / "explain_lag/p6")
    told = explain(programme, Limits(20.0))
    assert told.verdict == "impossible"
    assert plan(longer, Limits(10.0)).unplaced == ()
    for cause in told.causes:
        # Longer sessions keep every line but this one, and everything has its place.
        assert any((line.rule, line.part) == ("course-days", "duration") for line in cause.lines)


def test_the_end_of_the_programme_is_part_of_the_reason_and_a_day_more_a_fix():
    lines = [message for cause in causes("86nonmono2") for _, message in cause]
    assert any("programme" in message and "end" in message for message in lines)


@pytest.mark.parametrize("name", ["33load-two-courses", "80ctx", "t27", "38order-partial"])
def test_fixes_called_verified_work_and_refuted_ones_are_not_told(name):
    said = run("explain", ATTACK / name, "--time-limit", 30).said
    assert said["verdict"] == "impossible"
    programme, _ = load_programme(ATTACK / name)
    told = explain(programme, Limits(30.0))
    if len(told.causes) == 1:
        for fix in told.fixes:
            mended, _ = fix.change.make((programme, None))
            works = plan(mended, Limits(10.0)).unplaced == ()
            assert works, f"{fix.change.message} is no fix (verified: {fix.verified})"
    elif told.together:
        mended, _ = programme, None
        for number in told.together:
            mended, _ = told.fixes[number].change.make((mended, None))
        assert plan(mended, Limits(10.0)).unplaced == ()


def test_one_fix_is_advised_where_one_is_enough():
    programme, _ = load_programme(ATTACK / "38order-partial")
    told = explain(programme, Limits(30.0))
    assert len(told.together) <= 1 or not _alone(programme, told)


def _alone(programme: Any, told: Any) -> list[str]:
    """Return the fixes of which each by itself gives every seat its place."""
    made = [(one.change.message, one.change.make((programme, None))[0]) for one in told.fixes]
    return [message for message, mended in made if plan(mended, Limits(5.0)).unplaced == ()]


def test_two_fixes_that_work_together_are_found():
    programme, _ = load_programme(ATTACK / "t27")
    told = explain(programme, Limits(30.0))
    assert len(told.causes) < 2 or told.together


def test_the_contradiction_is_told_in_numbers():
    said = run("explain", ATTACK / "70lag-through-weekend", "--time-limit", 20).said
    assert all(one.get("because") for one in said["causes"])


def test_every_cause_of_the_plain_cases_can_not_hold():
    for name in ("33load-two-courses", "80ctx", "38order-partial", "70lag-through-weekend"):
        programme, _ = load_programme(ATTACK / name)
        small = _fewer_people(programme)
        for cause in explain(small, Limits(20.0)).causes:
            assert not possible(small, cause.lines), f"{name}: {[line.message for line in cause.lines]}"


def _fewer_people(programme: Any) -> Any:
    """Return the same programme for one person a group: what holds dates together does not change."""
    courses = {id: replace(one, seats=dict.fromkeys(one.seats, 1)) for id, one in programme.courses.items()}
    groups = {id: replace(one, headcount=1, max_away=1) for id, one in programme.groups.items()}
    return replace(programme, courses=courses, groups=groups)


# ---- bottlenecks and scenarios


def test_limits_of_a_programme_that_leaves_seats_over():
    ran = run("bottlenecks", ATTACK / "crash2", "--time-limit", 10)
    assert ran.code in (0, 1)


def test_one_scenario_that_leaves_seats_over_ends_no_other():
    words = ["scenarios", ATTACK / "crash", ATTACK / "crash.toml", "--time-limit", 5]
    result = CliRunner().invoke(app, [*map(str, words)])
    assert result.exit_code in (0, 1), result.stdout + result.stderr
