"""Cells and keys set for one run: ``groups.police.max_away=25%`` in the place of what the files say.

The files' tables are changed before anything reads them, so a value given here is read, checked and refused
as if it stood in its cell; what is wrong with it is said of the setting itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from trainplan.findings import Finding, Place
from trainplan.load import curriculum, groups, instructors, venues
from trainplan.load.folder import Folder
from trainplan.load.keysheet import LISTS, value_of
from trainplan.load.notes import Notes, Reason
from trainplan.load.settings import KEYS
from trainplan.load.table import Layout, Table
from trainplan.load.text import restore, trim
from trainplan.load.wording import did_you_mean, key, quote
from trainplan.load.workbook import Workbook

FRAME = "programme"
EXAMPLE = "groups.police.max_away=25% or programme.ends=2027-12-31"
LAYOUTS: Mapping[str, Layout] = {
    "curriculum": curriculum.LAYOUT,
    "groups": groups.LAYOUT,
    "venues": venues.LAYOUT,
    "instructors": instructors.LAYOUT,
}
_ALIASES = {"courses": "curriculum", "course": "curriculum"}


class Override(NamedTuple):
    """One setting.

    Attributes:
        text: As it was given.
        table: ``programme``, or the name of a table without ``.csv``.
        id: Which row; empty with ``programme``.
        column: The column, or the key of programme.toml.
        value: What the cell is to hold; empty leaves it empty.
    """

    text: str
    table: str
    id: str
    column: str
    value: str

    @property
    def place(self) -> Place:
        """Where a person finds it: in what she typed."""
        return Place(f"--set {self.text}")


def parse(text: str) -> Override | Reason:
    """Return the setting that ``text`` asks for, or why it asks for none."""
    target, equals, value = text.partition("=")
    table, _, rest = trim(target).partition(".")
    table = key(table)
    table = _ALIASES.get(table, table)
    if not (equals and rest):
        return Reason("bad-set", f"does not say what to set to what (e.g. {EXAMPLE})")
    if table == FRAME:
        return Override(text, table, "", key(rest).replace(" ", "_"), trim(value))
    if table == "closures":
        said = "a closure has no id to be set by; add a row to closures.csv in a copy of the folder"
        return Reason("bad-set", said)
    if table not in LAYOUTS:
        return Reason("bad-set", f"there is no table {quote(table)}{did_you_mean(table, (FRAME, *LAYOUTS))}")
    # An id may have dots in it; a column has none.
    id, dot, column = rest.rpartition(".")
    if not (dot and trim(id) and trim(column)):
        said = f"names a row or a column of {table}, and not both (e.g. {EXAMPLE})"
        return Reason("bad-set", said)
    return Override(text, table, trim(id), key(column), trim(value))


class Overridden:
    """A programme's files with settings in the place of some cells; the same methods as a ``Folder``."""

    def __init__(self, source: Folder | Workbook, texts: Sequence[str], notes: Notes) -> None:
        """Put the settings over ``source``; those that can't be understood are noted."""
        self.source, self.notes = source, notes
        self.settings_file = source.settings_file
        self.settings_places: dict[str, Place] = {}
        self._overrides: dict[str, list[Override]] = {}
        self._places: dict[Place, Place] = {}
        self._columns: dict[Place, str] = {}
        for text in texts:
            read = parse(text)
            if isinstance(read, Reason):
                notes.error(read, Place(f"--set {text}"))
            else:
                self._overrides.setdefault(read.table, []).append(read)

    def place(self, file: str) -> Place:
        """Return where ``file`` is."""
        return self.source.place(file)

    def has(self, file: str) -> bool:
        """Say whether there is such a file."""
        there = self.source.has(file)
        if not there:
            for one in self._overrides.pop(file.rsplit(".", 1)[0], ()):
                self.notes.error(Reason("unknown-id", f"there is no {file} to set anything in"), one.place)
        return there

    def absent(self, file: str) -> None:
        """Note that a file is missing."""
        self.source.absent(file)

    def note_strays(self, optional: tuple[str, ...], known: tuple[str, ...]) -> None:
        """Warn of files that would go unread."""
        self.source.note_strays(optional, known)

    def settings(self) -> Mapping[str, object] | None:
        """Return the keys of programme.toml with what is set in their place."""
        values = self.source.settings()
        self.settings_places = dict(self.source.settings_places)
        if values is None:
            return None
        changed = dict(values)
        for one in self._overrides.get(FRAME, ()):
            # A key that does not exist is said by whoever reads the keys, as of any other.
            self.settings_places[one.column] = one.place
            if one.value or one.column not in KEYS:
                changed[one.column] = value_of(one.column, _list(one))
            else:
                changed.pop(one.column, None)
        return changed

    def table(self, layout: Layout) -> Table | None:
        """Return a file's table with what is set in the place of its cells."""
        table = self.source.table(layout)
        wanted = self._overrides.get(layout.file.rsplit(".", 1)[0], ())
        if table is not None:
            for one in wanted:
                table = self._set(table, layout, one)
        return table

    def _set(self, table: Table, layout: Layout, one: Override) -> Table:
        what = layout.required[0]
        names = [key(trim(name)) for name in table.header]
        if what not in names:
            return table  # said already, by whoever reads the header
        if one.column == what:
            self._refuse(one, Reason("bad-set", "an id can't be set: it is what names the row"))
            return table
        if one.column not in layout.columns:
            settable = [name for name in layout.columns if name != what]
            said = f"{layout.file} has no column {quote(one.column)}{did_you_mean(one.column, settable)}"
            self._refuse(one, Reason("unknown-column", said))
            return table
        ids = [_id(cells, names.index(what), table) for _, cells in table.rows]
        wanted = [at for at, id in enumerate(ids) if key(id) == key(one.id)]
        if not wanted:
            known = [id for id in ids if id]
            said = f"{quote(one.id)} is no {what} of {layout.file}{did_you_mean(one.id, known)}"
            self._refuse(one, Reason("unknown-id", said))
            return table
        if one.column not in names:
            table = replace(table, header=(*table.header, one.column))
            names.append(one.column)
        at = names.index(one.column)
        rows = [*table.rows]
        number, cells = rows[wanted[0]]
        padded = [*cells, *[""] * (at + 1 - len(cells))]
        padded[at] = one.value
        rows[wanted[0]] = (number, padded)
        cell = Place(table.file, number, table.column(at, one.column))
        self._places[cell], self._columns[cell] = one.place, one.column
        return replace(table, rows=rows)

    def _refuse(self, one: Override, reason: Reason) -> None:
        self.notes.error(reason, one.place)

    def cells(self) -> dict[Place, Place]:
        """Return where each cell was set, by its place in the files with the column's plain name."""
        return {replace(cell, column=self._columns[cell]): place for cell, place in self._places.items()}

    def replaced(self, findings: Iterable[Finding]) -> tuple[Finding, ...]:
        """Return ``findings`` in which a cell that was set is named by its setting."""
        return tuple(
            replace(one, place=self._places.get(one.place, one.place)) if one.place else one
            for one in findings
        )


def _id(cells: Sequence[str], at: int, table: Table) -> str:
    text = cells[at] if at < len(cells) else ""
    return trim(restore(trim(text)) if table.defused else text)


def _list(one: Override) -> str:
    # A shell takes an unquoted ; for the end of the command, so commas do as well.
    plain = one.value.strip("[]").replace('"', "") if one.column in LISTS else one.value
    return plain.replace(",", ";") if one.column in LISTS and ";" not in plain else plain
