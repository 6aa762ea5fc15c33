"""The runs that are left to a course when what comes before it has had its time."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable

from trainplan.model import After, Course
from trainplan.shortages.openings import EVERYTHING, Heed, Openings, Survey, bits, joined
from trainplan.shortages.sizes import sessions
from trainplan.workdays import Calendar, Placement


def one_after_another(calendar: Calendar, runs: Iterable[Placement]) -> list[Placement]:
    """Return as many runs as can follow one another, each the first to end.

    The k-th of them ends no later than the k-th of any other choice. Of a run that steps over working days
    only what comes after them counts, for others may lie in between.
    """
    chosen: list[Placement] = []
    for run in sorted(runs, key=lambda one: one.last):
        if not chosen or calendar.unbroken(run) > chosen[-1].last:
            chosen.append(run)
    return chosen


class Reach:
    """The usable runs of every course and group that keep all orders, if each is alone in the programme.

    Attributes:
        survey: What is open when.
    """

    def __init__(self, survey: Survey, heeds: Collection[Heed] = EVERYTHING) -> None:
        """Get ready to ask; nothing is worked out yet.

        Args:
            survey: What is open when.
            heeds: What counts besides window and order; the rest is taken to be there.
        """
        self.survey = survey
        self.heeds = heeds
        self._runs: dict[tuple[str, str], int] = {}
        self._over: dict[str, int | None] = {}
        self._ends: dict[tuple[str, str], list[int]] = {}

    def runs(self, course: str, group: str) -> int:
        """Return the runs (bits of the course's openings) that a session for ``group`` may take."""
        if (course, group) not in self._runs:
            self._runs[course, group] = self._kept(self.survey.of(course), group)
        return self._runs[course, group]

    def any(self, course: str) -> int:
        """Return the runs that some group may take."""
        return joined(self.runs(course, group) for group in self.survey.programme.courses[course].seats)

    def placements(self, course: str, runs: int) -> list[Placement]:
        """Return the placements of these runs, in order of time."""
        openings = self.survey.of(course)
        return [openings.runs[run] for run in bits(runs)]

    def kept(self, order: After, course: Course, group: str, run: Placement) -> bool:
        """Say whether a run of ``course`` can come after what ``order`` asks for."""
        programme = self.survey.programme
        if order.all:
            over = self.over(order.course)
            return over is None or self._follows(order, over, run, longest=False)
        if group not in programme.courses[order.course].seats:
            return True
        latest = self.latest_before(order, group, run)
        return latest is not None and self._follows(order, latest, run)

    def latest_before(self, order: After, group: str, run: Placement) -> int | None:
        """Return the last slot of the earlier course's latest run that is over in time, None if none is."""
        key = order.course, group
        if key not in self._ends:
            self._ends[key] = sorted(one.last for one in self.placements(order.course, self.runs(*key)))
        periods = self.survey.calendar.periods
        until = (run.first // periods - (order.at_least or 0) + 1) * periods
        at = bisect_left(self._ends[key], min(run.first, until))
        return self._ends[key][at - 1] if at else None

    def over(self, course: str) -> int | None:
        """Return the slot in which the course's last session ends at the earliest, None where never.

        With so many sessions at once at most, so many at least follow one another.
        """
        if course not in self._over:
            self._over[course] = self._ending(self.survey.programme.courses[course])
        return self._over[course]

    def _ending(self, course: Course) -> int | None:
        ends = []
        for group in course.seats:
            runs = self.placements(course.id, self.runs(course.id, group))
            if not runs:
                return None
            ends.append(min(run.last for run in runs))
        least = sessions(self.survey, course)
        width = self._width(course)
        rounds = one_after_another(self.survey.calendar, self.placements(course.id, self.any(course.id)))
        if width and least:
            turns = -(-least // width)
            if turns > len(rounds):
                return None
            ends.append(rounds[turns - 1].last)
        return max(ends, default=None)

    def _width(self, course: Course) -> int:
        """Return how many sessions can run at once at most; 0 where nothing limits them."""
        openings = self.survey.of(course.id)
        limits = [course.parallel] if course.parallel is not None else []
        if course.features is not None:
            limits.append(sum(1 for runs in openings.venues.values() if runs))
        limits += [
            sum(1 for runs in holders.values() if runs) // role.count
            for role, holders in zip(course.roles, openings.teachers, strict=True)
        ]
        return min(limits, default=0)

    def _kept(self, openings: Openings, group: str) -> int:
        course = openings.course
        runs = openings.usable(group, self.heeds)
        for order in course.after:
            runs = sum(1 << run for run in bits(runs) if self.kept(order, course, group, openings.runs[run]))
        return runs

    def _follows(self, order: After, last: int, run: Placement, longest: bool = True) -> bool:
        calendar = self.survey.calendar
        lag = (calendar.day(run.first) - calendar.day(last)).days
        return (
            run.first > last
            and (order.at_least is None or lag >= order.at_least)
            and (not longest or order.at_most is None or lag <= order.at_most)
        )
