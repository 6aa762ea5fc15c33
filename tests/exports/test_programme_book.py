"""From a folder to a workbook and back: nothing that is read is lost, whatever the texts are."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from trainplan.cli.starter import commented, starter
from trainplan.exports.column_notes import KEY_NOTES, NOTES
from trainplan.exports.csv_file import grid_content
from trainplan.exports.programme_book import Unfit, content
from trainplan.load import load_programme
from trainplan.load.bundled import bundled_folder, bundled_names
from trainplan.load.plain import LAYOUTS, Grid, Plain, read_plain
from trainplan.load.settings import KEYS
from trainplan.model import Programme

SETTINGS = {"title": "T", "starts": date(2027, 1, 4), "ends": date(2027, 3, 26)}
COURSES = ("course", "title", "duration", "groups", "max_class", "venue", "due")


def plain(title: str = "A") -> Plain:
    courses = Grid(COURSES, (("CP", title, "1 week", "police", "20", "none", ""),))
    groups = Grid(("group", "headcount"), (("police", "40"),))
    return Plain(SETTINGS, {"curriculum.csv": courses, "groups.csv": groups})


def read(path: Path) -> tuple[Programme | None, list[tuple[str, str, str]]]:
    """The programme and its findings, but for the places, which are as different as the files."""
    programme, findings = load_programme(path)
    return programme, sorted((one.rule, one.severity, "") for one in findings)


def folder(path: Path, files: dict[str, bytes]) -> Path:
    path.mkdir()
    for name, raw in files.items():
        (path / name).write_bytes(raw)
    return path


def same_all_the_way(source: Path, scratch: Path) -> None:
    first = read(source)
    assert first[0] is not None, first
    raw = content(read_plain(source))
    book = scratch / "mine.xlsx"
    book.write_bytes(raw)
    assert read(book) == first
    again = folder(scratch / "again", starter(book))
    assert read(again) == first
    assert content(read_plain(book)) == raw
    second = scratch / "second.xlsx"
    second.write_bytes(content(read_plain(again)))
    assert read(second) == first


@pytest.mark.parametrize("name", bundled_names())
def test_bundled_programmes_survive(name: str, tmp_path: Path) -> None:
    same_all_the_way(bundled_folder(name), tmp_path)


SHOWN = st.characters(codec="utf-8", categories=["L", "N", "P", "S"], exclude_characters=";:\ufffe\uffff")
MARKS = st.text(st.sampled_from("'=+-@\t\r\n \",;<>&_x000D[/]\u202e\x1b\x85\u2028"), max_size=8)
TITLES = st.one_of(
    st.text(
        st.characters(codec="utf-8", exclude_characters="\0\ufffe\uffff", exclude_categories=["Cs"]),
        max_size=20,
    ),
    MARKS.filter(lambda text: "_x" not in text),
    st.sampled_from(
        [
            *("=1+1", "'=1", " '=1", "''=x", "<r>x</r>", "<r/>", "2027-01-01", "24.0", "0024", "TRUE"),
            *("_x000D_", "_x000d_", "{=1}", "http://example.org", "internal:x", "1e5", "#REF!", "-", "[/x]"),
        ]
    ),
)
NAMES = st.one_of(
    st.text(SHOWN, min_size=1, max_size=8),
    st.sampled_from(["=den", "'-x", "007", "24", "1.0", "TRUE", "<r>y</r>"]),
).filter(lambda name: "all" not in name.casefold() and ".." not in name)
MAX_AWAY = st.sampled_from(["", "1", "7", "20%", "100%", "12.5%", "0.25", "1,000"])
DAYS = st.sampled_from(["", "2027-02-01", "1 Feb 2027", "01/02/2027", "31/12/2026", "1900-02-01"])


@st.composite
def programmes(draw: st.DrawFn) -> Plain:
    names = [f"{draw(NAMES)}{mark}" for mark in "abc"]
    titles = [draw(TITLES) for _ in range(6)]
    own = draw(TITLES.filter(lambda text: text.strip() == text and "\n" not in text))
    groups = Grid(
        ("group", "headcount", "max_away", "title", "part_of", "available_until", "my notes", own),
        (
            (names[0], "1,143", draw(MAX_AWAY), titles[0], "", "", titles[1], "x"),
            (names[1], "24", draw(MAX_AWAY), "", "", draw(DAYS), "", draw(TITLES)),
        ),
    )
    courses = Grid(
        (*COURSES, "mixed"),
        ((names[2], titles[2] or "T", "3 days", f"{names[0]}:20", "20", "none", draw(DAYS), "yes"),),
    )
    closures = Grid(
        ("who", "from", "to", "reason"),
        ((f"group:{names[1]}", "2027-02-01", draw(st.sampled_from(["", "5 Feb 2027"])), titles[3]),),
    )
    periods = draw(st.sampled_from([["day"], ["morning", "9: late, or so"]]))
    hours = {name: f"{8 + 2 * at:02}:30-{9 + 2 * at:02}:45" for at, name in enumerate(periods)}
    keys = SETTINGS | {
        "title": titles[4].strip() or "T",
        "date_order": "dmy",
        "periods": periods,
        "hours": hours,
    }
    return Plain(keys, {"groups.csv": groups, "curriculum.csv": courses, "closures.csv": closures})


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(programmes())
def test_hostile_programmes_survive(made: Plain) -> None:
    files = {name: grid_content(grid) for name, grid in made.grids.items()}
    files["programme.toml"] = commented(made.settings).encode("utf-8")
    with TemporaryDirectory() as scratch:
        source = folder(Path(scratch) / "source", files)
        assume(load_programme(source)[0] is not None)
        same_all_the_way(source, Path(scratch))


@pytest.mark.parametrize("text", ["a\ufffeb", "\uffff", "_x005F_x000D_", "x" * 40_000], ids=repr)
def test_what_no_workbook_gives_back_is_refused(text: str) -> None:
    with pytest.raises(Unfit, match=r"curriculum.csv row 2, column title|can't hold 40,000 characters"):
        content(plain(text))
    keys = {**SETTINGS, "title": text}
    with pytest.raises(Unfit, match=r"the key title|can't hold 40,000 characters"):
        content(Plain(keys, plain().grids))


def parts(raw: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        return {name: archive.read(name).decode("utf-8") for name in archive.namelist()}


def test_a_workbook_is_fit_to_work_in() -> None:
    made = parts(content(read_plain(bundled_folder("saint-lucia"))))
    sheets = [text for name, text in made.items() if "/worksheets/sheet" in name]
    assert sum('state="frozen"' in text for text in sheets) == 6
    rules = [rule for text in sheets for rule in text.split("<dataValidation ")[1:]]
    assert sum("yes,no" in rule for rule in rules) == 2
    assert sum("groups!$A$2:$A$1000" in rule for rule in rules) == 2
    assert any("lists!$A$1" in rule for rule in rules)
    assert 'name="lists" sheetId="7" state="hidden"' in made["xl/workbook.xml"]
    notes = "".join(text for name, text in made.items() if "comments" in name)
    assert all(NOTES["groups.csv"][name] in notes for name in ("group", "headcount", "max_away", "title"))
    assert "yyyy-mm-dd" in made["xl/styles.xml"]
    assert "<f>" not in "".join(sheets)


def test_sheets_without_a_file_are_there_to_be_filled() -> None:
    made = parts(content(plain()))
    assert 'name="closures"' in made["xl/workbook.xml"]
    assert 'name="schedule"' not in made["xl/workbook.xml"]
    notes = "".join(text for name, text in made.items() if "comments" in name)
    assert all(note in notes for file in ("venues.csv", "closures.csv") for note in NOTES[file].values())


def test_every_column_and_key_has_its_note() -> None:
    assert {layout.file: set(layout.columns) for layout in LAYOUTS} == {
        file: set(notes) for file, notes in NOTES.items()
    }
    assert set(KEY_NOTES) == set(KEYS)
