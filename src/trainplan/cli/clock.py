"""The time a command may take, counted from where its process began."""

from __future__ import annotations

import math
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

PART = 1 / 3  # of what is left, at most, is kept back for what comes after the search
LEAST = 0.1
# Seconds for the last audit, the reasons, writing and drawing, and those for each session more; measured.
AFTERWARDS, AFTERWARDS_A_SESSION = 0.3, 0.002
BUSIEST = 3.0

_began: list[tuple[float, float]] = []  # of the command that runs: by the clock, and in time of the processor


@contextmanager
def counting(began: float | None = None) -> Iterator[None]:
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

    def part(self, share: float) -> Clock:
        """Return a clock that is up when a share of what is left is used."""
        clock = copy(self)
        clock.until = time.monotonic() + self.left * share
        return clock

    def afterwards(self, programme: Programme) -> float:
        """Return the seconds to keep back for what comes after the search: more on a busy machine."""
        least = AFTERWARDS + AFTERWARDS_A_SESSION * _sessions(programme)
        return min(PART * self.left, self._busy() * least)

    def _busy(self) -> float:
        """Return how many times longer than its work everything took, others having the processors too."""
        used = max(time.process_time() - self._used, LEAST)
        return min(BUSIEST, max(1.0, self.used / used))

    def limits(
        self,
        programme: Programme,
        workers: int,
        seed: int,
        *,
        share: float = 1.0,
        gap: float = 0.0,
    ) -> Limits:
        """Return what the engine may use: what is left, or a share of it, less what comes afterwards."""
        from trainplan.outcome import Limits

        if self.endless:
            return Limits(self.seconds * share, workers, seed, True, gap)
        seconds = (self.left - self.afterwards(programme)) * share
        return Limits(min(self.seconds, max(seconds, LEAST)), workers, seed, False, gap)


def _sessions(programme: Programme) -> int:
    """Return about how many sessions there will be."""
    return sum(-(-sum(one.seats.values()) // max(1, one.max_class)) for one in programme.courses.values())
