"""What a workbook's sheets say that its reader doesn't tell: how far they reach, errors, percentages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain, islice, pairwise

from trainplan.load.archive import Parts
from trainplan.load.letters import column_number
from trainplan.load.notes import Reason

MOST_CELLS = 1_000_000
MOST_TEXT = 200_000_000

_ATTRIBUTE = rb"""[\w:]+\s*=\s*(?:"[^"<]*"|'[^'<]*')"""
_CELL = re.compile(rb"<(?:\w+:)?c(?=[\s/>])")
_ROW = re.compile(rb"<(?:\w+:)?row(?=[\s/>])")
_TAG = re.compile(rb"<(?:\w+:)?(row|c)(?=[\s/>])((?:\s+" + _ATTRIBUTE + rb")*)\s*(/?)>")
_CELL_END = re.compile(rb"</(?:\w+:)?c\s*>")
_EACH = re.compile(rb"""([\w:]+)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')""")
_AT = re.compile(rb"\s*([A-Za-z]{1,6})(\d{1,9})\s*")
_STRING = re.compile(rb"<(?:\w+:)?si(?=[\s/>])")
_WHOLE = re.compile(rb">\s*(\d{1,9})\s*<")
_VALUE = re.compile(rb"<(?:\w+:)?(?:v|is)(?:\s[^<>]*)?>\s*[^\s<]|<(?:\w+:)?is[\s>]")
_FORMULA = re.compile(rb"<(?:\w+:)?f(?=[\s/>])")

_ROW_END = re.compile(rb"</(?:\w+:)?row[\s>]")
_NUMBER = re.compile(rb"\d{1,9}")
_TANGLED = Reason("bad-workbook", "is damaged: the tags of a sheet can't be told from one another")

Spot = tuple[int, int]  # row and column, the first of each being 1


@dataclass(slots=True)
class Scan:
    """One sheet's cells, without their values.

    Attributes:
        high: Its last row, at most.
        wide: Its last column, at most.
        cells: How many of its cells may hold something.
        errors: Cells with ``#REF!`` and the like, and formulas that were never worked out.
        styles: Which number format each cell has, where it has one of its own.
    """

    high: int = 0
    wide: int = 0
    cells: int = 0
    errors: set[Spot] = field(default_factory=set)
    styles: dict[Spot, int] = field(default_factory=dict)


def scanned(content: bytes) -> Scan | Reason:
    """Return how far a sheet's XML reaches; the reason, if it can't be told."""
    scan = Scan()
    row = column = seen = 0
    loose = _count(content)
    if loose > MOST_CELLS:
        return Reason(
            "too-large", f"has a sheet of more than {MOST_CELLS:,} cells, as no real programme does"
        )
    # Whatever could make the reader of values see other rows and cells than are counted here.
    if b"<!" in content or len(_ROW_END.findall(content)) > len(_ROW.findall(content)):
        return _TANGLED
    formulas = _FORMULA.search(content) is not None
    for match in _TAG.finditer(content):
        seen += 1
        given = _EACH.findall(match[2])
        said = {name: one or other for name, one, other in given}
        place = said.get(b"r")
        if len(said) < len(given) or (
            place is not None and not (_NUMBER if match[1] == b"row" else _AT).fullmatch(place)
        ):
            return _TANGLED
        if match[1] == b"row":
            row, column = _number(said.get(b"r", b"")) or row + 1, 0
            continue
        at = _AT.fullmatch(said.get(b"r", b""))
        if at is not None:
            row, column = max(row, int(at[2])), column_number(at[1].decode("ascii"))
            spot = (int(at[2]), column)
        else:
            column += 1
            spot = (row or 1, column)
        if match[3]:
            continue
        scan.cells += 1
        scan.high, scan.wide = max(scan.high, row, spot[0]), max(scan.wide, column)
        if said.get(b"t") == b"e":
            scan.errors.add(spot)
        elif formulas and said.get(b"t") != b"str":
            end = _CELL_END.search(content, match.end())
            body = content[match.end() : end.start() if end else len(content)]
            if _FORMULA.search(body) and not _VALUE.search(body):
                scan.errors.add(spot)
        style = _number(said.get(b"s", b""))
        if style:
            scan.styles[spot] = style
    return _TANGLED if seen != loose else scan


