"""A table's header held against the columns that are known, and its rows made readable by it."""

from __future__ import annotations

from collections.abc import Iterable

from trainplan.findings import Place
from trainplan.load.letters import column_letters
from trainplan.load.notes import Notes, Reason
from trainplan.load.table import Layout, Row, Table
from trainplan.load.text import trim
from trainplan.load.wording import did_you_mean, nearest, quote, squash


def rows_of(table: Table, layout: Layout, notes: Notes) -> list[Row] | None:
    """Return a table's rows; None, with a note of the reason, if its header lacks what is needed.

    Rows with more cells than the header come out spoilt: no telling which cell belongs where.
    """
    index = _columns(table, layout, notes)
    if index is None:
        return None
    width = len(table.header)
    unnamed = [at for at, name in enumerate(table.header) if not name]
    rows = []
    for number, cells in table.rows:
        shifted = len(cells) > width and any(map(trim, cells[width:]))
        if shifted:
            text = (
                f"has {len(cells)} cells, but the header only {width} columns; "
                f"put quotation marks around a cell that holds a separator (at {quote(cells[width])})"
            )
            notes.error(Reason("too-many-cells", text), Place(table.file, number))
        row = Row(table, number, cells, index, notes, spoilt=shifted)
        rows.append(row)
    for at in unnamed:
        if any(at < len(cells) and trim(cells[at]) for _, cells in table.rows):
            text = f"column {_called(table, at)} holds cells but has no name, so it is not read"
            notes.warn(Reason("unnamed-column", text), Place(table.file, table.header_row))
    return rows


def _columns(table: Table, layout: Layout, notes: Notes) -> dict[str, int] | None:
    by_squash = {squash(name): name for name in layout.columns}
    index: dict[str, int] = {}
    strangers: dict[str, str] = {}
    for at, written in enumerate(table.header):
        if not written:
            continue
        place = Place(table.file, table.header_row, table.column(at, written))
        name = by_squash.get(squash(written))
        if name is None:
            strangers[written] = table.column(at, written)
        elif name in index:
            text = f"is there twice, as columns {_called(table, index[name])} and {_called(table, at)}"
            notes.error(Reason("duplicate-column", text), place)
        else:
            index[name] = at
    absent = [name for name in layout.columns if name not in index]
    _note_strangers(table, strangers, absent, notes)
    missing = [name for name in layout.required if name not in index]
    for name in missing:
        text = f"the column is missing{_near(name, strangers)}"
        notes.error(Reason("missing-column", text), Place(table.file, table.header_row, name))
    return None if missing else index


def _called(table: Table, at: int) -> str:
    return column_letters(at + 1) if table.lettered else str(at + 1)


def _near(name: str, strangers: Iterable[str]) -> str:
    close = nearest(name, strangers)
    return f"; is it the one called {quote(close)}?" if close is not None else ""


def _note_strangers(table: Table, strangers: dict[str, str], absent: list[str], notes: Notes) -> None:
    """A column close to one that is absent is a slip of the pen; any other may be a person's own notes."""
    for written, column in strangers.items():
        place = Place(table.file, table.header_row, column)
        if nearest(written, absent) is not None:
            text = f"no such column{did_you_mean(written, absent)}"
            notes.error(Reason("unknown-column", text), place)
        else:
            notes.warn(Reason("unknown-column", "trainplan knows no such column and does not read it"), place)
