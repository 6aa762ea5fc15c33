"""What a stress came to: how many people move, how many seats are lost, and what is the weak point."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.text import Text

from trainplan.stress import Result, Weakness, weaknesses
from trainplan.views.console import Screen
from trainplan.views.tables import Column, table
from trainplan.views.text import hanging, heading, line
from trainplan.words import many

LISTED = 10
KINDS = {
    "instructor": "an instructor is lost",
    "site": "a storm closes a site",
    "venue": "a storm closes a venue",
    "group": "a group can release nobody",
}


def stressed(results: Sequence[Result], asked: int, screen: Screen) -> Iterator[RenderableType]:
    """Yield the counts by kind, the weakest things, and a sentence that names the weak point."""
    done = "" if len(results) == asked else f" of {asked:,}"
    calm = sum(one.sessions == 0 and one.status in ("optimal", "feasible") for one in results)
    said = f"{many(len(results), 'run')}{done}: in {calm:,} nothing had to change."
    yield hanging(screen, "", line(said))
    yield from _table("What happens", weaknesses(results, by_kind=True), screen)
    things = [one for one in weaknesses(results) if one.touched]
    if not things:
        return
    yield Text()
    yield heading("Where it hurts most")
    yield from _table("Which", things[:LISTED], screen)
    if len(things) > LISTED:
        yield hanging(screen, "", line(f"And {len(things) - LISTED:,} more that matter less."))
    yield hanging(screen, "", line(_weak_point(things[0])))


def _table(what: str, rows: Sequence[Weakness], screen: Screen) -> Iterator[RenderableType]:
    columns = (
        Column(what, wraps=12),
        Column("Runs", right=True),
        Column("With changes", right=True),
        Column("People moved", right=True),
        Column("A run", right=True),
        Column("At most", right=True),
        Column("Seats lost", right=True),
        Column("Not mended", right=True),
    )
    cells = [
        [
            f"{one.kind}:{one.id}" if one.id else KINDS.get(one.kind, one.kind),
            f"{one.runs:,}",
            f"{one.touched:,}",
            f"{one.people:,}",
            f"{one.people / one.runs:.1f}",
            f"{one.most:,}",
            f"{one.lost:,}",
            f"{one.unmended:,}",
        ]
        for one in rows
    ]
    yield from table(screen, columns, cells)


def _weak_point(one: Weakness) -> str:
    parts = [f"{many(one.people, 'person', 'people')} moved"]
    if one.lost:
        parts.append(f"{many(one.lost, 'seat')} lost")
    if one.unmended:
        parts.append(f"{one.unmended:,} not mended in the time given")
    return f"Weak point: {one.kind}:{one.id}: {', '.join(parts)} in {many(one.runs, 'run')}."
