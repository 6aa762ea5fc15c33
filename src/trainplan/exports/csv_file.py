"""``schedule.csv``: what a coordinator opens in a spreadsheet, edits, and hands back to be checked."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping

from trainplan.exports.days import ranges
from trainplan.load.plain import Grid
from trainplan.model import PINS, Pin, Programme, Schedule, Session

COLUMNS = (
    "session",
    "course",
    "title",
    "start",
    "end",
    "days",
    "venue",
    "instructors",
    "groups",
    "seats",
    "status",
    "pin",
)

# Spreadsheets run a cell that begins like this; ``'`` in front makes it text. Text that already looks
# defused gets one more, so that taking one off gives back exactly what was there.
_FORMULA = re.compile(r"'*[=+\-@\t\r]")


def defuse(text: str) -> str:
    """Return ``text`` so that no spreadsheet runs it as a formula.

    Where ``text`` is any number of apostrophes (none included) and then one of ``=`` ``+`` ``-`` ``@``
    tab or return, an apostrophe goes in front; all other text is left alone. A reader undoes it by
    taking one apostrophe off wherever at least one stands before such a character.
    """
    return f"'{text}" if _FORMULA.match(text) else text


def cells(session: Session, programme: Programme) -> dict[str, str]:
    """Return a session as the columns of ``schedule.csv``, before anything is defused or quoted."""
    return {
        "session": session.id,
        "course": session.course,
        "title": session.title,
        "start": session.start.isoformat(),
        "end": session.end.isoformat(),
        "days": ranges(session.slots, programme.periods),
        "venue": "; ".join(session.venues),
        "instructors": "; ".join(session.instructors),
        "groups": seats(session.groups),
        "seats": str(session.seats),
        "status": session.status,
        "pin": pins(session.pin),
    }


def seats(groups: Mapping[str, int]) -> str:
    """Return seats of groups as ``police:24; customs:6``."""
    return "; ".join(f"{group}:{count}" for group, count in groups.items())


def pins(pin: frozenset[Pin]) -> str:
    """Return pins as ``date; venue``, all four as ``all``."""
    return "all" if pin == frozenset(PINS) else "; ".join(one for one in PINS if one in pin)


def grid_content(grid: Grid) -> bytes:
    """Return a table of texts as CSV: UTF-8, RFC 4180, CRLF at line ends; no cell is run as a formula."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([defuse(name) for name in grid.header])
    for row in grid.rows:
        writer.writerow([defuse(cell) for cell in row])
    return text.getvalue().encode("utf-8", errors="backslashreplace")


def content(programme: Programme, schedule: Schedule) -> bytes:
    """Return ``schedule.csv``, cancelled sessions included: UTF-8, RFC 4180, CRLF at line ends."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for session in schedule.sessions:
        row = cells(session, programme)
        # A count is a number, not text: an apostrophe would only spoil it.
        writer.writerow([row[name] if name == "seats" else defuse(row[name]) for name in COLUMNS])
    return text.getvalue().encode("utf-8", errors="backslashreplace")
