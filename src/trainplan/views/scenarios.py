"""Scenarios side by side: how good each plan is, each goal, and the cheapest that leaves nobody out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import RenderableType

from trainplan.goals import GOALS
from trainplan.scenarios import Planned, cheapest
from trainplan.views.console import Screen
from trainplan.views.tables import Column, table
from trainplan.views.text import hanging, line
from trainplan.words import many

_STATUS = {
    "optimal": "proved optimal",
    "feasible": "not proved",
    "infeasible": "impossible, proved",
    "unknown": "none found in time",
}


def scenarios(planned: Sequence[Planned], screen: Screen) -> Iterator[RenderableType]:
    """Yield the table of scenarios and the sentence below it."""
    names = [name for name in GOALS if name != "changes" and _asked(name, planned)]
    best = cheapest(planned)
    rows = [
        [
            one.scenario.name,
            _good(one),
            *(_said(one, name) for name in names),
            "cheapest that places every seat" if one is best else "",
        ]
        for one in planned
    ]
    columns = (
        Column("Scenario", wraps=8),
        Column("Plan", wraps=8),
        *(Column(name, wraps=9) for name in names),
        Column("", wraps=10),
    )
    yield from table(screen, columns, rows)
    yield hanging(screen, "", line(_verdict(planned, best)))


def _asked(name: str, planned: Sequence[Planned]) -> bool:
    if name == "cost":
        return any(one.cost for one in planned)
    return name == "seats" or any(name in one.programme.goals for one in planned)


def _good(one: Planned) -> str:
    if one.fault:
        return "a fault in trainplan"
    return "stopped early" if one.outcome.interrupted else _STATUS[one.outcome.status]


def _said(one: Planned, name: str) -> str:
    schedule = one.outcome.schedule
    if schedule is None:
        return "none"
    return GOALS[name].say(one.programme, schedule, GOALS[name].measure(one.programme, schedule))


def _verdict(planned: Sequence[Planned], best: Planned | None) -> str:
    whole = [one for one in planned if one.complete]
    if not whole:
        return f"None of {many(len(planned), 'scenario')} places every seat."
    placed = f"{len(whole)} of {many(len(planned), 'scenario')} place every seat"
    if best is None:
        return f"{placed}; the files name no costs, so none is the cheapest."
    return f"{placed}; {best.scenario.name} is the cheapest of them."
