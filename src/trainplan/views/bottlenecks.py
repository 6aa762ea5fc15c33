"""What limits a plan: what would help and by how much, what would not, and how used everything is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.text import Text

from trainplan.bottlenecks.gains import certain, gains
from trainplan.bottlenecks.search import Limiting
from trainplan.bottlenecks.tried import Tried
from trainplan.bottlenecks.usage import Use
from trainplan.goals import GOALS
from trainplan.model import Programme
from trainplan.views.console import Screen
from trainplan.views.tables import Cell, Column, table
from trainplan.views.text import hanging, heading, line
from trainplan.words import listed


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
                "; ".join(gains(programme, base, one)),
                _sure(one, certain(base, one)),
            ]
            for one in helping
        ]
        columns = (Column("With", wraps=24), Column("It would be", wraps=24), Column("How sure", wraps=8))
        yield from table(screen, columns, rows)
    else:
        yield hanging(screen, "", line((_nothing(found), "bold")))
    yield from _rest(found, screen)
    yield Text()
    yield from _used(used, screen)


def _sure(one: Tried, certain: bool) -> str:
    if not one.settled:
        return "found, not proved"
    return "proved" if certain else "that it helps is proved; how much is not"


def _nothing(found: Limiting) -> str:
    """Return why nothing is listed that helps."""
    if found.tried:
        return "Nothing that was tried would help."
    if found.untried:
        return "Nothing was tried: there was no time left to plan with more of anything."
    if found.trouble:
        return "It could not be found out what limits the goals; nothing is said of it."
    if found.failed or found.beyond:
        return "Nothing was tried."
    if not found.priced:
        return "Time ran out before it was found what limits the goals; nothing is said of it."
    if not any(one.value for one in found.base.goals):
        return "Nothing limits the goals: none of them could be better."
    return "No venue, instructor, cover, order or limit on parallel sessions stands in the way of the goals."


def _rest(found: Limiting, screen: Screen) -> Iterator[RenderableType]:
    def said(title: str, messages: Sequence[str]) -> Iterator[RenderableType]:
        if messages:
            yield Text()
            yield heading(title)
            for message in messages:
                yield hanging(screen, f"{screen.glyphs.bullet} ", line(message))

    vain = [one for one in found.tried if not one.helps]
    proved = [one.relief.message for one in vain if one.settled]
    open_ = [one.relief.message for one in vain if not one.settled]
    yield from said("No use, and that is proved", proved)
    yield from said("No gain found in the time; not settled", open_)
    yield from said("Not tried for want of time; may help or not", [one.message for one in found.untried])
    faults = [f"{relief.message}: {trouble}" for relief, trouble in found.failed]
    yield from said("Not tried because of a fault in trainplan itself; may help or not", faults)
    if found.trouble:
        yield from said(
            "A fault in trainplan itself, while looking for what limits the goals", [found.trouble]
        )


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
