"""Which session of one schedule is which of the other, and in what the two differ."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from trainplan.model import Session

Kind = Literal["gone", "new", "cancelled", "restored", "moved", "reroomed", "restaffed", "resized", "renamed"]


@dataclass(frozen=True, slots=True)
class Difference:
    """A session that is not the same on both sides.

    Attributes:
        before: As it is in the first schedule; None where it is new.
        after: As it is in the second; None where it is gone.
        kinds: In what it differs.
    """

    before: Session | None
    after: Session | None
    kinds: tuple[Kind, ...]

    @property
    def id(self) -> str:
        """Its id in the second schedule, or where it is gone in the first."""
        one = self.after or self.before
        return one.id if one is not None else ""


def differences(first: Iterable[Session], second: Iterable[Session]) -> tuple[tuple[Difference, ...], int]:
    """Return the sessions that differ, by date and id, and how many are the same.

    A session is known by its id. Where all else is the same under another id, as when two plans number
    their sessions apart, it only counts as renamed.
    """
    left = {(one.course, one.id): one for one in first}
    right = {(one.course, one.id): one for one in second}
    same = [at for at, one in left.items() if at in right and _content(one) == _content(right[at])]
    for at in same:
        del left[at], right[at]
    found: list[Difference] = []
    by_content: dict[object, list[Session]] = {}
    for one in left.values():
        by_content.setdefault(_content(one), []).append(one)
    for at, after in list(right.items()):
        alike = by_content.get(_content(after))
        if alike:
            before = alike.pop(0)
            del left[before.course, before.id], right[at]
            found.append(Difference(before, after, ("renamed",)))
    for at, before in left.items():
        known = right.pop(at, None)
        found.append(Difference(before, known, ("gone",) if known is None else _kinds(before, known)))
    found += [Difference(None, one, ("new",)) for one in right.values()]
    return tuple(sorted(found, key=_when)), len(same)


def _content(one: Session) -> object:
    return (
        one.course,
        one.slots,
        one.venues,
        frozenset(one.instructors),
        tuple(sorted(one.groups.items())),
        one.status == "cancelled",
    )


def _kinds(before: Session, after: Session) -> tuple[Kind, ...]:
    off, on = before.status == "cancelled", after.status == "cancelled"
    if off != on:
        return ("restored" if off else "cancelled",)
    kinds: list[Kind] = []
    if before.slots != after.slots:
        kinds.append("moved")
    if before.venues != after.venues:
        kinds.append("reroomed")
    if set(before.instructors) != set(after.instructors):
        kinds.append("restaffed")
    if dict(before.groups) != dict(after.groups):
        kinds.append("resized")
    return tuple(kinds)


def _when(one: Difference) -> tuple[date, str]:
    session = one.before or one.after
    assert session is not None
    return session.start, session.id
