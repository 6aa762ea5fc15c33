"""What was pinned stays as it was."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import ClassVar

from trainplan.findings import Finding
from trainplan.model import Programme, Schedule, Session
from trainplan.rules.base import About
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
