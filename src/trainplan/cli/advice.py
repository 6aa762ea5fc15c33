"""What one would do next: the last line of an answer, on stderr, for it is no part of the result."""

from __future__ import annotations

import shlex

from trainplan.views.console import standard_error
from trainplan.views.text import hanging, line


def command(name: str, *words: str) -> str:
    """Return a command line to be copied; empty words are left out."""
    return " ".join(["trainplan", name, *(shlex.quote(word) for word in words if word)])


def advise(*pairs: str) -> None:
    """Show commands, each after what it is good for: ``advise("to see it", "trainplan show …")``."""
    screen = standard_error()
    screen.show(
        hanging(screen, "Then, " if number else "Next, ", line(purpose, ": ", (what, "bold")))
        for number, (purpose, what) in enumerate(zip(pairs[::2], pairs[1::2], strict=True))
    )
