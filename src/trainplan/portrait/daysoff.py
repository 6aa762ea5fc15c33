"""Days off by name: holidays and days off for everybody, closures of one venue, group or person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from trainplan.model import Closure, Programme, Whom
from trainplan.workdays import ONE_DAY, calendar_of, dates


class Off(NamedTuple):
    """A stretch of days off.

    Attributes:
        first, last: Its first and last date.
        reason: A holiday's name, or why it is closed; never empty.
        whom: What kind of thing is closed; ``all`` is everybody.
        id: Which one; empty with ``all``.
    """

    first: date
    last: date
    reason: str
    whom: Whom = "all"
    id: str = ""

    def within(self, first: date | None, last: date | None) -> Off | None:
        """Return the part from ``first`` to ``last`` (None: no limit), or None where there is none."""
        start, end = max(self.first, first or date.min), min(self.last, last or date.max)
        return self._replace(first=start, last=end) if start <= end else None


def days_off(programme: Programme, first: date | None = None, last: date | None = None) -> tuple[Off, ...]:
    """Return the working weekdays on which nobody works, with the holiday's name or the reason.

    Neighbours with the same reason are one stretch, a weekend between them included.
    """
    calendar = calendar_of(programme)
    found: list[Off] = []
    for day, reason in calendar.off.items():
        before = found[-1] if found else None
        if (
            before
            and before.reason == reason
            and not any(calendar.works(one) for one in dates(before.last + ONE_DAY, day))
            and not any(one in calendar.off for one in dates(before.last + ONE_DAY, day - ONE_DAY))
        ):
            found[-1] = before._replace(last=day)
        else:
            found.append(Off(day, day, reason))
    return _clipped(found, first, last)


def closures(programme: Programme, first: date | None = None, last: date | None = None) -> tuple[Off, ...]:
    """Return every closure of a single thing (not of everybody), by first date, then as in the files."""
    return _clipped((off for one in programme.closures for off in _spelled(one)), first, last)


def closed_for(
    programme: Programme, whom: Whom, id: str, first: date | None = None, last: date | None = None
) -> tuple[Off, ...]:
    """Return when one venue, group, instructor or course is closed, for whatever reason concerns it.

    A venue's site counts, and so do the umbrellas above a group and the ends of its availability.
    """
    owners: list[tuple[Whom, str]] = [(whom, id)]
    windows: list[tuple[date | None, date | None]] = []
    if whom == "venue" and id in programme.venues:
        venue = programme.venues[id]
        owners += [("site", venue.site)] if venue.site else []
        windows.append((venue.available_from, venue.available_until))
    elif whom == "group" and id in programme.groups:
        line = [programme.groups[one] for one in programme.umbrellas(id)]
        owners = [("group", one.id) for one in line]
        windows += [(one.available_from, one.available_until) for one in line]
    elif whom == "instructor" and id in programme.instructors:
        person = programme.instructors[id]
        windows.append((person.available_from, person.available_until))
    found = [off for one in programme.closures if (one.whom, one.id) in owners for off in _spelled(one)]
    for start, end in windows:
        if start is not None and start > programme.starts:
            found.append(Off(programme.starts, start - ONE_DAY, "not yet available", whom, id))
        if end is not None and end < programme.ends:
            found.append(Off(end + ONE_DAY, programme.ends, "no longer available", whom, id))
    return _clipped(found, first, last)


def _spelled(closure: Closure) -> Iterator[Off]:
    if closure.whom != "all":
        for first, last in closure.blocks:
            yield Off(first, last, closure.reason or "closed", closure.whom, closure.id)


def _clipped(found: Iterable[Off], first: date | None, last: date | None) -> tuple[Off, ...]:
    inside = (one.within(first, last) for one in found)
    return tuple(sorted((one for one in inside if one is not None), key=lambda one: one[:2]))
