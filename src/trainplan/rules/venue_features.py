"""A session has the one venue that its course needs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import ClassVar

from trainplan.findings import Finding
from trainplan.model import Course, Programme, Schedule, Session
from trainplan.rules.base import About, Board
from trainplan.words import listed


class VenueFeatures:
    """A session is in one venue, and the venue has every feature that the course asks for.

    A course whose ``venue`` is ``none`` needs no venue; one that it is given all the same is taken, and
    costs.

    Breach: CY-01 is in hall, which lacks computers

    What to do: Give the session a venue with these features, or correct ``features`` in venues.csv.
    """

    name: ClassVar[str] = "venue-features"
    states: ClassVar[str] = "A session is in one venue that has everything its course needs."

    def post(self, board: Board) -> None:
        """Leave only kinds of venue that have everything the course asks for."""
        venues = board.programme.venues
        for run in board.runs:
            course = run.lot.course
            if course.features is None:
                continue
            for kind in tuple(run.kinds):
                if not kind or not course.features <= venues[kind[0]].features:
                    board.forbid(run, self.name, About("course", course.id), kind=kind)

    def check(self, programme: Programme, schedule: Schedule) -> Iterator[Finding]:
        """Yield sessions without a fitting venue."""
        for session in schedule.live:
            course = programme.courses.get(session.course)
            if course is None or course.features is None:
                continue
            for message in _faults(programme, course, course.features, session):
                yield Finding(
                    self.name,
                    "error",
                    f"{session.id} {message}",
                    (session.id,),
                    session.days,
                    session.place and replace(session.place, column="venue"),
                )

    def because(self, programme: Programme, about: About) -> str:
        """Word the rule for one course."""
        course = programme.courses[about.id]
        if course.features is None:
            return f"{course.id} needs no venue"
        fitting = [venue.id for venue in programme.venues.values() if course.features <= venue.features]
        needs = f" with {listed(sorted(course.features))}" if course.features else ""
        return f"{course.id} needs a venue{needs}: {listed(fitting, 'or') or 'there is none'}"


def _faults(
    programme: Programme, course: Course, features: frozenset[str], session: Session
) -> Iterator[str]:
    venues = tuple(dict.fromkeys(session.venues))
    if not venues:
        yield f"has no venue; {course.id} needs one"
    if len(venues) > 1:
        yield f"has {len(venues)} venues ({listed(venues)}); a session is in one"
    for id in venues:
        venue = programme.venues.get(id)
        if venue is not None and (lacking := features - venue.features):
            yield f"is in {id}, which lacks {listed(sorted(lacking))}"
