"""A table as any source gives it, and its rows with their cells by name.

A reader of another format (a workbook's sheet, JSON) only has to make a ``Table``; what turns rows into
nouns never learns where they came from.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, TypeVar

from trainplan.findings import Place
from trainplan.load.letters import column_letters
from trainplan.load.notes import Notes, Parser, Reason
from trainplan.load.text import EDGES, restore, trim

MOST_ROWS = 200_000

T = TypeVar("T")
D = TypeVar("D")


class Layout(NamedTuple):
    """Which columns a table has: those it can't do without, and the others."""

    file: str
    required: tuple[str, ...]
    optional: tuple[str, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """All of them."""
        return self.required + self.optional


@dataclass(frozen=True, slots=True)
class Table:
    """What a source makes of one file or sheet.

    Attributes:
        file: Its name, as a person would look it up.
        header: The column names as written.
        rows: The row's number in a spreadsheet (the header's is 1, unless blank rows come before it),
            and its cells as text. Blank rows are left out; cells may be fewer or more than the header's.
        header_row: The number of the header's own row.
        lost: Numbers of rows too damaged to be among ``rows``; each has been noted.
        defused: Formula-like text stands behind an apostrophe, as in CSV files.
        lettered: Columns have letters, as people see them in a workbook.
        lines: The line in a text editor at which a row begins, where cells with line breaks above it make
            that another number than the row's.
    """

    file: str
    header: tuple[str, ...]
    rows: Sequence[tuple[int, Sequence[str]]]
    header_row: int = 1
    lost: tuple[int, ...] = ()
    defused: bool = True
    lettered: bool = False
    lines: Mapping[int, int] = field(default_factory=dict)

    def column(self, at: int, name: str) -> str:
        """Return how a person would find the column at index ``at``, called ``name``."""
        return f"{column_letters(at + 1)} ({name})" if self.lettered else name


def too_many_rows(file: str, notes: Notes) -> None:
    """Note that a table has more rows than are read."""
    said = f"has more than {MOST_ROWS:,} rows, as no real programme does; is it the right file?"
    notes.error(Reason("too-large", said), Place(file))


class Row:
    """One row while it is being read: cells by column name, and what is wrong with them noted.

    Attributes:
        number: Its row in a spreadsheet.
        spoilt: Whether a cell could not be read.
        sessions: Ids of sessions that findings about this row concern.
    """

    __slots__ = ("_cells", "_index", "_notes", "_restore", "_table", "number", "sessions", "spoilt")

    def __init__(
        self,
        table: Table,
        number: int,
        cells: Sequence[str],
        index: dict[str, int],
        notes: Notes,
        *,
        spoilt: bool = False,
    ) -> None:
        """Take a row's cells; ``index`` says in which of them each column is."""
        self._table, self.number = table, number
        self._cells, self._index, self._notes = cells, index, notes
        self._restore = restore if table.defused else str
        self.spoilt = spoilt
        self.sessions: tuple[str, ...] = ()

    def place(self, column: str = "") -> Place:
        """Return where a cell, or the row, is."""
        at = self._index.get(column) if column and self._table.lettered else None
        return Place(self._table.file, self.number, column if at is None else self._table.column(at, column))

    def has(self, column: str) -> bool:
        """Say whether the table has such a column."""
        return column in self._index

    def cells(self) -> tuple[str, ...]:
        """Return all cells as they are, to compare rows by."""
        return tuple(self._cells)

    def raw(self, column: str) -> str:
        """Return a cell's text as it is, but for the apostrophe before formula-like text."""
        at = self._index.get(column)
        return self._restore(self._cells[at]) if at is not None and at < len(self._cells) else ""

    def text(self, column: str) -> str:
        """Return a cell's text, trimmed."""
        at = self._index.get(column)
        if at is None or at >= len(self._cells):
            return ""
        text = self._cells[at].strip(EDGES)  # `trim`, without its call: this line runs for every cell
        return trim(self._restore(text)) if text.startswith("'") else text

    def items(self, column: str) -> list[str]:
        """Return the entries of a cell with ``;`` between them, trimmed; empty ones are left out."""
        return [item for item in map(trim, self.text(column).split(";")) if item]

    def refuse(self, column: str, reason: Reason) -> None:
        """Note why a cell can't be read."""
        self.spoilt = True
        self._notes.error(self._with_line(reason), self.place(column), self.sessions)

    def warn(self, column: str, reason: Reason) -> None:
        """Note that a cell is worth a look."""
        self._notes.warn(self._with_line(reason), self.place(column), self.sessions)

    def _with_line(self, reason: Reason) -> Reason:
        line = self._table.lines.get(self.number)
        return reason if line is None else reason._replace(text=f"{reason.text} (line {line} of the file)")

    def read(self, column: str, parse: Parser[T], default: D) -> T | D:
        """Return a cell's value; ``default`` if it is empty or, with a note, if it can't be read."""
        text = self.text(column)
        if not text:
            return default
        value = parse(text)
        if isinstance(value, Reason):
            self.refuse(column, value)
            return default
        return value

    def need(self, column: str, parse: Parser[T], default: D, example: str) -> T | D:
        """Like ``read``, for a cell that may not be empty."""
        if not self.text(column):
            self.refuse(column, Reason("missing-value", f"is empty, but needed (e.g. {example})"))
        return self.read(column, parse, default)

    def each(self, column: str, parse: Parser[T], nothing: str = "") -> list[T]:
        """Return the values of a cell's entries; those that can't be read are noted and left out.

        A cell that only says ``nothing`` has no entries, as if it were empty.
        """
        values: list[T] = []
        items = self.items(column)
        for item in [] if nothing and [one.casefold() for one in items] == [nothing] else items:
            value = parse(item)
            if isinstance(value, Reason):
                self.refuse(column, value)
            else:
                values.append(value)
        return values
