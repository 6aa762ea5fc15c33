"""Requests to stop: Ctrl-C, a polite kill, a terminal that was closed."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable
from types import FrameType, TracebackType
from typing import Any, ClassVar, Self

from trainplan.cli.codes import Code

SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP")
LEAVING = 3  # the request with which the program is left at once


class Requests:
    """Counts the requests of one command.

    Until something is being computed, a request breaks the command off. From then on it is counted only, so
    that what was found is still written and shown, and the third leaves the program.

    Attributes:
        now: Those of the command that runs.
        count: How many there were.
        holding: Something is being computed, or was, and is to be kept.
        leave: Called before the program is left.
    """

    now: ClassVar[Requests | None] = None

    def __init__(self) -> None:
        """Count nothing yet."""
        self.count = 0
        self.holding = False
        self.leave: Callable[[], None] = lambda: None
        self._before: dict[signal.Signals, Any] = {}

    def __enter__(self) -> Self:
        if threading.current_thread() is threading.main_thread():
            for name in SIGNALS:
                number = getattr(signal, name, None)
                # A program started in the background by a shell is not to be stopped by its Ctrl-C.
                if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
                    self._before[number] = signal.signal(number, self._note)
        Requests.now = self
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        Requests.now = None
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def _note(self, number: int, frame: FrameType | None) -> None:
        self.count += 1
        if not self.holding:
            raise KeyboardInterrupt
        if self.count >= LEAVING:
            try:
                self.leave()
            finally:
                # Not sys.exit: that would wait for threads, which know nothing of our haste.
                os._exit(Code.INTERRUPTED)
