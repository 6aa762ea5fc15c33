"""Venues and instructors that may be in several places at once: copies of them stand beside them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from trainplan.model import Closure, Course, Programme, Qualification, Schedule, Venue

if TYPE_CHECKING:
    from trainplan.explain.draft import Draft

COPIES = 400  # of one thing; where more could be of use a no is not taken for an answer


class Sharing:
    """Stands copies into a draft.

    Attributes:
        enough: Whether no schedule could use more copies than there are.
        renamed: The earlier schedule, each of its sessions with copies of its own.
        people: For each copy of an instructor, whom it stands for.
        days_a_week: How many dates a week those may work who may be in several places at once.
    """

    def __init__(self, draft: Draft, before: Schedule | None) -> None:
        """Count how many copies can be of use."""
        self.draft = draft
        self.renamed = before
        self.enough = True
        self.people: dict[str, str] = {}
        self.days_a_week: dict[str, int] = {}
        self._known = len(before.sessions) if before else 0
        self._copied: dict[tuple[str, str], list[str]] = {}
        self._sessions = self._known + sum(map(self._at_once, draft.courses.values()))

    def house_anywhere(self, courses: Iterable[str]) -> None:
        """Let courses be held in any venue, or in none: in one of many that hold everybody."""
        draft = self.draft
        for id in sorted(courses):
            pinned = self.renamed is not None and any(
                one.course == id and one.venues for one in self.renamed.live
            )
            if not pinned:
                draft.course(id, features=None)
                continue
            mark = f"~{id}"
            for venue in list(draft.venues.values()):
                draft.venue(venue.id, features=venue.features | {mark})
            seats = sum(draft.courses[id].seats.values())
            nowhere = self._names(mark, _most(draft.courses[id]) + self._known)
            draft.venues |= {one: Venue(one, "", seats, frozenset([mark])) for one in nowhere}
            self._copied["venue", mark] = nowhere
            draft.course(id, features=frozenset([mark]))

    def copy(self) -> None:
        """Stand the copies beside their originals, and give pinned sessions copies of their own."""
        draft = self.draft
        places = max((role.count for course in draft.courses.values() for role in course.roles), default=1)
        for id in sorted(draft.free_venues):
            ids = self._names(id, self._sessions)
            draft.venues |= {copy: replace(draft.venues[id], id=copy) for copy in ids}
            self._copied["venue", id] = ids
        for id in sorted(draft.free_instructors):
            ids = self._names(id, max(self._sessions * places, self._known))
            original = draft.instructors[id]
            if original.max_days_per_week is not None:
                # Together they work as few days as the one they stand for; a qualification of their own
                # keeps them apart from those who stand for others.
                self.days_a_week[id] = original.max_days_per_week
                held = (*original.qualifications, Qualification(f"~{id}"))
                original = replace(original, max_days_per_week=None, qualifications=held)
                draft.instructors[id] = original
            draft.instructors |= {copy: replace(original, id=copy) for copy in ids}
            self._copied["instructor", id] = ids
            self.people |= dict.fromkeys(ids, id)
        if self.renamed is not None:
            self.renamed = self._rename(self.renamed)

    def closures(self, closures: Iterable[Closure]) -> list[Closure]:
        """Return closures with those of the copies: a copy is closed when its original is."""
        found = list(closures)
        again = [replace(one, id=copy) for one in found for copy in self._copied.get((one.whom, one.id), ())]
        return [*found, *again]

    def told_apart(self, programme: Programme) -> Programme:
        """Return a programme in which only copies of the same thing are alike.

        Where runs step over working days, counting alike things together would not say that one is free.
        """
        venues, instructors = dict(programme.venues), dict(programme.instructors)
        origin = {copy: id for (_, id), copies in self._copied.items() for copy in copies}
        names = dict.fromkeys(origin.get(id, id) for id in (*venues, *instructors))
        number = {id: Decimal(at) for at, id in enumerate(names)}
        for id, venue in venues.items():
            venues[id] = replace(venue, cost_per_day=number[origin.get(id, id)])
        for id, one in instructors.items():
            instructors[id] = replace(one, cost_per_day=number[origin.get(id, id)])
        return replace(programme, venues=venues, instructors=instructors)

    def _at_once(self, course: Course) -> int:
        """Return how many sessions of a course it can ever be of use to have at one time.

        Sessions for the same people on the same days in the same venue might as well be one, up to a full
        class, so that at most one of them is not full. That is not so where a class has a least size, nor
        known where runs may be of any kind: there it is as many as there can be.
        """
        most = _most(course)
        if course.min_class > 1 or self.draft.shifts:
            return most
        rooms = list(self.draft.venues.values()) if course.features is not None else []
        full = max(1, min([course.max_class, *(one.capacity for one in rooms)]))
        lots = [sum(course.seats.values())] if course.mixed else list(course.seats.values())
        return min(most, sum(seats // full + course.length * max(len(rooms), 1) for seats in lots))

    def _names(self, id: str, most: int) -> list[str]:
        self.enough &= most <= COPIES
        return [_copy(id, number) for number in range(1, max(2, min(most, COPIES) + 1))]

    def _rename(self, before: Schedule) -> Schedule:
        def named(kind: str, id: str, number: int) -> str:
            return _copy(id, number) if _copy(id, number) in self._copied.get((kind, id), ()) else id

        return Schedule.of(
            replace(
                session,
                venues=tuple(named("venue", id, number) for id in session.venues),
                instructors=tuple(named("instructor", id, number) for id in session.instructors),
            )
            for number, session in enumerate(before.sessions, 1)
        )


def _most(course: Course) -> int:
    """Return how many sessions of a course there can be at the most."""
    return sum(course.seats.values()) // max(course.min_class, 1)


def _copy(id: str, number: int) -> str:
    return f"{id}~{number}"
