"""Better schedules from a good one: most of it is held, a part is freed and solved anew, again and again.

Large neighbourhood search (P. Shaw, 1998). Each part is a board of its own, small because what is held keeps
only its own places. Which kind of part is freed, and how much of it, follows what has paid so far.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from trainplan.goals.base import Goal
from trainplan.model import Course, Programme, Schedule
from trainplan.solve.dealing import undealt
from trainplan.solve.decode import decode
from trainplan.solve.encode import hint
from trainplan.solve.leeway import Freed
from trainplan.solve.posted import posted
from trainplan.solve.search import Budget, minimise
from trainplan.workdays import Calendar, Placement

PART_SECONDS = 1.0  # for one goal of one part
FREED = 900  # places offered in a part, to begin with
LEAST, MOST = 100, 6000


@dataclass(slots=True)
class Improver:
    """The search around one programme's best schedule.

    Attributes:
        goals: Most important first.
        values: The best schedule's value of each goal.
        floors: Returns for each goal what can't be bettered by schedules with these values, as far as known.
        size: Places offered in a part; it follows how quickly parts are solved.
        until: Budget to leave unused.
    """

    calendar: Calendar
    goals: Sequence[Goal]
    best: Schedule
    values: list[int]
    floors: Callable[[Sequence[int]], Sequence[int]]
    before: Schedule | None
    random: Random
    budget: Budget
    size: float = FREED
    until: float = 0.0

    @property
    def programme(self) -> Programme:
        """What is planned."""
        return self.calendar.programme

    def run(self, until: float, heard: Callable[[str, int], None]) -> None:
        """Free and solve parts until so much of the budget is left, or nothing can be bettered.

        Args:
            until: Budget to leave, in its own unit.
            heard: Called with a goal's name and value at each betterment.
        """
        scores = dict.fromkeys(PARTS, 1.0)
        self.until = max(0.0, until)
        while self.budget.left > self.until and not self._enough():
            name = self.random.choices(list(scores), list(scores.values()))[0]
            found = self._solve(PARTS[name](self))
            better = found is not None and found[1] < self.values
            scores[name] = max(0.1, 0.9 * scores[name] + (1.0 if better else 0.0))
            if found is not None and found[1] <= self.values:
                self.best, self.values = found
            if better:
                floors = self.floors(self.values)
                above = [at for at, floor in enumerate(floors) if self.values[at] > floor]
                at = above[0] if above else len(floors) - 1
                heard(self.goals[at].name, self.values[at])

    def _enough(self) -> bool:
        return self.budget.enough(self.values, self.floors(self.values))

    def _solve(self, free: Mapping[str, set[Placement]]) -> tuple[Schedule, list[int]] | None:
        """Solve one part; return the whole schedule that comes of it and its values."""
        freed = Freed(self.best, free)
        board, objectives = posted(self.calendar, self.goals, self.before, self.budget, freed=freed)
        start: Mapping[int, int] = hint(board, self.best)
        solution: Sequence[int] | None = None
        timed_out = False
        floors = self.floors(self.values)
        for objective, value, floor in zip(objectives, self.values, floors, strict=True):
            board.structure(objective <= value)
            left = self.budget.left
            if value <= floor or left <= self.until:
                continue
            share = min(PART_SECONDS, left - self.until) / left
            found = minimise(board, objective, self.budget, share=share, hint=start, heard=_nobody)
            timed_out |= found.status != "optimal"
            if not found.solutions:
                break
            solution = found.solutions[-1]
            start = dict(enumerate(solution))
            board.structure(objective <= board.value(objective, solution))
            if found.value is not None and found.value < value:
                # A gain for this goal is worth whatever the goals after it were.
                break
        self.size = min(MOST, max(LEAST, self.size * (0.8 if timed_out else 1.1)))
        if solution is None:
            return None
        schedule = decode(board, solution, self.before)
        if any(True for _ in undealt(self.programme, schedule)):
            return None
        return schedule, [goal.measure(self.programme, schedule) for goal in self.goals]

    def choice(self, course: Course) -> list[Placement]:
        """Return the placements of a course inside its window."""
        return [one for one in self.calendar.placements(course) if self.calendar.in_window(course, one)]


def _nobody(value: int | None, bound: int | None) -> None:
    """Hear nothing: a part's values are not the whole's."""


def _lots(course: Course) -> int:
    return 1 if course.mixed else len(course.seats)


def some_courses(improver: Improver) -> dict[str, set[Placement]]:
    """Free every session of a few courses that share groups, one that falls short among them if any does."""
    programme, random = improver.programme, improver.random
    left = {course.id: sum(course.seats.values()) for course in programme.courses.values()}
    for session in improver.best.live:
        left[session.course] -= session.seats
    short = [id for id, seats in left.items() if seats]
    first = programme.courses[random.choice(short or list(left))]
    near = [one for one in programme.courses.values() if one is not first]
    random.shuffle(near)
    near.sort(key=lambda one: not _bound_up(first, one))
    chosen: dict[str, set[Placement]] = {}
    room = improver.size
    for course in (first, *near):
        choice = improver.choice(course)
        if chosen and room < len(choice) * _lots(course):
            continue
        chosen[course.id] = set(choice)
        room -= len(choice) * _lots(course)
    return chosen


def _bound_up(one: Course, other: Course) -> bool:
    """Say whether two courses compete for people or follow each other."""
    return (
        not one.seats.keys().isdisjoint(other.seats)
        or any(order.course == other.id for order in one.after)
        or any(order.course == one.id for order in other.after)
    )


def some_weeks(improver: Improver) -> dict[str, set[Placement]]:
    """Free whatever lies within a stretch of time, of every course."""
    return _stretch(improver, list(improver.programme.courses.values()))


def _stretch(improver: Improver, courses: Sequence[Course]) -> dict[str, set[Placement]]:
    """Free what lies within a stretch of time that has about the size of a part."""
    everything = [(one, course.id, _lots(course)) for course in courses for one in improver.choice(course)]
    everything.sort(key=lambda item: item[0].first)
    start = improver.random.randrange(len(everything)) if everything else 0
    chosen: dict[str, set[Placement]] = {}
    room = improver.size
    for place, id, lots in everything[start:]:
        room -= lots
        if room < 0:
            break
        chosen.setdefault(id, set()).add(place)
    return chosen


def some_rooms(improver: Improver) -> dict[str, set[Placement]]:
    """Free the courses that compete for a room or for instructors, within a stretch of time."""
    programme, random = improver.programme, improver.random
    first = programme.courses[random.choice(list(programme.courses))]
    rivals = [one for one in programme.courses.values() if _rivals(first, one)]
    return _stretch(improver, rivals)


def _rivals(one: Course, other: Course) -> bool:
    """Say whether two courses may want the same room or the same instructors."""
    rooms = one.features is not None and one.features == other.features
    asked = {role.qualification for role in one.roles}
    return one is other or rooms or any(role.qualification in asked for role in other.roles)


PARTS: dict[str, Callable[[Improver], dict[str, set[Placement]]]] = {
    "courses": some_courses,
    "weeks": some_weeks,
    "rooms": some_rooms,
}
