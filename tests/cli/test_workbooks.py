"""Workbooks on the command line: which is a programme and which a schedule shows from what is in them."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter


def sheets(path: Path, **tables: list[list[str]]) -> Path:
    with xlsxwriter.Workbook(path) as book:
        for name, rows in tables.items():
            sheet = book.add_worksheet(name)
            for at, row in enumerate(rows):
                for across, cell in enumerate(row):
                    sheet.write_string(at, across, cell)
    return path


def table(path: Path) -> list[list[str]]:
    return list(csv.reader(path.read_text(encoding="utf-8").splitlines()))


KEYS = [["title", "Small"], ["starts", "2027-03-01"], ["ends", "2027-03-31"]]


@pytest.fixture
def books(small: Path) -> Path:
    tables = {path.stem: table(path) for path in small.glob("*.csv")}
    sheets(small.parent / "mine.xlsx", programme=KEYS, **tables)
    sheets(small.parent / "plan.xlsx", sessions=table(small.parent / "plan.csv"))
    return small.parent


def test_workbooks_stand_where_folders_and_schedules_do(run: Any, books: Path) -> None:
    assert run("check", books / "mine.xlsx").code == 0
    assert run("check", books / "mine.xlsx", books / "plan.xlsx").code == 0
    assert run("check", books / "small", books / "plan.xlsx").code == 0
    ran = run("show", books / "mine.xlsx", books / "plan.xlsx", "--json")
    assert [one["session"] for one in ran.document["sessions"]] == ["CP-01", "IT-01"]


def test_a_single_workbook_is_what_its_sheets_say(run: Any, books: Path) -> None:
    ran = run("show", books / "mine.xlsx")
    assert "show needs a schedule" in ran.err
    ran = run("check", books / "plan.xlsx", "--json")
    assert "bundled programme saint-lucia" in ran.err
    assert {one["place"]["file"] for one in ran.document["findings"] if one["place"]} >= {
        "plan.xlsx sheet sessions"
    }
    ran = run("check", books / "plan.xlsx", books / "mine.xlsx")
    assert ran.code == 2
    assert "the programme comes first" in ran.err


def test_findings_name_sheet_row_and_column(run: Any, books: Path) -> None:
    groups = [["group", "headcount"], ["police", "twenty"], ["customs", "30"]]
    tables = {path.stem: table(path) for path in (books / "small").glob("*.csv")}
    sheets(books / "mine.xlsx", programme=KEYS, **{**tables, "groups": groups})
    ran = run("check", books / "mine.xlsx", "--json")
    assert ran.code == 2
    (found,) = ran.document["findings"]
    assert found["place"] == {"file": "mine.xlsx sheet groups", "row": 2, "column": "B (headcount)"}
    assert 'sheet groups row 2, column B (headcount): "twenty" is not' in " ".join(
        run("check", books / "mine.xlsx").err.split()
    )


def test_what_is_no_workbook_gets_one_line(run: Any, books: Path) -> None:
    (books / "bad.xlsx").write_bytes(b"PK\x03\x04")
    ran = run("generate", books / "bad.xlsx")
    assert ran.code == 2
    assert "is damaged and can't be opened" in " ".join(ran.err.split())
