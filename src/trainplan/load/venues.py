"""venues.csv: where training takes place."""

from __future__ import annotations

from trainplan.load.grammar.dates import DateParser
from trainplan.load.grammar.numbers import NOTHING, money, whole
from trainplan.load.grammar.words import anything
from trainplan.load.notes import Reason
from trainplan.load.register import Register, Shelf
from trainplan.load.rowids import new_id, site, window
from trainplan.load.table import Layout, Row
from trainplan.load.wording import quote, squash
from trainplan.model import Venue

LAYOUT = Layout(
    "venues.csv",
    ("venue", "capacity"),
    ("title", "features", "site", "available_from", "available_until", "cost_per_day"),
)

_MOST_SEATS = 100_000
_LARGE = 500  # lists in the field use 500 and 999 to say "we don't know"
_capacity = whole(1, _MOST_SEATS)


def read_venues(
    rows: list[Row], shelf: Shelf[Venue], dates: DateParser, sites: Register, features: Register
) -> None:
    """Put the venues on their shelf, and define their features and sites as first spelled."""
    spelled: dict[str, str] = {}
    for row in rows:
        id = new_id(row, "venue", shelf)
        if id is None:
            continue
        first, last = window(row, dates)
        venue = Venue(
            id=id,
            title=row.read("title", anything, id),
            capacity=row.need("capacity", _capacity, 1, "24"),
            features=frozenset(features.define(one) for one in row.each("features", anything)),
            site=site(row, sites),
            available_from=first,
            available_until=last,
            cost_per_day=row.read("cost_per_day", money, NOTHING),
            place=row.place(),
        )
        if venue.capacity >= _LARGE:
            said = f"{quote(row.text('capacity'))} seats is a lot for one room; is it a guess?"
            row.warn("capacity", Reason("odd-number", said))
        _note_twins(row, venue, spelled)
        shelf.put(id, venue, row.number, row.spoilt)


def _note_twins(row: Row, venue: Venue, spelled: dict[str, str]) -> None:
    for column, name in (("venue", venue.id), ("title", venue.title)):
        if not squash(name):
            continue
        twin = spelled.setdefault(squash(name), venue.id)
        if twin != venue.id:
            said = f"{quote(name)} looks like {quote(twin)} spelled in another way; two rooms, or one?"
            row.warn(column, Reason("same-name", said))
            return
