"""Who must be told what: only those whom a change concerns, each only of the changes that concern them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from trainplan.model import Programme, Session
from trainplan.replan.changes import KINDS, Change, Kind
from trainplan.words import spanned

Whose = Literal["group", "instructor", "venue"]


@dataclass(frozen=True, slots=True)
class Telling:
    """What one group, instructor or venue has to know.

    Attributes:
        whose: Which kind of thing it is.
        id: Which one.
        name: Its title or name, for people.
        changes: What concerns it, in order of time.
    """

    whose: Whose
    id: str
    name: str
    changes: tuple[Change, ...]


def news(changes: Iterable[Change]) -> tuple[Change, ...]:
    """Return the changes that are news: all but what is kept."""
    return tuple(one for one in changes if one.kind != "kept")


def counted(changes: Iterable[Change]) -> dict[Kind, tuple[int, int]]:
    """Return how many sessions met each kind of change, and what that costs; of those that occur."""
    found: dict[Kind, tuple[int, int]] = {}
    for one in changes:
        number, cost = found.get(one.kind, (0, 0))
        found[one.kind] = number + 1, cost + one.cost
    return {kind: found[kind] for kind in KINDS if kind in found}


def tellings(programme: Programme, changes: Iterable[Change]) -> Iterator[Telling]:
    """Yield who must be told: groups, then instructors, then venues, in the files' order."""
    to_tell: dict[tuple[Whose, str], list[Change]] = {}
    for one in sorted(news(changes), key=_when):
        for whom in concerned(one):
            to_tell.setdefault(whom, []).append(one)
    names: Mapping[Whose, Mapping[str, str]] = {
        "group": {one.id: one.title for one in programme.groups.values()},
        "instructor": {one.id: one.name for one in programme.instructors.values()},
        "venue": {one.id: one.title for one in programme.venues.values()},
    }
    for whose, known in names.items():
        ids = [*known, *sorted(id for kind, id in to_tell if kind == whose and id not in known)]
        for id in ids:
            if (whose, id) in to_tell:
                yield Telling(whose, id, known.get(id, id), tuple(to_tell[whose, id]))


def concerned(change: Change) -> Iterator[tuple[Whose, str]]:
    """Yield whom a change concerns.

    New days, and a session that is new or gone, concern everybody in it. Another venue concerns the people
    who go there and both venues; another instructor only those who come or no longer come; other seats the
    groups that have them.
    """
    was, now = change.before, change.after
    both = [one for one in (was, now) if one is not None]
    moved = was is None or now is None or was.slots != now.slots
    roomed = moved or _differ(was, now, "venues")
    for group in dict.fromkeys(id for one in both for id in one.groups):
        if roomed or _seats(was, group) != _seats(now, group):
            yield "group", group
    for id in dict.fromkeys(id for one in both for id in one.instructors):
        if roomed or any(id not in one.instructors for one in both):
            yield "instructor", id
    for id in dict.fromkeys(id for one in both for id in one.venues):
        if roomed:
            yield "venue", id


def told(change: Change) -> str:
    """Return in one sentence, without the cause, what became of a session."""
    was, now = change.before, change.after
    if now is None and was is not None:
        return f"{change.session} on {spanned(was.days) or 'no day'} is cancelled"
    if was is None and now is not None:
        where = f" in {', '.join(now.venues)}" if now.venues else ""
        return f"{change.session} is new: {spanned(now.days)}{where}"
    if was is None or now is None:
        return f"{change.session} is as it was"
    parts = []
    if was.days != now.days:
        parts.append(f"moves from {spanned(was.days) or 'no day'} to {spanned(now.days)}")
    elif was.slots != now.slots:
        parts.append(f"moves to another time of {spanned(now.days)}")
    if _differ(was, now, "venues"):
        parts.append(
            f"goes from {', '.join(was.venues) or 'no venue'} to {', '.join(now.venues) or 'no venue'}"
        )
    if _differ(was, now, "instructors"):
        gone = [id for id in was.instructors if id not in now.instructors]
        come = [id for id in now.instructors if id not in was.instructors]
        if gone and come:
            parts.append(f"has {', '.join(come)} in place of {', '.join(gone)}")
        else:
            parts.append(f"is joined by {', '.join(come)}" if come else f"is without {', '.join(gone)}")
    groups = dict.fromkeys((*was.groups, *now.groups))
    seats = [
        f"{group} {_seats(was, group):,} to {_seats(now, group):,}"
        for group in groups
        if _seats(was, group) != _seats(now, group)
    ]
    if seats:
        parts.append(f"changes seats ({'; '.join(seats)})")
    first = "" if was.days != now.days or not parts else f" on {spanned(now.days)}"
    return f"{change.session}{first} {', and '.join(parts) or 'is as it was'}"


def _when(change: Change) -> tuple[object, str]:
    one = change.before or change.after
    return (one.start if one is not None else "", change.session)


def _differ(was: Session | None, now: Session | None, field: str) -> bool:
    return was is None or now is None or set(getattr(was, field)) != set(getattr(now, field))


def _seats(session: Session | None, group: str) -> int:
    return session.groups.get(group, 0) if session is not None else 0
