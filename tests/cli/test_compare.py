"""``trainplan compare``: what it takes, says and ends with."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

HOSTILE = "=1+1 [/x] <script> \u202e"


@pytest.fixture
def edited(small: Path) -> str:
    text = Path("plan.csv").read_text(encoding="utf-8")
    Path("edited.csv").write_text(text.replace("2027-03-02,lab", "2027-03-03,lab"), encoding="utf-8")
    return "edited.csv"


def test_two_schedules(run: Any, edited: str) -> None:
    ran = run("compare", "small", "plan.csv", edited)
    assert ran.code == 0
    assert ran.out.startswith("plan.csv and edited.csv: 1 session differs, 1 the same.\n")
    assert "moved" in ran.out
    assert ran.err.splitlines()[-1] == "Next, to see the second: trainplan show small edited.csv"
    document = run("compare", "small", "plan.csv", edited, "--json").document
    assert document["same"] == 1
    (one,) = document["sessions"]
    assert (one["session"], one["kinds"]) == ("IT-01", ["moved"])
    assert (one["before"]["start"], one["after"]["start"]) == ("2027-03-02", "2027-03-03")
    seats = document["goals"][0]
    assert (seats["name"], seats["values"], seats["counts"]) == ("seats", [0, 0], True)
    assert seats["words"] == ["every seat placed"] * 2
    assert document["groups"]["customs"] == [{"used": 10, "limit": 30, "seats": 10}] * 2
    assert (document["gained"], document["lost"]) == ([], [])


def test_a_conflict_gained_is_said_and_ends_with_1(run: Any, small: Path) -> None:
    text = Path("plan.csv").read_text(encoding="utf-8")
    Path("worse.csv").write_text(text.replace("lab", "hall"), encoding="utf-8")
    ran = run("compare", "small", "plan.csv", "worse.csv")
    assert ran.code == 1
    assert "venue-features" in ran.out
    assert "trainplan check small worse.csv" in ran.err
    assert run("compare", "small", "worse.csv", "plan.csv").code == 0
    assert run("compare", "small", "worse.csv", "plan.csv", "--json").document["lost"]


def test_one_schedule_under_what_is_set(run: Any, small: Path) -> None:
    ran = run("compare", "small", "plan.csv", "--set", "venues.hall.capacity=12")
    assert ran.code == 1
    assert "plan.csv and plan.csv with venues.hall.capacity=12: 0 sessions differ" in ran.out
    assert "venue-capacity" in ran.out
    assert run("compare", "small", "saint-lucia", "plan.csv", "--json").code == 1


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["small"], "compare needs a schedule"),
        (["small", "plan.csv"], "give a second of either, or --set"),
        (["plan.csv", "small"], "programmes come first"),
        (["plan.csv", "plan.csv", "plan.csv"], "two programmes and two schedules at most"),
        (["small", "plan.csv", "none.csv"], "there is no file none.csv"),
        (["smal", "plan.csv", "plan.csv"], "no programme smal"),
        ([], "compare --help"),
    ],
)
def test_wrong_arguments_are_one_line(run: Any, small: Path, words: list[str], says: str) -> None:
    ran = run("compare", *words)
    assert (ran.code, ran.out) == (2, "")
    assert says in ran.err.splitlines()[-1]


def test_text_of_people_stays_text_and_unknown_ids_do_no_harm(run: Any, small: Path) -> None:
    head = "session,course,start,venue,groups,instructors\n"
    Path("odd.csv").write_text(
        f"{head}{HOSTILE},CP,2027-03-01,no such hall,nobody:5,ghost\nX-1,XX,2027-03-01,,,\n", encoding="utf-8"
    )
    ran = run("compare", "small", "plan.csv", "odd.csv")
    assert ran.code == 1
    assert "[/x] <script>" in ran.out
    assert "\u202e" not in ran.out
    Path("none.csv").write_text(head, encoding="utf-8")
    assert run("compare", "small", "none.csv", "none.csv").code == 0


def test_half_days_are_told_apart(run: Any, small: Path) -> None:
    frame = Path("small/programme.toml")
    frame.write_text(frame.read_text(encoding="utf-8") + 'periods = ["am", "pm"]\n', encoding="utf-8")
    curriculum = Path("small/curriculum.csv")
    text = curriculum.read_text(encoding="utf-8")
    curriculum.write_text(text.replace("1 day", "1 half-day"), encoding="utf-8")
    for when in ("am", "pm"):
        Path(f"{when}.csv").write_text(
            f"session,course,days,venue,groups\nIT-01,IT,2027-03-02 {when},lab,customs:10\n", encoding="utf-8"
        )
    ran = run("compare", "small", "am.csv", "pm.csv")
    assert "2027-03-02 am" in ran.out
    assert "2027-03-02 pm" in ran.out
