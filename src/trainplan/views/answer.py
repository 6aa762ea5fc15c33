"""The whole answer of the engine, in the order in which people ask: is it good, when, who, what not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rich.console import RenderableType
from rich.text import Text

from trainplan.model import Programme
from trainplan.outcome import Outcome
from trainplan.views.away import away
from trainplan.views.console import Screen
from trainplan.views.month_grid import month_grid
from trainplan.views.refusal import remarks
from trainplan.views.sessions import sessions
from trainplan.views.text import hanging, heading, line
from trainplan.views.unplaced import unplaced
from trainplan.views.verdict import verdict


def answer(
    programme: Programme, outcome: Outcome, said: Mapping[str, str], screen: Screen
) -> Iterator[RenderableType]:
    """Yield everything there is to say about ``outcome``; ``said`` has each goal's value in plain units."""
    if outcome.schedule is None:
        yield hanging(screen, "", line((programme.title, "bold"), f": {_none(outcome)}"))
        yield from remarks(outcome.because, screen)
        return
    yield from verdict(programme, outcome, said, screen)
    if outcome.schedule.sessions:
        yield Text()
        yield from month_grid(programme, outcome.schedule, screen)
        yield Text()
        yield heading("Sessions")
        yield from sessions(programme, outcome.schedule, screen)
        yield Text()
        yield heading("Away at the peak")
        yield from away(programme, outcome.schedule, screen)
    if outcome.unplaced:
        yield Text()
        yield heading("Without a place")
        yield from unplaced(outcome.unplaced, screen)


def _none(outcome: Outcome) -> str:
    if outcome.status == "infeasible":
        return "no schedule is possible, and that is proved."
    if outcome.interrupted:
        return f"stopped after {outcome.seconds:.1f} s, before there was any schedule."
    return f"no schedule found in {outcome.seconds:.1f} s; that does not mean that there is none."
