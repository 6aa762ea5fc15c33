"""What every table of things has in common: a column of ids, windows of availability, sites."""

from __future__ import annotations

from datetime import date
from typing import Any

from trainplan.load.grammar.dates import DateParser
from trainplan.load.grammar.words import anything, identifier
from trainplan.load.notes import Parser, Reason
from trainplan.load.register import Register, Shelf
from trainplan.load.table import Row
from trainplan.words import dated

_EXAMPLES = {"course": "CP", "group": "police", "venue": "hall", "instructor": "rose"}


def new_id(row: Row, column: str, shelf: Shelf[Any], parse: Parser[str] = identifier) -> str | None:
    """Return a row's own id; None, with a note of the reason, if it has none that is new.

    Of a row that was spoilt before it got here only the id is kept, for others to refer to.
    """
    if row.spoilt:
        shelf.lose(row.text(column))
        return None
    id = row.need(column, parse, "", _EXAMPLES[shelf.what])
    if not id:
        # Whoever wrote this id means something by it elsewhere; once refused is enough.
        shelf.lose(row.text(column))
        return None
    taken = shelf.taken(id)
    if taken is not None:
        row.refuse(column, taken)
        return None
    return id


def window(row: Row, dates: DateParser) -> tuple[date | None, date | None]:
    """Return the first and last day on which a row's thing is available."""
    first = row.read("available_from", dates, None)
    last = row.read("available_until", dates, None)
    if first is not None and last is not None and last < first:
        said = f"available until {dated(last)}, but only from {dated(first)} on"
        row.refuse("available_until", Reason("ends-before-start", said))
    return first, last


def site(row: Row, sites: Register) -> str:
    """Return a row's site as it was first spelled."""
    written = row.read("site", anything, "")
    return sites.define(written) if written else ""
