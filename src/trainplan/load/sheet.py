"""One sheet of a workbook as a table: dates, numbers and percentages become what a person would write."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import NamedTuple

from trainplan.findings import Place
from trainplan.load import table as table_module
from trainplan.load.letters import column_letters
from trainplan.load.notes import Notes, Reason
from trainplan.load.sheetxml import Scan
from trainplan.load.table import Layout, Table
from trainplan.load.text import trim

LONGEST_CELL = 131_072
_WHOLE_BELOW = 10**15  # from here on a spreadsheet's numbers no longer hold every digit

Value = object


class Sheet(NamedTuple):
    """A sheet as it was read.

    Attributes:
        name: How findings call it.
        first: Row and column, from 1, of the first cell in ``values``.
        values: Its cells, row by row.
        merged: The first and the last row and column of each block of merged cells, from 1.
        scan: What the reader of values doesn't tell.
        percent: The cell styles that are percentages.
    """

    name: str
    first: tuple[int, int]
    values: Sequence[Sequence[Value]]
    merged: Sequence[tuple[int, int, int, int]]
    scan: Scan
    percent: frozenset[int]

    def text(self, row: int, column: int, value: Value) -> str:
        """Return a cell's value as a person would write it in a plain file."""
        if isinstance(value, float):
            if self.scan.styles.get((row, column), 0) in self.percent:
                return f"{_plain(Decimal(repr(value)) * 100)}%"
            return _plain(Decimal(repr(value)))
        return written(value)

    def rows(self) -> list[tuple[int, list[str]]]:
        """Return rows that hold something, with their numbers, from column A on."""
        top, left = self.first
        found = []
        for number, values in enumerate(self.values, top):
            cells = [""] * (left - 1) + [self.text(number, at, one) for at, one in enumerate(values, left)]
            if any(map(trim, cells)):
                found.append((number, cells))
        return found

    def note_unreadable(self, rows: list[tuple[int, list[str]]], used: int, notes: Notes) -> set[int]:
        """Note cells in the first ``used`` columns that can't be read, and return the rows they are in."""
        bad = {spot for spot in self.scan.errors if spot[1] <= used}
        for row, column in sorted(bad):
            said = "holds an error, or a formula that was never worked out; put the value itself there"
            notes.error(Reason("cell-error", said), Place(self.name, row, column_letters(column)))
        for row, cells in rows:
            for column, cell in enumerate(cells[:used], 1):
                if "\0" in cell:
                    said = "holds a NUL byte, which no text has: the workbook is damaged"
                    notes.error(Reason("nul-byte", said), Place(self.name, row, column_letters(column)))
                    bad.add((row, column))
                if len(cell) > LONGEST_CELL:
                    said = f"holds more than {LONGEST_CELL:,} characters"
                    notes.error(Reason("long-cell", said), Place(self.name, row, column_letters(column)))
                    bad.add((row, column))
        return {row for row, _ in bad}

    def note_merged(self, header_row: int, used: int, notes: Notes) -> bool:
        """Note merged cells from the header on down: only the first of them holds anything."""
        noted = False
        for top, left, bottom, right in self.merged:
            if bottom >= header_row and left <= used and self._holds(top, left):
                block = f"{column_letters(left)}{top}:{column_letters(right)}{bottom}"
                said = (
                    f"the cells {block} are merged, so only {column_letters(left)}{top} holds anything; "
                    "unmerge them and fill in each (in a header: one row, one name to a column)"
                )
                notes.error(Reason("merged-cells", said), Place(self.name, top, column_letters(left)))
                noted = True
        return noted

    def _holds(self, row: int, column: int) -> bool:
        at, across = row - self.first[0], column - self.first[1]
        inside = 0 <= at < len(self.values) and 0 <= across < len(self.values[at])
        return inside and self.values[at][across] != ""


def written(value: Value) -> str:
    """Return a cell's value, unless it is a fractional number, as text."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    return "" if value is None else str(value)


def _plain(number: Decimal) -> str:
    if not number.is_finite():
        return str(number)
    if number == number.to_integral_value():
        return str(int(number)) if abs(number) < _WHOLE_BELOW else f"{number:E}"
    return format(number.normalize(), "f") if number.adjusted() > -_LEAST else f"{number:E}"


_LEAST = 12


def table_of_sheet(sheet: Sheet, layout: Layout, notes: Notes) -> Table | None:
    """Return a sheet as a table; None, with a note of the reason, if it has no header to go by."""
    rows = sheet.rows()
    if not rows:
        wanted = ", ".join(layout.required)
        said = f"is empty; its first row names the columns ({wanted} …)"
        notes.error(Reason("empty-file", said), Place(sheet.name))
        return None
    if len(rows) > table_module.MOST_ROWS:
        table_module.too_many_rows(sheet.name, notes)
        return None
    header_row, header = rows[0]
    names = tuple(map(trim, header))
    used = max((at for at, name in enumerate(names, 1) if name), default=0)
    lost = sheet.note_unreadable(rows, used, notes)
    if sheet.note_merged(header_row, used, notes) and any(top <= header_row for top, *_ in sheet.merged):
        return None  # what is wrong with the names below a merged one goes without saying
    if header_row in lost:
        return None
    return Table(
        sheet.name,
        names,
        [row for row in rows[1:] if row[0] not in lost],
        header_row,
        tuple(sorted(lost)),
        defused=False,
        lettered=True,
    )
