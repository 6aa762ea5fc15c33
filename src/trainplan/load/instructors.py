"""instructors.csv: who teaches, what, and when."""

from __future__ import annotations

from trainplan.load.grammar.dates import DateParser
from trainplan.load.grammar.numbers import NOTHING, money, whole
from trainplan.load.grammar.people import qualification
from trainplan.load.grammar.words import anything
from trainplan.load.notes import Parser, Reason
from trainplan.load.register import Register, Shelf
from trainplan.load.rowids import new_id, site, window
from trainplan.load.table import Layout, Row
from trainplan.load.wording import quote
from trainplan.model import Instructor, Qualification

LAYOUT = Layout(
    "instructors.csv",
    ("instructor",),
    (
        "name", "qualifications", "site", "available_from", "available_until", "max_days_per_week",
        "cost_per_day", "trip_cost",
    ),
)  # fmt: skip

_days_per_week = whole(1, 7)


def read_instructors(
    rows: list[Row], shelf: Shelf[Instructor], dates: DateParser, sites: Register, qualifications: Register
) -> None:
    """Put the instructors on their shelf, and define their qualifications as first spelled."""
    parse = qualification(dates)
    for row in rows:
        id = new_id(row, "instructor", shelf)
        if id is None:
            continue
        first, last = window(row, dates)
        instructor = Instructor(
            id=id,
            name=row.read("name", anything, id),
            qualifications=_qualifications(row, parse, qualifications),
            site=site(row, sites),
            available_from=first,
            available_until=last,
            max_days_per_week=row.read("max_days_per_week", _days_per_week, None),
            cost_per_day=row.read("cost_per_day", money, NOTHING),
            trip_cost=row.read("trip_cost", money, NOTHING),
            place=row.place(),
        )
        shelf.put(id, instructor, row.number, row.spoilt)


def _qualifications(row: Row, parse: Parser[Qualification], register: Register) -> tuple[Qualification, ...]:
    held: dict[str, Qualification] = {}
    for one in row.each("qualifications", parse):
        name = register.define(one.name)
        if name in held:
            said = f"{quote(one.name)} is named twice; write it once, with the day on which it expires"
            row.refuse("qualifications", Reason("repeated-id", said))
        held[name] = Qualification(name, one.until)
    return tuple(held.values())
