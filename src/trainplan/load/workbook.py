"""A programme as one workbook: a sheet for each file, by the same names."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from trainplan.findings import Place
from trainplan.load.archive import damaged, unpacked
from trainplan.load.keysheet import settings_of
from trainplan.load.notes import Notes, Reason
from trainplan.load.sheet import Sheet, table_of_sheet
from trainplan.load.sheetxml import Scan, percentages, scan_all, sheet_parts
from trainplan.load.table import Layout, Table
from trainplan.load.text import read_bytes
from trainplan.load.wording import key, nearest, quote

SUFFIXES = (".xlsx", ".xlsm")
KEYS_SHEET = "programme"
SCHEDULE_SHEETS = ("schedule", "sessions")
_ALIKE = 0.85


def sheet_name(file: str) -> str:
    """Return what the sheet is called that holds what ``file`` would."""
    return file.rsplit(".", 1)[0]


class Workbook:
    """An open workbook; the same methods as a ``Folder``."""

    def __init__(self, path: Path, notes: Notes, raw: bytes) -> None:
        """Open the workbook in ``raw``; why it can't be is noted, and it has no sheets then."""
        self.path, self.notes = path, notes
        self.settings_file = f"{path.name} sheet {KEYS_SHEET}"
        self.settings_places: dict[str, Place] = {}
        self.sound = False
        self._names: dict[str, str] = {}
        self._book: Any = None
        self._scans: Mapping[str, Scan] = {}
        self._parts: dict[str, str] = {}
        self._percent: frozenset[int] = frozenset()
        trouble = self._open(raw)
        if trouble is not None:
            notes.error(trouble, Place(path.name))
        self.sound = trouble is None

    def _open(self, raw: bytes) -> Reason | None:
        parts = unpacked(raw)
        if isinstance(parts, Reason):
            return parts
        scans = scan_all(parts)
        if isinstance(scans, Reason):
            return scans
        try:
            self._scans, self._parts, self._percent = scans, sheet_parts(parts), percentages(parts)
        except (SyntaxError, LookupError, ValueError) as problem:  # the XML parser's own, all three
            return damaged(problem)
        import python_calamine

        try:
            self._book = python_calamine.CalamineWorkbook.from_filelike(parts.packed())
            names = list(self._book.sheet_names)
        except Exception as problem:  # the reader has many errors, and a panic of Rust's is one of them
            return damaged(problem)
        except BaseException as problem:
            if type(problem).__name__ != "PanicException":
                raise
            return damaged(problem)
        for name in names:
            called = key(name).removesuffix(".csv").removesuffix(".toml")
            if called in self._names:
                said = f"has two sheets called {quote(called)}; rename or delete one of them"
                return Reason("repeated-sheet", said)
            self._names[called] = name
        return None

    @property
    def names(self) -> tuple[str, ...]:
        """The sheets' names as they are compared, without capitals."""
        return tuple(self._names)

    def place(self, file: str) -> Place:
        """Return where the sheet for ``file`` is."""
        return Place(f"{self.path.name} sheet {sheet_name(file)}")

    def settings(self) -> Mapping[str, object] | None:
        """Return the keys of the sheet ``programme``; None, with a note, if it can't be read."""
        if not self.has(KEYS_SHEET):
            self.absent(KEYS_SHEET)
            return None
        sheet = self.sheet(KEYS_SHEET)
        if sheet is None:
            return None
        values, self.settings_places = settings_of(sheet, self.notes)
        return values

    def has(self, file: str) -> bool:
        """Say whether there is a sheet for ``file``."""
        return key(sheet_name(file)) in self._names

    def absent(self, file: str) -> None:
        """Note that a sheet is missing, and which one was perhaps meant to be it."""
        guess = nearest(sheet_name(file), self._names.values(), _ALIKE)
        hint = f"; is it {quote(guess)}?" if guess is not None else ""
        said = f"there is no sheet {sheet_name(file)} in {self.path.name}{hint}"
        self.notes.error(Reason("missing-sheet", said), self.place(file))

    def table(self, layout: Layout) -> Table | None:
        """Return a sheet's table; None, with a note of the reason, if it can't be read."""
        sheet = self.sheet(layout.file)
        return None if sheet is None else table_of_sheet(sheet, layout, self.notes)

    def note_strays(self, optional: tuple[str, ...], known: tuple[str, ...]) -> None:
        """Warn of sheets that are called almost like one which is not there, and so would go unread."""
        others = [one for called, one in self._names.items() if called not in map(sheet_name, known)]
        for file in optional:
            guess = None if self.has(file) else nearest(sheet_name(file), others, _ALIKE)
            if guess is not None:
                said = f"trainplan does not read this sheet; is it meant to be {sheet_name(file)}?"
                self.notes.warn(Reason("unknown-file", said), self.place(guess))

    def sheet(self, file: str) -> Sheet | None:
        """Return the sheet for ``file``; None, with a note of the reason, if it can't be read."""
        name = self._names[key(sheet_name(file))]
        try:
            read = self._book.get_sheet_by_name(name)
            values = read.to_python(skip_empty_area=True)
            start = read.start or (0, 0)
            blocks = [
                (top + 1, left + 1, bottom + 1, right + 1)
                for (top, left), (bottom, right) in read.merged_cell_ranges or ()
            ]
        except Exception as problem:
            self.notes.error(damaged(problem), self.place(file))
            return None
        except BaseException as problem:
            if type(problem).__name__ != "PanicException":
                raise
            self.notes.error(damaged(problem), self.place(file))
            return None
        scan = self._scans.get(self._parts.get(name, ""))
        if scan is None and any(cell != "" for row in values for cell in row):
            # Without it errors would be taken for empty cells, and 100% for 1.
            self.notes.error(damaged(LookupError("a sheet is not where it should be")), self.place(file))
            return None
        first = (start[0] + 1, start[1] + 1)
        return Sheet(self.place(file).file, first, values, blocks, scan or Scan(), self._percent)


def open_workbook(path: Path, notes: Notes) -> Workbook | None:
    """Return the workbook at ``path``; None, with a note of the reason, if it can't be opened."""
    raw = read_bytes(path, notes)
    book = None if raw is None else Workbook(path, notes, raw)
    return book if book is not None and book.sound else None


def read_workbook(path: Path, layout: Layout, notes: Notes) -> Table | None:
    """Return a schedule's table: the sheet ``schedule`` or ``sessions``, or the only one there is."""
    book = open_workbook(path, notes)
    if book is None:
        return None
    wanted = next((one for one in SCHEDULE_SHEETS if book.has(one)), None)
    if wanted is None and len(book.names) == 1:
        wanted = book.names[0]
    if wanted is None:
        book.absent(SCHEDULE_SHEETS[0])
        return None
    return book.table(layout._replace(file=wanted))


def workbook_holds_programme(path: Path) -> bool:
    """Say whether ``path`` is a workbook with a sheet ``programme``; False too if it can't be opened."""
    if path.suffix.lower() not in SUFFIXES or not path.is_file():
        return False
    book = open_workbook(path, Notes())
    return book is not None and book.has(KEYS_SHEET)
