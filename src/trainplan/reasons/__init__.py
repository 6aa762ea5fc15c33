"""Why seats have no session in a finished schedule: what blocks each day on which they might have had one."""

from __future__ import annotations

from trainplan.model import Programme, Schedule
from trainplan.reasons.starts import Starts
from trainplan.reasons.usage import Usage
from trainplan.reasons.verdict import worded
from trainplan.shortages.openings import Survey

__all__ = ["Reasons", "because"]


class Reasons:
    """Gives the reasons for many seats of one schedule, which is looked through only once."""

    def __init__(self, programme: Programme, schedule: Schedule) -> None:
        """Look through ``schedule``, which may lack seats but breaks no other rule."""
        self.programme = programme
        self._survey = Survey(programme)
        self._usage = Usage.of(programme, self._survey.calendar, schedule.live)

    def because(self, course: str, group: str, seats: int) -> str:
        """Say in one sentence why ``seats`` seats of ``group`` in ``course`` have no session.

        Args:
            course: A course that the group takes.
            group: A group without parts.
            seats: How many seats are missing.
        """
        starts = Starts(self._survey, self._usage, self.programme.courses[course], group, seats)
        return worded(starts)


def because(programme: Programme, schedule: Schedule, course: str, group: str, seats: int) -> str:
    """Say in one sentence why some seats have no session; see ``Reasons`` for many at once."""
    return Reasons(programme, schedule).because(course, group, seats)
