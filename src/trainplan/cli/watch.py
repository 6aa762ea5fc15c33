"""Letting a long computation run, showing how it goes, and stopping it when a person asks."""

from __future__ import annotations

import os
import queue
import signal
import threading
import time
from collections.abc import Callable
from types import FrameType, TracebackType
from typing import Any, Protocol, Self, TypeVar

from trainplan.cli.codes import Code

Answer = TypeVar("Answer")
News = TypeVar("News")
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


# A signal is only seen by Python between two steps of the main thread, so that one waits in short steps.
STEP = 0.1


class Requests:
    """Counts how often somebody asked to stop: Ctrl-C, or a polite kill."""

    def __init__(self) -> None:
        """Count nothing yet."""
        self.count = 0
        self._before: dict[signal.Signals, Any] = {}

    def __enter__(self) -> Self:
        if threading.current_thread() is threading.main_thread():
            for number in (signal.SIGINT, signal.SIGTERM):
                # A program started in the background by a shell is not to be stopped by its Ctrl-C.
                if signal.getsignal(number) is not signal.SIG_IGN:
                    self._before[number] = signal.signal(number, self._note)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def _note(self, number: int, frame: FrameType | None) -> None:
        self.count += 1


def watched(work: Callable[[Callable[[News], None], threading.Event], Answer], ticker: Shows[News]) -> Answer:
    """Return what ``work`` returns, computed in another thread.

    The first request to stop sets the event that ``work`` is given; the second leaves the program.

    Args:
        work: Called with a function to report progress to, and the event that asks it to end.
        ticker: Shows progress; used from this thread alone.

    Raises:
        BaseException: Whatever ``work`` raises.
    """
    news: queue.SimpleQueue[News | None] = queue.SimpleQueue()
    stop = threading.Event()
    answers: list[Answer] = []
    errors: list[BaseException] = []

    def run() -> None:
        try:
            answers.append(work(news.put, stop))
        except BaseException as error:
            errors.append(error)
        finally:
            news.put(None)

    thread = threading.Thread(target=run, name="solve", daemon=True)
    began = time.monotonic()
    with Requests() as requests, ticker:
        thread.start()
        while thread.is_alive() or not news.empty():
            if requests.count and not stop.is_set():
                stop.set()
                ticker.say("stopping, keeping the best so far (Ctrl-C again leaves at once)")
            if requests.count > 1:
                _leave(ticker)
            ticker.tick(time.monotonic() - began)
            try:
                progress = news.get(timeout=STEP)
            except queue.Empty:
                continue
            if progress is None:
                thread.join(STEP)
            else:
                ticker.report(progress)
    if errors:
        raise errors[0]
    return answers[0]


def _leave(ticker: Shows[Any]) -> None:
    # Not sys.exit: that would wait for the solver's own threads, which know nothing of our haste.
    ticker.__exit__(None, None, None)
    ticker.say("left at once; nothing was written")
    os._exit(Code.INTERRUPTED)
