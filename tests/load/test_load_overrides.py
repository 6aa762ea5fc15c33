"""Settings for one run: they count as if they stood in the file, and are named where they are wrong."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from loadcases import GOOD, said, write

from trainplan.load import load_programme
from trainplan.load.overrides import Override, parse
from trainplan.model import Programme
from trainplan.shortages import shortages


def read(folder: Path, *sets: str) -> Programme:
    programme, findings = load_programme(folder, sets)
    assert programme is not None, findings
    return programme


def refused(folder: Path, *sets: str) -> list[str]:
    programme, findings = load_programme(folder, sets)
    assert programme is None
    return [said(one) for one in findings]


def test_a_setting_is_read_as_its_cell_would_be(tmp_path: Path) -> None:
    folder = write(tmp_path, {})
    plan = read(
        folder,
        "groups.POLICE.max_away=25%",
        "programme.ends = 2 Apr 2027",
        "programme.goals=seats,cost",
        "venues.hall.cost_per_day=120",
        "curriculum.CP.groups=police:10; customs:5",
        "instructors.rose.name==1+1 [/x]",
        "groups.customs.max_away=",
    )
    assert plan.groups["police"].max_away == 10
    assert plan.groups["customs"].max_away == plan.groups["customs"].headcount
    assert plan.ends == date(2027, 4, 2)
    assert plan.goals == ("seats", "cost")
    assert plan.venues["hall"].cost_per_day == 120
    assert plan.courses["CP"].seats == {"police": 10, "customs": 5}
    assert plan.instructors["rose"].name == "=1+1 [/x]"


@pytest.mark.parametrize(
    ("setting", "rule", "text"),
    [
        ("curriculum.CP.earliest=2027-12-30", "course-window", "CP may not start before 30 Dec 2027, but"),
        ("curriculum.CP.duration=100 days", "course-days", "CP takes 100 days, but the programme has 60"),
        ("curriculum.CP.venue=pool", "venue-features", "CP needs a venue with pool; there is none"),
        ("curriculum.CP.instructors=dive", "instructor-qualified", "CP needs 1 instructor with dive; nobody"),
        (
            "curriculum.CP.min_class=20",
            "group-cover",
            "a class of CP has at least 20 seats; police can spare",
        ),
        ("groups.police.max_away=0", "group-cover", "a class of CP has at least 1 seat; police can spare 0"),
    ],
)
def test_what_can_t_be_planned_is_no_error_of_reading_and_is_said_of_the_setting(
    tmp_path: Path, setting: str, rule: str, text: str
) -> None:
    sets = ["groups.police.max_away=19", setting]
    found = shortages(read(write(tmp_path, {}), *sets))
    first = next(one for one in found if one.severity == "error")
    assert first.rule == rule
    assert first.message.startswith(text)
    assert str(first.place) in [f"--set {one}" for one in sets]


def test_the_files_and_every_other_cell_stay_as_they_are(tmp_path: Path) -> None:
    folder = write(tmp_path, {})
    before = read(folder)
    changed = read(folder, "groups.police.max_away=7")
    assert read(folder) == before
    assert changed.courses == before.courses
    assert {**changed.groups, "police": before.groups["police"]} == before.groups
    assert (folder / "groups.csv").read_text(encoding="utf-8") == GOOD["groups.csv"]


def test_of_two_settings_the_later_counts(tmp_path: Path) -> None:
    folder = write(tmp_path, {})
    assert read(folder, "groups.police.max_away=7", "groups.police.max_away=9").groups["police"].max_away == 9


def test_an_id_may_hold_dots(tmp_path: Path) -> None:
    groups = "group,title,headcount\npolice,P,40\ncustoms,C,24\nu.k,U,5\n"
    folder = write(tmp_path, {"groups.csv": groups})
    assert read(folder, "groups.u.k.headcount=6").groups["u.k"].headcount == 6


def test_an_emptied_key_is_left_out(tmp_path: Path) -> None:
    frame = GOOD["programme.toml"] + 'holidays = "LC"\n'
    assert read(write(tmp_path, {"programme.toml": frame}), "programme.holidays=").holidays is None


def test_a_workbook_takes_settings_too(tmp_path: Path) -> None:
    from typer.testing import CliRunner

    from trainplan.cli.main import app

    book = tmp_path / "book.xlsx"
    assert CliRunner().invoke(app, ["init", str(book)]).exit_code == 0
    assert read(book, "groups.northern.max_away=7").groups["northern"].max_away == 7
    assert sorted(refused(book, "groups.northern.max_away=lots", "programme.ends=soon"), reverse=True) == [
        'bad-number | --set groups.northern.max_away=lots: "lots" is neither a number of people nor a share'
        " (e.g. 40 or 20%)",
        'bad-date | --set programme.ends=soon: "soon" is not a date (e.g. 2027-03-02 or 2 Mar 2027)',
    ]


@pytest.mark.parametrize(
    ("setting", "code", "text"),
    [
        (
            "groups.polise.max_away=3",
            "unknown-id",
            '"polise" is no group of groups.csv; did you mean "police"?',
        ),
        ("groups.police.max_awya=3", "unknown-column", 'did you mean "max_away"?'),
        ("groups.police.max_away=lots", "bad-number", '"lots" is neither a number'),
        ("group.police.max_away=3", "bad-set", 'did you mean "groups"?'),
        ("groups.headcount=3", "bad-set", "and not both"),
        ("groups.police.group=cops", "bad-set", "an id can't be set"),
        ("closures.x.from=2027-01-05", "bad-set", "a closure has no id"),
        ("police", "bad-set", "(e.g. groups.police.max_away=25%"),
        ("", "bad-set", "does not say what to set"),
        ("=", "bad-set", "does not say what to set"),
        ("programme.goal=seats", "unknown-key", 'did you mean "goals"?'),
        ("programme.ends=soon", "bad-date", '"soon" is not a date'),
        ("programme.title=", "missing-key", "is needed"),
    ],
)
def test_what_is_wrong_is_said_of_the_setting(tmp_path: Path, setting: str, code: str, text: str) -> None:
    (line,) = refused(write(tmp_path, {}), setting)
    assert line.startswith(f"{code} | --set {setting}: ")
    assert text in line


def test_everything_wrong_is_said_in_one_run(tmp_path: Path) -> None:
    assert (
        len(refused(write(tmp_path, {}), "groups.a.b=1", "venues.hall.capacity=x", "programme.starts=x")) == 3
    )


def test_nothing_can_be_set_in_a_file_that_is_not_there(tmp_path: Path) -> None:
    curriculum = "course,title,duration,groups,max_class,venue\nCP,Policing,1 week,police,20,none\n"
    folder = write(tmp_path, {"curriculum.csv": curriculum}, ["venues.csv", "instructors.csv"])
    assert refused(folder, "venues.hall.capacity=3") == [
        "unknown-id | --set venues.hall.capacity=3: there is no venues.csv to set anything in"
    ]


def test_the_first_equals_sign_ends_the_name() -> None:
    assert parse("venues.hall.title=a=b") == Override(
        "venues.hall.title=a=b", "venues", "hall", "title", "a=b"
    )
