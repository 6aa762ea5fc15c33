"""``trainplan init``: a programme to start from that says the same as the bundled one."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from trainplan.cli.starter import KEYS, commented
from trainplan.load import load_programme
from trainplan.load.bundled import bundled_folder, bundled_names


@pytest.mark.parametrize("name", bundled_names())
def test_the_copy_says_what_the_original_says(run: Any, tmp_path: Path, name: str) -> None:
    ran = run("init", tmp_path / "mine", "--from", name)
    assert (ran.code, ran.out) == (0, "")
    assert "trainplan check" in ran.err
    mine, found = load_programme(tmp_path / "mine")
    assert found == load_programme(bundled_folder(name))[1]
    assert mine == load_programme(bundled_folder(name))[0]


def test_every_key_is_explained_and_may_be_set_by_taking_the_sign_off(run: Any, tmp_path: Path) -> None:
    text = commented({"title": "T", "hours": {"day": "08:30-16:30"}, "a key": [1, True]})
    for key in KEYS:
        assert f"# {key.states}\n" in text
    keys = {key.name for key in KEYS}
    awake = "".join(
        line.removeprefix("# ") if line.removeprefix("# ").split(" = ")[0] in keys else line
        for line in text.replace('"a key"', "a-key").splitlines(keepends=True)
    )
    assert set(tomllib.loads(awake)) == keys | {"a-key"}


@pytest.mark.parametrize("text", ['say "no"', "a\\b", "tab\tnew\nline", "\x7f", "Kwéyòl [/x] \u202e", "'"])
def test_any_title_survives(text: str) -> None:
    assert tomllib.loads(commented({"title": text, "hours": {text: text}})) == {
        "title": text,
        "hours": {text: text},
    }


def test_an_empty_folder_will_do_and_a_full_one_will_not(run: Any, tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    document = run("init", folder, "--json").document
    assert sorted(document["files"]) == sorted(path.name for path in folder.iterdir())
    (folder / "groups.csv").write_text("mine")
    (folder / "notes.txt").write_text("mine")
    ran = run("init", folder)
    assert ran.code == 2
    assert "is not empty: give --force" in ran.err
    assert (folder / "groups.csv").read_text() == "mine"
    assert run("init", folder, "--force").code == 0
    assert (folder / "groups.csv").read_text(encoding="utf-8").startswith("group,")
    assert (folder / "notes.txt").read_text() == "mine"


def test_mistakes_get_one_line(run: Any, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    assert "is a file: name a folder" in run("init", tmp_path / "file").err
    assert "can't make the folder" in run("init", tmp_path / "file" / "below").err
    ran = run("init", tmp_path / "new", "--from", "atlantis")
    assert ran.code == 2
    assert "no bundled programme atlantis: there are " in ran.err
    assert not (tmp_path / "new").exists()


def test_a_workbook_to_start_from_and_back_again(run: Any, tmp_path: Path) -> None:
    original = load_programme(bundled_folder("saint-lucia"))[0]
    document = run("init", tmp_path / "mine.xlsx", "--json").document
    assert document["sheets"][:2] == ["programme", "curriculum"]
    assert load_programme(tmp_path / "mine.xlsx")[0] == original
    ran = run("init", tmp_path / "back", "--from", tmp_path / "mine.xlsx")
    assert (ran.code, ran.out) == (0, "")
    assert load_programme(tmp_path / "back")[0] == original
    assert b"\r\n" in (tmp_path / "back" / "groups.csv").read_bytes()
    before = (tmp_path / "mine.xlsx").read_bytes()
    ran = run("init", tmp_path / "mine.xlsx", "--from", tmp_path / "back")
    assert ran.code == 2
    assert "exists already: give --force" in ran.err
    assert run("init", tmp_path / "mine.xlsx", "--from", tmp_path / "back", "--force").code == 0
    assert (tmp_path / "mine.xlsx").read_bytes() == before


def test_a_schedule_in_the_folder_goes_along(run: Any, small: Path) -> None:
    plan = (small.parent / "plan.csv").read_bytes()
    (small / "schedule.csv").write_bytes(plan)
    assert run("init", "mine.xlsx", "--from", small).code == 0
    assert run("init", "again", "--from", "mine.xlsx").code == 0
    assert (Path("again") / "schedule.csv").read_bytes() == plan.replace(b"\n", b"\r\n")
    assert run("check", "small", "mine.xlsx").code == 0
    assert run("check", "small", "again/schedule.csv").code == 0


def test_a_programme_with_mistakes_is_not_copied(run: Any, small: Path) -> None:
    (small / "groups.csv").write_text("group,headcount\npolice,x\n")
    for target in ("mine.xlsx", "mine"):
        ran = run("init", target, "--from", small)
        assert ran.code == 2
        assert '"x" is not a whole number' in " ".join(ran.err.split())
        assert not Path(target).exists()


def test_what_a_workbook_can_not_hold_gets_one_line(run: Any, small: Path) -> None:
    (small / "groups.csv").write_text(f"group,headcount,title\npolice,40,{'x' * 40_000}\ncustoms,30,\n")
    ran = run("init", "mine.xlsx", "--from", small)
    assert ran.code == 2
    assert "a workbook's cell can't hold 40,000 characters" in ran.err
    assert not Path("mine.xlsx").exists()
    assert "a workbook is written as .xlsx" in run("init", "mine.xlsm").err
