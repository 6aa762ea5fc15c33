"""Letting a long computation run, showing how it goes, and stopping it when a person asks or time is up."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType
from typing import Any, Protocol, TypeVar

from trainplan.aside import Along, Aside, Begun, Work, possible
from trainplan.cli.clock import Clock
from trainplan.cli.requests import Requests
from trainplan.parallel import Lost
from trainplan.within import Patience, slack

Answer = TypeVar("Answer")
Heard = TypeVar("Heard", contravariant=True)


class Shows(Protocol[Heard]):
    """Shows how it goes, from one thread."""

    def __enter__(self) -> Any:
        """Begin to show."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Show nothing more."""

    def report(self, progress: Heard) -> None:
        """Take in a sign of progress."""

    def tick(self, seconds: float) -> None:
        """Let time pass."""

    def say(self, text: str) -> None:
        """Show a remark that stays."""

    def finish(self, text: str) -> None:
        """Show nothing but this from now on."""


# A signal is only seen by Python between two steps of the main thread, so that one waits in short steps.
STEP = 0.1
STOPPED = 2.7  # seconds from a request to stop to the end of the command
LEAST_STOPPING = 1.2  # of them at least are left for the best so far to be asked for
FINISHING = "finishing… the best so far is kept"


def watched(
    work: Work[Answer],
    ticker: Shows[Any],
    clock: Clock | None = None,
    *,
    otherwise: Callable[[], Answer] | None = None,
    here: bool = False,
) -> Answer:
    """Return what ``work`` returns, done elsewhere, or what it had when its time was up.

    The first request to stop asks it for the best so far, and ends it if that takes too long. A third one
    leaves the program.

    Args:
        work: Called with a function to report progress to, and the event that asks it to end. Done in a copy
            of this process where one can be had: what it changes stays there.
        ticker: Shows progress; used from this thread alone.
        clock: The time of the command; None where the work keeps its own time and only waits for others.
        otherwise: The answer where there was no time for any.
        here: It must be done in this process, for its answer can't be sent from another.

    Raises:
        BaseException: Whatever ``work`` raises.
        Lost: The process is gone; ``Late``, if there is no answer and no ``otherwise``.
    """
    requests = Requests.now
    if requests is None:  # nobody listens yet: a command that is called as a function
        with Requests():
            return watched(work, ticker, clock, otherwise=otherwise, here=here)
    requests.holding = True
    if clock is None:
        patience = Patience(math.inf, math.inf, math.inf)
    else:
        ready = clock.until - clock.showing
        stopping = max(LEAST_STOPPING, STOPPED - clock.showing)
        patience = Patience(ready + slack(clock.seconds) / 2, ready, stopping)
    began = time.monotonic()
    # Before anything is shown: a live line has a thread of its own, which would be missing in a copy.
    begun = _begin(work, aside=clock is not None and not here and possible())
    said = False
    try:
        with ticker:

            def leave() -> None:
                begun.end()
                ticker.__exit__(None, None, None)
                ticker.say("left at once; nothing more was written")

            requests.leave = leave
            while not begun.over:
                if requests.count and not said:
                    ticker.finish(FINISHING)
                    said = True
                ticker.tick(clock.used if clock is not None else time.monotonic() - began)
                for progress in begun.hear(STEP):
                    ticker.report(progress)
                if not begun.over:
                    patience.look(begun, bool(requests.count))
    finally:
        requests.leave = lambda: None
        begun.end()
    return begun.answer(otherwise)


def _begin(work: Work[Answer], *, aside: bool) -> Begun[Answer]:
    if aside:
        with suppress(Lost):
            return Aside(work)
    return Along(work)
