"""How long work that is done elsewhere is waited for: within its limit, and not much longer."""

from __future__ import annotations

import time
from collections.abc import Callable
from math import inf
from threading import Event
from typing import Any, TypeVar

from trainplan.aside import SELF, STEP, Aside, Begun, Work, possible
from trainplan.outcome import Limits
from trainplan.parallel import Lost

Answer = TypeVar("Answer")

STOPPING = 2.0  # seconds from asking it to stop to ending it
SLACK, SLACK_SHARE = 2.0, 0.1  # how late a command may end: seconds, or a share of its limit if that is more


class Patience:
    """When work that is put aside is asked what it has, and when it is ended."""

    def __init__(self, limit: float, ready: float, stopping: float = STOPPING) -> None:
        """Expect its answer at ``ready`` and end it at ``limit``, by the monotonic clock; may be endless.

        It is also ended ``stopping`` seconds after it was asked to stop.
        """
        self._stopping = stopping
        self._asks = ready
        self._ends = limit
        self._asked = self._stopped = False

    def look(self, work: Begun[Any], stopped: bool) -> None:
        """Ask or end ``work`` if it is time to; ``stopped`` says whether a person wants it to stop."""
        now = time.monotonic()
        if stopped and not self._stopped:
            self._stopped = self._asked = True
            self._ends = min(self._ends, now + self._stopping)
            work.ask(stop=True)
        elif now >= self._asks and not self._asked:
            self._asked = True
            work.ask(stop=False)
        if self._asked and work.told:
            # What comes by itself is better still, but is not waited for long.
            self._ends = min(self._ends, now + SELF)
        if now >= self._ends:
            work.end()


def slack(limit: float) -> float:
    """Return how many seconds after its limit a command may end."""
    return max(SLACK, SLACK_SHARE * limit)


def within(
    work: Work[Answer], limits: Limits, stop: Event, otherwise: Callable[[], Answer] | None = None
) -> Answer:
    """Return what ``work`` comes to within its limits, put aside where that is possible.

    Args:
        work: See ``Aside``; reports to nobody.
        limits: ``seconds`` from now; where answers must repeat they are no seconds of the clock.
        stop: When set by another thread, the best so far comes back within a few seconds.
        otherwise: The answer where there is none in time.

    Raises:
        BaseException: Whatever the work raises.
        Lost: The process is gone; ``Late``, if there is no answer and no ``otherwise``.
    """
    try:
        aside = Aside(work) if possible() else None
    except Lost:
        aside = None
    if aside is None:
        return work(lambda progress: None, stop)
    until = inf if limits.reproducible else time.monotonic() + limits.seconds
    patience = Patience(until + slack(limits.seconds) / 2, until)
    try:
        while not aside.over:
            aside.hear(STEP)
            if not aside.over:
                patience.look(aside, stop.is_set())
    finally:
        aside.end()
    return aside.answer(otherwise)
