"""groups.csv: who takes part, and how many of them may be away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from trainplan.load.grammar.dates import DateParser
from trainplan.load.grammar.numbers import MOST_PEOPLE, Away, away, whole
from trainplan.load.grammar.words import anything
from trainplan.load.loops import loops
from trainplan.load.notes import Reason
from trainplan.load.register import Register, Shelf
from trainplan.load.rowids import new_id, site, window
from trainplan.load.table import Layout, Row
from trainplan.load.wording import quote
from trainplan.model import Group

LAYOUT = Layout(
    "groups.csv",
    ("group", "headcount"),
    ("title", "max_away", "part_of", "available_from", "available_until", "site"),
)

_DEEPEST = 20
_headcount = whole(1, MOST_PEOPLE)


@dataclass(slots=True)
class _Draft:
    """A group before the numbers of umbrellas are known."""

    row: Row
    group: Group
    headcount: int | None
    away: Away | None
    parts: list[str]
    cut: bool = False  # a part that it has in the file was taken away


def read_groups(rows: list[Row], shelf: Shelf[Group], dates: DateParser, sites: Register) -> None:
    """Put the groups on their shelf: umbrellas with their parts' people, ids in canonical spelling."""
    drafts: dict[str, _Draft] = {}
    for row in rows:
        id = new_id(row, "group", shelf)
        if id is not None:
            drafts[id] = _draft(id, row, dates, sites)
            shelf.put(id, drafts[id].group, row.number, False)
    _link(drafts, shelf)
    done: set[str] = set()
    for id in drafts:
        _count(id, drafts, shelf, done)


def _draft(id: str, row: Row, dates: DateParser, sites: Register) -> _Draft:
    first, last = window(row, dates)
    headcount = row.read("headcount", _headcount, None)
    group = Group(
        id=id,
        title=row.read("title", anything, id),
        headcount=0,
        max_away=0,
        available_from=first,
        available_until=last,
        site=site(row, sites),
        place=row.place(),
    )
    return _Draft(row, group, headcount, row.read("max_away", away, None), [])


def _link(drafts: dict[str, _Draft], shelf: Shelf[Group]) -> None:
    """Tie parts to their umbrellas, and cut whatever would be part of itself."""
    above: dict[str, list[str]] = {}
    for id, draft in drafts.items():
        written = draft.row.text("part_of")
        umbrella = shelf.find(written) if written else None
        if umbrella in drafts:
            above[id] = [umbrella]
        elif written and umbrella is None and shelf.complete:
            draft.row.refuse("part_of", shelf.unknown(written))
    for loop in loops(above):
        said = f"a group can't be part of itself: {' in '.join((*loop, loop[0]))}"
        drafts[loop[0]].row.refuse("part_of", Reason("cycle", said))
        for id in loop:
            drafts[id].row.spoilt = drafts[id].cut = True
            del above[id]
    for id in [id for id in above if _depth(id, above) > _DEEPEST]:
        said = f"groups can be parts of parts, but at most {_DEEPEST} deep"
        drafts[id].row.refuse("part_of", Reason("umbrella", said))
        drafts[above.pop(id)[0]].cut = True
    for id, (umbrella,) in above.items():
        drafts[umbrella].parts.append(id)
        drafts[id].group = replace(drafts[id].group, part_of=umbrella)


def _depth(id: str, above: Mapping[str, list[str]]) -> int:
    """Return how many umbrellas are above a group, as far as anybody cares."""
    depth = 0
    while id in above and depth <= _DEEPEST:
        (id,) = above[id]
        depth += 1
    return depth


def _count(id: str, drafts: dict[str, _Draft], shelf: Shelf[Group], done: set[str]) -> None:
    """Work out a group's people, its parts' first."""
    if id in done:
        return
    done.add(id)
    draft = drafts[id]
    for part in draft.parts:
        _count(part, drafts, shelf, done)
        draft.row.spoilt |= part in shelf.spoilt
    headcount = _people(draft, shelf)
    most = draft.away.of(headcount) if draft.away is not None else headcount
    if most > headcount and headcount:
        said = f"{most} may be away, more than the {headcount} people there are; taken as all of them"
        draft.row.warn("max_away", Reason("more-than-headcount", said))
    shelf.put(
        id,
        replace(draft.group, headcount=headcount, max_away=min(most, headcount)),
        draft.row.number,
        draft.row.spoilt,
    )


def _people(draft: _Draft, shelf: Shelf[Group]) -> int:
    row, stated = draft.row, draft.headcount
    if not draft.parts:
        if not row.text("headcount") and not draft.cut:
            row.refuse("headcount", Reason("missing-value", "is empty, but needed (e.g. 24)"))
        return stated or 0
    total = sum(shelf.things[part].headcount for part in draft.parts)
    if stated is not None and stated != total and not row.spoilt:
        named = " + ".join(f"{part} {shelf.things[part].headcount}" for part in draft.parts)
        said = (
            f"{quote(row.text('headcount'))} is not the sum of the parts of {draft.group.id}"
            f" ({named} = {total}); leave it empty to have it added up"
        )
        row.refuse("headcount", Reason("headcount-sum", said))
    return total
