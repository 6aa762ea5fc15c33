"""A programme as a folder of plain files."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from trainplan.findings import Place
from trainplan.load.csvfile import read_csv
from trainplan.load.notes import Notes, Reason
from trainplan.load.table import Layout, Table
from trainplan.load.text import read_text
from trainplan.load.wording import nearest, quote

SETTINGS = "programme.toml"
MOST_SETTINGS = 1_000_000
_ALIKE = 0.85  # "closures.csv" is not "schedules.csv"


class Folder:
    """The files of one folder. ``Workbook`` has the same methods."""

    def __init__(self, path: Path, notes: Notes, settings: str = SETTINGS) -> None:
        """Look at the folder ``path``; ``settings`` is its file of keys and values."""
        self.path, self.notes, self.settings_file = path, notes, settings
        self.settings_places: Mapping[str, Place] = {}

    def place(self, file: str) -> Place:
        """Return where ``file`` is."""
        return Place(file)

    def settings(self) -> Mapping[str, object] | None:
        """Return the keys of programme.toml; None, with a note of the reason, if it can't be read."""
        if not self.has(self.settings_file):
            self.absent(self.settings_file)
            return None
        text = read_text(self.path / self.settings_file, self.notes)
        return None if text is None else parse_toml(text, self.settings_file, self.notes)

    def has(self, file: str) -> bool:
        """Say whether there is such a file, or something else of that name."""
        try:
            return (self.path / file).exists()
        except (OSError, ValueError):
            return False

    def absent(self, file: str) -> None:
        """Note that a file is missing, and which one was perhaps meant to be it."""
        guess = nearest(file, self._names(), _ALIKE)
        hint = f"; is it {quote(guess)}?" if guess is not None else ""
        self.notes.error(Reason("missing-file", f"there is no such file in {self.path}{hint}"), Place(file))

    def table(self, layout: Layout) -> Table | None:
        """Return a file's table; None, with a note of the reason, if it can't be read."""
        return read_csv(self.path / layout.file, layout, self.notes)

    def note_strays(self, optional: tuple[str, ...], known: tuple[str, ...]) -> None:
        """Warn of files that are called almost like one which is not there, and so would go unread."""
        for file in optional:
            if not self.has(file):
                guess = nearest(file, [name for name in self._names() if name not in known], _ALIKE)
                if guess is not None:
                    said = f"trainplan does not read this file; is it meant to be {file}?"
                    self.notes.warn(Reason("unknown-file", said), Place(guess))

    def _names(self) -> list[str]:
        try:
            return sorted(entry.name for entry in self.path.iterdir() if entry.is_file())
        except (OSError, ValueError):
            return []


def parse_toml(text: str, file: str, notes: Notes) -> Mapping[str, object] | None:
    """Return the keys of a TOML text; None, with a note of the reason, if it is none."""
    import tomllib

    if len(text) > MOST_SETTINGS:
        said = f"is longer than {MOST_SETTINGS:,} characters, as no real one is"
        notes.error(Reason("too-large", said), Place(file))
        return None
    try:
        return tomllib.loads(text.removeprefix("\ufeff").replace("\r\n", "\n"))
    except (ValueError, RecursionError) as problem:
        line = re.search(r"at line (\d+)", str(problem))
        why = "it is nested too deeply" if isinstance(problem, RecursionError) else str(problem)
        said = f"is not valid TOML: {why}"
        notes.error(Reason("bad-toml", said), Place(file, int(line[1]) if line else 0))
        return None
