"""closures.csv: days on which something is shut, or a holiday is worked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from trainplan.load.grammar.people import Who, who
from trainplan.load.grammar.recurrence import blocks, recurrence
from trainplan.load.grammar.words import anything, choice
from trainplan.load.notes import Reason
from trainplan.load.register import Register
from trainplan.load.settings import Settings
from trainplan.load.table import Layout, Row
from trainplan.load.wording import quote
from trainplan.model import Closure, Whom
from trainplan.words import dated

LAYOUT = Layout("closures.csv", ("who", "from"), ("to", "repeats", "kind", "reason"))

_kind = choice(("closed", "open"))
A_DAY = date(2000, 1, 1)  # stands in for a date that could not be read


def read_closures(
    rows: list[Row], settings: Settings, registers: Mapping[Whom, Register], venue_sites: Register
) -> tuple[Closure, ...]:
    """Return the closures, ids in canonical spelling and recurrences spelled out."""
    found = []
    for row in rows:
        if row.spoilt:
            continue
        whom, id = _whom(row, registers)
        opens = row.read("kind", _kind, "closed") == "open"
        if opens and whom != "all":
            said = f"open makes a holiday a working day for all, so it can't go with {quote(row.text('who'))}"
            row.refuse("kind", Reason("open-needs-all", said))
        shut = _blocks(row, settings)
        if not row.spoilt:
            _note_idle(row, whom, id, shut, settings, venue_sites)
            reason = row.read("reason", anything, "")
            found.append(Closure(whom, id, shut, opens, reason, row.place()))
    return tuple(found)


def _whom(row: Row, registers: Mapping[Whom, Register]) -> Who:
    one = row.need("who", who, Who("all", ""), "venue:hall")
    if one.whom == "all":
        return one
    register = registers[one.whom]
    id = register.find(one.id)
    if id is None and register.complete:
        row.refuse("who", register.unknown(one.id))
    return Who(one.whom, id or "")


def _blocks(row: Row, settings: Settings) -> tuple[tuple[date, date], ...]:
    dates = settings.dates
    first = row.need("from", dates, A_DAY, "2027-03-01")
    last = row.read("to", dates, first)
    rule = row.read("repeats", recurrence, None)
    if row.spoilt:
        return ()
    if last < first:
        said = f"ends on {dated(last)}, before it starts on {dated(first)}"
        row.refuse("to", Reason("ends-before-start", said))
        return ()
    if settings.starts is None or settings.ends is None:
        return ()
    return blocks(rule, first, last, settings.starts, settings.ends)


def _note_idle(
    row: Row,
    whom: Whom,
    id: str,
    shut: tuple[tuple[date, date], ...],
    settings: Settings,
    venue_sites: Register,
) -> None:
    if not shut and not {"starts", "ends"} & settings.spoilt:
        said = "lies outside the programme, so it closes nothing"
        row.warn("from", Reason("closes-nothing", said))
    if whom == "site" and venue_sites.complete and venue_sites.find(id) is None:
        row.warn("who", Reason("closes-nothing", f"no venue is at {quote(id)}, so this closes nothing"))
