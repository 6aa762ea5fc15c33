"""What the files alone already show can't be had, each in numbers: arithmetic, no search.

An error is only found where the seats provably can't all be placed. So a programme without one may
still be impossible, but one with an error is impossible as it stands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from trainplan.findings import Finding
from trainplan.model import Programme
from trainplan.shortages.alone import alone
from trainplan.shortages.openings import EVERYTHING, Heed, Survey
from trainplan.shortages.people_days import cover_days, own_days
from trainplan.shortages.reach import Reach
from trainplan.shortages.shortage import Shortage
from trainplan.shortages.teacher_days import teacher_days
from trainplan.shortages.turns import turns
from trainplan.shortages.venue_days import venue_days

__all__ = ["CHECKS", "Shortage", "found", "shortages"]

# In order, each with what it heeds: what comes first explains what comes later, so a course is told of once.
# Days are first counted for each kind of thing by itself, so that no venue is blamed for an instructor.
Check = Callable[[Reach], Iterable[Shortage]]
CHECKS: tuple[tuple[Check, tuple[Heed, ...]], ...] = (
    (alone, EVERYTHING),
    (venue_days, ("venues",)),
    (teacher_days, ("teachers",)),
    (cover_days, ("groups",)),
    (own_days, ("groups",)),
    (venue_days, EVERYTHING),
    (teacher_days, EVERYTHING),
    (cover_days, EVERYTHING),
    (own_days, EVERYTHING),
    (turns, EVERYTHING),
)


def shortages(programme: Programme) -> tuple[Finding, ...]:
    """Return the shortages that the files alone show: errors, then a few warnings of what is nearly short."""
    return tuple(one.finding for one in found(Survey(programme)))


def found(survey: Survey) -> tuple[Shortage, ...]:
    """Return the shortages of a programme, those that are certain first.

    Where one course is short of several things alone, only the first is told: with that mended, the
    next shows. Shortages between courses are told for each thing that they compete for.
    """
    reaches = {heeds: Reach(survey, heeds) for _, heeds in CHECKS}
    errors: list[Shortage] = []
    warnings: list[Shortage] = []
    for check, heeds in CHECKS:
        for one in check(reaches[heeds]):
            known = errors if one.finding.severity == "error" else [*errors, *warnings]
            if any(_covers(other, one) for other in known):
                continue
            (errors if one.finding.severity == "error" else warnings).append(one)
    named = {course for one in errors for course in one.courses}
    told = (*errors, *(one for one in warnings if named.isdisjoint(one.courses)))
    return tuple(_moved(one, survey.programme) for one in told)


def _moved(one: Shortage, programme: Programme) -> Shortage:
    """Return a shortage that points where the value is that counts."""
    place = one.finding.place
    if place is None or place not in programme.moved:
        return one
    return replace(one, finding=replace(one.finding, place=programme.moved[place]))


def _covers(known: Shortage, new: Shortage) -> bool:
    """Say whether ``new`` is no news: whatever it says of courses, a known one says of some of them."""
    return set(known.courses) <= set(new.courses) and (
        not known.groups or (bool(new.groups) and set(known.groups) >= set(new.groups))
    )
