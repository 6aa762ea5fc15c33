"""A programme as one workbook to work in: headings that stay, notes, drop-down lists, true dates."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from trainplan.exports.column_notes import KEY_NOTES, NOTES
from trainplan.load.notes import Notes
from trainplan.load.plain import DATES, LAYOUTS, Grid, Plain, plain_of
from trainplan.load.workbook import KEYS_SHEET, Workbook, sheet_name

NUMBERS = frozenset(
    {"headcount", "capacity", "min_class", "max_class", "priority", "parallel", "seats", "max_away"}
    | {"max_days_per_week", "cost_per_day", "trip_cost"}
)
CHOICES: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("curriculum.csv", "mixed"): ("yes", "no"),
    ("curriculum.csv", "span"): ("yes", "no"),
    ("closures.csv", "kind"): ("closed", "open"),
    ("schedule.csv", "status"): ("draft", "published", "cancelled"),
}
# Which ids a cell may hold: the first column of another sheet.
IDS: Mapping[tuple[str, str], str] = {
    ("curriculum.csv", "groups"): "groups.csv",
    ("curriculum.csv", "after"): "curriculum.csv",
    ("groups.csv", "part_of"): "groups.csv",
    ("schedule.csv", "course"): "curriculum.csv",
    ("schedule.csv", "venue"): "venues.csv",
    ("schedule.csv", "instructors"): "instructors.csv",
}
_WHO = {
    "venues.csv": "venue",
    "groups.csv": "group",
    "instructors.csv": "instructor",
    "curriculum.csv": "course",
}
_LISTS = "lists"
_LAST = 1000  # drop-down lists reach this row: rows that a person adds have them too
_EARLIEST = date(1901, 1, 1)  # spreadsheets count the days of 1900 wrongly
_NUMBER = re.compile(r"(?:0|[1-9]\d{0,8})(?:\.\d{0,3}[1-9])?")
_SHARE = re.compile(r"(?:0|[1-9]\d?|100)%")


class Unfit(Exception):
    """A text that no workbook can hold; the message is one line that says which."""


def content(plain: Plain) -> bytes:
    """Return the workbook; the same bytes for the same programme.

    Raises:
        Unfit: A cell holds what a workbook can't give back as it was.
    """
    import xlsxwriter

    into = io.BytesIO()
    made = xlsxwriter.Workbook(into, {"in_memory": True, "strings_to_formulas": False})
    made.set_properties({"title": str(plain.settings.get("title", "")), "created": datetime(2000, 1, 1)})
    book = _Book(made, plain)
    book.keys()
    for layout in LAYOUTS:
        grid = plain.grids.get(layout.file)
        if grid is None and layout.file != "schedule.csv":
            grid = Grid(layout.columns, ())
        if grid is not None:
            book.table(layout.file, grid)
    book.lists()
    made.close()
    raw = into.getvalue()
    _prove(raw, plain)
    return raw


class _Book:
    """The workbook while it is being written."""

    def __init__(self, made: Any, plain: Plain) -> None:
        self.made, self.plain, self.dates = made, plain, plain.dates
        self.head = made.add_format({"bold": True, "bg_color": "#DDE6F0", "bottom": 1})
        self.day = made.add_format({"num_format": "yyyy-mm-dd", "align": "left"})
        self.share = made.add_format({"num_format": "0%"})
        self.plain_text = made.add_format({"num_format": "@"})

    def keys(self) -> None:
        sheet = self.made.add_worksheet(KEYS_SHEET)
        sheet.freeze_panes(1, 1)
        for column, (name, width) in enumerate((("key", 16), ("value", 44), ("meaning", 90))):
            sheet.write_string(0, column, name, self.head)
            sheet.set_column(column, column, width)
        names = [*KEY_NOTES, *(name for name in self.plain.settings if name not in KEY_NOTES)]
        for row, name in enumerate(names, 1):
            sheet.write_string(row, 0, name)
            self.cell(sheet, row, 1, name, _value(self.plain.settings.get(name)))
            sheet.write_string(row, 2, KEY_NOTES.get(name, ""))
            if name == "date_order":
                sheet.data_validation(row, 1, row, 1, _list(["dmy", "mdy"]))

    def table(self, file: str, grid: Grid) -> None:
        sheet = self.made.add_worksheet(sheet_name(file))
        sheet.freeze_panes(1, 1)
        for column, name in enumerate(grid.header):
            known = name.casefold()
            self.text(sheet, 0, column, name, self.head)
            if known in NOTES[file]:
                sheet.write_comment(0, column, NOTES[file][known], {"x_scale": 2})
            longest = max([len(name), *(len(row[column]) for row in grid.rows)])
            sheet.set_column(
                column, column, min(max(longest + 2, 10), 48), self.day if known in DATES else None
            )
            self.choices(sheet, file, known, column)
            for row, cells in enumerate(grid.rows, 1):
                self.cell(sheet, row, column, known, cells[column])

    def choices(self, sheet: Any, file: str, column: str, at: int) -> None:
        source: list[str] | str | None = list(CHOICES.get((file, column), ())) or None
        if (file, column) in IDS:
            source = f"={sheet_name(IDS[file, column])}!$A$2:$A${_LAST}"
        elif (file, column) == ("closures.csv", "who"):
            source = f"={_LISTS}!$A$1:$A${_LAST}"
        if source is not None:
            sheet.data_validation(1, at, _LAST, at, _list(source))

    def cell(self, sheet: Any, row: int, at: int, column: str, value: object) -> None:
        """Write a value as what a person would have typed: a date, a number, a share or a text."""
        day = value
        if isinstance(value, str) and column in DATES:
            day = self.dates(value) if value else value
        if isinstance(day, date):
            if day >= _EARLIEST:
                sheet.write_datetime(row, at, day, self.day)
                return
            value = day.isoformat()
        text = str(value)
        if column in NUMBERS and _NUMBER.fullmatch(text):
            sheet.write_number(row, at, float(text))
        elif column == "max_away" and _SHARE.fullmatch(text):
            sheet.write_number(row, at, int(text[:-1]) / 100, self.share)
        elif text:
            # As text even after an edit: a spreadsheet would make dates and sums of some.
            self.text(sheet, row, at, text, self.plain_text)

    def text(self, sheet: Any, row: int, at: int, text: str, form: Any) -> None:
        if text.startswith("<r>") and text.endswith("</r>"):
            # What looks like the writer's own way to say "rich text" is cut in two to be taken as it is.
            trouble = sheet.write_rich_string(row, at, text[:3], self.plain_text, text[3:], form)
        else:
            trouble = sheet.write_string(row, at, text, form)
        if trouble:
            raise Unfit(f"a workbook's cell can't hold {len(text):,} characters: {text[:40]!r} …")

    def lists(self) -> None:
        sheet = self.made.add_worksheet(_LISTS)
        sheet.hide()
        names = ["all"]
        for file, what in _WHO.items():
            grid = self.plain.grids.get(file, Grid((), ()))
            at = next((at for at, name in enumerate(grid.header) if name.casefold() == what), None)
            names += [] if at is None else [f"{what}:{row[at]}" for row in grid.rows]
        for row, name in enumerate(names[:_LAST]):
            self.text(sheet, row, 0, name, self.plain_text)


def _list(source: list[str] | str) -> dict[str, Any]:
    # Some cells hold several ids with ; between, so the list suggests and does not insist.
    return {"validate": "list", "source": source, "show_error": False}


def _value(value: object) -> object:
    if isinstance(value, list):
        return "; ".join(map(str, value))
    if isinstance(value, Mapping):
        return "; ".join(f"{name}: {times}" for name, times in value.items())
    return "" if value is None else value


def _prove(raw: bytes, plain: Plain) -> None:
    """Read the workbook back: what can't be held, if only a single character, is found here and not later."""
    back = plain_of(Workbook(Path("new.xlsx"), Notes(), raw))
    for file, grid in plain.grids.items():
        again = back.grids.get(file, Grid((), ()))
        if again.header != grid.header:
            raise Unfit(f"the header of {file} holds what a workbook can't")
        rows = [row for row in grid.rows if any(row)]
        for row, (before, after) in enumerate(zip(rows, again.rows, strict=True), 2):
            for name, one, other in zip(grid.header, before, after, strict=True):
                if one != other and not _alike(name.casefold(), one, other, plain):
                    raise Unfit(f"{file} row {row}, column {name} holds what a workbook can't: {one[:40]!r}")
    for key, value in plain.settings.items():
        if back.settings.get(key, "") != value and _value(back.settings.get(key)) != _value(value):
            raise Unfit(f"the key {key} holds what a workbook can't: {str(value)[:40]!r}")


def _alike(column: str, one: str, other: str, plain: Plain) -> bool:
    return column in DATES and plain.dates(one) == plain.dates(other)
