"""What became of each session."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from trainplan.goals.changes import price
from trainplan.model import Schedule, Session
from trainplan.replan.causes import Causes

Kind = Literal["kept", "moved", "reroomed", "restaffed", "resized", "cancelled", "new"]
KINDS: tuple[Kind, ...] = ("cancelled", "moved", "reroomed", "restaffed", "resized", "new", "kept")


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one session.

    Attributes:
        session: Its id.
        kind: The most that has changed: its days, else its venue, its instructors, its seats.
        event: What it is due to, as the person wrote it; empty where nothing has changed.
        before, after: The session as it was and as it is; None for a new one, and for one that is gone.
        cost: What it adds to the goal ``changes``.
    """

    session: str
    kind: Kind
    event: str
    before: Session | None
    after: Session | None
    cost: int = 0


def changes_between(old: Schedule, new: Schedule, causes: Causes) -> Iterator[Change]:
    """Yield what became of each session that takes place in either schedule, in the new one's order."""
    was = {one.id: one for one in old.live}
    for one in new.sessions:
        before = was.get(one.id)
        after = one if one.status != "cancelled" else None
        if before is None and after is None:
            continue
        kind = kind_of(before, after)
        event = "" if kind == "kept" else causes.of(before, after)
        yield Change(one.id, kind, event, before, after, price(before, after))


def kind_of(before: Session | None, after: Session | None) -> Kind:
    """Return the most that has changed between two states of a session."""
    if before is None:
        return "new"
    if after is None:
        return "cancelled"
    if before.slots != after.slots:
        return "moved"
    if set(before.venues) != set(after.venues):
        return "reroomed"
    if set(before.instructors) != set(after.instructors):
        return "restaffed"
    return "kept" if _seats(before.groups) == _seats(after.groups) else "resized"


def _seats(groups: Mapping[str, int]) -> dict[str, int]:
    return {group: seats for group, seats in groups.items() if seats}