def _count(content: bytes) -> int:
    """Return how many row and cell tags there are, as far as anybody cares."""
    tags = chain(_CELL.finditer(content), _ROW.finditer(content))
    return sum(1 for _ in islice(tags, MOST_CELLS + 1))


def _number(text: bytes) -> int:
    text = text.strip()
    return int(text) if text.isdigit() and len(text) < 10 else 0


def scan_all(parts: Parts) -> Mapping[str, Scan] | Reason:
    """Return the scan of each sheet by its part's name, or why they would need more memory than any real one.

    A sheet is built as wide and as high as its outermost cells, and a text that many cells share is
    there once for each: a few bytes can ask for more than a machine has.
    """
    strings = [0]
    for name, content in parts.items():
        if name.lower().endswith("sharedstrings.xml"):
            starts = [match.start() for match in _STRING.finditer(content)]
            strings = [end - start for start, end in pairwise([*starts, len(content)])]
    longest = max(strings, default=0)
    found: dict[str, Scan] = {}
    for name, content in parts.items():
        if not _CELL.search(content):
            continue
        scan = scanned(content)
        if isinstance(scan, Reason):
            return scan
        if scan.high * scan.wide > MOST_CELLS:
            said = (
                f"has a sheet of {scan.high:,} rows and {scan.wide:,} columns; at most {MOST_CELLS:,} cells"
            )
            return Reason("too-large", f"{said} are read (delete the empty rows and columns before its last)")
        if longest * scan.cells > MOST_TEXT and _texts(content, strings) > MOST_TEXT:
            return Reason("too-large", f"has a sheet with more than {MOST_TEXT // 1_000_000} MB of text")
        found[name] = scan
    return found


def _texts(content: bytes, strings: list[int]) -> int:
    shared = (int(number) for number in _WHOLE.findall(content))
    return sum(strings[number] for number in shared if number < len(strings))


def percentages(parts: Parts) -> frozenset[int]:
    """Return the numbers of those cell styles that show a number as a percentage."""
    return frozenset(_percent_styles(parts))


def sheet_parts(parts: Parts) -> dict[str, str]:
    """Return the part that holds each sheet, by the sheet's name."""
    targets = {
        one.get("Id", ""): one.get("Target", "")
        for name in parts
        if name.lower() == "xl/_rels/workbook.xml.rels"
        for one in _elements(parts[name])
    }
    found = {}
    for name in parts:
        if name.lower() == "xl/workbook.xml":
            for one in _elements(parts[name]):
                if "sheetId" in one:
                    target = next(
                        (targets[id] for key, id in one.items() if _plain(key) == "id" and id in targets), ""
                    )
                    found[one.get("name", "")] = (
                        target[1:] if target.startswith("/") else f"xl/{target}" if target else ""
                    )
    return found


def _percent_styles(parts: Parts) -> Iterator[int]:
    for name in parts:
        if name.lower() != "xl/styles.xml":
            continue
        shown = {"9", "10"}
        number, inside = 0, False
        for tag, one in _tagged(parts[name]):
            if tag == "numFmt" and "%" in one.get("formatCode", ""):
                shown.add(one.get("numFmtId", ""))
            elif tag in ("cellXfs", "cellStyleXfs"):
                inside, number = tag == "cellXfs", 0
            elif tag == "xf" and inside:
                if one.get("numFmtId") in shown:
                    yield number
                number += 1
            elif tag == "cellStyles":
                return


def _elements(content: bytes) -> Iterator[Mapping[str, str]]:
    return (one for _, one in _tagged(content))


def _tagged(content: bytes) -> Iterator[tuple[str, Mapping[str, str]]]:
    from xml.etree import ElementTree

    for one in ElementTree.fromstring(content).iter():
        yield _plain(one.tag), one.attrib


def _plain(name: str) -> str:
    return name.rsplit("}", 1)[-1]
