"""Whether a run keeps the order that ``after`` asks, in a schedule as it stands."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from trainplan.attendance.hall import shortage
from trainplan.attendance.puzzle import binding, puzzle
from trainplan.model import After, Course, Session
from trainplan.reasons.usage import Usage
from trainplan.shortages.openings import Survey
from trainplan.workdays import Calendar, Placement


def probe(calendar: Calendar, course: Course, run: Placement, seats: Mapping[str, int]) -> Session:
    """Return a session that might be added, under an id that no row can have."""
    slots = tuple(calendar.slot(number) for number in run.slots)
    return Session("", course.id, slots[0].day, slots[-1].day, slots, (), (), seats, sum(seats.values()))


class Order:
    """What comes before and after one course, for one group."""

    def __init__(self, survey: Survey, usage: Usage, course: Course, group: str) -> None:
        """Look at the sessions that ``course`` has to be in order with."""
        self.survey = survey
        self.usage = usage
        self.course = course
        self.group = group
        self._answers: dict[tuple[frozenset[int], ...], bool] = {}

    def kept(self, run: Placement) -> bool:
        """Say whether one more seat at ``run`` keeps every order."""
        before = (order for order in self.course.after if order.all)
        return (
            all(self._follows(order, self._ends(order.course), run.first) for order in before)
            and all(self._precedes(order, later, run) for order, later in self._waiting)
            and self._served(run)
        )

    @cached_property
    def _waiting(self) -> list[tuple[After, str]]:
        """The courses that wait until every session of this one is over."""
        return [
            (order, other.id)
            for other in self.survey.programme.courses.values()
            for order in other.after
            if order.all and order.course == self.course.id
        ]

    def _ends(self, course: str) -> int | None:
        number = self.survey.calendar.number
        ends = [number(one.slots[-1]) for one in self.usage.of_course[course] if one.slots]
        return max(ends, default=None)

    def _follows(self, order: After, last: int | None, first: int) -> bool:
        """Say whether a session that begins in slot ``first`` is in order after one that ends in ``last``."""
        if last is None:
            return True
        calendar = self.survey.calendar
        lag = (calendar.day(first) - calendar.day(last)).days
        return (
            first > last
            and (order.at_least is None or lag >= order.at_least)
            and (order.at_most is None or lag <= order.at_most)
        )

    def _precedes(self, order: After, later: str, run: Placement) -> bool:
        ends = max(run.last, self._ends(self.course.id) or 0)
        starts = (
            self.survey.calendar.number(one.slots[0]) for one in self.usage.of_course[later] if one.slots
        )
        return all(self._follows(order, ends, first) for first in starts)

    @cached_property
    def _binding(self) -> tuple[After, ...]:
        return binding(self.survey.programme, self.course, self.group)

    @cached_property
    def _ahead(self) -> list[Session]:
        """The group's sessions of the course itself and of all that come before it, at any remove."""
        courses, open_ = {self.course.id}, [self.course]
        while open_:
            for order in binding(self.survey.programme, open_.pop(), self.group):
                if order.course not in courses:
                    courses.add(order.course)
                    open_.append(self.survey.programme.courses[order.course])
        return [one for one in self.usage.of_group[self.group] if one.course in courses and one.slots]

    def _served(self, run: Placement) -> bool:
        """Say whether someone who is ready at ``run`` is left over.

        That depends on the run only by the sessions that come in time before it.
        """
        if not self._binding:
            return True
        number = self.survey.calendar.number
        key = tuple(
            frozenset(
                at
                for at, one in enumerate(self._ahead)
                if one.course == order.course and self._follows(order, number(one.slots[-1]), run.first)
            )
            for order in self._binding
        )
        if key not in self._answers:
            added = probe(self.survey.calendar, self.course, run, {self.group: 1})
            self._answers[key] = (
                shortage(puzzle(self.survey.programme, self.group, [*self._ahead, added])) is None
            )
        return self._answers[key]
