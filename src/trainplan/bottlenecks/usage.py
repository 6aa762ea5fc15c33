"""How used each venue, each instructor and each group's cover is in a schedule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from trainplan.model import Programme, Schedule, Slot
from trainplan.workdays import calendar_of, week_of


@dataclass(frozen=True, slots=True)
class Use:
    """How used one thing is.

    Attributes:
        kind: What it is.
        id: Which.
        used: Days in use; for a group person-days away (with several periods a day, parts of days count).
        available: Days on which it could be used; for a group ``max_away`` times its open days.
        peak: For a group, the most people away at one time.
    """

    kind: Literal["venue", "instructor", "group"]
    id: str
    used: float
    available: float
    peak: int | None = None

    @property
    def share(self) -> float:
        """The part that is used, 0 to 1; 0 where nothing is available."""
        return self.used / self.available if self.available else 0.0


def usage(programme: Programme, schedule: Schedule) -> list[Use]:
    """Return venues, then instructors, then groups, the most used of each first."""
    found: list[Use] = []
    for uses in (
        _venues(programme, schedule),
        _instructors(programme, schedule),
        _groups(programme, schedule),
    ):
        found += sorted(uses, key=lambda one: -one.share)
    return found


def _venues(programme: Programme, schedule: Schedule) -> Iterator[Use]:
    calendar = calendar_of(programme)
    for id in programme.venues:
        taken = {slot for one in schedule.live if id in one.venues for slot in one.slots}
        shut = calendar.closed("venue", id)
        open_ = sum(day not in shut for day in calendar.working)
        yield Use("venue", id, len(taken) / calendar.periods, open_)


def _instructors(programme: Programme, schedule: Schedule) -> Iterator[Use]:
    calendar = calendar_of(programme)
    for id, row in programme.instructors.items():
        taken = {day for one in schedule.live if id in one.instructors for day in one.days}
        shut = calendar.closed("instructor", id)
        weeks: Counter[date] = Counter(week_of(day) for day in calendar.working if day not in shut)
        limit = row.max_days_per_week
        yield Use(
            "instructor",
            id,
            len(taken),
            sum(days if limit is None else min(days, limit) for days in weeks.values()),
        )


def _groups(programme: Programme, schedule: Schedule) -> Iterator[Use]:
    calendar = calendar_of(programme)
    for id, row in programme.groups.items():
        parts = set(programme.parts(id))
        away: Counter[Slot] = Counter()
        for one in schedule.live:
            people = sum(seats for group, seats in one.groups.items() if group in parts)
            for slot in one.slots:
                away[slot] += people
        shut = calendar.closed("group", id)
        open_ = sum(day not in shut for day in calendar.working)
        yield Use(
            "group",
            id,
            sum(away.values()) / calendar.periods,
            row.max_away * open_,
            max(away.values(), default=0),
        )
