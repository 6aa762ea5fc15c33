"""From bytes to text: every encoding that spreadsheets write, and nothing guessed silently."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from trainplan.findings import Place
from trainplan.load.notes import Notes, Reason

MOST_BYTES = 64_000_000

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_OTHER_FILES = (
    (b"PK\x03\x04", "an Excel workbook; save the sheet as CSV UTF-8"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook; save the sheet as CSV UTF-8"),
    (b"%PDF", "a PDF"),
)

# What a spreadsheet would run as a formula is written behind an apostrophe; so is a text that begins with
# apostrophes before such a character, or it would lose one on the way back.
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
EDGES = " \t\r\n\v\f\u00a0\u2007\u202f\u200b\u200e\u200f\u2060\ufeff"


def restore(text: str) -> str:
    """Return a cell's text without the apostrophe that keeps a spreadsheet from running it."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text


def trim(text: str) -> str:
    """Return ``text`` without spaces at its ends, the invisible ones included."""
    return text.strip(EDGES)


def read_bytes(path: Path, notes: Notes) -> bytes | None:
    """Return a file's bytes; None, with a note of the reason, if it can't be read."""
    place = Place(path.name or str(path))
    try:
        if not path.exists():
            notes.error(Reason("missing-file", f"there is no file {str(path)!r}"), place)
        elif path.is_dir():
            notes.error(Reason("unreadable-file", "is a folder where a file should be"), place)
        elif not path.is_file():
            notes.error(Reason("unreadable-file", "is no ordinary file"), place)
        elif path.stat().st_size > MOST_BYTES:
            size = path.stat().st_size // 1_000_000
            notes.error(
                Reason("too-large", f"is {size} MB; at most {MOST_BYTES // 1_000_000} MB are read"), place
            )
        else:
            return path.read_bytes()
    except (OSError, ValueError) as problem:
        why = getattr(problem, "strerror", None) or str(problem)
        notes.error(Reason("unreadable-file", f"can't be opened: {why}"), place)
    return None


def decode(raw: bytes, file: str, notes: Notes) -> str | None:
    """Return the text of a file's bytes; None, with a note of the reason, if there is none."""
    place = Place(file)
    for start, kind in _OTHER_FILES:
        if raw.startswith(start):
            notes.error(Reason("not-text", f"is {kind}"), place)
            return None
    for mark, encoding in _BOMS:
        if raw.startswith(mark):
            try:
                return raw[len(mark) :].decode(encoding)
            except UnicodeDecodeError as problem:
                says = "UTF-8" if encoding == "utf-8" else "UTF-16"
                text = f"begins as {says} but byte {problem.start + len(mark)} is not; save it again as UTF-8"
                notes.error(Reason("not-text", text), place)
                return None
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as problem:
        row = raw.count(b"\n", 0, problem.start) + 1
    try:
        text = raw.decode("cp1252")
    except UnicodeDecodeError:
        reason = f"is neither UTF-8 nor Windows text (line {row}); save it again as CSV UTF-8"
        notes.error(Reason("not-text", reason), place)
        return None
    said = f"is not UTF-8 (line {row}); read as Windows text, so look at its accents or save it as CSV UTF-8"
    notes.warn(Reason("encoding", said), place)
    return text


def read_text(path: Path, notes: Notes) -> str | None:
    """Return a file's text; None, with a note of the reason, if it can't be read."""
    raw = read_bytes(path, notes)
    return None if raw is None else decode(raw, path.name, notes)
