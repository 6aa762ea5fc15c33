"""Signs of life while solving: one live line on a terminal, a line for each improvement otherwise."""

from __future__ import annotations

from math import isinf

from trainplan.outcome import GoalResult, Progress
from trainplan.views.console import Screen
from trainplan.views.live import Live
from trainplan.views.text import line
from trainplan.views.verdict import gap


class Ticker(Live):
    """Shows progress on ``screen``; to be used from one thread only."""

    def __init__(self, screen: Screen, patience: float) -> None:
        """Show nothing yet; ``patience`` is the time limit in seconds."""
        super().__init__(screen, "reading")
        self._patience = patience
        self._latest: Progress | None = None
        self._told: tuple[str, int] | None = None

    def report(self, progress: Progress) -> None:
        """Take in a sign of progress."""
        self._latest = progress
        if self._status is None and progress.value is not None and self._improves(progress.value):
            self._told = (progress.goal, progress.value)
            first = "first schedule, " if progress.first else ""
            self._screen.show([line(f"{progress.seconds:.1f} s: {first}{_words(progress)}")])

    def _improves(self, value: int) -> bool:
        goal = self._latest.goal if self._latest is not None else ""
        return self._told is None or self._told[0] != goal or value < self._told[1]

    def tick(self, seconds: float) -> None:
        """Let the live line go on; ``seconds`` have passed since the start."""
        self._update(*self._texts(f"{seconds:.0f} of {self._patience:.0f} s"))

    def _texts(self, time: str) -> list[str]:
        """Return what to show, the longest first: every goal, else the one in hand."""
        hint = "; Ctrl-C keeps the best so far"
        one = f"{_words(self._latest) if self._latest is not None else 'building the model'}, {time}"
        texts = [one + hint, one]
        if self._latest is not None and self._latest.goals and not self._latest.doing:
            between = f" {self._screen.glyphs.bullet} "
            long, short = (
                f"{between.join(words(goal) for goal in self._latest.goals)}{between}{time}"
                for words in (_in_full, _in_short)
            )
            texts = [long + hint, short + hint, long, short, *texts]
        return texts


def _words(progress: Progress) -> str:
    if progress.doing:
        return progress.doing
    if not progress.goal:
        return "building the model"
    if progress.value is None:
        return f"{progress.goal}: looking for a first schedule"
    if progress.bound is None:
        return f"{progress.goal}: {progress.value:,}"
    return f"{progress.goal}: {_how_good(GoalResult(progress.goal, progress.value, progress.bound))}"


def _in_full(goal: GoalResult) -> str:
    return f"{goal.name} {_how_good(goal)}"


def _in_short(goal: GoalResult) -> str:
    reach = "(proved)" if goal.proved else "(open)" if isinf(goal.gap) else f"(gap {gap(goal)})"
    return f"{goal.name} {goal.value:,} {reach}"


def _how_good(goal: GoalResult) -> str:
    if goal.proved:
        return f"{goal.value:,} (proved)"
    reach = "" if isinf(goal.gap) else f", gap {gap(goal)}"
    return f"{goal.value:,} (at best {goal.bound:,}{reach})"
