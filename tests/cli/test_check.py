"""``trainplan check``: conflicts in a schedule, and how they are told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import trainplan.audit
from trainplan.findings import Finding


def test_a_sound_schedule_has_no_conflicts(run: Any, small: Path) -> None:
    ran = run("check", small, "plan.csv")
    assert (ran.code, ran.out) == (0, "No conflicts in plan.csv.\n")
    assert "trainplan show" in ran.err


def test_each_conflict_is_a_line_on_a_pipe(run: Any, small: Path) -> None:
    text = Path("plan.csv").read_text().replace("lab,", "hall,").replace("2027-03-01", "2027-03-02")
    Path("plan.csv").write_text(text)
    ran = run("check", "small", "plan.csv")
    assert ran.code == 1
    lines = ran.out.splitlines()
    assert any(one.startswith("error venue-clash: ") and "[2027-03-02]" in one for one in lines)
    assert any(one.startswith("error venue-features: ") for one in lines)
    assert lines[-1].endswith("of 2 kinds in plan.csv.")


def test_rows_that_cannot_be_read_stand_beside_the_rest(run: Any, small: Path) -> None:
    with Path("plan.csv").open("a") as plan:
        plan.write("IT-02,IT,31 Feb,lab,customs:5,5\nIT-03,IT,2027-03-03,lab,customs:3,3\n")
    ran = run("check", "small", "plan.csv", "--json")
    assert ran.code == 1
    found = ran.document["findings"]
    assert {"rule", "severity", "message", "sessions", "days", "place"} == set(found[0])
    assert {"file": "plan.csv", "row": 4, "column": "start"} in [one["place"] for one in found]
    assert "IT-03" in {id for one in found if one["rule"] == "class-size" for id in one["sessions"]}


def test_nothing_readable_in_a_schedule_is_exit_two(run: Any, small: Path) -> None:
    Path("plan.csv").write_text("colour,shape\nred,round\n")
    ran = run("check", "small", "plan.csv")
    assert (ran.code, ran.out) == (2, "")
    assert "plan.csv can't be read" in ran.err


def test_a_programme_that_cannot_be_read_tells_all_at_once(run: Any, small: Path) -> None:
    (small / "groups.csv").write_text("group,title,headcount\npolice,Police,twenty\ncustoms,Customs,-3\n")
    ran = run("check", "small")
    assert (ran.code, ran.out) == (2, "")
    assert "groups.csv row 2, column headcount: " in ran.err
    assert "groups.csv row 3, column headcount: " in ran.err
    as_json = run("check", "small", "--json")
    assert as_json.code == 2
    places = [one["place"] for one in as_json.document["findings"]]
    assert {"file": "groups.csv", "row": 2, "column": "headcount"} in places


@pytest.mark.parametrize(("severity", "code"), [("error", 1), ("warning", 0)])
def test_only_errors_are_conflicts(
    run: Any, small: Path, monkeypatch: pytest.MonkeyPatch, severity: Any, code: int
) -> None:
    finding = Finding("class-size", severity, "A class of one.", ("CP-01",))
    monkeypatch.setattr(trainplan.audit, "audit", lambda programme, schedule: (finding,))
    ran = run("check", "small", "plan.csv")
    assert ran.code == code
    assert f"{severity} class-size: A class of one. [CP-01]" in ran.out
    assert ("No conflicts, 1 warning" in ran.out) == (code == 0)


def test_without_a_schedule_the_files_themselves_are_checked(run: Any, small: Path) -> None:
    assert run("check", small).code == 0
    text = (small / "curriculum.csv").read_text()
    (small / "curriculum.csv").write_text(text.replace("police:20", "police:40"))
    (small / "programme.toml").write_text('title = "Short"\nstarts = 2027-03-01\nends = 2027-03-03\n')
    ran = run("check", small)
    assert ran.code == 1
    assert "in the files of Short." in ran.out


def test_a_schedule_alone_is_told_from_a_programme(run: Any, small: Path, monkeypatch: Any) -> None:
    monkeypatch.chdir(small)
    ran = run("check", "../plan.csv")
    assert (ran.code, ran.out) == (0, "No conflicts in ../plan.csv.\n")
    assert ran.err.startswith("using ./programme.toml\n")


def test_with_no_programme_about_the_bundled_one_is_meant(run: Any, small: Path) -> None:
    ran = run("check", "plan.csv", "--json")
    assert ran.code == 1
    assert ran.err.startswith("using the bundled programme saint-lucia\n")


def test_a_bundled_programme_goes_by_its_name(run: Any, small: Path) -> None:
    ran = run("check", "saint-lucia", "plan.csv", "--json")
    assert ran.document["programme"].startswith("Saint Lucia")
    assert "using the bundled programme saint-lucia" in ran.err


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["nowhere"], "no programme nowhere"),
        (["saint-luca"], "did you mean saint-lucia?"),
        (["small", "gone.csv"], "there is no file gone.csv"),
        (["gone.csv"], "there is no file gone.csv"),
        (["plan.csv", "small"], "the programme comes first"),
        (["small/venues.csv", "plan.csv"], "the programme comes first"),
        (["small", "small"], "small is a folder"),
    ],
)
def test_a_mistaken_argument_gets_one_helpful_line(
    run: Any, small: Path, words: list[str], says: str
) -> None:
    ran = run("check", *words)
    assert ran.code == 2
    assert says in ran.err.splitlines()[-1]
    assert run("check", *words, "--json").document["error"] == ran.err.splitlines()[-1].removeprefix(
        "trainplan: "
    )
