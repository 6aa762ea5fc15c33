"""What limits a plan: what would help and by how much, what would not, and how used everything is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.text import Text

from trainplan.bottlenecks.gains import gains
from trainplan.bottlenecks.search import Limiting, Tried
from trainplan.bottlenecks.usage import Use
from trainplan.goals import GOALS
from trainplan.model import Programme
from trainplan.views.console import Screen
from trainplan.views.tables import Cell, Column, table
from trainplan.views.text import hanging, heading, line
from trainplan.words import listed

SURE = {True: "proved", False: "found, not proved"}


def bottlenecks(
    programme: Programme, found: Limiting, used: Sequence[Use], screen: Screen
) -> Iterator[RenderableType]:
    """Yield the plan measured from, the reliefs by what they give, and the table of use."""
    base = found.base
    assert base.schedule is not None
    came = listed([GOALS[one.name].say(programme, base.schedule, one.value) for one in base.goals])
    sure = "proved optimal" if base.status == "optimal" else "not proved to be the best"
    yield hanging(screen, "", line((programme.title, "bold"), f": {came} ({sure})."))
    yield Text()
    helping = [one for one in found.tried if one.helps]
    if helping:
        yield heading("What would help, each planned again on its own")
        rows: list[list[Cell]] = [
            [
                one.relief.message,
                "; ".join(gains(programme, base, one.relief.programme, one.outcome)),
                SURE[one.settled],
            ]
            for one in helping
        ]
        columns = (Column("With", wraps=24), Column("It would be", wraps=24), Column("How sure", wraps=8))
        yield from table(screen, columns, rows)
    elif found.tried:
        yield heading("Nothing that was tried would help")
    elif not found.untried:
        text = "Nothing limits the goals but class sizes and the lengths of the courses."
        if not found.priced:
            text = "Time ran out before it was found what limits the goals; nothing is said of it."
        yield hanging(screen, "", line(text))
    yield from _rest(found, screen)
    yield Text()
    yield from _used(used, screen)


def _rest(found: Limiting, screen: Screen) -> Iterator[RenderableType]:
    def said(title: str, messages: Sequence[str]) -> Iterator[RenderableType]:
        if messages:
            yield Text()
            yield heading(title)
            for message in messages:
                yield hanging(screen, f"{screen.glyphs.bullet} ", line(message))

    vain = [one for one in found.tried if not one.helps]

    def told(one: Tried) -> str:
        return one.relief.message

    yield from said("No use, and that is proved", [told(one) for one in vain if one.settled])
    yield from said("No gain found in the time; not settled", [told(one) for one in vain if not one.settled])
    yield from said("Not tried for want of time; may help or not", [one.message for one in found.untried])


def _used(used: Sequence[Use], screen: Screen) -> Iterator[RenderableType]:
    yield heading("How used everything is")
    names = {"venue": "venue days", "instructor": "instructor days", "group": "person-days away"}
    rows: list[list[Cell]] = [
        [
            one.id,
            names[one.kind],
            f"{one.used:,.1f}".removesuffix(".0"),
            f"{one.available:,.1f}".removesuffix(".0"),
            f"{100 * one.share:.0f} %" if one.available else "-",
            "" if one.peak is None else f"{one.peak:,}",
        ]
        for one in used
    ]
    columns = (
        Column("Who or what"),
        Column("Counted in"),
        Column("Used", right=True),
        Column("Available", right=True),
        Column("Share", right=True),
        Column("Peak", right=True),
    )
    yield from table(screen, columns, rows)
