"""Whether a group's people can really be dealt out to the seats of its sessions, and who sits where.

People of a group are alike, so only numbers are dealt: the persons of a group are 0, 1, 2 … up to its
headcount. A person takes a course at most once, is never in two sessions that share a slot, and keeps the
order that ``after`` asks (without ``all``) between courses that the group takes both. Nobody has to take
every course.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from trainplan.attendance.puzzle import puzzle
from trainplan.attendance.roster import holds
from trainplan.attendance.settle import settle
from trainplan.attendance.shrink import Shrinking
from trainplan.model import Programme, Session

EFFORT = 300_000

__all__ = ["EFFORT", "Dealing", "conflict", "deal"]


@dataclass(frozen=True, slots=True)
class Dealing:
    """What dealing came to.

    Attributes:
        possible: Whether the seats can be dealt; None where that was not settled within the effort. A yes has
            been verified: its seats were counted by code that knows nothing of how they were dealt.
        seats: Where possible: the people (ascending numbers from 0) in each session with seats for the group.
        blame: Where impossible: ids of a small set of sessions whose seats can't be dealt even alone,
            in the order of their start.
    """

    possible: bool | None
    seats: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    blame: tuple[str, ...] = ()


def deal(
    programme: Programme,
    group: str,
    sessions: Sequence[Session],
    *,
    effort: int = EFFORT,
    blame: bool = True,
) -> Dealing:
    """Deal the people of ``group`` out to its seats in ``sessions``.

    Args:
        programme: Says how many people there are and which orders bind.
        group: A group without parts.
        sessions: Any sessions; those that are cancelled or have no seats for the group don't matter.
        effort: How long to look, in steps of the search; the answer is the same on every machine.
        blame: Whether to look for who is to blame, which can take much longer than the dealing itself.
    """
    whole = puzzle(programme, group, sessions)
    answer = settle(whole, effort)
    if answer.possible:
        seats = (tuple(sorted(roster)) for roster in answer.rosters)
        roster = dict(zip(whole.ids, seats, strict=True))
        # A roster that does not hold settles nothing.
        return Dealing(True, roster) if holds(programme, group, sessions, roster) else Dealing(None)
    if answer.possible is None:
        return Dealing(None)
    if not blame:
        return Dealing(False)
    return Dealing(False, blame=tuple(Shrinking(programme, group, sessions, effort).shrunk(whole, answer)))


def conflict(
    programme: Programme, group: str, sessions: Sequence[Session], *, effort: int = EFFORT
) -> Mapping[str, int] | None:
    """Return seats of ``group``, as few as were found, that can't be dealt even alone.

    The answer stands for itself: whatever else a schedule holds, it may not have all these sessions with at
    least these seats, unless a course that comes before one of them has more sessions or seats
    than ``sessions`` gave it.

    Args:
        programme: Says how many people there are and which orders bind.
        group: A group without parts.
        sessions: The sessions as they are.
        effort: How long to look, in steps of the search.

    Returns:
        Seats by session id, in order of start, each at most what the session has; None where the seats
        can be dealt or where that was not settled.
    """
    return Shrinking(programme, group, sessions, effort).run()
