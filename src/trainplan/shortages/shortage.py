"""One thing that can't be had, and what every check of this room gives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from trainplan.findings import Finding, Place, Severity
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
