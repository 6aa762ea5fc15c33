"""Turns for placing class by class, taken from the small relaxation: who is dealt with first, and who next.

The relaxation spreads the seats of a course over many placements in fractions. A class comes when a share of
its seats, the same for all classes, has come (the alpha-points of C. Phillips, C. Stein and J. Wein, 1998).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from trainplan.model import Course
from trainplan.solve.construct import Turn

USUAL = 0.5  # half a class has come


class Guide:
    """When the seats of each course come in a solution of the relaxation."""

    def __init__(
        self, courses: Mapping[str, Course], comes: Mapping[Turn, Sequence[tuple[int, float]]]
    ) -> None:
        """Take a solution as slots in which seats begin, ascending, and how many do."""
        self._courses = courses
        self._comes = {turn: come for turn, come in comes.items() if come}

    def turns(self, share: float = USUAL) -> list[Turn]:
        """Return the classes in order of time.

        Args:
            share: Of a class that has to have come, 0 to 1.
        """
        found: list[tuple[int, Turn]] = []
        for turn, comes in self._comes.items():
            course = self._courses[turn[0]]
            total = sum(course.seats[group] for group in turn[1])
            for begun in range(0, total, course.max_class):
                awaited = begun + share * min(course.max_class, total - begun)
                found.append((_when(comes, awaited), turn))
        return [turn for _, turn in sorted(found)]


def _when(comes: Sequence[tuple[int, float]], awaited: float) -> int:
    """Return the slot in which the ``awaited``-th seat comes; the last one if it never does."""
    come = 0.0
    for slot, seats in comes:
        come += seats
        if come >= awaited:
            return slot
    return comes[-1][0]
