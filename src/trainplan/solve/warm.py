"""Starting from a schedule that there is already: whether it is sound, and the names it gives."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import replace

from trainplan.audit import audit
from trainplan.model import Programme, Schedule, Session
from trainplan.solve.answer import left


def pinned(start: Schedule) -> Schedule:
    """Return what of a schedule has to be kept."""
    return Schedule.of(one for one in start.live if one.pin)


def sound(programme: Programme, start: Schedule, before: Schedule) -> Schedule | None:
    """Return a schedule as a plan to begin with, or None if it breaks a rule; seats may be missing.

    It is none either where it was not settled whether its people can be dealt out: it may not be attended.
    """
    schedule = Schedule.of(start.live, before)
    if not all(programme.knows(one) and one.slots for one in schedule.live):
        return None
    found = [one for one in audit(programme, schedule) if one.rule != "demand"]
    if any(one.severity == "error" or one.rule == "group-attendance" for one in found):
        return None
    return None if any(seats < 0 for seats in left(programme, schedule).values()) else schedule


def named_after(schedule: Schedule, start: Schedule) -> Schedule:
    """Return a schedule whose sessions bear the names that their likes had in another one.

    Whatever lies where a session of the same course lay takes its name, in the same venue first.
    """
    names: dict[str, str] = {one.id: one.id for one in schedule.live if one.pin}
    free = {one.id: one for one in start.live if one.id not in names.values()}
    for likeness in (_place, _days):
        by_likeness: dict[Hashable, list[str]] = {}
        for old in free.values():
            by_likeness.setdefault(likeness(old), []).append(old.id)
        for one in schedule.live:
            alike = by_likeness.get(likeness(one), [])
            if one.id not in names and alike:
                names[one.id] = alike.pop(0)
                del free[names[one.id]]
    taken = set(names.values()) | {one.id for one in start.sessions if one.id not in free}
    for one in schedule.live:
        if one.id not in names:
            spare = next((id for id, old in free.items() if old.course == one.course), None)
            if spare is not None:
                del free[spare]
            names[one.id] = spare if spare is not None else _unused(one, taken)
            taken.add(names[one.id])
    return Schedule.of((replace(one, id=names[one.id]) for one in schedule.live), schedule.before)


def _place(one: Session) -> Hashable:
    return one.course, one.slots, one.venues


def _days(one: Session) -> Hashable:
    return one.course, one.slots


def _unused(one: Session, taken: set[str]) -> str:
    number = 1
    while f"{one.course}-{number:02d}" in taken:
        number += 1
    return f"{one.course}-{number:02d}"
