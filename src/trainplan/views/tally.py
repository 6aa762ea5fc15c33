"""Signs of life while many things are done: how many of them are, and what the latest came to."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from rich.status import Status

from trainplan.views.console import Screen
from trainplan.views.text import line, shown


class Tally:
    """Counts what is done on ``screen``; to be used from one thread only."""

    def __init__(self, screen: Screen, total: int, every: int = 1) -> None:
        """Show nothing yet; on a plain screen only one in ``every`` gets a line."""
        self._screen, self._total, self._every, self._done = screen, total, every, 0
        self._status = None if screen.plain else Status(line("beginning"), console=screen.console)

    def __enter__(self) -> Self:
        if self._status is not None:
            self._status.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._status is not None:
            self._status.stop()

    def report(self, progress: str) -> None:
        """Take in that one more is done, and what it came to."""
        self._done += 1
        if self._done % self._every == 0 or self._done == self._total:
            self._screen.show([line(f"{self._done:,} of {self._total:,}: {shown(progress)}")])

    def tick(self, seconds: float) -> None:
        """Let the live line go on; ``seconds`` have passed since the start."""
        if self._status is not None:
            text = f"{self._done:,} of {self._total:,} done, {seconds:.0f} s"
            hint = f"{text}; Ctrl-C keeps what is done"
            self._status.update(line(hint if len(hint) < self._screen.width - 2 else text))

    def say(self, text: str) -> None:
        """Show a remark that stays."""
        self._screen.show([line(text)])
