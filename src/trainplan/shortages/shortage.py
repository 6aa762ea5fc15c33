"""One thing that can't be had, and what every check of this room gives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from trainplan.findings import Finding, Place, Severity
from trainplan.model import Group, Instructor, Programme, Venue, Whom
from trainplan.words import dated
from trainplan.workdays import Calendar


@dataclass(frozen=True, slots=True)
class Shortage:
    """A finding, and whose seats it is about.

    Attributes:
        courses: The courses whose seats can't all be placed; where there are several, not all together.
        groups: Only the seats of these groups, or empty for every group's.
    """

    finding: Finding
    courses: tuple[str, ...]
    groups: tuple[str, ...] = ()

    def about(self, course: str, group: str) -> bool:
        """Say whether it speaks of the seats of ``group`` in ``course``."""
        return course in self.courses and (not self.groups or group in self.groups)


def short(
    rule: str,
    message: str,
    courses: Sequence[str],
    place: Place | None,
    column: str = "",
    *,
    groups: Sequence[str] = (),
    days: Sequence[date] = (),
    severity: Severity = "error",
) -> Shortage:
    """Return a shortage whose place is this row, in the column that she would change."""
    spot = replace(place, column=column) if place is not None else None
    return Shortage(Finding(rule, severity, message, (), tuple(days), spot), tuple(courses), tuple(groups))


def never_there(
    programme: Programme, whom: Whom, row: Group | Venue | Instructor
) -> tuple[Place | None, str]:
    """Return where it stands that a group, a venue or an instructor is away: the row, and the column.

    Its own dates if there are any, else what closes it or its site; no place where no file says so, as after
    an event.
    """
    if row.available_until is not None:
        return row.place, "available_until"
    if row.available_from is not None:
        return row.place, "available_from"
    ids: set[tuple[Whom, str]] = {(whom, row.id)}
    if whom == "venue" and row.site:
        ids.add(("site", row.site))
    if whom == "group":
        ids |= {("group", id) for id in programme.umbrellas(row.id)}
    closed = [one for one in programme.closures if not one.opens and (one.whom, one.id) in ids]
    return (closed[0].place, "from") if closed else (row.place, "")


def in_days(slots: int, periods: int) -> str:
    """Return an amount of time in days, with halves where a day has two periods: ``7½ days``."""
    whole, rest = divmod(slots, periods)
    if not rest:
        return f"{whole:,} {'day' if whole == 1 else 'days'}"
    if periods == 2:
        return f"{whole:,}½ days" if whole else "half a day"
    return f"{slots:,} {'period' if slots == 1 else 'periods'}"


def ends(calendar: Calendar, span: tuple[int, int]) -> tuple[date, date]:
    """Return the first and last date of a stretch of slots."""
    return calendar.day(span[0]), calendar.day(span[1])


def between(calendar: Calendar, span: tuple[int, int]) -> str:
    """Return a stretch of slots in words."""
    first, last = ends(calendar, span)
    if first == last:
        return f"on {dated(first)}"
    return f"from {dated(first)} to {dated(last)}"
