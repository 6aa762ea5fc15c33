"""schedule.csv: a schedule as it was written, or as a person left it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from trainplan.findings import Finding, Place
from trainplan.load.csvfile import read_csv
from trainplan.load.header import rows_of
from trainplan.load.json_file import read_json
from trainplan.load.notes import Notes, Reason
from trainplan.load.sessions import SessionReader
from trainplan.load.table import Layout, Row, Table
from trainplan.load.wording import key, quote
from trainplan.load.workbook import SUFFIXES, read_workbook
from trainplan.model import Programme, Schedule, Session

LAYOUT = Layout(
    "schedule.csv",
    ("course",),
    (
        "session", "title", "start", "end", "days", "venue", "instructors", "groups", "seats", "status",
        "pin",
    ),
)  # fmt: skip

_LISTED = 12  # row numbers, when telling which are left out


def load_schedule(path: Path, programme: Programme) -> tuple[Schedule | None, tuple[Finding, ...]]:
    """Read a schedule as far as it can be read, and say everything that can't.

    A row that says neither which course nor when is left out. Ids of venues, instructors and groups that
    the programme doesn't know stay in the sessions, each with a finding.

    Args:
        path: A ``.csv`` file, a workbook with a sheet ``schedule`` or ``sessions``, or a ``.json`` file as
            ``generate --json`` and ``export`` write it.
        programme: What it is a schedule of.

    Returns:
        The schedule, None if the file as a whole can't be read; and the findings, by row and column.
    """
    notes = Notes()
    path = Path(path)
    table = _reader(path)(path, LAYOUT, notes)
    rows = None if table is None else _rows(table, notes)
    if table is None or rows is None:
        return None, notes.findings()
    return Schedule.of(_sessions(rows, table, programme, notes)), notes.findings()


def _reader(path: Path) -> Callable[[Path, Layout, Notes], Table | None]:
    suffix = path.suffix.lower()
    return read_json if suffix == ".json" else read_workbook if suffix in SUFFIXES else read_csv


def _rows(table: Table, notes: Notes) -> list[Row] | None:
    rows = rows_of(table, LAYOUT, notes)
    if rows and not (rows[0].has("start") or rows[0].has("days")):
        said = "the column is missing, and so is days: nothing says when a session is"
        notes.error(Reason("missing-column", said), Place(table.file, table.header_row, "start"))
        return None
    return rows


@dataclass(slots=True)
class _Seen:
    """Where an id, or a whole row, was first seen."""

    row: int
    cells: tuple[str, ...]


def _sessions(rows: list[Row], table: Table, programme: Programme, notes: Notes) -> list[Session]:
    reader = SessionReader(programme)
    found: list[Session] = []
    left_out = list(table.lost)
    seen: dict[str, _Seen] = {}
    for row in rows:
        session = None if row.spoilt else reader.session(row)
        if session is None:
            left_out.append(row.number)
            continue
        if session.id:
            _note_twin(row, session, seen)
        found.append(session)
    if left_out:
        left_out.sort()
        named = ", ".join(map(str, left_out[:_LISTED])) + (" …" if len(left_out) > _LISTED else "")
        rows_named = f"row {named}" if len(left_out) == 1 else f"rows {named}"
        said = f"can't be read in full; {rows_named} left out, and the rest read"
        notes.warn(Reason("rows-left-out", said), Place(table.file))
    return _named(found, notes)


def _note_twin(row: Row, session: Session, seen: dict[str, _Seen]) -> None:
    cells = row.cells()
    first = seen.setdefault(key(session.id), _Seen(row.number, cells))
    if first.row == row.number:
        return
    if first.cells == cells:
        row.refuse("", Reason("repeated-row", f"repeats row {first.row} in every cell"))
    else:
        said = f"{quote(session.id)} is already the session of row {first.row}"
        row.refuse("session", Reason("duplicate-id", said))


def _named(sessions: list[Session], notes: Notes) -> list[Session]:
    """Give each session without an id the next free number of its course."""
    taken = {key(one.id) for one in sessions if one.id}
    last: dict[str, int] = {}
    named = []
    for one in sessions:
        if not one.id:
            number = last.get(one.course, 0) + 1
            while key(f"{one.course}-{number:02}") in taken:
                number += 1
            last[one.course] = number
            one = replace(one, id=f"{one.course}-{number:02}")
            place = one.place and replace(one.place, column="session")
            said = f"is empty; the session is called {one.id} here, and should be in the file"
            notes.warn(Reason("missing-id", said), place or Place(LAYOUT.file), (one.id,))
        named.append(one)
    return named
