"""The days of a session that only says when it starts."""

from __future__ import annotations

from datetime import date, timedelta

from trainplan.load.grammar.days import Slots
from trainplan.model import Course, Programme, Slot
from trainplan.workdays import calendar_of

_ONE_DAY = timedelta(days=1)


class Deriver:
    """Counts off a course's slots from a start; remembers what it has counted."""

    def __init__(self, programme: Programme) -> None:
        """Take the programme's calendar."""
        self._programme = programme
        self._calendar = calendar_of(programme)
        self._known: dict[tuple[int, date], Slots] = {}

    def slots(self, course: Course, start: date) -> Slots:
        """Return as many consecutive working slots as the course takes, from ``start`` on.

        ``start`` itself counts even if nobody works on it: whoever wrote it meant it, and is to be told.
        Outside the programme every weekday of its working week counts, for the same reason.
        """
        wanted = course.length, start
        if wanted not in self._known:
            self._known[wanted] = self._count(course.length, start)
        return self._known[wanted]

    def _count(self, length: int, start: date) -> Slots:
        slots: list[Slot] = []
        day = start
        while len(slots) < length:
            if day == start or self._works(day):
                slots += [Slot(day, period) for period in range(len(self._programme.periods))]
            day += _ONE_DAY
        return tuple(slots[:length])

    def _works(self, day: date) -> bool:
        programme = self._programme
        if programme.starts <= day <= programme.ends:
            return self._calendar.works(day)
        return day.weekday() in programme.working_days
