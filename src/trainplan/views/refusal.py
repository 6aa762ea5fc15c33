"""Input that can't be read: every mistake at once, each with where it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import RenderableType

from trainplan.findings import Finding
from trainplan.views.console import Screen
from trainplan.views.text import hanging, line
from trainplan.words import many


def refused(what: str, found: Sequence[Finding], screen: Screen) -> Iterator[RenderableType]:
    """Yield why ``what`` can't be read, a line for each finding."""
    errors = sum(one.severity == "error" for one in found)
    yield hanging(
        screen, "", line((f"{what} can't be read", "bold red"), f": {many(errors, 'thing')} to put right.")
    )
    yield from remarks(found, screen)


def remarks(found: Sequence[Finding], screen: Screen) -> Iterator[RenderableType]:
    """Yield findings beside a result, a line for each."""
    for one in found:
        first = f"  {screen.glyphs.bullet} " if not screen.plain else ""
        text = f"warning: {one}" if one.severity == "warning" else str(one)
        yield hanging(screen, first, line(text))
