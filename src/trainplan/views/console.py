"""Where things are shown: what a terminal, a pipe or an odd encoding asks for is decided here, once."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import IO, Any, NamedTuple, cast

from rich.console import Console, RenderableType

NARROWEST = 30


class Glyphs(NamedTuple):
    """The few characters that mean something by themselves.

    Attributes:
        bar: A session takes place.
        cancelled: It would have, had it not been cancelled.
        free: A working day.
        weekend: A day of the week on which nobody works.
        off: A holiday, or a day that is closed for everybody.
        dash: From one date to another.
        bullet: Before each of several things.
    """

    bar: str
    cancelled: str
    free: str
    weekend: str
    off: str
    dash: str
    bullet: str


DRAWN = Glyphs("█", "×", "·", "░", "▒", "–", "•")
TYPED = Glyphs("#", "x", "-", ".", "+", "-", "*")


class Quiet(Console):
    """A console whose reader may leave early (``| head``): no error, and no early end of the program."""

    def on_broken_pipe(self) -> None:
        """Let what is still to be said fall silent."""
        fall_silent(self.file)


class Beside:
    """Standard error for progress and remarks: what can't be said there is no reason for anything to fail."""

    def __init__(self, stream: IO[str]) -> None:
        """Write to ``stream`` for as long as that works."""
        self._stream = stream

    def write(self, text: str) -> int:
        """Write, or fall silent."""
        try:
            return self._stream.write(text)
        except OSError:
            fall_silent(self._stream)
            return len(text)

    def flush(self) -> None:
        """Flush, or fall silent."""
        try:
            self._stream.flush()
        except OSError:
            fall_silent(self._stream)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


class Screen:
    """One stream and how to show things on it.

    Attributes:
        plain: It is no terminal: no boxes, no colours, no line broken to fit; one thing a line, so that
            ``grep`` and a spreadsheet can do something with it.
        width: Columns to keep within; without meaning where ``plain``.
        glyphs: Drawn ones where the terminal can show them, else typed ones.
    """

    def __init__(self, stream: IO[str], *, terminal: bool | None = None, width: int | None = None) -> None:
        """Look at ``stream``; ``terminal`` and ``width`` overrule what it says of itself."""
        on_terminal = stream.isatty() if terminal is None else terminal
        self.plain = not on_terminal or os.environ.get("TERM") == "dumb"
        self.glyphs = TYPED if self.plain or not _can_draw(stream) else DRAWN
        self.stream = stream
        self.console = Quiet(
            file=stream,
            force_terminal=not self.plain,
            force_interactive=not self.plain,
            no_color=True if self.plain else None,
            width=width,
            markup=False,
            emoji=False,
            highlight=False,
            legacy_windows=False,
            safe_box=True,
        )
        self.width = max(self.console.width, NARROWEST)
        if self.console.width < NARROWEST:
            self.console.width = NARROWEST

    def show(self, blocks: Iterable[RenderableType]) -> None:
        """Print blocks one below the other."""
        try:
            for block in blocks:
                self.console.print(block, soft_wrap=self.plain)
            self.stream.flush()
        except BrokenPipeError:
            fall_silent(self.stream)

    def write(self, text: str) -> None:
        """Write text exactly as it is, for documents that other programs read."""
        try:
            self.stream.write(text)
            self.stream.flush()
        except BrokenPipeError:
            fall_silent(self.stream)

    @property
    def unicode(self) -> bool:
        """Whether anything at all may be written, not only what its encoding happens to hold."""
        return _encoding(self.stream).startswith("utf")


def standard_output() -> Screen:
    """Return the screen for results."""
    return Screen(_open(sys.stdout))


def standard_error() -> Screen:
    """Return the screen for progress and remarks."""
    return Screen(cast("IO[str]", Beside(_open(sys.stderr))))


def fall_silent(stream: IO[str]) -> None:
    """Send what is still written to ``stream`` nowhere, its buffered rest included."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, stream.fileno())
    except (OSError, ValueError):  # no real file stands behind it
        return
    finally:
        os.close(nowhere)


def _open(stream: IO[str] | None) -> IO[str]:
    # Started with the stream closed (``>&-``) there is nothing to write to, and nobody who would read it.
    return stream if stream is not None else Path(os.devnull).open("w", encoding="utf-8")


def _encoding(stream: IO[str]) -> str:
    return (getattr(stream, "encoding", None) or "utf-8").lower().replace("_", "-")


def _can_draw(stream: IO[str]) -> bool:
    try:
        "".join(DRAWN).encode(_encoding(stream))
    except (UnicodeEncodeError, LookupError):
        return False
    return True
