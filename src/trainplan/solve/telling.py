"""What is known of every goal while one of them is in hand, told with each sign of progress."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from trainplan.outcome import GoalResult, Progress, Report


class Telling:
    """Passes on what a search hears about one goal, with what is known of the others."""

    def __init__(self, names: Sequence[str], report: Report) -> None:
        """Know nothing yet of the goals with these names, most important first."""
        self._names = list(names)
        self._values: list[int | None] = [None] * len(names)
        self._bounds = [0] * len(names)
        self._report = report
        self._begun = False

    def begin(self, so_far: Callable[[], object], seconds: float) -> None:
        """Tell that it begins, and how to ask at any time what there is so far."""
        self._report(Progress("", None, None, seconds, so_far=so_far))

    def tell(self, goal: str, value: int | None, bound: int | None, seconds: float) -> None:
        """Tell of the goal in hand; an empty name is the building of the model."""
        if goal in self._names:
            at = self._names.index(goal)
            self._bounds[at] = max(self._bounds[at], bound or 0)
            bound = self._bounds[at] or bound
            if value is not None and value != self._values[at]:
                # Another schedule: how it does on the goals after this one is not known yet.
                later = len(self._names) - at - 1
                self._values[at:] = [value] + [None] * later
                self._bounds[at + 1 :] = [0] * later
        first = value is not None and not self._begun
        self._begun = self._begun or first
        self._report(Progress(goal, value, bound, seconds, goals=self._goals(), first=first))

    def measured(self, values: Sequence[int], bounds: Sequence[int], seconds: float) -> None:
        """Tell of a schedule whose values are all known, by the first goal that can still be bettered."""
        self._values = list(values)
        self._bounds = list(bounds)
        open_to = [at for at, value in enumerate(values) if value > bounds[at]]
        at = open_to[0] if open_to else len(values) - 1
        self.tell(self._names[at], values[at], bounds[at] or None, seconds)

    def _goals(self) -> tuple[GoalResult, ...]:
        known = zip(self._names, self._values, self._bounds, strict=True)
        return tuple(GoalResult(name, value, bound) for name, value, bound in known if value is not None)
