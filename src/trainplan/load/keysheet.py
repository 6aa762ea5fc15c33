"""The sheet ``programme``: the keys of programme.toml in column A, their values in column B."""

from __future__ import annotations

import re

from trainplan.findings import Place
from trainplan.load.notes import Notes, Reason
from trainplan.load.sheet import Sheet
from trainplan.load.text import trim
from trainplan.load.wording import key

LISTS = frozenset({"working_days", "periods", "goals"})
# A period's name may hold colons, its times are at the end.
_TIMES = re.compile(r"(.+?)\s*:\s*(\d{1,2}[:.]\d{2}\s*[-–]\s*\d{1,2}[:.]\d{2})")
_HEADER = frozenset({"key", "keys", "setting", "name"})


def settings_of(sheet: Sheet, notes: Notes) -> tuple[dict[str, object], dict[str, Place]]:
    """Return what TOML would make of the same keys, and where each of them stands.

    A key without a value is left out, as if it were not there.
    """
    values: dict[str, object] = {}
    places: dict[str, Place] = {}
    rows = sheet.rows()
    sheet.note_unreadable(rows, 2, notes)
    sheet.note_merged(rows[0][0] if rows else 1, 2, notes)
    for number, cells in rows:
        name, value = key(trim(cells[0])).replace(" ", "_"), trim(cells[1]) if len(cells) > 1 else ""
        if number == rows[0][0] and name in _HEADER:
            continue
        if not name:
            if value:
                said = "has a value but no key (e.g. title)"
                notes.error(Reason("missing-value", said), Place(sheet.name, number, "A"))
            continue
        if name in places:
            said = f"the key {name} is already in row {places[name].row}"
            notes.error(Reason("duplicate-id", said), Place(sheet.name, number, "A"))
            continue
        places[name] = Place(sheet.name, number, f"B ({name})")
        if value:
            values[name] = value_of(name, value)
    return values, places


def value_of(name: str, text: str) -> object:
    """Return what TOML would hold under ``name``, from the text that a sheet has for it."""
    if name in LISTS:
        return [item for item in map(trim, re.split("[;\n]", text)) if item]
    if name == "hours":
        return dict(_period(item) for item in map(trim, re.split("[;\n]", text)) if item)
    return text


def _period(item: str) -> tuple[str, str]:
    found = _TIMES.fullmatch(item)
    if found is not None:
        return found[1], found[2]
    name, _, times = item.partition(":")
    return trim(name), trim(times)
