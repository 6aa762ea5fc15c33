"""Files that a schedule is written to. ``FORMATS`` is the table of all of them; each is one file here."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from trainplan.exports import csv_file, json_file
from trainplan.model import Programme, Schedule


class Format(NamedTuple):
    """One format: what the end of the file's name says, what it is good for, and how it is made."""

    suffix: str
    states: str
    content: Callable[[Programme, Schedule], bytes]


FORMATS: tuple[Format, ...] = (
    Format(".csv", "for a spreadsheet; reads back as a schedule", csv_file.content),
    Format(".json", "for other programs", json_file.content),
)


def format_of(suffix: str) -> Format | None:
    """Return the format whose files end in ``suffix`` (``.csv`` or ``csv``, in any case), if there is one."""
    wanted = "." + suffix.lower().lstrip(".")
    return next((one for one in FORMATS if one.suffix == wanted), None)
