"""A programme, or a schedule, in one workbook: read like the folder, and refused where it can be misread."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from loadcases import GOOD, said, write

from trainplan.load import archive, load_programme, load_schedule, sheetxml
from trainplan.load.letters import column_letters, column_number
from trainplan.model import Programme

DAY = dt.date(2027, 1, 4)
SETTINGS = [["title", "Coast training"], ["starts", DAY], ["ends", dt.date(2027, 3, 26)]]
CSV = [name for name in GOOD if name.endswith(".csv")]
TABLES = {name[:-4]: [line.split(",") for line in GOOD[name].splitlines()] for name in CSV}
VENUES = ["venue", "capacity", "available_from", "features"]
LAB = [["lab", 12, None, "computers; classroom"]]
SHEETS: Mapping[str, list[list[Any]]] = {"programme": SETTINGS, **TABLES}
Edit = Callable[[Any, Any], None]  # the workbook, and its sheets by name


def book(path: Path, sheets: Mapping[str, list[list[Any]]], edit: Edit = lambda book, by_name: None) -> Path:
    made = xlsxwriter.Workbook(path, {"in_memory": True})
    formats = {dt.date: made.add_format({"num_format": "dd/mm/yyyy"})}
    by_name = {}
    for name, rows in sheets.items():
        by_name[name] = sheet = made.add_worksheet(name)
        for at, row in enumerate(rows):
            for across, cell in enumerate(row):
                if isinstance(cell, str):
                    sheet.write_string(at, across, cell)
                elif isinstance(cell, dt.date):
                    sheet.write_datetime(at, across, cell, formats[dt.date])
                elif cell is not None:
                    sheet.write(at, across, cell)
    edit(made, by_name)
    made.close()
    return path


def met(path: Path) -> list[str]:
    programme, findings = load_programme(path)
    assert (programme is None) == any(one.severity == "error" for one in findings)
    return [said(one) for one in findings]


def edited(tmp_path: Path, edit: Edit, **sheets: list[list[Any]]) -> list[str]:
    return met(book(tmp_path / "mine.xlsx", {**SHEETS, **sheets}, edit))


def changed(tmp_path: Path, change: Callable[[str, bytes], bytes]) -> list[str]:
    """What the good workbook meets after its parts were changed, as another program may write them."""
    book(tmp_path / "good.xlsx", SHEETS)
    into = io.BytesIO()
    with zipfile.ZipFile(tmp_path / "good.xlsx") as old, zipfile.ZipFile(into, "w") as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    (tmp_path / "mine.xlsx").write_bytes(into.getvalue())
    return met(tmp_path / "mine.xlsx")


def folder(tmp_path: Path) -> Programme:
    (tmp_path / "folder").mkdir()
    programme, _ = load_programme(write(tmp_path / "folder", {}))
    assert programme is not None
    return programme


def test_a_workbook_says_what_the_folder_says(tmp_path: Path) -> None:
    programme, findings = load_programme(book(tmp_path / "mine.XLSX", SHEETS))
    assert findings == ()
    assert programme == folder(tmp_path)
    assert programme is not None
    assert str(programme.groups["customs"].place) == "mine.XLSX sheet groups row 3"


def test_cells_as_spreadsheets_make_them(tmp_path: Path) -> None:
    def edit(made: Any, sheets: Any) -> None:
        percent = made.add_format({"num_format": "0%"})
        sheets["groups"].write_number("D2", 1, percent)
        sheets["groups"].write_number("D4", 0.25, percent)
        sheets["curriculum"].write_datetime(
            "L2", dt.datetime(2027, 2, 1), made.add_format({"num_format": 14})
        )
        sheets["curriculum"].write_boolean("H2", True)
        sheets["curriculum"].write_formula("B3", '="Cyber"&" awareness"', None, "Cyber awareness")

    groups = [
        ["Group", "title", "headcount", "max_away"],
        ["police", "=1+1", 40],
        [],
        ["customs", "'=x", 24.0],
    ]
    courses = [[*TABLES["curriculum"][0], "mixed", "", "", "", "due"], *TABLES["curriculum"][1:]]
    path = book(tmp_path / "mine.xlsx", {**SHEETS, "groups": groups, "curriculum": courses}, edit)
    programme, findings = load_programme(path)
    assert programme is not None, findings
    assert findings == ()
    assert (programme.groups["police"].max_away, programme.groups["customs"].max_away) == (40, 6)
    assert (programme.groups["police"].title, programme.groups["customs"].title) == ("=1+1", "'=x")
    assert programme.courses["CP"].mixed is True
    assert programme.courses["CP"].due == dt.date(2027, 2, 1)
    assert programme.courses["CA"].title == "Cyber awareness"
    assert str(programme.groups["customs"].place) == "mine.xlsx sheet groups row 4"


def test_one_percent_and_one_person_are_told_apart(tmp_path: Path) -> None:
    groups = [["group", "headcount", "max_away"], ["police", 40, 1], ["customs", 24]]
    percent = {"num_format": "0.0%"}
    path = book(
        tmp_path / "mine.xlsx",
        {**SHEETS, "groups": groups},
        lambda made, sheets: sheets["groups"].write_number("C3", 1, made.add_format(percent)),
    )
    programme, findings = load_programme(path)
    assert programme is not None, findings
    assert (programme.groups["police"].max_away, programme.groups["customs"].max_away) == (1, 24)


def test_the_sheet_of_keys(tmp_path: Path) -> None:
    keys = [
        ["key", "value", "what it means"],
        *SETTINGS,
        [],
        ["Working days", "mon; Tuesday;wed"],
        ["periods", "morning; 9: late"],
        ["hours", "morning: 08:30-12:00; 9: late: 13.00-16.30"],
        ["goals", "seats; due"],
        ["holidays", ""],
        ["currency", "XCD"],
    ]
    programme, findings = load_programme(book(tmp_path / "mine.xlsx", {**SHEETS, "programme": keys}))
    assert programme is not None, findings
    assert programme.working_days == {0, 1, 2}
    assert programme.periods == ("morning", "9: late")
    assert programme.hours["9: late"] == (dt.time(13), dt.time(16, 30))
    assert (programme.goals, programme.holidays, programme.currency) == (("seats", "due"), None, "XCD")


def test_keys_are_found_by_sheet_row_and_column(tmp_path: Path) -> None:
    keys = [["title", "T"], ["starts", 46448], ["ends", "1 Jun"], ["end", "x"], ["title", "U"], ["", "v"]]
    found = edited(tmp_path, lambda book, sheets: None, programme=keys)
    assert [one.split(":")[0] for one in found] == [
        "bad-date | mine.xlsx sheet programme row 2, column B (starts)",
        "bad-date | mine.xlsx sheet programme row 3, column B (ends)",
        "unknown-key | mine.xlsx sheet programme row 4, column B (end)",
        "duplicate-id | mine.xlsx sheet programme row 5, column A",
        "missing-value | mine.xlsx sheet programme row 6, column A",
    ]
    assert "is how a spreadsheet counts days (perhaps" in found[0]


def replaced(sheet: str, *rows: list[Any]) -> dict[str, list[list[Any]]]:
    return {sheet: [TABLES[sheet][0], *rows]}


def nothing(made: Any, sheets: Any) -> None:
    """The sheets are bad enough."""


BAD: Mapping[str, tuple[dict[str, list[list[Any]]], Edit, str]] = {
    "a serial number for a date": (
        {
            "venues": [
                VENUES,
                ["hall", 40, 46448, "classroom"],
                *LAB,
            ]
        },
        nothing,
        'bad-date | mine.xlsx sheet venues row 2, column C (available_from): "46448" is how a spreadsheet',
    ),
    "a time": (
        {
            "venues": [
                VENUES,
                ["hall", 40, None, "classroom"],
                *LAB,
            ]
        },
        lambda made, sheets: sheets["venues"].write_datetime(
            "C2", dt.datetime(2027, 3, 2, 9, 30), made.add_format({"num_format": "d mmm yyyy hh:mm"})
        ),
        'bad-date | mine.xlsx sheet venues row 2, column C (available_from): "2027-03-02 09:30:00" is not',
    ),
    "half a person": (
        replaced("groups", ["police", "Police", 40.5], ["customs", "Customs", 24]),
        nothing,
        'bad-number | mine.xlsx sheet groups row 2, column C (headcount): "40.5" is not a whole number',
    ),
    "an error": (
        {},
        lambda made, sheets: sheets["groups"].write_formula("C2", "=1/0", None, "#DIV/0!"),
        "cell-error | mine.xlsx sheet groups row 2, column C: holds an error, or a formula",
    ),
    "an error among the keys": (
        {"programme": [*SETTINGS, ["currency"]]},
        lambda made, sheets: sheets["programme"].write_formula("B4", "=A9", None, "#REF!"),
        "cell-error | mine.xlsx sheet programme row 4, column B: holds an error, or a formula",
    ),
    "a formula that nobody has worked out": (
        {},
        lambda made, sheets: sheets["groups"].write_formula("D2", "=C2/2", None, ""),
        "cell-error | mine.xlsx sheet groups row 2, column D: holds an error, or a formula",
    ),
    "a merged heading": (
        {},
        lambda made, sheets: sheets["groups"].merge_range("A1:D1", "Our groups"),
        "merged-cells | mine.xlsx sheet groups row 1, column A: the cells A1:D1 are merged",
    ),
    "a merged cell below the header": (
        {},
        lambda made, sheets: sheets["groups"].merge_range("D2:D3", 20),
        "merged-cells | mine.xlsx sheet groups row 2, column D: the cells D2:D3 are merged",
    ),
    "merged keys": (
        {},
        lambda made, sheets: sheets["programme"].merge_range("A1:B1", "title"),
        "merged-cells | mine.xlsx sheet programme row 1, column A: the cells A1:B1 are merged",
    ),
    "a column twice": (
        {},
        lambda made, sheets: sheets["groups"].write_string("F1", "Max Away"),
        "duplicate-column | mine.xlsx sheet groups row 1, column F (Max Away): is there twice, as columns D",
    ),
    "a column without a name": (
        {},
        lambda made, sheets: sheets["groups"].write_string("F2", "see Rose"),
        "unnamed-column (warning) | mine.xlsx sheet groups row 1: column F holds cells but has no name",
    ),
    "a column that is not there": (
        {"groups": [["group", "title"], ["police", "Police"]]},
        nothing,
        "missing-column | mine.xlsx sheet groups row 1, column headcount: the column is missing",
    ),
    "a column with a slip of the pen": (
        {"groups": [["group", "headcount", "max_awya"], ["police", 40], ["customs", 24]]},
        nothing,
        "unknown-column | mine.xlsx sheet groups row 1, column C (max_awya): no such column; did you mean",
    ),
    "a sheet with nothing in it": (
        {"groups": []},
        nothing,
        "empty-file | mine.xlsx sheet groups: is empty; its first row names the columns",
    ),
    "a sheet with only a header": (
        replaced("groups"),
        nothing,
        "empty-file | mine.xlsx sheet groups: has a header but no row",
    ),
    "two sheets of one name": (
        {"Groups.csv": []},
        nothing,
        'repeated-sheet | mine.xlsx: has two sheets called "groups"; rename or delete one of them',
    ),
    "a sheet with a slip of the pen": (
        {"closure": [["who", "from"]]},
        nothing,
        "unknown-file (warning) | mine.xlsx sheet closure: trainplan does not read this sheet; is it meant",
    ),
    "an id that is nowhere": (
        replaced("venues", ["hall", "Hall", 40, "classroom"], ["lab", "Lab", 12, "computers", ""])
        | {"closures": [["who", "from"], ["venue:hal", DAY]]},
        nothing,
        "unknown-id | mine.xlsx sheet closures row 2, column A (who): ",
    ),
    "a stray cell far away": (
        {},
        lambda made, sheets: sheets["groups"].write_string("XFD1048576", "x"),
        "too-large | mine.xlsx: has a sheet of 1,048,576 rows and 16,384 columns; at most 1,000,000 cells",
    ),
}


@pytest.mark.parametrize("title", BAD)
def test_a_bad_workbook_meets_its_finding(title: str, tmp_path: Path) -> None:
    sheets, edit, expected = BAD[title]
    found = edited(tmp_path, edit, **sheets)
    assert found[0].startswith(expected)
    assert len(found) == 1


def test_missing_sheets(tmp_path: Path) -> None:
    sheets = {name if name != "groups" else "group": rows for name, rows in SHEETS.items()}
    del sheets["programme"]
    assert met(book(tmp_path / "mine.xlsx", sheets)) == [
        'missing-sheet | mine.xlsx sheet groups: there is no sheet groups in mine.xlsx; is it "group"?',
        "missing-sheet | mine.xlsx sheet programme: there is no sheet programme in mine.xlsx",
    ]


def zipped(**parts: bytes) -> bytes:
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name.replace("__", "/") + ".xml", content)
    return into.getvalue()


OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b"", "not-workbook | mine.xlsx: is empty"),
        (b"group,headcount\n", "not-workbook | mine.xlsx: is no Excel workbook, whatever its name says"),
        (OLD + b"x" * 600, "not-workbook | mine.xlsx: is an old Excel workbook; save it as .xlsx"),
        (
            OLD + "EncryptedPackage".encode("utf-16-le"),
            "locked-workbook | mine.xlsx: is protected by a password",
        ),
        (b"PK\x03\x04" + b"x" * 50, "bad-workbook | mine.xlsx: is damaged and can't be opened (File is not"),
        (zipped(), "not-workbook | mine.xlsx: is no Excel workbook"),
        (zipped(a=b"x"), "bad-workbook | mine.xlsx: is damaged and can't be opened"),
        (zipped(a=b"<!DOCTYPE a [<!ENTITY b 'c'>]>"), "bad-workbook | mine.xlsx: holds definitions that no"),
        (zipped(a=b"<c r='A1"), "bad-workbook | mine.xlsx: is damaged: the tags of a sheet"),
        (
            zipped(a=b"<row/><c x=' r=\"A1\"' r='XFD1048576'><v>1</v></c>"),
            "too-large | mine.xlsx: has a sheet",
        ),
        (
            zipped(a=b"<c r='AAAAAAA1'><v>1</v></c>"),
            "bad-workbook | mine.xlsx: is damaged: the",
        ),
        (
            zipped(a=b"<c r='A1' r='XFD1048576'><v>1</v></c>"),
            "bad-workbook | mine.xlsx: is damaged: the",
        ),
        (zipped(a=b"<!-- --><c r='A1'/>"), "bad-workbook | mine.xlsx: is damaged: the"),
        (zipped(a=b"<row/></row></row><c r='A1'/>"), "bad-workbook | mine.xlsx: is damaged: the"),
        (zipped(a=b"<c/>" * 1_000_001), "too-large | mine.xlsx: has a sheet of more than 1,000,000 cells"),
        (zipped(a=b"<row r='2000'/>" + b"<c><v>1</v></c>" * 2000), "too-large | mine.xlsx: has a sheet"),
    ],
    ids=lambda one: None if isinstance(one, bytes) else one.split(": ")[1],
)
def test_what_is_no_workbook(raw: bytes, says: str, tmp_path: Path) -> None:
    (tmp_path / "mine.xlsx").write_bytes(raw)
    found = met(tmp_path / "mine.xlsx")
    assert found[0].startswith(says)
    assert len(found) == 1


def test_a_zip_that_would_fill_the_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_UNPACKED", 1_000_000)
    (tmp_path / "mine.xlsx").write_bytes(zipped(a=bytes(600_000), b=b" " * 600_000))
    assert met(tmp_path / "mine.xlsx")[0].startswith("bad-workbook")
    (tmp_path / "mine.xlsx").write_bytes(zipped(a=b" " * 600_000, b=b" " * 600_000))
    assert met(tmp_path / "mine.xlsx") == [
        "too-large | mine.xlsx: unpacks to more than 1 MB, as no real workbook does"
    ]


def test_too_many_bytes_and_too_many_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book(tmp_path / "mine.xlsx", SHEETS)
    monkeypatch.setattr(archive, "MOST_PARTS", 3)
    assert met(tmp_path / "mine.xlsx")[0].startswith("too-large | mine.xlsx: holds 1")
    monkeypatch.setattr(archive, "MOST_PACKED", 3)
    assert met(tmp_path / "mine.xlsx")[0].startswith("too-large | mine.xlsx: is 0 MB; at most 0 MB are read")


def test_one_long_text_in_many_cells(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheetxml, "MOST_TEXT", 100_000)
    rows = [["police", "x" * 1000], *([f"g{number}", "x" * 1000] for number in range(200))]
    found = edited(tmp_path, nothing, groups=[["group", "title"], *rows])
    assert [one.split(": ")[0] for one in found] == ["too-large | mine.xlsx"]


def test_a_long_text_alone_is_none_too_many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheetxml, "MOST_TEXT", 100_000)
    groups = [["group", "title", "headcount"], ["police", "x" * 30_000, 40], ["customs", "", 24]]
    assert edited(tmp_path, nothing, groups=groups) == []


def test_a_cell_of_monstrous_length(tmp_path: Path) -> None:
    def grow(name: str, content: bytes) -> bytes:
        return content.replace(b">Customs<", b">" + b"x" * 150_000 + b"<")

    assert changed(tmp_path, grow) == [
        "long-cell | mine.xlsx sheet groups row 3, column B: holds more than 131,072 characters"
    ]


def test_other_programs_write_other_xml(tmp_path: Path) -> None:
    """Cells without their own address, single quotes, and empty cells with a format down to the last row."""

    def rewrite(name: str, content: bytes) -> bytes:
        if "worksheets" not in name:
            return content
        for column in b"ABCDEFG":
            for row in range(1, 6):
                content = content.replace(b'<c r="%c%d"' % (column, row), b"<c")
        content = content.replace(b' t="s"', b" t='s'")
        return content.replace(
            b"</sheetData>", b'<row r="1048576"><c r="XFD1048576" s="1"/></row></sheetData>'
        )

    assert changed(tmp_path, rewrite) == []


def test_a_sheet_that_is_not_where_it_should_be_is_not_read(tmp_path: Path) -> None:
    def move(name: str, content: bytes) -> bytes:
        return content.replace(b'"worksheets/sheet3.xml"', b'"./worksheets/sheet3.xml"')

    found = changed(tmp_path, move)
    assert any(one.startswith("bad-workbook | mine.xlsx") for one in found)


def test_a_damaged_part_is_noticed(tmp_path: Path) -> None:
    path = book(tmp_path / "mine.xlsx", SHEETS)
    raw = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        at = archive.getinfo("xl/sharedStrings.xml").header_offset
    raw[at + 60] ^= 0xFF
    path.write_bytes(raw)
    assert met(path)[0].startswith("bad-workbook | mine.xlsx: is damaged")


def test_a_schedule_from_a_workbook(tmp_path: Path) -> None:
    programme = folder(tmp_path)
    rows = [
        ["session", "course", "title", "start", "venue", "groups", "seats"],
        ["CP-01", "CP", "=1+1", DAY, "hall", "police:20", 20],
        ["CP-02", "CP", "", 46448, "hal", "police:20", 20.0],
    ]
    for sheets in ({"sessions": rows, "Calendar": []}, {"Schedule": rows, "other": []}, {"Sheet1": rows}):
        name = next(iter(sheets)).lower()
        schedule, findings = load_schedule(book(tmp_path / "plan.xlsx", sheets), programme)
        assert schedule is not None
        assert [(one.id, one.title, one.start) for one in schedule.sessions] == [("CP-01", "=1+1", DAY)]
        assert [said(one).split(":")[0] for one in findings] == [
            f"rows-left-out (warning) | plan.xlsx sheet {name}",
            f"bad-date | plan.xlsx sheet {name} row 3, column D (start)",
            f"unknown-id | plan.xlsx sheet {name} row 3, column E (venue)",
        ]
    nowhere = book(tmp_path / "plan.xlsx", {"one": rows, "two": rows})
    schedule, findings = load_schedule(nowhere, programme)
    assert schedule is None
    assert [one.rule for one in findings] == ["missing-sheet"]


def test_letters_of_columns() -> None:
    assert [column_letters(one) for one in (1, 26, 27, 702, 703, 16_384)] == [
        "A",
        "Z",
        "AA",
        "ZZ",
        "AAA",
        "XFD",
    ]
    assert all(column_number(column_letters(one)) == one for one in range(1, 17_000, 7))
