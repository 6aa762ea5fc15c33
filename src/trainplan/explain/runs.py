"""The runs that a course may take while a day off, or its length, is an open question.

Leaving a statement out must make nothing stricter. A day off that no longer binds may be worked on or
stepped over, each session as it likes; a length that no longer binds may be any.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date

from trainplan.model import Course
from trainplan.workdays import Calendar, week_of

MOST = 20_000  # runs of one course; a question about more takes too long


def open_runs(
    calendar: Calendar,
    course: Course,
    days_off: Sequence[frozenset[date]],
    *,
    any_length: bool = False,
    every_start: bool = False,
    lengths: Collection[int] = (),
) -> tuple[tuple[int, ...], ...] | None:
    """Return the runs of slots that a course may take, in order of time; None if they are too many.

    Args:
        calendar: On which the days that may be off are working days.
        course: Its starts and its ``span`` count, and its length unless any will do.
        days_off: Sets of days; a session works on those of a set that it meets, or steps over them all.
        any_length: A session may take any number of slots. Of runs with the same end only the shortest
            is returned: whatever keeps that from its place keeps the longer ones too.
        every_start: Nor may a run then start sooner than the shortest with that end: return them all.
        lengths: With ``any_length``: numbers of slots of which every run is returned.
    """
    grown = _Runs(calendar, course, days_off)
    found: set[tuple[int, ...]] = set()
    for at in range(len(grown.axis)):
        if not grown.may_start(at):
            continue
        for run in grown.of(at, any_length, every_start, lengths):
            found.add(run)
            if len(found) > MOST:
                return None
    return tuple(sorted(found))


# A run so far, the position after it, whether a shorter one has the same end, and which sets of days are
# worked on and which stepped over.
_Growth = tuple[tuple[int, ...], int, bool, frozenset[int], frozenset[int]]


class _Runs:
    def __init__(self, calendar: Calendar, course: Course, days_off: Sequence[frozenset[date]]) -> None:
        self.course = course
        periods = calendar.periods
        self.axis = [
            calendar.number_of(day) + period for day in calendar.working for period in range(periods)
        ]
        self.days = [day for day in calendar.working for _ in range(periods)]
        self.begins = [slot % periods == 0 for slot in self.axis]
        self.sets = [
            frozenset(number for number, days in enumerate(days_off) if day in days) for day in self.days
        ]

    def may_start(self, at: int) -> bool:
        course = self.course
        return (self.begins[at] or not course.whole_days) and (
            course.start_on is None or self.days[at].weekday() in course.start_on
        )

    def of(
        self, start: int, any_length: bool, every_start: bool, lengths: Collection[int]
    ) -> Iterator[tuple[int, ...]]:
        """Yield the runs from one start; some may come twice."""
        length, week = self.course.length, week_of(self.days[start])
        longest = max([len(self.axis) if any_length else length, *lengths])
        ahead: list[_Growth] = [((self.axis[start],), start + 1, False, self.sets[start], frozenset())]
        while ahead:
            run, at, longer, worked, stepped = ahead.pop()
            wanted = not longer or every_start or len(run) in lengths if any_length else len(run) == length
            if wanted:
                yield run
            goes_on = every_start or not longer or any(len(run) < other for other in lengths)
            if len(run) >= longest or (any_length and not goes_on):
                continue
            while at < len(self.axis) and self.sets[at] & stepped:
                at += 1
            if at == len(self.axis) or (not self.course.span and week_of(self.days[at]) != week):
                continue
            sets = self.sets[at]
            ahead.append(
                ((*run, self.axis[at]), at + 1, longer or self.may_start(at), worked | sets, stepped)
            )
            ahead += [(run, at + 1, longer, worked, stepped | {one}) for one in sets - worked]
