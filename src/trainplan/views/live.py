"""One live line on a terminal while something takes its time; nothing live where no terminal is."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from rich.status import Status

from trainplan.views.console import Screen
from trainplan.views.text import line


class Live:
    """The line on ``screen``; to be used from one thread only."""

    def __init__(self, screen: Screen, begins: str) -> None:
        """Show nothing yet; ``begins`` is what stands there at first."""
        self._screen = screen
        self._status = None if screen.plain else Status(line(begins), console=screen.console)
        self._finishing = False

    def __enter__(self) -> Self:
        if self._status is not None:
            self._status.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._status is not None:
            self._status.stop()

    def _update(self, *texts: str) -> None:
        """Show the first of these texts that fits, or the last."""
        if self._status is not None and not self._finishing:
            fitting = [text for text in texts if len(text) < self._screen.width - 2]
            self._status.update(line((*fitting, texts[-1])[0]))

    def finish(self, text: str) -> None:
        """Show nothing but ``text`` from now on: somebody asked it to stop."""
        if self._status is None:
            self.say(text)
        else:
            self._update(text)
        self._finishing = True

    def say(self, text: str) -> None:
        """Show a remark that stays."""
        self._screen.show([line(text)])
