"""The rules that every schedule keeps and the goals that it may be asked to serve."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.console import RenderableType
from rich.text import Text

from trainplan.views.console import Screen
from trainplan.views.tables import Column, table
from trainplan.views.text import heading


def catalogue(
    rules: Iterable[tuple[str, str]], goals: Iterable[tuple[str, str]], screen: Screen
) -> Iterator[RenderableType]:
    """Yield two tables of names and sentences."""
    yield heading("Rules: a schedule that breaks one has a conflict")
    yield from table(screen, (Column("Rule"), Column("What it says", wraps=24)), list(rules))
    if not screen.plain:
        yield Text()
    yield heading("Goals: smaller is better; programme.toml says which, most important first")
    yield from table(screen, (Column("Goal"), Column("What it counts", wraps=24)), list(goals))
