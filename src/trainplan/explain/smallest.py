"""One smallest cause: seats first, for fewer of them make a smaller question, then the statements."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from trainplan.explain.gather import Statements, rank
from trainplan.explain.line import Line
from trainplan.explain.oracle import Oracle
from trainplan.explain.result import Cause
from trainplan.explain.shrink import shrink
from trainplan.findings import Finding
from trainplan.shortages import found as shortages
from trainplan.shortages.lacking_groups import NONE_BEFORE
from trainplan.shortages.openings import Survey
from trainplan.solve.ask import Seats


def smallest(oracle: Oracle, statements: Statements, must: frozenset[Seats], mended: Iterable[Line]) -> Cause:
    """Return a smallest cause why these seats can't all be placed, even with some statements mended."""
    gone = frozenset(mended)
    units = statements.units_of(must)
    # Where arithmetic is enough to say no, it is enough for most of the shrinking too, and much faster.
    ways = (False, True) if oracle.impossible(gone, must, search=False) else (True,)

    def short(search: bool, some: Iterable[Line]) -> bool | None:
        return oracle.impossible(gone, statements.seats_of(some), search=search)

    if len(units) > 1:
        for search in ways:
            units, _ = shrink(units, partial(short, search))
    told = _arithmetic(oracle, statements.seats_of(units), gone)
    lines = [line for line in statements.about(statements.seats_of(units)) if line not in gone]
    if told is not None:
        # What the arithmetic speaks of stays to the last, so that both say the same.
        lines.sort(key=lambda line: _spoken_of(told, line))

    def impossible(search: bool, kept: Iterable[Line]) -> bool | None:
        held = set(kept)
        dropped = frozenset(one for one in lines if one not in held and one.rule != "demand")
        return oracle.impossible(gone | dropped, statements.seats_of(held), search=search)

    kept, sure = lines, False
    for search in ways:
        kept, sure = shrink(kept, partial(impossible, search))
    seats = statements.seats_of(kept)
    message = told.message if told is not None else ""
    if not message or NONE_BEFORE in message:
        # What comes before has a cause of its own: take this cause's lines alone.
        left_out = frozenset(line for line in lines if line not in kept and line.rule != "demand")
        alone = _arithmetic(oracle, seats, gone | left_out)
        message = alone.message if alone is not None else message
    kept.sort(key=rank, reverse=True)
    return Cause(tuple(kept), seats, sure, message)


def _arithmetic(oracle: Oracle, seats: frozenset[Seats], gone: frozenset[Line]) -> Finding | None:
    """Return the contradiction in numbers, if arithmetic alone shows it."""
    if not seats:
        return None
    programme = oracle.draft(gone, seats).ask().programme
    for one in shortages(Survey(programme)):
        if one.finding.severity == "error" and {id for id, _ in seats} == set(one.courses):
            return one.finding
    return None


def _spoken_of(told: Finding, line: Line) -> int:
    """Return how near a statement is to what arithmetic speaks of: 0 for other kinds of things."""
    if line.rule == "demand":
        return 3
    if line.rule == told.rule:
        return 2
    kind = line.rule.partition("-")[0]
    return int(kind not in ("venue", "instructor", "group") or kind == told.rule.partition("-")[0])
