"""Closures as they would be if the programme ended later: what repeats goes on repeating."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from trainplan.load.grammar.recurrence import blocks, recurrence
from trainplan.load.notes import Reason
from trainplan.load.plain import Plain
from trainplan.load.text import trim
from trainplan.model import Closure, Programme


def closures_until(programme: Programme, plain: Plain) -> Callable[[date], tuple[Closure, ...]]:
    """Return what spells the closures of ``programme`` out up to another end.

    Args:
        programme: As read, without an error: there is a closure for each row.
        plain: What it was read from.
    """
    grid = plain.grids.get("closures.csv")
    names = [name.casefold() for name in grid.header] if grid is not None else []
    rows = [row for row in grid.rows if any(row)] if grid is not None else []

    def cell(row: tuple[str, ...], name: str) -> str:
        return trim(row[names.index(name)]) if name in names else ""

    def spelled(closure: Closure, row: tuple[str, ...], ends: date) -> Closure:
        rule = recurrence(cell(row, "repeats")) if cell(row, "repeats") else None
        first = plain.dates(cell(row, "from"))
        last = plain.dates(cell(row, "to")) if cell(row, "to") else first
        if isinstance(rule, Reason) or not isinstance(first, date) or not isinstance(last, date):
            return closure
        return replace(closure, blocks=blocks(rule, first, last, programme.starts, ends))

    def until(ends: date) -> tuple[Closure, ...]:
        return tuple(spelled(one, row, ends) for one, row in zip(programme.closures, rows, strict=True))

    return until if len(rows) == len(programme.closures) else lambda ends: programme.closures
