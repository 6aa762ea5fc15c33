"""How good a plan is: proved, or how far from the best possible at most, goal by goal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import isinf

from rich.console import RenderableType

from trainplan.model import Programme
from trainplan.outcome import GoalResult, Outcome
from trainplan.views.console import Screen
from trainplan.views.tables import Column, table
from trainplan.views.text import hanging, line
from trainplan.words import many


def verdict(
    programme: Programme, outcome: Outcome, said: Mapping[str, str], screen: Screen, how_good: str = ""
) -> Iterator[RenderableType]:
    """Yield what was planned and how good it is.

    Args:
        programme: What was planned.
        outcome: With a schedule.
        said: Each goal's value in plain units.
        screen: Where.
        how_good: In one sentence, without a full stop; what can be said of any plan if left out.
    """
    if outcome.schedule is None:
        return
    live = outcome.schedule.live
    seats = sum(one.seats for one in live)
    missing = sum(one.seats for one in outcome.unplaced)
    placed = f"{many(seats, 'seat')} in {many(len(live), 'session')}"
    left = (f"{missing:,} unplaced", "bold red") if missing else "none unplaced"
    yield hanging(screen, "", line((programme.title, "bold"), f": {placed}, ", left, "."))
    taken = f"{outcome.seconds:.1f} s"
    yield hanging(screen, "", line((how_good or sentence(outcome), "bold"), f" ({taken})."))
    columns = (
        Column("Goal"),
        Column("What it came to", wraps=16),
        Column("Value", right=True),
        Column("Best possible", right=True),
        Column("Gap", wraps=8),
    )
    rows = [
        [goal.name, said.get(goal.name, ""), f"{goal.value:,}", _bound(goal), gap(goal)]
        for goal in outcome.goals
    ]
    yield from table(screen, columns, rows)


def sentence(outcome: Outcome) -> str:
    """Return in one sentence how good the plan is, without a full stop."""
    start = "Stopped early: " if outcome.interrupted else ""
    if outcome.status == "optimal":
        return f"{start}Proved optimal: nothing better is possible"
    open_goal = next((goal for goal in outcome.goals if not goal.proved), None)
    if open_goal is None:
        return f"{start}A sound plan, not proved to be the best"
    before = list(outcome.goals[: outcome.goals.index(open_goal)])
    proved = f"; {names(before)} before it proved best" if before else ""
    if isinf(open_goal.gap):
        reach = f"between {open_goal.value:,} and a best possible {open_goal.bound:,} for {open_goal.name}"
        return f"{start}Not proved to be the best: {reach}{proved}"
    return f"{start}Within {gap(open_goal)} of the best possible for {open_goal.name}{proved}"


def names(goals: Sequence[GoalResult]) -> str:
    """Return ``seats, due and sessions``."""
    words = [goal.name for goal in goals]
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]]))


def gap(goal: GoalResult) -> str:
    """Return a goal's gap in words; rounded up, for it is an upper limit."""
    if goal.proved:
        return "proved"
    if isinf(goal.gap):
        return "open"
    return f"{-(-goal.gap * 1000 // 1) / 10:.1f} %"


def _bound(goal: GoalResult) -> str:
    return f"{goal.bound:,}"
