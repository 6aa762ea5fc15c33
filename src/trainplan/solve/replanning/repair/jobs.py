"""Sessions that need a place, the places they may have, and what it costs to have them there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from trainplan.goals import changes
from trainplan.model import Session
from trainplan.solve.replanning.repair.timetable import Held, People
from trainplan.workdays import Placement


@dataclass(frozen=True, slots=True)
class Job:
    """A session that needs a place.

    Attributes:
        session: As it is to be; its slots, venues and instructors are wishes, kept where they can be.
        old: The session of the earlier schedule that it is; None for one that is new.
    """

    session: Session
    old: Session | None

    @property
    def course(self) -> str:
        """Which course it is of."""
        return self.session.course

    @property
    def pin(self) -> frozenset[str]:
        """What of it may not change."""
        return self.old.pin if self.old is not None else frozenset()


@dataclass(frozen=True, slots=True)
class Spot:
    """A course's placement as the repair sees it, with what a seat there adds to each of the other goals."""

    placement: Placement
    mask: int
    weights: tuple[int, ...]
    days: tuple[date, ...]
    weeks: Mapping[date, frozenset[date]]


@dataclass(frozen=True, slots=True)
class Fit:
    """A place for a session, with its people, and what it adds to the goal ``changes``."""

    held: Held
    people: People
    cost: int


def price(old: Session | None, new: Session | None) -> int:
    """Return what a session adds to the goal ``changes``; ``old`` is None for one that there was not."""
    if old is None:
        return changes.NEW if new is not None else 0
    return changes.price(old, new)
