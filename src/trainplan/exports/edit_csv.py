"""Changing single cells of a schedule's CSV file, and nothing else in it: not a quote, not a line end.

What trainplan does not know, columns of somebody's own and the way her spreadsheet writes, stays byte for
byte.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from trainplan.load.csvfile import separator_of
from trainplan.load.schedule import LAYOUT
from trainplan.load.text import trim
from trainplan.load.wording import squash

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


class Cell(NamedTuple):
    """Where a cell stands in the text, quotation marks included."""

    start: int
    end: int


class Unchangeable(Exception):
    """The file can't be changed safely; the message is one line that says why."""


def changed(raw: bytes, column: str, values: Mapping[int, str]) -> bytes:
    """Return a CSV file's bytes with some cells of one column changed.

    Args:
        raw: The file.
        column: A column of schedule.csv; where the file has none it comes last.
        values: The new text by the row's number in a spreadsheet.

    Raises:
        Unchangeable: The result would not read as intended.
    """
    mark, encoding, text = _decoded(raw)
    skipped = text[: len(text) - len(_without_hint(text))]
    body = text[len(skipped) :]
    separator = separator_of(body, LAYOUT)
    records = list(scan(body, separator))
    header = next((at for at, cells in enumerate(records) if any(_text(body, one) for one in cells)), None)
    if header is None:
        raise Unchangeable("is empty")
    names = [squash(_text(body, one)) for one in records[header]]
    at = names.index(squash(column)) if squash(column) in names else None
    edits: list[tuple[int, int, str]] = []
    if at is None:
        at = len(names)
        end = records[header][-1].end
        edits.append((end, end, separator + column))
    for number, value in values.items():
        cells = records[number - 1]
        written = _quoted(value, separator)
        if at < len(cells):
            edits.append((cells[at].start, cells[at].end, written))
        elif value:
            end = cells[-1].end
            edits.append((end, end, separator * (at - len(cells) + 1) + written))
    for start, end, new in sorted(edits, reverse=True):
        body = body[:start] + new + body[end:]
    try:
        result = mark + (skipped + body).encode(encoding)
    except UnicodeEncodeError as lost:
        raise Unchangeable(f"can't hold {lost.object[lost.start : lost.end]!r} as it is saved") from lost
    return result


def scan(text: str, separator: str) -> Iterator[list[Cell]]:
    """Yield the cells of each record, as ``csv.reader`` divides them; a blank line is one empty cell."""
    at = 0
    while at < len(text):
        cells: list[Cell] = []
        while True:
            start = at
            if text[at : at + 1] == '"':
                at += 1
                while at < len(text):
                    if text[at] != '"':
                        at += 1
                    elif text[at + 1 : at + 2] == '"':
                        at += 2
                    else:
                        at += 1
                        break
            while at < len(text) and text[at] not in (separator, "\r", "\n"):
                at += 1
            cells.append(Cell(start, at))
            if at >= len(text) or text[at] != separator:
                break
            at += 1
        if text[at : at + 2] == "\r\n":
            at += 2
        elif at < len(text):
            at += 1
        yield cells


def _decoded(raw: bytes) -> tuple[bytes, str, str]:
    for mark, encoding in _BOMS:
        if raw.startswith(mark):
            return mark, encoding, raw[len(mark) :].decode(encoding)
    try:
        return b"", "utf-8", raw.decode("utf-8")
    except UnicodeDecodeError:
        return b"", "cp1252", raw.decode("cp1252")


def _without_hint(text: str) -> str:
    """Return the text without the line in which Excel tells itself the separator."""
    if text[:4].lower() == "sep=" and text[5:6] in ("\r", "\n"):
        return text[5:].removeprefix("\r").removeprefix("\n")
    return text


def _text(text: str, cell: Cell) -> str:
    written = text[cell.start : cell.end]
    if written.startswith('"'):
        written = next(csv.reader(io.StringIO(written, newline="")), [""])[0]
    return trim(written)


def _quoted(value: str, separator: str) -> str:
    return f'"{value}"' if separator in value else value
