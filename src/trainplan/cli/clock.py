"""The time a command may take, counted from where its process began."""

from __future__ import annotations

import math
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from typing import TYPE_CHECKING

from trainplan.cli.codes import Misuse
from trainplan.cli.requests import Requests

if TYPE_CHECKING:
    from trainplan.model import Programme
    from trainplan.outcome import Limits

ANSWERING_PART, SHOWING_PART = 0.2, 0.4  # of what is left, at most, are kept back for after the search
LEAST = 0.1
BUSIEST = 6.0  # times longer than its work that anything is expected to take
# Seconds, measured: for whatever there is; for each session, in the last audit and the reasons, in the
# calendar in text and on a terminal, and in a file.
AFTERWARDS = 0.2
ANSWERING = 0.0015
DRAWING, DRAWING_LIVE = 0.001, 0.0026
WRITING = {".xlsx": 0.0032, ".html": 0.0012, ".ics": 0.0012, ".md": 0.0005}

_began: list[tuple[float, float]] = []  # of the command that runs: by the clock, and in time of the processor


@contextmanager
def count_time(began: float | None = None) -> Iterator[None]:
    """Note that a command begins, or began with its process at a time of the monotonic clock."""
    _began[:] = [(time.monotonic(), time.process_time()) if began is None else (began, 0.0)]
    try:
        yield
    finally:
        _began.clear()


class Clock:
    """The time a command may still take.

    Attributes:
        seconds: All that it was given.
        until: When it is over, by the monotonic clock; endless where effort is counted in place of seconds.
        answering, showing: Seconds kept back to make an answer of what was found, and to write and draw it.
    """

    def __init__(self, seconds: float, *, endless: bool = False) -> None:
        """Count from where the command began.

        Raises:
            Misuse: It is no time.
        """
        if not (math.isfinite(seconds) and seconds > 0):
            raise Misuse(f"--time-limit {seconds}: give seconds, more than 0 (e.g. 60)")
        self.seconds = seconds
        self._began, self._used = _began[0] if _began else (time.monotonic(), time.process_time())
        self.endless = endless
        self.answering = self.showing = 0.0
        self.until = math.inf if endless else self._began + seconds

    @property
    def used(self) -> float:
        """Seconds so far."""
        return time.monotonic() - self._began

    @property
    def left(self) -> float:
        """Seconds left; never quite none, so that what is asked for last still gets a try."""
        return max(LEAST, self.seconds - self.used)

    @property
    def stopped(self) -> bool:
        """Whether somebody asked the command to stop."""
        return bool(Requests.now and Requests.now.count)

    def read(self, programme: Programme, *, calendar: bool = False, suffix: str = "") -> None:
        """Keep time back for what comes after the search: more for a large programme, and on a busy machine.

        Args:
            programme: What the command is about.
            calendar: Every session will be drawn.
            suffix: Of the file that every session will be written to.
        """
        sessions, busy = _sessions(programme), self._busy()
        drawing = (DRAWING_LIVE if sys.stdout is not None and sys.stdout.isatty() else DRAWING) * calendar
        each = drawing + WRITING.get(suffix, 0.0)
        self.answering = min(ANSWERING_PART * self.left, busy * (AFTERWARDS + ANSWERING * sessions))
        self.showing = min(SHOWING_PART * self.left, busy * (AFTERWARDS + each * sessions))

    def part(self, share: float) -> Clock:
        """Return a clock that is up when a share of what is left is used."""
        clock = copy(self)
        clock.until = time.monotonic() + (self.left - self.showing) * share
        clock.showing = 0.0
        return clock

    def _busy(self) -> float:
        """Return how many times longer than its work everything took, others having the processors too."""
        used = max(time.process_time() - self._used, LEAST)
        return min(BUSIEST, max(1.0, self.used / used))

    @property
    def searching(self) -> float:
        """Seconds left for a search, after which an answer has to be made of it and shown."""
        return self.until - time.monotonic() - self.answering - self.showing

    def limits(self, workers: int, seed: int, *, gap: float = 0.0) -> Limits:
        """Return what the engine may use of what is left."""
        from trainplan.outcome import Limits

        if self.endless:
            return Limits(self.seconds, workers, seed, True, gap)
        return Limits(min(self.seconds, max(self.searching, LEAST)), workers, seed, False, gap)


def _sessions(programme: Programme) -> int:
    """Return about how many sessions there will be."""
    return sum(-(-sum(one.seats.values()) // max(1, one.max_class)) for one in programme.courses.values())
