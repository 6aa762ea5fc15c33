"""Dates, counts and lists as they are spoken to a coordinator, the same in every message."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
FULL_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
LISTED = 5  # more names than this in one sentence and nobody reads it


def dated(day: date) -> str:
    """Return a date as ``2 Mar 2027``, whatever the machine's language."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def spanned(days: Iterable[date]) -> str:
    """Return dates as ranges: ``1–5 Mar 2027 and 8 Mar 2027``. They may come in any order."""
    runs: list[tuple[date, date]] = []
    for day in sorted(set(days)):
        if runs and day.toordinal() == runs[-1][1].toordinal() + 1:
            runs[-1] = (runs[-1][0], day)
        else:
            runs.append((day, day))
    return listed([ranged(first, last) for first, last in runs])


def timed(slots: Iterable[tuple[date, int]], periods: Sequence[str]) -> str:
    """Return times as ``spanned`` does dates; of a day that is used in part it says which part.

    ``1 Mar 2027 afternoon and 2–3 Mar 2027``. They may come in any order.

    Args:
        slots: Days, each with the number of a period.
        periods: The names of the parts of a day.
    """
    used: dict[date, set[int]] = {}
    for day, period in slots:
        used.setdefault(day, set()).add(period)
    runs: list[tuple[date, date, set[int]]] = []
    for day, parts in sorted(used.items(), key=lambda each: each[0]):
        if runs and day.toordinal() == runs[-1][1].toordinal() + 1 and parts == runs[-1][2]:
            runs[-1] = (runs[-1][0], day, parts)
        else:
            runs.append((day, day, parts))
    return listed(
        [
            ranged(first, last)
            if len(parts) == len(periods)
            else f"{ranged(first, last)} {listed([periods[one] for one in sorted(parts)])}"
            for first, last, parts in runs
        ]
    )


def ranged(first: date, last: date) -> str:
    """Return a range of dates, both included, as ``1–5 Mar 2027``."""
    if first == last:
        return dated(last)
    if first.year != last.year:
        return f"{dated(first)} – {dated(last)}"
    if first.month != last.month:
        return f"{first.day} {MONTHS[first.month - 1]} – {dated(last)}"
    return f"{first.day}–{dated(last)}"


def listed(names: Sequence[str], last: str = "and") -> str:
    """Return names as ``a, b and c``; a long list ends in how many more there are."""
    if len(names) > LISTED + 1:
        names = [*names[:LISTED], f"{len(names) - LISTED:,} more"]
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {last} {names[-1]}"


def many(count: int, one: str, more: str = "") -> str:
    """Return ``1 day`` or ``1,200 days``; ``more`` is the plural where it is not just an ``s`` longer."""
    return f"{count:,} {one if count == 1 else more or one + 's'}"
