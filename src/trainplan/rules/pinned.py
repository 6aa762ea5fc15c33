"""What was pinned stays as it was."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import ClassVar

from trainplan.findings import Finding
from trainplan.model import Pin, Programme, Schedule, Session
from trainplan.rules.base import About, Board, Expr
from trainplan.words import listed, spanned


class Pinned:
    """What the earlier schedule pinned for a session is the same in the one that replaces it.

    ``date`` keeps the days, ``venue`` the venue, ``instructors`` all who teach, ``seats`` the seats of
    each group. A session with any pin takes place. The pins of a cancelled session bind nothing.

    Breach: CP-01 was pinned to 1 Mar 2027 and is now on 2 Mar 2027

    What to do: Put the session back, or take the pin out of the earlier schedule and plan again.
    """

    name: ClassVar[str] = "pinned"
    states: ClassVar[str] = "Whatever is pinned stays as it was."

    def post(self, board: Board) -> None:
        """Hold each session with a pin, once, as it was."""
        held: dict[str, list[Expr]] = {lot.session.id: [] for lot in board.lots if lot.session is not None}
        pinned = {lot.session.id for lot in board.lots if lot.session is not None and lot.session.pin}
        for run in board.runs:
            session = run.lot.session
            if session is None:
                continue
            about = About("session", session.id)
            slots = tuple(board.calendar.number(slot) for slot in session.slots)
            if "date" in session.pin and run.placement.slots != slots:
                board.forbid(run, self.name, about)
                continue
            if "venue" in session.pin:
                for kind in tuple(run.kinds):
                    if kind != run.lot.own:
                        board.forbid(run, self.name, about, kind=kind)
            if not run.alive:
                continue
            held[session.id].append(run.total)
            if "seats" in session.pin:
                for group in dict.fromkeys((*session.groups, *run.people)):
                    people = run.people.get(group, 0)
                    board.require(people == session.groups.get(group, 0) * run.total, self.name, about)
        staffed = {crew.session.id for crew in board.crews if crew.session is not None}
        for lot in board.lots:
            session = lot.session
            if session is None or "instructors" not in session.pin or session.id in staffed:
                continue
            if session.instructors:  # of a course that asks for none
                board.require(board.total(held[session.id]) == 0, self.name, About("session", session.id))
        for crew in board.crews:
            if crew.session is None or "instructors" not in crew.session.pin:
                continue
            about = About("session", crew.session.id)
            sessions = board.total(run.total for run in crew.runs)
            for pool, staff in crew.staff.items():
                there = sum(id in crew.session.instructors for id in pool)
                board.require(staff == there * sessions, self.name, about)
            for id in crew.session.instructors:
                if not any(id in pool for pool in crew.staff):
                    board.require(sessions == 0, self.name, about)
        for id, totals in held.items():
            # Whether or not its pins are kept, there is one session of a name.
            board.structure(board.total(totals) <= 1)
            if id in pinned:
                board.require(board.total(totals) == 1, self.name, About("session", id))

    def check(self, programme: Programme, schedule: Schedule) -> Iterator[Finding]:
        """Yield pins of ``schedule.before`` that are not kept; none without an earlier schedule."""
        if schedule.before is None:
            return
        now = {session.id: session for session in schedule.live}
        for old in schedule.before.live:
            if not old.pin:
                continue
            new = now.get(old.id)
            if new is None or new.course != old.course:
                yield Finding(
                    self.name,
                    "error",
                    f"{old.id} was pinned ({listed(sorted(old.pin))}) and is gone",
                    (old.id,),
                    old.days,
                    old.place and replace(old.place, column="pin"),
                )
                continue
            for column, message in _moved(old, new):
                yield Finding(
                    self.name,
                    "error",
                    f"{old.id} was pinned to {message}",
                    (old.id,),
                    new.days,
                    new.place and replace(new.place, column=column),
                )

    def because(self, programme: Programme, about: About) -> str:
        """Word the rule for one session."""
        return f"{about.id} is pinned"


def _moved(old: Session, new: Session) -> Iterator[tuple[str, str]]:
    if "date" in old.pin and old.slots != new.slots:
        if old.days != new.days:
            yield "days", f"{spanned(old.days) or 'no day'} and is now on {spanned(new.days) or 'no day'}"
        else:
            yield "days", f"other times of {spanned(old.days)}"
    if "venue" in old.pin and set(old.venues) != set(new.venues):
        yield "venue", f"{listed(old.venues) or 'no venue'} and is now in {listed(new.venues) or 'no venue'}"
    if "instructors" in old.pin and set(old.instructors) != set(new.instructors):
        was, now = (listed(session.instructors) or "no instructor" for session in (old, new))
        yield "instructors", f"{was} and now has {now}"
    if "seats" in old.pin and _seats(old) != _seats(new):
        was, now = (
            listed([f"{seats:,} of {group}" for group, seats in _seats(session).items()]) or "no seats"
            for session in (old, new)
        )
        yield "groups", f"{was} and now seats {now}"


def _seats(session: Session) -> dict[str, int]:
    return {group: seats for group, seats in sorted(session.groups.items()) if seats}


# What has to be pinned of a session for a breach of each rule to be for good. Where only some of it is, the
# rest may change: another room, other people.
_FOR_GOOD: dict[str, frozenset[Pin]] = {
    "venue-clash": frozenset({"date", "venue"}),
    "venue-capacity": frozenset({"venue", "seats"}),
    "venue-features": frozenset({"venue"}),
    "venue-closed": frozenset({"date", "venue"}),
    "instructor-clash": frozenset({"date", "instructors"}),
    "instructor-qualified": frozenset({"instructors"}),
    "instructor-closed": frozenset({"date", "instructors"}),
    "instructor-load": frozenset({"date", "instructors"}),
    "instructor-roles": frozenset({"instructors"}),
    "group-cover": frozenset({"date", "seats"}),
    "group-closed": frozenset({"date", "seats"}),
    "group-attendance": frozenset({"seats"}),
    "class-size": frozenset({"seats"}),
    "class-mix": frozenset({"seats"}),
    "demand": frozenset({"seats"}),
}


def held_by(rule: str, session: Session) -> bool:
    """Say whether the pins of a session leave nothing open by which a breach of a rule could be mended."""
    return _FOR_GOOD.get(rule, frozenset({"date"})) <= session.pin
