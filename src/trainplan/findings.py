"""What is wrong, and where: the one shape in which every part of trainplan says so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A spot in a person's file, as she would look it up.

    Attributes:
        file: The file's name as she knows it, e.g. ``groups.csv``.
        row: The spreadsheet row, the header being row 1; 0 where the whole file is meant.
        column: The column's name (for ``programme.toml`` the key); empty where the whole row is meant.
    """

    file: str
    row: int = 0
    column: str = ""

    def __str__(self) -> str:
        text = self.file
        if self.row:
            text += f" row {self.row}"
        if self.column:
            text += f", column {self.column}" if self.row else f", {self.column}"
        return text


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong.

    Attributes:
        rule: The rule that is broken (a name from ``RULES``), or for a file that can't be read the
            name of the problem, e.g. ``unknown-id``.
        severity: ``error`` breaks a rule or stops reading; ``warning`` is worth a look.
        message: One sentence in the coordinator's words, without the place.
        sessions: Ids of the sessions concerned, in the schedule's order.
        days: Dates concerned, ascending.
        place: Where in the files, if one place is to blame.
    """

    rule: str
    severity: Severity
    message: str
    sessions: tuple[str, ...] = ()
    days: tuple[date, ...] = ()
    place: Place | None = None

    def __str__(self) -> str:
        return f"{self.place}: {self.message}" if self.place else self.message
