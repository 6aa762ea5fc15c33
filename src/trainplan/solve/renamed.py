"""Old names for what has not changed: sessions keep their ids, rooms and instructors where they can.

Counts have no names. What is decoded from them may well hand the hall to one class and the like hall next
door to another, the other way round than before; whoever compares two schedules would take it for a move.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from trainplan.model import Schedule, Session, Slot
from trainplan.solve.board import Board


def renamed(board: Board, schedule: Schedule, old: Schedule) -> Schedule:
    """Return ``schedule`` with the names of ``old`` for what is the same or as good as the same.

    Args:
        board: Says which venues, and which instructors, are alike.
        schedule: Decoded from the board.
        old: The schedule that people know.
    """
    kept = {lot.session.id for lot in board.lots if lot.session is not None}
    known = {one.id: one for one in old.sessions}
    match = _matched(
        [one for one in schedule.live if one.id not in kept],
        [one for one in old.live if one.id not in kept],
    )
    sessions = [
        replace(one, id=match[one.id].id, status=match[one.id].status) if one.id in match else one
        for one in schedule.live
    ]
    for alike in (one for one in board.kinds if len(one) > 1):
        sessions = _recoloured(sessions, known, alike, lambda one: one.venues, _in_venue)
    for alike in (one for one in board.pools if len(one) > 1):
        sessions = _recoloured(sessions, known, alike, lambda one: one.instructors, _taught)
    cancelled = [one for one in old.sessions if one.status == "cancelled"]
    return Schedule.of([*sessions, *cancelled], schedule.before)


def _matched(new: Sequence[Session], old: Sequence[Session]) -> dict[str, Session]:
    """Match sessions of one course: the same days and seats first, then the same days, then any."""
    found: dict[str, Session] = {}
    likenesses: tuple[Callable[[Session], object], ...] = (
        lambda one: (one.course, one.slots, sorted(one.groups.items()), one.venues),
        lambda one: (one.course, one.slots, sorted(one.groups.items())),
        lambda one: (one.course, one.slots, sorted(one.groups)),
        lambda one: (one.course, one.slots),
        lambda one: (one.course, sorted(one.groups.items())),
        lambda one: (one.course, sorted(one.groups)),
        lambda one: one.course,
    )
    free = list(old)
    for likeness in likenesses:
        waiting: dict[str, list[Session]] = {}
        for one in free:
            waiting.setdefault(repr(likeness(one)), []).append(one)
        for one in new:
            there = waiting.get(repr(likeness(one)))
            if one.id not in found and there:
                found[one.id] = there.pop(0)
                free.remove(found[one.id])
    return found


def _in_venue(session: Session, before: str, after: str) -> Session:
    return replace(session, venues=tuple(after if id == before else id for id in session.venues))


def _taught(session: Session, before: str, after: str) -> Session:
    return replace(session, instructors=tuple(after if id == before else id for id in session.instructors))


def _recoloured(
    sessions: list[Session],
    known: dict[str, Session],
    alike: tuple[str, ...],
    names: Callable[[Session], Iterable[str]],
    put: Callable[[Session, str, str], Session],
) -> list[Session]:
    """Swap like names between sessions so that each has again what it had, as far as nothing clashes."""
    now = list(sessions)
    for at, session in enumerate(now):
        old = known.get(session.id)
        if old is None:
            continue
        for name in [one for one in names(session) if one in alike and one not in names(old)]:
            for wanted in [one for one in names(old) if one in alike and one not in names(now[at])]:
                swapped = _swapped(now, at, name, wanted, names, put, known)
                if swapped is not None:
                    now = swapped
                    break
    return now


def _swapped(
    sessions: list[Session],
    at: int,
    name: str,
    wanted: str,
    names: Callable[[Session], Iterable[str]],
    put: Callable[[Session, str, str], Session],
    known: dict[str, Session],
) -> list[Session] | None:
    """Return the sessions with two like names swapped wherever one swap asks for the next.

    None if a session that has again what it had would lose it.
    """
    now = list(sessions)
    waiting, done = [(at, name, wanted)], {at}
    while waiting:
        number, give, take = waiting.pop()
        now[number] = put(now[number], give, take)
        slots: set[Slot] = set(now[number].slots)
        for other, one in enumerate(sessions):
            if other in done or take not in names(one) or slots.isdisjoint(one.slots):
                continue
            old = known.get(one.id)
            if old is not None and take in names(old):
                return None
            done.add(other)
            waiting.append((other, take, give))
    return now
