"""A programme's keys and cells as they were written, to be written again in another form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

from trainplan.load import closures, curriculum, groups, instructors, venues
from trainplan.load.folder import SETTINGS, Folder
from trainplan.load.grammar.dates import DateParser, date_parser
from trainplan.load.keyvalues import date_order
from trainplan.load.notes import Notes
from trainplan.load.overrides import Overridden
from trainplan.load.schedule import LAYOUT as SCHEDULE
from trainplan.load.table import Layout, Table
from trainplan.load.text import restore, trim
from trainplan.load.workbook import SUFFIXES, Workbook, open_workbook

LAYOUTS = (curriculum.LAYOUT, groups.LAYOUT, venues.LAYOUT, instructors.LAYOUT, closures.LAYOUT, SCHEDULE)
DATES = frozenset(
    {"starts", "ends", "earliest", "latest", "due", "available_from", "available_until", "from", "to"}
    | {"start", "end"}
)


class Grid(NamedTuple):
    """One table: the column names, and rows of as many cells."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class Plain(NamedTuple):
    """What a programme's files say, cell by cell.

    Attributes:
        settings: The keys of programme.toml; dates are dates where they can be read as such.
        grids: The tables by the name of their file, those that there are; a person's own columns included.
    """

    settings: Mapping[str, object]
    grids: Mapping[str, Grid]

    @property
    def dates(self) -> DateParser:
        """The reading of dates in its cells."""
        order = date_order(self.settings.get("date_order"))
        return date_parser(order if order in ("dmy", "mdy") else None)


def read_plain(path: Path, sets: Sequence[str] = ()) -> Plain:
    """Return what stands in the programme at ``path``, a folder or a workbook that reads without an error.

    What is set in the place of cells (``sets``) stands there then.
    """
    notes = Notes()
    source: Folder | Workbook | None
    if path.is_dir():
        source = Folder(path, notes)
    elif path.suffix.lower() in SUFFIXES:
        source = open_workbook(path, notes)
    else:
        source = Folder(path.parent, notes, path.name)
    if source is None:
        return Plain({}, {})
    return plain_of(Overridden(source, sets, notes) if sets else source)


def plain_of(source: Folder | Workbook | Overridden) -> Plain:
    """Return what stands in an open folder or workbook."""
    found = Plain(dict(source.settings() or {}), {})
    settings = {
        name: _day(value, found.dates) if name in DATES else value for name, value in found.settings.items()
    }
    grids = {}
    for layout in LAYOUTS:
        table = source.table(layout) if source.has(layout.file) else None
        if table is not None:
            grids[layout.file] = _grid(table, layout)
    return Plain(settings, grids)


def cell_of(plain: Plain, kind: str, id: str, column: str) -> str:
    """Return what stands in a cell; empty if it isn't there.

    Args:
        plain: The files.
        kind: ``course``, ``group``, ``venue``, ``instructor``; ``programme`` for a key of programme.toml.
        id: Whose row it is.
        column: Its column, or the key.
    """
    if kind == "programme":
        value = plain.settings.get(column, "")
        return value.isoformat() if isinstance(value, date) else str(value)
    for grid in plain.grids.values():
        names = [name.casefold() for name in grid.header]
        # A schedule has a column "course" too.
        if kind in names and column in names and "session" not in names:
            own, at = names.index(kind), names.index(column)
            found = (row[at] for row in grid.rows if row[own].casefold() == id.casefold())
            return next(found, "")
    return ""


def _day(value: object, dates: DateParser) -> object:
    if not isinstance(value, str):
        return value.date() if isinstance(value, datetime) else value
    day = dates(trim(value))
    return day if isinstance(day, date) else value


def _grid(table: Table, layout: Layout) -> Grid:
    width = max((at for at, name in enumerate(table.header, 1) if name), default=0)
    width = max([width, *(at for _, cells in table.rows for at, one in enumerate(cells, 1) if trim(one))])
    names = map(restore, table.header) if table.defused else table.header
    header = (*names, *[""] * width)[:width]
    # A session's title keeps the spaces around it; every other cell is read without.
    kept = {at for at, name in enumerate(header) if layout is SCHEDULE and name.casefold() == "title"}
    rows = tuple(
        tuple(_cell((*cells, *[""] * width)[at], table.defused, at in kept) for at in range(width))
        for _, cells in table.rows
    )
    return Grid(header, rows)


def _cell(text: str, defused: bool, kept: bool) -> str:
    if kept:
        return restore(text) if defused else text
    text = trim(text)
    return trim(restore(text)) if defused else text


__all__ = ["DATES", "LAYOUTS", "SETTINGS", "Grid", "Plain", "cell_of", "plain_of", "read_plain"]
