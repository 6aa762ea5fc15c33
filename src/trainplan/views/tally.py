"""Signs of life while many things are done: how many of them are, and what the latest came to."""

from __future__ import annotations

from trainplan.views.console import Screen
from trainplan.views.live import Live
from trainplan.views.text import line, shown


class Tally(Live):
    """Counts what is done on ``screen``; to be used from one thread only."""

    def __init__(self, screen: Screen, total: int, every: int = 1) -> None:
        """Show nothing yet; on a plain screen only one in ``every`` gets a line."""
        super().__init__(screen, "beginning")
        self._total, self._every, self._done = total, every, 0

    def report(self, progress: str) -> None:
        """Take in that one more is done, and what it came to."""
        self._done += 1
        if self._done % self._every == 0 or self._done == self._total:
            self._screen.show([line(f"{self._done:,} of {self._total:,}: {shown(progress)}")])

    def tick(self, seconds: float) -> None:
        """Let the live line go on; ``seconds`` have passed since the start."""
        text = f"{self._done:,} of {self._total:,} done, {seconds:.0f} s"
        self._update(f"{text}; Ctrl-C keeps what is done", text)
