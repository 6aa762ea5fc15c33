"""What goals come to in a plan, and the least that they could."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from trainplan.solve.chains.listing import Starts
from trainplan.solve.chains.tasks import Chains


class Values:
    """The goals' values, in the goals' own units, of a plan in which every session takes place."""

    def __init__(self, chains: Chains, goals: Sequence[str]) -> None:
        """Look at the goals in this order."""
        self._goals = goals
        self._days = chains.days
        self._tasks = chains.tasks
        self._lengths = [task.length for task in chains.tasks]
        starts = chains.calendar.programme.starts
        self._seats = [sum(task.seats.values()) for task in chains.tasks]
        self._dues = [
            (seats, number, (task.course.due - starts).days)
            for number, (task, seats) in enumerate(zip(chains.tasks, self._seats, strict=True))
            if task.course.due is not None
        ]

    def __call__(self, starts: Starts) -> tuple[int, ...]:
        """Return a value for each goal."""
        return tuple(self._each(starts))

    def least(self, heads: Sequence[int], tails: Sequence[int]) -> tuple[int, ...]:
        """Return a value for each goal that no plan can better, from each task's earliest start alone.

        Args:
            heads: The earliest start of each task.
            tails: The slots that must pass from its start to the end, at least.
        """
        last = max(head + tail for head, tail in zip(heads, tails, strict=True)) - 1
        if last >= len(self._days):
            return tuple(0 for _ in self._goals)
        longest = self._days[last] + 1
        return tuple(
            max(value, longest) if goal == "finish" else value
            for goal, value in zip(self._goals, self._each(heads), strict=True)
        )

    def _each(self, starts: Sequence[int]) -> Iterator[int]:
        days, lengths = self._days, self._lengths
        for goal in self._goals:
            if goal == "finish":
                yield days[max(map(int.__add__, starts, lengths)) - 1] + 1
            elif goal == "sessions":
                yield len(lengths)
            elif goal == "early":
                yield sum(
                    seats * days[start + length - 1]
                    for seats, start, length in zip(self._seats, starts, lengths, strict=True)
                )
            elif goal == "due":
                yield sum(
                    seats * max(0, days[starts[number] + lengths[number] - 1] - due)
                    for seats, number, due in self._dues
                )
            else:
                yield 0
