"""``trainplan why`` and ``trainplan options``: what is asked, how it is answered, how it ends."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest


def test_why_shows_the_starts_of_a_session(run: Any, small: Path) -> None:
    ran = run("why", "cp-01", small, "plan.csv")
    assert ran.code == 0
    assert ran.out.startswith("CP-01: 2027-03-01..2027-03-03 in hall for police:20.\n")
    assert "early would suffer" in ran.out
    assert "here it is" in ran.out
    assert "--on" in ran.err


def test_why_as_json_has_every_start(run: Any, small: Path) -> None:
    document = run("why", "IT-01", small, "plan.csv", "--json").document
    assert len(document["starts"]) == 23
    assert document["settled"] is True
    (here,) = [one for one in document["starts"] if one["here"]]
    assert here["start"] == "2027-03-02"
    assert document["session"]["session"] == "IT-01"


def test_another_day_is_priced_goal_by_goal(run: Any, small: Path) -> None:
    ran = run("why", "CP-01", small, "plan.csv", "--on", "2027-03-08", "--time-limit", "20")
    assert ran.code == 0
    assert "no rule stands against it" in ran.out
    assert "proved to be the best that has it" in ran.out
    (early,) = [line.split() for line in ran.out.splitlines() if line.startswith("early")]
    assert early[1:5] == ["50", "180", "+130", "180"]


def test_what_is_impossible_ends_with_3_and_says_why(run: Any, small: Path) -> None:
    ran = run("why", "CP", small, "plan.csv", "--on", "2027-03-08", "--in", "lab", "--time-limit", "20")
    assert ran.code == 3
    assert "venue-features" in ran.out
    assert "no schedule has it there; that is proved" in ran.out
    ran = run("why", "CP-01", small, "plan.csv", "--on", "2027-03-07", "--json")
    assert (ran.code, ran.document["status"]) == (3, "infeasible")
    assert [one["rule"] for one in ran.document["findings"]] == ["course-days"]


def test_what_was_not_settled_ends_with_4_and_is_never_called_impossible(run: Any, small: Path) -> None:
    ran = run("why", "CP-01", small, "plan.csv", "--on", "2027-03-08", "--in", "lab", "--time-limit", "1e-9")
    if ran.code == 4:
        assert "Not settled" in ran.out
        assert "mpossible" not in ran.out


def test_no_time_to_look_at_what_stands_against_it_ends_with_4(
    run: Any, small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import trainplan.alternatives.why

    monkeypatch.setattr(trainplan.alternatives.why, "tries", lambda *given: time.sleep(600))
    ran = run("why", "CP-01", small, "plan.csv", "--on", "2027-03-08", "--time-limit", "1")
    assert (ran.code, ran.out) == (4, "")
    assert "there was no time for an answer" in ran.err


def test_what_is_so_already_is_said(run: Any, small: Path) -> None:
    ran = run("why", "CP", small, "plan.csv", "--on", "2027-03-02")
    assert ran.code == 0
    assert ran.out.startswith("It is so: CP-01 is ")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("XX",), "there is no session or course XX"),
        (("CP-02",), "did you mean CP-01?"),
        (("CP",), "CP is a course: say on which date"),
        (("CP-01", "--in", "haul"), "there is no venue haul; did you mean hall?"),
        (("CP-01", "--by", "ann"), "there is no instructor ann"),
        (("CP-01", "--time-limit", "0"), "--time-limit 0.0"),
    ],
)
def test_what_is_not_there_is_said_in_one_line(run: Any, small: Path, words: Any, said: str) -> None:
    what, *rest = words
    ran = run("why", what, small, "plan.csv", *rest)
    assert ran.code == 2
    assert said in ran.err


def test_a_cancelled_session_is_nowhere(run: Any, small: Path) -> None:
    Path("plan.csv").write_text(
        "session,course,start,venue,groups,status\nCP-01,CP,2027-03-01,hall,police:20,cancelled\n"
    )
    ran = run("why", "CP-01", small, "plan.csv")
    assert (ran.code, "does not take place" in ran.err) == (2, True)


def test_schedule_csv_beside_the_programme_is_taken(run: Any, small: Path) -> None:
    Path("plan.csv").rename(small / "schedule.csv")
    ran = run("why", "CP-01", small)
    assert ran.code == 0
    assert "schedule.csv" in ran.err


def test_without_a_schedule_one_is_planned_first(run: Any, small: Path) -> None:
    ran = run("options", "IT", "customs", "10", small, "--time-limit", "20")
    assert ran.code == 0
    assert "planning one first" in ran.err


def test_options_are_ranked_and_counted(run: Any, small: Path) -> None:
    ran = run("options", "it", "customs", "6", small, "plan.csv", "--most", "3")
    assert ran.code == 0
    assert ran.out.startswith("6 seats of customs in IT: to make up; ")
    lines = ran.out.splitlines()
    assert lines[lines.index("Without moving anybody, the best first") + 2].split()[:2] == [
        "IT-01",
        "2027-03-02",
    ]
    assert "--moving" in ran.err


def test_options_as_json(run: Any, small: Path) -> None:
    document = run("options", "IT", "customs", "6", small, "plan.csv", "--moving", "--json").document
    assert document["options"][0]["existing"] is True
    assert document["options"][0]["session"]["groups"] == {"customs": 16}
    (moving,) = document["moving"]
    assert moving["proved"] is True
    assert len(moving["changes"]) == 1


def test_no_place_at_all_ends_with_3(run: Any, small: Path) -> None:
    Path("small/closures.csv").write_text("who,from,to\nvenue:lab,2027-03-01,2027-03-31\n")
    ran = run("options", "IT", "customs", "6", small, "plan.csv", "--time-limit", "20")
    assert ran.code == 3
    assert "no place, whatever is moved; that is proved" in ran.out
    assert "they are not held against" in ran.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("CP", "customs", "5"), "CP is not for customs; it is for police"),
        (("CP", "polise", "5"), "did you mean police?"),
        (("CP", "police", "0"), "0 seats: give a number, 1 or more"),
        (("CP", "police", "-3"), "No such option"),
    ],
)
def test_options_that_make_no_sense(run: Any, small: Path, words: Any, said: str) -> None:
    ran = run("options", *words, small, "plan.csv")
    assert ran.code == 2
    assert said in ran.err


def test_titles_are_never_markup_or_commands(run: Any, small: Path) -> None:
    Path("plan.csv").write_text(
        'session,course,start,venue,groups\n"[/x]<script>=1+1",CP,2027-03-01,hall,police:20\n'
    )
    for words in ((), ("--on", "2027-03-08"), ("--json",)):
        ran = run("why", "[/x]<script>=1+1", small, "plan.csv", "--time-limit", "20", *words)
        assert ran.code == 0
        assert "[/x]<script>=1+1" in ran.out


def test_an_empty_schedule_has_room_for_everything(run: Any, small: Path) -> None:
    Path("plan.csv").write_text("session,course,start,venue,groups\n")
    ran = run("options", "CP", "police", small, "plan.csv")
    assert ran.code == 0
    assert "20 seats of police in CP: asked for and not placed; 13 places" in ran.out


@pytest.mark.parametrize(
    "rows",
    [
        "IT-01,IT,2027-03-02,hall,customs:10\n",  # without the computers that it needs
        "IT-01,IT,2027-03-02,lab,customs:18\n",  # more than were asked for
    ],
)
def test_no_plan_begins_with_a_schedule_that_has_conflicts(run: Any, small: Path, rows: str) -> None:
    Path("plan.csv").write_text(
        f"session,course,start,venue,groups\nCP-01,CP,2027-03-01,hall,police:12\n{rows}"
    )
    ran = run("why", "CP-01", small, "plan.csv", "--on", "2027-03-08", "--time-limit", "20", "--json")
    assert (ran.code, ran.document["status"]) == (0, "optimal")
    (customs,) = [one for one in ran.document["sessions"] if one["course"] == "IT"]
    assert (customs["venue"], customs["seats"]) == ("lab", 10)
