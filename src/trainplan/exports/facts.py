"""What every export for people says: who is away when, how full each resource is, which days are off."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import Literal, NamedTuple

from trainplan.audit import audit
from trainplan.exports.days import ranges
from trainplan.findings import Finding
from trainplan.model import Programme, Schedule, Session
from trainplan.portrait import Absence, absences, marks
from trainplan.words import spanned
from trainplan.workdays import calendar_of

COLOURS = 10  # so many can be told apart; the letter tells courses of one colour apart
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_JOINERS = "\u200c\u200d"  # unseen too, but parts of words and emoji


def clean(text: str) -> str:
    r"""Return ``text`` with what acts and is not seen written out: ``\n``, ``\u202e``."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        char.encode("unicode_escape").decode("ascii")
        if unicodedata.category(char) in _UNSEEN and char not in _JOINERS
        else char
        for char in text
    )


class Resource(NamedTuple):
    """A venue, instructor or group, and what it does.

    Attributes:
        used: Distinct dates on which it is in a session.
        open: Working days of the programme on which it could be.
    """

    kind: str
    id: str
    name: str
    sessions: tuple[Session, ...]
    used: int
    open: int

    @property
    def share(self) -> float:
        """The share of its open days that are used."""
        return self.used / self.open if self.open else 0.0


class Facts:
    """All that is told about one schedule; each part is worked out when it is first asked for."""

    def __init__(self, programme: Programme, schedule: Schedule) -> None:
        """Remember what the facts are about."""
        self.programme, self.schedule = programme, schedule
        self.calendar = calendar_of(programme)
        self.letters = {course: mark.letter for course, mark in marks(programme, schedule).items()}
        self.colours = {course: number % COLOURS for number, course in enumerate(programme.courses)}

    def title(self, session: Session) -> str:
        """Return what a session is called."""
        course = self.programme.courses.get(session.course)
        return clean(session.title or (course.title if course else session.course))

    def when(self, session: Session) -> str:
        """Return every date of a session in words; where days are used in part, with the periods."""
        periods = self.programme.periods
        if len(session.slots) == len(session.days) * len(periods):
            return spanned(session.days) or "no days"
        return ranges(session.slots, periods)

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """Every rule that the schedule breaks."""
        return audit(self.programme, self.schedule)

    @cached_property
    def _absences(self) -> Mapping[str, Absence]:
        return absences(self.programme, self.schedule)

    @cached_property
    def away(self) -> Mapping[str, Mapping[date, int]]:
        """For each group, and umbrella, the most people away at one time on each date with any away."""
        return {group: one.days for group, one in self._absences.items()}

    def peak(self, group: str) -> tuple[int, date | None]:
        """Return the most people of a group away at one time, and the first date of it."""
        one = self._absences[group]
        return one.peak, one.peak_on

    @cached_property
    def days_off(self) -> tuple[tuple[str, str], ...]:
        """Dates that are off for everybody, with the reason, in order of time."""
        by_reason: list[tuple[str, list[date]]] = []
        for day, why in self.calendar.off.items():
            if by_reason and by_reason[-1][0] == why:
                by_reason[-1][1].append(day)
            else:
                by_reason.append((why, [day]))
        return tuple((spanned(days), clean(why)) for why, days in by_reason)

    @cached_property
    def venues(self) -> tuple[Resource, ...]:
        """Every venue, in the files' order."""
        return tuple(
            self._resource(
                "venue", one.id, one.title, tuple(s for s in self.schedule.live if one.id in s.venues)
            )
            for one in self.programme.venues.values()
        )

    @cached_property
    def instructors(self) -> tuple[Resource, ...]:
        """Every instructor, in the files' order."""
        return tuple(
            self._resource(
                "instructor",
                one.id,
                one.name,
                tuple(s for s in self.schedule.live if one.id in s.instructors),
            )
            for one in self.programme.instructors.values()
        )

    @cached_property
    def groups(self) -> tuple[Resource, ...]:
        """Every group, in the files' order; an umbrella has the sessions of its parts."""
        found = []
        for one in self.programme.groups.values():
            parts = frozenset(self.programme.parts(one.id))
            sessions = tuple(s for s in self.schedule.live if not parts.isdisjoint(s.groups))
            found.append(self._resource("group", one.id, one.title, sessions))
        return tuple(found)

    def _resource(
        self, kind: Literal["venue", "instructor", "group"], id: str, name: str, sessions: tuple[Session, ...]
    ) -> Resource:
        shut = self.calendar.closed(kind, id)
        used = {day for one in sessions for day in one.days}
        able = sum(1 for day in self.calendar.working if day not in shut)
        return Resource(kind, id, clean(name or id), sessions, len(used), able)

    @cached_property
    def summary(self) -> tuple[tuple[str, str], ...]:
        """What a person wants to know first, each a name and a value."""
        live = self.schedule.live
        asked = sum(sum(course.seats.values()) for course in self.programme.courses.values())
        placed = sum(one.seats for one in live)
        errors = sum(1 for one in self.findings if one.severity == "error")
        gone = len(self.schedule.sessions) - len(live)
        lines = [
            ("Programme", spanned([self.programme.starts]) + " to " + spanned([self.programme.ends])),
            ("Sessions", f"{len(live):,}" + (f", and {gone:,} cancelled" if gone else "")),
            ("Seats", f"{placed:,} placed, {asked:,} asked for"),
            ("Rules broken", f"{errors:,}" if errors else "none"),
        ]
        if live:
            first, last = min(one.start for one in live), max(one.end for one in live)
            lines.insert(1, ("Training", spanned([first]) + " to " + spanned([last])))
        fullest = max(
            (*self.venues, *self.instructors), key=lambda one: one.share if one.open else 0.0, default=None
        )
        if fullest is not None and fullest.used:
            text = f"{fullest.kind} {clean(fullest.id)}, {fullest.used:,} of {fullest.open:,} days"
            lines.append(("Fullest", text))
        return tuple(lines)

    def months(self) -> Iterator[tuple[tuple[int, int], list[Session]]]:
        """Yield each month in which sessions begin, as year and month, with these sessions."""
        months: dict[tuple[int, int], list[Session]] = {}
        for one in self.schedule.sessions:
            months.setdefault((one.start.year, one.start.month), []).append(one)
        yield from sorted(months.items())
