"""The ``groups`` of a course: who takes it, in seats of groups without parts."""

from __future__ import annotations

from collections.abc import Iterator

from trainplan.load.grammar.courses import Ask, ask
from trainplan.load.notes import Reason
from trainplan.load.register import Shelf
from trainplan.load.table import Row
from trainplan.load.wording import quote
from trainplan.model import Group


def seats(row: Row, groups: Shelf[Group]) -> dict[str, int]:
    """Return the seats that a course asks for, umbrellas dealt out to their parts."""
    asked: dict[str, int] = {}
    through: dict[str, str] = {}
    if not row.items("groups"):
        row.refuse("groups", Reason("missing-value", "is empty, but needed (e.g. police; customs:12)"))
    for one in row.each("groups", ask):
        id = groups.find(one.group)
        if id is None:
            if groups.complete:
                row.refuse("groups", groups.unknown(one.group))
            continue
        for leaf in _leaves(id, groups):
            if leaf in through:
                row.refuse("groups", _twice(leaf, through[leaf], id))
                continue
            through[leaf] = id
            asked[leaf] = _number(row, one, groups.things[leaf], groups)
        if one.seats is not None and _is_umbrella(id, groups):
            parts = ", ".join(_leaves(id, groups))
            said = f"{quote(id)} has parts, so give each its own number ({parts}), or name {id} without one"
            row.refuse("groups", Reason("umbrella", said))
    return asked


def _leaves(id: str, groups: Shelf[Group]) -> Iterator[str]:
    """Yield the groups without parts below a group, itself if it has none."""
    below = [child.id for child in groups.things.values() if child.part_of == id]
    if below:
        for child in below:
            yield from _leaves(child, groups)
    elif id in groups.things:
        yield id


def _is_umbrella(id: str, groups: Shelf[Group]) -> bool:
    return any(child.part_of == id for child in groups.things.values())


def _twice(leaf: str, first: str, again: str) -> Reason:
    if first == again == leaf:
        return Reason("asked-twice", f"{quote(leaf)} is asked twice")
    ways = " and ".join("by itself" if way == leaf else f"as part of {way}" for way in (first, again))
    return Reason("asked-twice", f"{quote(leaf)} is asked twice: {ways}")


def _number(row: Row, one: Ask, group: Group, groups: Shelf[Group]) -> int:
    if one.seats is None:
        return group.headcount
    if one.seats > group.headcount and group.id not in groups.spoilt and not _is_umbrella(group.id, groups):
        said = f"{one.seats} seats for {group.id}, which has {group.headcount} people"
        row.refuse("groups", Reason("more-than-headcount", said))
    return one.seats
