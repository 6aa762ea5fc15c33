"""``trainplan explain``: verdicts, exit codes, documents, and fixes carried out."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from trainplan.load import load_programme


@pytest.fixture
def short(small: Path) -> Path:
    """The small programme with too few people to be spared for a class of CP."""
    groups = "group,title,headcount,max_away\npolice,Police,40,10%\ncustoms,Customs,30,\n"
    (small / "groups.csv").write_text(groups)
    return small


def test_nothing_stands_in_the_way_of_a_programme_that_fits(run: Any, small: Path) -> None:
    ran = run("explain", small)
    assert ran.code == 0
    assert "nothing stands in the way" in ran.out
    assert "trainplan generate" in ran.err


def test_a_cause_is_told_line_by_line_with_what_stands_in_the_files(run: Any, short: Path) -> None:
    ran = run("explain", "small")
    assert ran.code == 3
    lines = ran.out.splitlines()
    place = "cause 1: groups.csv row 2, max_away 10%: at most 4 of police (max_away) may be away on a day"
    assert place in lines
    assert any(one.startswith("cause 1: fix 1: ") for one in lines)
    assert "trainplan explain small --apply 1 -o mended" in ran.err


def test_the_document(run: Any, short: Path) -> None:
    ran = run("explain", "small", "--json")
    assert ran.code == 3
    document = ran.document
    assert document["verdict"] == "impossible"
    (cause,) = document["causes"]
    assert cause["verified"] is True
    cover = next(one for one in cause["lines"] if one["rule"] == "group-cover")
    assert cover["about"] == "group:police"
    assert cover["place"] == {"file": "groups.csv", "row": 2, "column": "max_away"}
    fixes = document["fixes"]
    assert [one["number"] for one in fixes] == list(range(1, len(fixes) + 1))
    assert [one["effort"] for one in fixes] == sorted(one["effort"] for one in fixes)
    away = next(one for one in fixes if one["column"] == "max_away")
    assert (away["from"], away["to"], away["verified"], away["cause"]) == (4, 5, True, 1)


def test_a_fix_is_carried_out_into_a_new_folder(run: Any, short: Path) -> None:
    fixes = run("explain", "small", "--json").document["fixes"]
    number = next(one["number"] for one in fixes if one["column"] == "max_away")
    ran = run("explain", "small", "--apply", number, "-o", "mended")
    assert (ran.code, ran.out) == (0, "")
    assert "raise max_away of police from 4 to 5" in ran.err
    programme, _ = load_programme(Path("mended"))
    assert programme is not None
    assert programme.groups["police"].max_away == 5
    assert run("generate", "mended", "--time-limit", 5).code == 0
    again = run("explain", "small", "--apply", number, "-o", "mended")
    assert again.code == 2
    assert "--force" in again.err


def test_a_fix_can_be_written_as_a_workbook(run: Any, short: Path) -> None:
    assert run("explain", "small", "--apply", 1, "-o", "mended.xlsx", "--json").code == 0
    programme, found = load_programme(Path("mended.xlsx"))
    assert programme is not None
    assert not [one for one in found if one.severity == "error"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--apply", "1"], "--apply and -o go together"),
        (["-o", "mended"], "--apply and -o go together"),
        (["--apply", "99", "-o", "mended"], "there are fixes 1 to"),
        (["--apply", "0", "-o", "mended"], "there are fixes 1 to"),
        (["--apply", "1", "-o", "plan.csv"], "is a file"),
        (["--time-limit", "0"], "give seconds"),
        (["--time-limit", "nan"], "give seconds"),
    ],
)
def test_wrong_usage(run: Any, short: Path, words: list[str], said: str) -> None:
    ran = run("explain", "small", *words)
    assert ran.code == 2
    assert said in ran.err
    assert not Path("mended").exists()


def test_no_fix_where_nothing_is_wrong(run: Any, small: Path) -> None:
    ran = run("explain", "small", "--apply", "1", "-o", "mended")
    assert ran.code == 2
    assert "no fix" in ran.err


def test_a_time_out_is_not_settled(run: Any, short: Path) -> None:
    ran = run("explain", "small", "--time-limit", "0.000001", "--json")
    assert ran.code == 4
    assert ran.document["verdict"] == "unsettled"
    assert ran.document["causes"] == []


def test_pins_that_cannot_be_kept(run: Any, small: Path) -> None:
    plan = "session,course,start,venue,groups,seats,pin\n"
    plan += "CP-01,CP,2027-03-01,hall,police:10,10,date; venue\nCP-02,CP,2027-03-02,hall,police:10,10,all\n"
    Path("plan.csv").write_text(plan)
    ran = run("explain", "small", "plan.csv", "--json")
    assert ran.code == 3
    (cause,) = ran.document["causes"]
    assert {one["rule"] for one in cause["lines"]} >= {"pinned", "venue-clash"}
    fix = next(one for one in ran.document["fixes"] if one["column"] == "pin")
    ran = run("explain", "small", "plan.csv", "--apply", fix["number"], "-o", "mended")
    assert ran.code == 0
    assert Path("mended/schedule.csv").exists()


def test_hostile_titles_and_ids_are_shown_as_they_are(run: Any, short: Path) -> None:
    text = (short / "curriculum.csv").read_text().replace("Community Policing", "=1+1 [/x] <script>\u202e")
    (short / "curriculum.csv").write_text(text.replace("CP,", "[/x],"))
    ran = run("explain", "small")
    assert ran.code == 3
    assert "[/x] needs 20 seats for police" in ran.out
    number = "1"
    assert run("explain", "small", "--apply", number, "-o", "mended").code == 0


def test_stopping_keeps_what_is_known(run: Any, short: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import trainplan.explain as room

    real = room.Fixes.run

    def stopped(self: Any) -> Any:
        self.oracle.stop.set()
        return real(self)

    monkeypatch.setattr(room.Fixes, "run", stopped)
    ran = run("explain", "small", "--json")
    assert ran.code == 130
    assert json.loads(ran.out)["verdict"] == "impossible"


def test_what_is_set_in_the_place_of_a_cell_counts_and_is_written(run: Any, small: Path) -> None:
    words = ("explain", "small", "--set", "groups.police.max_away=4")
    ran = run(*words)
    assert ran.code == 3
    assert "at most 4 of police" in ran.out
    assert "--set groups.police.max_away=4 --apply 1" in ran.err
    assert run(*words, "--apply", 1, "-o", "mended").code == 0


def test_a_workbook_says_what_stands_in_its_cells(run: Any, short: Path) -> None:
    assert run("init", "book.xlsx", "--from", "small").code == 0
    ran = run("explain", "book.xlsx")
    assert ran.code == 3
    assert "sheet groups row 2, max_away 10%: at most 4 of police" in ran.out


def test_ctrl_c_shows_what_is_known(shell: Any, short: Path) -> None:
    """In a process of its own, as a terminal would send it: one interrupt early on."""
    import signal
    import subprocess
    import sys
    import time

    program = [sys.executable, "-c", "from trainplan.cli.main import run; run()", "explain", "overbooked"]
    with subprocess.Popen(program, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as going:
        time.sleep(2.0)
        going.send_signal(signal.SIGINT)
        out, err = going.communicate(timeout=30)
    assert "Traceback" not in err
    assert going.returncode in (130, 3)  # the second where the machine was quicker than the interrupt
    assert "proved" in out or "not settled" in out or not out


def test_a_fix_that_nobody_checked_is_written_with_a_warning(run: Any, short: Path, monkeypatch: Any) -> None:
    from trainplan.explain.fixes import Fixes

    whole = Fixes._verified

    def unchecked(self: Any, number: int, offer: Any) -> Any:
        fix = whole(self, number, offer)
        return fix and replace(fix, verified=False)

    monkeypatch.setattr(Fixes, "_verified", unchecked)
    ran = run("explain", "small")
    assert "(not checked against everything else in the time)" in ran.out
    assert "--time-limit 600" in ran.err
    assert "--apply" not in ran.err
    ran = run("explain", "small", "--apply", 1, "-o", "mended")
    assert ran.code == 0
    assert "warning: fix 1: not checked against everything else in the time" in ran.err
