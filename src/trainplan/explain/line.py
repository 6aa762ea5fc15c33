"""One line of a cause: a statement of the programme that could be dropped, worded and with its place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from trainplan.explain.draft import Draft
from trainplan.findings import Place
from trainplan.rules.base import About


@dataclass(frozen=True, slots=True)
class Line:
    """A statement of one rule about one thing, as small as it stands in one cell or row of the files.

    Attributes:
        rule: The rule's name.
        about: What it is about.
        part: Which of several statements of that rule about that thing; empty where there is one.
        message: In the rule's own wording, with the numbers it stands on.
        place: Where it stands.
        drop: Takes it out of a draft; no schedule that was possible becomes impossible by that.
    """

    rule: str
    about: About
    part: str
    message: str = field(compare=False)
    place: Place | None = field(compare=False)
    drop: Callable[[Draft], None] = field(compare=False, repr=False)


def cell(place: Place | None, column: str) -> Place | None:
    """Return the place of one cell in a row."""
    return replace(place, column=column) if place is not None else None
