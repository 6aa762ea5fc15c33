"""How much of its time a venue or an instructor is in use, and where it stands idle."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from trainplan.model import Programme, Schedule, Session, Slot, Whom
from trainplan.workdays import Calendar, calendar_of


class Idle(NamedTuple):
    """A stretch of open days without use: first and last of them, and how many they are.

    Days on which it is closed, or nobody works, are stepped over: they neither end a stretch nor count.
    """

    first: date
    last: date
    days: int


@dataclass(frozen=True, slots=True)
class Use:
    """The use of one venue or instructor.

    Attributes:
        id: Whose.
        sessions: Those that take place there, in the schedule's order.
        days: Dates in use, ascending.
        open: Dates on which it could be used: working days on which it is not closed.
        slots: Slots in use.
        periods: Slots in a day.
    """

    id: str
    sessions: tuple[Session, ...]
    days: tuple[date, ...]
    open: tuple[date, ...]
    slots: frozenset[Slot]
    periods: int

    @property
    def utilisation(self) -> float:
        """Share of the open time that is in use, 0 to 1; a day used although closed counts as open."""
        could = len(set(self.open) | set(self.days)) * self.periods
        return len(self.slots) / could if could else 0.0

    @property
    def idle(self) -> tuple[Idle, ...]:
        """Every stretch of open days without use, ascending: before the first use, between, after."""
        found: list[Idle] = []
        run: list[date] = []
        used = set(self.days)
        for day in sorted(used | set(self.open)):
            if day not in used:
                run.append(day)
            elif run:
                found.append(Idle(run[0], run[-1], len(run)))
                run = []
        return (*found, Idle(run[0], run[-1], len(run))) if run else tuple(found)

    @property
    def longest_idle(self) -> Idle | None:
        """The longest of them, the first where several are as long."""
        return max(self.idle, key=lambda one: one.days, default=None)


def venue_use(programme: Programme, schedule: Schedule) -> dict[str, Use]:
    """Return the use of every venue, those that only the schedule names last."""
    return _uses(programme, schedule, "venue", programme.venues, lambda one: one.venues)


def instructor_use(programme: Programme, schedule: Schedule) -> dict[str, Use]:
    """Return the use of every instructor, those that only the schedule names last."""
    return _uses(programme, schedule, "instructor", programme.instructors, lambda one: one.instructors)


def _uses(
    programme: Programme,
    schedule: Schedule,
    whom: Whom,
    known: Mapping[str, object],
    who: Callable[[Session], Iterable[str]],
) -> dict[str, Use]:
    calendar = calendar_of(programme)
    by_id: dict[str, list[Session]] = {id: [] for id in known}
    for session in schedule.live:
        for id in dict.fromkeys(who(session)):
            by_id.setdefault(id, []).append(session)
    return {id: _use(calendar, whom, id, id in known, sessions) for id, sessions in by_id.items()}


def _use(calendar: Calendar, whom: Whom, id: str, known: bool, sessions: Iterable[Session]) -> Use:
    sessions = tuple(sessions)
    slots = frozenset(slot for session in sessions for slot in session.slots)
    shut = calendar.closed(whom, id) if known else frozenset()
    return Use(
        id=id,
        sessions=sessions,
        days=tuple(sorted({slot.day for slot in slots})),
        open=tuple(day for day in calendar.working if day not in shut),
        slots=slots,
        periods=calendar.periods,
    )
