"""``trainplan show`` and ``trainplan export``."""

from __future__ import annotations

import json
import os
import pty
import re
from pathlib import Path
from typing import Any

import pytest


def test_show_draws_the_month(run: Any, small: Path) -> None:
    ran = run("show", "small", "plan.csv")
    assert ran.code == 0
    assert ran.out.startswith("March 2027\n")
    assert "[C1 CP-01" in ran.out


def test_show_lists_sessions(run: Any, small: Path) -> None:
    out = run("show", "small", "plan.csv", "--by", "sessions").out.splitlines()
    assert out[0].split() == ["Session", "Title", "Days", "Venue", "Groups", "Seats"]
    assert out[1].split()[:1] == ["CP-01"]
    assert "2027-03-01..2027-03-03" in out[1]


def test_show_keeps_to_the_dates_asked_for(run: Any, small: Path) -> None:
    assert "CP-01" in run("show", "small", "plan.csv", "--from", "2027-03-03").out
    late = run("show", "small", "plan.csv", "--from", "4 Mar 2027")
    assert (late.code, late.out) == (0, "No session in this time.\n")
    one = run("show", "small", "plan.csv", "--from", "2027-03-03", "--to", "2027-03-03", "--json")
    assert [session["session"] for session in one.document["sessions"]] == ["CP-01"]


def test_show_says_what_it_could_not_read(run: Any, small: Path) -> None:
    with Path("plan.csv").open("a") as plan:
        plan.write("IT-02,IT,31 Feb,lab,customs:5,5\n")
    ran = run("show", "small", "plan.csv")
    assert ran.code == 1
    assert "CP-01" in ran.out
    assert "plan.csv row 4, column start" in ran.err


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["show", "small"], "show needs a schedule"),
        (["show"], "show needs a schedule"),
        (["show", "small", "plan.csv", "--from", "2027-03-05", "--to", "2027-03-01"], "is after --to"),
        (["show", "small", "plan.csv", "--from", "soon"], "soon"),
        (["show", "small", "plan.csv", "--by", "shape"], "shape"),
        (["export", "small", "-o", "x.csv"], "export needs a schedule"),
        (["export", "small", "plan.csv"], "export needs -o FILE"),
        (["export", "small", "plan.csv", "-o", "x.ods"], "no format .ods: known are .csv"),
        (["export", "small", "plan.csv", "-o", "x"], "x does not say its format"),
        (["export", "small", "plan.csv", "-o", "-", "--format", "tea"], "no format tea"),
        (["export", "small", "plan.csv", "-o", "no/x.csv"], "there is no folder no"),
        (["export", "small", "plan.csv", "-o", "plan.csv"], "exists already: give --force"),
    ],
)
def test_wrong_usage_is_one_line_and_exit_two(run: Any, small: Path, words: list[str], says: str) -> None:
    ran = run(*words)
    assert (ran.code, ran.out) == (2, "")
    assert says in ran.err.splitlines()[-1]
    assert says in run(*words, "--json").document["error"]


def test_stdout_takes_one_thing_at_a_time(run: Any, small: Path) -> None:
    ran = run("export", "small", "plan.csv", "-o", "-", "--json")
    assert ran.code == 2
    assert "both want standard output" in ran.document["error"]


def test_export_writes_what_show_shows(run: Any, small: Path) -> None:
    ran = run("export", "small", "plan.csv", "-o", "out.json")
    assert (ran.code, ran.out, ran.err) == (0, "", "wrote out.json\n")
    shown = run("show", "small", "plan.csv", "--json").document["sessions"]
    assert json.loads(Path("out.json").read_text())["sessions"] == shown
    assert run("export", "small", "out.json", "-o", "again.csv").code == 0
    assert run("show", "small", "again.csv", "--json").document["sessions"] == shown


def test_export_to_stdout_is_the_file_and_nothing_else(run: Any, small: Path, shell: Any) -> None:
    run("export", "small", "plan.csv", "-o", "out.csv")
    ran = shell("export", "small", "plan.csv", "-o", "-", encoding=None)
    assert ran.stdout == Path("out.csv").read_bytes()
    assert run("export", "small", "plan.csv", "-o", "-", "--format", "json").document["programme"] == "Small"


def test_export_replaces_only_when_forced(run: Any, small: Path) -> None:
    Path("out.csv").write_text("old")
    assert run("export", "small", "plan.csv", "-o", "out.csv").code == 2
    assert Path("out.csv").read_text() == "old"
    ran = run("export", "small", "plan.csv", "-o", "out.csv", "--force", "--json")
    assert ran.document == {"schema_version": 1, "wrote": "out.csv", "format": "csv", "sessions": 2}
    assert Path("out.csv").read_bytes().startswith(b"session,course,")


def test_export_loses_no_row(run: Any, small: Path) -> None:
    with Path("plan.csv").open("a") as plan:
        plan.write("IT-02,IT,31 Feb,lab,customs:5,5\n")
    ran = run("export", "small", "plan.csv", "-o", "out.csv")
    assert ran.code == 2
    assert "plan.csv row 4" in ran.err
    assert not Path("out.csv").exists()


def test_a_full_disk_behind_stdout_is_said(small: Path, shell: Any) -> None:
    with Path("/dev/full").open("w") as full:
        ran = shell("show", "small", "plan.csv", stdout=full)
    assert ran.returncode == 2
    assert ran.stderr == "trainplan: can't write the result: No space left on device\n"


def test_head_may_leave_early(small: Path, shell: Any) -> None:
    for words in (
        ["show", "small", "plan.csv"],
        ["export", "small", "plan.csv", "-o", "-"],
        ["rules", "--json"],
    ):
        reading, writing = os.pipe()
        os.close(reading)
        with os.fdopen(writing, "w") as pipe:
            ran = shell(*words, stdout=pipe)
        assert (ran.returncode, ran.stderr) == (0, "")


def test_any_text_gets_through_a_terminal_that_knows_only_ascii(small: Path, shell: Any) -> None:
    text = Path("plan.csv").read_text().replace("course,start", "course,title,start")
    Path("plan.csv").write_text(text.replace("CP,2027", "Kwéyòl,2027").replace("CP-01,Kw", "CP-01,CP,Kw"))
    ascii_only = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    ran = shell("show", "small", "plan.csv", "--by", "sessions", env=ascii_only)
    assert r"Kw\xe9y\xf2l" in ran.stdout
    document = json.loads(shell("show", "small", "plan.csv", "--json", env=ascii_only).stdout)
    assert document["sessions"][0]["title"] == "Kwéyòl"


def test_a_terminal_gets_a_drawing_that_fits(small: Path, shell: Any) -> None:
    ours, theirs = pty.openpty()
    wished = {"TERM": "xterm-256color", "COLUMNS": "60", "PYTHONIOENCODING": "utf-8"}
    unwished = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    ran = shell("show", "small", "plan.csv", stdout=theirs, env={**unwished, **wished})
    os.close(theirs)
    drawn = os.read(ours, 100_000).decode("utf-8")
    os.close(ours)
    assert ran.returncode == 0
    assert "━" in drawn
    assert re.search(r"\x1b\[[0-9;]*4[0-9]", drawn), "a course has its colour"
    bare = re.sub(r"\x1b\[[0-9;]*m", "", drawn)
    assert max(map(len, bare.splitlines())) <= 60
