"""On which dates a thing may not be used, and why: closures and availability as a coordinator reads them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from trainplan.model import Programme, Whom
from trainplan.words import dated, listed, ranged

ONE_DAY = timedelta(days=1)


class Closed:
    """Answers for one programme. Days off for everybody are not its business.

    A venue is closed with its site, a group with the umbrellas above it.
    """

    def __init__(self, programme: Programme) -> None:
        self._programme = programme
        self._blocks: dict[tuple[Whom, str], list[tuple[date, date, str]]] = {}
        for closure in programme.closures:
            if not closure.opens:
                why = closure.reason or "closed"
                self._blocks.setdefault((closure.whom, closure.id), []).extend(
                    (first, last, why) for first, last in closure.blocks
                )
        self._why: dict[tuple[Whom, str], dict[date, str | None]] = {}
        self._all: dict[tuple[Whom, str], list[tuple[date, date, str]]] = {}

    def on(self, whom: Whom, id: str, days: Iterable[date]) -> dict[str, list[date]]:
        """Return those of ``days`` on which the thing is closed, by reason."""
        known = self._why.setdefault((whom, id), {})
        shut: dict[str, list[date]] = {}
        for day in days:
            if day not in known:
                known[day] = self._reason(whom, id, day)
            why = known[day]
            if why is not None:
                shut.setdefault(why, []).append(day)
        return shut

    def told(self, whom: Whom, id: str) -> str:
        """Return when the thing may not be used, in words: ``1–5 Mar 2027 (Carnival) and 9 Mar 2027``."""
        blocks = sorted(self._collect(whom, id))
        return listed(
            [
                why
                if date.min in (first, last) or date.max in (first, last)
                else f"{ranged(first, last)} ({why})"
                for first, last, why in blocks
            ]
        )

    def _reason(self, whom: Whom, id: str, day: date) -> str | None:
        if (whom, id) not in self._all:
            self._all[whom, id] = self._collect(whom, id)
        return next((why for first, last, why in self._all[whom, id] if first <= day <= last), None)

    def _collect(self, whom: Whom, id: str) -> list[tuple[date, date, str]]:
        programme = self._programme
        own = list(self._blocks.get((whom, id), ()))
        if whom == "venue":
            venue = programme.venues[id]
            if venue.site:
                own += self._blocks.get(("site", venue.site), ())
            own += _outside(venue.available_from, venue.available_until)
        elif whom == "group":
            group = programme.groups[id]
            own += _outside(group.available_from, group.available_until)
            if group.part_of is not None:
                own += self._collect("group", group.part_of)
        elif whom == "instructor":
            instructor = programme.instructors[id]
            own += _outside(instructor.available_from, instructor.available_until)
        return own


def _outside(start: date | None, end: date | None) -> list[tuple[date, date, str]]:
    outside: list[tuple[date, date, str]] = []
    if start is not None and start > date.min:
        outside.append((date.min, start - ONE_DAY, f"available from {dated(start)}"))
    if end is not None and end < date.max:
        outside.append((end + ONE_DAY, date.max, f"available until {dated(end)}"))
    return outside
