"""The files that ``init`` writes: a programme with every key of ``programme.toml`` explained."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from trainplan.exports.csv_file import grid_content
from trainplan.load.plain import read_plain
from trainplan.load.workbook import SUFFIXES

COPIED = (".csv", ".md")


class Key(NamedTuple):
    """One key of ``programme.toml``: what it means, and what one would write where it is not set."""

    name: str
    states: str
    example: str


KEYS = (
    Key("title", "What the programme is called.", '"Training 2027"'),
    Key("starts", "The first date that may be used.", "2027-01-04"),
    Key("ends", "The last date that may be used.", "2027-12-17"),
    Key("working_days", "Weekdays on which training may take place.", '["mon", "tue", "wed", "thu", "fri"]'),
    Key(
        "holidays",
        "Country, or country-subdivision, whose public holidays are off (LC, US-PR); none if left out.",
        '"LC"',
    ),
    Key("timezone", "For calendar exports, an IANA name.", '"UTC"'),
    Key(
        "date_order",
        "How 03/02/2027 is read: dmy or mdy. Left out, such a date is refused unless only one reading is "
        "possible.",
        '"dmy"',
    ),
    Key(
        "periods",
        "The parts of a working day, in order. With two of them courses may last half-days.",
        '["day"]',
    ),
    Key("hours", "Clock times of each period, for calendar exports.", '{ day = "08:30-16:30" }'),
    Key("currency", "What costs are counted in.", '"USD"'),
    Key(
        "goals",
        "What makes a schedule good, most important first (trainplan rules lists them all).",
        '["seats", "due", "sessions", "early"]',
    ),
)


def starter(source: Path) -> dict[str, bytes]:
    """Return the files of a new programme by name, made from the one in ``source``.

    A folder's tables are copied as they are; a workbook's sheets are written as such tables.
    """
    plain = read_plain(source)
    if source.is_dir() or source.suffix.lower() not in SUFFIXES:
        files = {
            path.name: path.read_bytes()
            for path in sorted((source if source.is_dir() else source.parent).iterdir())
            if path.is_file() and path.suffix in COPIED
        }
    else:
        files = {name: grid_content(grid) for name, grid in plain.grids.items()}
    return {"programme.toml": commented(plain.settings).encode("utf-8"), **files}


def commented(settings: Mapping[str, Any]) -> str:
    """Return ``programme.toml`` with these settings; keys that are not set stand there as comments."""
    known = {key.name for key in KEYS}
    parts = [
        "# The heart of a programme: when it runs, and what counts as a good schedule.\n"
        "# A line that begins with # says nothing to trainplan: take the # off to set the key.\n"
    ]
    for key in KEYS:
        set_here = key.name in settings
        value = _toml(settings[key.name]) if set_here else key.example
        parts.append(f"# {key.states}\n{'' if set_here else '# '}{key.name} = {value}\n")
    parts += [
        f"{_toml_key(name)} = {_toml(value)}\n" for name, value in settings.items() if name not in known
    ]
    return "\n".join(parts)


def _toml(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        # JSON's escapes are TOML's, once DEL is written out too.
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        inside = ", ".join(f"{_toml_key(name)} = {_toml(one)}" for name, one in value.items())
        return f"{{ {inside} }}"
    if isinstance(value, list):
        return f"[{', '.join(_toml(one) for one in value)}]"
    return str(value)


def _toml_key(name: str) -> str:
    bare = name.isascii() and name.replace("-", "").replace("_", "").isalnum()
    return name if bare else _toml(name)
