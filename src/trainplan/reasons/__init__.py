"""Why seats have no session in a finished schedule.

Either the files alone show that they can't all be placed, and in which cell; or else it is said what blocks
each day on which they might have had a session, in the schedule as it stands.
"""

from __future__ import annotations

from functools import cached_property

from trainplan.model import Programme, Schedule
from trainplan.reasons.starts import Starts
from trainplan.reasons.usage import Usage
from trainplan.reasons.verdict import worded
from trainplan.shortages import Shortage, found
from trainplan.shortages.openings import Survey

__all__ = ["Reasons", "because"]


class Reasons:
    """Gives the reasons for many seats of one schedule, which is looked through only once."""

    def __init__(self, programme: Programme, schedule: Schedule) -> None:
        """Look through ``schedule``, which may lack seats but breaks no other rule.

        Where it replaces another, nothing can begin any more on the day of that or before.
        """
        self.programme = programme
        self._today = schedule.before.today if schedule.before is not None else None
        self._survey = Survey(programme)
        self._usage = Usage.of(programme, self._survey.calendar, schedule.live)

    @cached_property
    def _shortages(self) -> tuple[Shortage, ...]:
        return tuple(one for one in found(self._survey) if one.finding.severity == "error")

    def because(self, course: str, group: str, seats: int) -> str:
        """Say in one sentence why ``seats`` seats of ``group`` in ``course`` have no session.

        Args:
            course: A course that the group takes.
            group: A group without parts.
            seats: How many seats are missing.
        """
        for shortage in self._shortages:
            if shortage.about(course, group):
                place = shortage.finding.place
                return f"{shortage.finding.message} [{place}]" if place else shortage.finding.message
        starts = Starts(self._survey, self._usage, self.programme.courses[course], group, seats, self._today)
        return worded(starts)


def because(programme: Programme, schedule: Schedule, course: str, group: str, seats: int) -> str:
    """Say in one sentence why some seats have no session; see ``Reasons`` for many at once."""
    return Reasons(programme, schedule).because(course, group, seats)
