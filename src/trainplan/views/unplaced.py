"""Seats that found no session, each with the reason."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import RenderableType

from trainplan.outcome import Unplaced
from trainplan.views.console import Screen
from trainplan.views.tables import Column, table


def unplaced(seats: Sequence[Unplaced], screen: Screen) -> Iterator[RenderableType]:
    """Yield a table of ``seats``, in the given order."""
    columns = (Column("Course"), Column("Group"), Column("Seats", right=True), Column("Because", wraps=24))
    yield from table(screen, columns, [[one.course, one.group, str(one.seats), one.because] for one in seats])
