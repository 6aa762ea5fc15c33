"""A CSV file as a table: separators, quotes and damage."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from trainplan.findings import Place
from trainplan.load import table as table_module
from trainplan.load.notes import Notes, Reason
from trainplan.load.table import Layout, Table
from trainplan.load.text import read_text, trim
from trainplan.load.wording import squash

_SEPARATORS = ",;\t"


def read_csv(path: Path, layout: Layout, notes: Notes) -> Table | None:
    """Return a CSV file as a table; None, with a note of the reason, if it has no header to go by."""
    text = read_text(path, notes)
    return None if text is None else table_of(text, path.name, layout, notes)


def table_of(text: str, file: str, layout: Layout, notes: Notes) -> Table | None:
    """Return the table that a CSV file's text holds.

    The separator is the one of comma, semicolon and tab with which the header holds the most known
    columns; what stands in the rows below has no say.
    """
    text = text.removeprefix("\ufeff")
    if text[:4].lower() == "sep=" and text[5:6] in ("\r", "\n"):
        # Excel's own hint to itself: it counts for no row and Excel does not show it.
        text = text[5:].removeprefix("\r").removeprefix("\n")
    holds_nul = "\0" in text
    header: tuple[str, ...] | None = None
    header_row = 0
    lost: list[int] = []
    rows: list[tuple[int, list[str]]] = []
    lines: dict[int, int] = {}
    for number, line, cells in _records(text, separator_of(text, layout), file, notes):
        if line != number:
            lines[number] = line
        if len(rows) >= table_module.MOST_ROWS:
            table_module.too_many_rows(file, notes)
            return None
        if cells is None:
            lost.append(number)
        elif not any(map(trim, cells)):
            continue
        elif holds_nul and any("\0" in cell for cell in cells):
            reason = Reason("nul-byte", "holds a NUL byte: the file is damaged, or no CSV file at all")
            notes.error(reason, Place(file, number))
            lost.append(number)
        elif header is None:
            header, header_row = tuple(map(trim, cells)), number
        else:
            rows.append((number, cells))
        if header is None and lost:
            return None  # what comes next is no header
    if header is None:
        wanted = ", ".join(layout.required)
        notes.error(
            Reason("empty-file", f"is empty; its first row names the columns ({wanted} …)"), Place(file)
        )
        return None
    return Table(file, header, rows, header_row, tuple(lost), lines=lines)


def separator_of(text: str, layout: Layout) -> str:
    """Return the one of comma, semicolon and tab with which the header holds the most known columns."""
    known = {squash(name) for name in layout.columns}
    lines = io.StringIO(text.lstrip("\r\n"), newline="")
    best = (0, 0)
    choice = ","
    for separator in _SEPARATORS:
        lines.seek(0)
        try:
            cells = next(csv.reader(lines, delimiter=separator), [])
        except csv.Error:
            continue
        score = (len({squash(cell) for cell in cells} & known), len(cells))
        if score > best:
            best, choice = score, separator
    return choice


def _records(
    text: str, separator: str, file: str, notes: Notes
) -> Iterator[tuple[int, int, list[str] | None]]:
    """Yield each record with its spreadsheet row and first line; None, with a note, for a damaged one."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    number = 0
    while True:
        number += 1
        line = reader.line_num + 1
        try:
            yield number, line, next(reader)
        except StopIteration:
            return
        except csv.Error as problem:
            notes.error(_damage(str(problem), line, reader.line_num), Place(file, number))
            yield number, line, None


def _damage(problem: str, first: int, last: int) -> Reason:
    if "end of data" in problem:
        lost = f"; lines {first} to {last} are lost in it" if last > first else ""
        return Reason("unclosed-quote", f"a quotation mark is opened in line {first} and never closed{lost}")
    if "limit" in problem:
        return Reason(
            "long-cell", f"line {first} has a cell of more than {csv.field_size_limit():,} characters"
        )
    return Reason(
        "bad-quote",
        f'line {last} has a quotation mark in the midst of a cell; write a cell with one as "so ""called"""',
    )
