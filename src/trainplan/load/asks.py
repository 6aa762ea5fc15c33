"""The ``groups`` of a course: who takes it, in seats of groups without parts."""

from __future__ import annotations

from collections.abc import Iterator

from trainplan.load.grammar.courses import Ask, ask
from trainplan.load.notes import Reason
from trainplan.load.register import Shelf
from trainplan.load.table import Row
from trainplan.load.wording import quote
from trainplan.model import Group


class Asks:
    """Reads who takes a course, umbrellas dealt out to their parts."""

    def __init__(self, groups: Shelf[Group]) -> None:
        """Look up which groups have parts."""
        self._groups = groups
        self._parts: dict[str, list[str]] = {}
        for group in groups.things.values():
            if group.part_of is not None:
                self._parts.setdefault(group.part_of, []).append(group.id)

    def seats(self, row: Row) -> dict[str, int]:
        """Return the seats that a course asks for, by group without parts."""
        groups = self._groups
        seats: dict[str, int] = {}
        through: dict[str, str] = {}
        if not row.items("groups"):
            row.refuse("groups", Reason("missing-value", "is empty, but needed (e.g. police; customs:12)"))
        for one in row.each("groups", ask):
            id = groups.find(one.group)
            if id is None:
                if groups.complete:
                    row.refuse("groups", groups.unknown(one.group))
                continue
            if id in self._parts and one.seats is not None:
                parts = ", ".join(self._leaves(id))
                said = f"{quote(id)} has parts: give each its number of seats ({parts}), or none to {id}"
                row.refuse("groups", Reason("umbrella", said))
            for leaf in self._leaves(id):
                if leaf in through:
                    row.refuse("groups", _twice(leaf, through[leaf], id))
                else:
                    through[leaf] = id
                    seats[leaf] = self._number(row, one, groups.things[leaf])
        return seats

    def _leaves(self, id: str) -> Iterator[str]:
        if id in self._parts:
            for part in self._parts[id]:
                yield from self._leaves(part)
        elif id in self._groups.things:
            yield id

    def _number(self, row: Row, one: Ask, group: Group) -> int:
        if one.seats is None:
            return group.headcount
        itself = self._groups.find(one.group) == group.id
        if itself and one.seats > group.headcount and group.id not in self._groups.spoilt:
            said = f"{one.seats:,} seats for {group.id}, which has {group.headcount:,} people"
            row.refuse("groups", Reason("more-than-headcount", said))
        return one.seats


def _twice(leaf: str, first: str, again: str) -> Reason:
    if first == again == leaf:
        return Reason("asked-twice", f"{quote(leaf)} is asked twice")
    ways = " and ".join("by itself" if way == leaf else f"as part of {way}" for way in (first, again))
    return Reason("asked-twice", f"{quote(leaf)} is asked twice: {ways}")
