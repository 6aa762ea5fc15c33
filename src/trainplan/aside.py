"""Work in a process of its own, which can be ended at any moment, whatever it does.

The process is a copy of this one: what the work needs is there already, and only its answer comes back. The
building of a model, a linear program or a look for garbage can't be broken off from inside; whoever waits for
them in another process can always answer, and can always end them.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
import threading
import time
import traceback
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from queue import Empty, SimpleQueue
from threading import Event
from typing import Any, ClassVar, Generic, NoReturn, TypeVar

from trainplan.outcome import Fault, Progress
from trainplan.parallel import Lost

Answer = TypeVar("Answer")
# Called with a function to report progress to, and the event that asks it to end with the best so far.
Work = Callable[[Callable[[Any], None], Event], Answer]

SELF = 0.3  # seconds that the work is given to end by itself before it is asked what it has so far
STEP = 0.05
OFTEN = 1.0  # seconds from one answer that is kept to the next, at least,
SELDOM = 30  # and so many times as long as that one took
ALONE = 5.0  # seconds for which other threads wait for their turn while an answer is made
USUAL = sys.getswitchinterval()


def possible() -> bool:
    """Say whether work can be put aside: not beside other threads, whose locks would hang a copy."""
    return hasattr(os, "fork") and threading.current_thread() is threading.main_thread()


class Late(Lost):
    """There was no time for an answer."""


class Begun(ABC, Generic[Answer]):
    """Work that is being done somewhere else.

    Attributes:
        over: It has answered, failed or was ended; nothing more will come.
        told: It has answered ``ask``, or given its own answer.
    """

    def __init__(self) -> None:
        """Know nothing yet."""
        self.over = self.told = False
        self._answers: list[Answer] = []
        self._error: BaseException | None = None

    @abstractmethod
    def hear(self, seconds: float) -> list[Any]:
        """Return the signs of progress that come within ``seconds``, as soon as there are any."""

    @abstractmethod
    def ask(self, *, stop: bool) -> None:
        """Ask what it has so far, and with ``stop`` to end; it still answers by itself if it can."""

    def end(self) -> None:
        """Take nothing more from it."""
        self.over = True

    def answer(self, otherwise: Callable[[], Answer] | None = None) -> Answer:
        """Return its answer, or the best so far; where there is none, what ``otherwise`` says.

        Raises:
            BaseException: Whatever the work raised.
            Late: There is no answer, and no ``otherwise``.
        """
        if self._error is not None and not (self._answers and isinstance(self._error, Lost)):
            raise self._error
        if self._answers:
            return self._answers[0]
        if otherwise is None:
            raise Late("there was no time for an answer: give it more with --time-limit")
        return otherwise()

    def _take(self, kind: str, said: Any) -> list[Any]:
        """Take one message; return it if it is a sign of progress."""
        if kind == "news":
            return [said]
        if kind in ("kept", "asked"):
            self._answers = [pickle.loads(said)]
            self.told |= kind == "asked"
            return []
        self.over = self.told = True
        self._answers = [said] if kind == "answer" else self._answers
        self._error = said if kind == "error" else None
        return []


class Aside(Begun[Answer]):
    """Work in another process, a copy of this one."""

    def __init__(self, work: Work[Answer]) -> None:
        """Begin. The work must not change anything outside itself: nobody would see it.

        Raises:
            Lost: The machine has no memory for another process, or lets nobody start more.
        """
        super().__init__()
        self._line, theirs = Pipe()
        try:
            self._process = os.fork()
        except OSError as trouble:
            self._line.close()
            theirs.close()
            raise Lost(f"no process could be started: {trouble.strerror}") from trouble
        if self._process == 0:
            self._line.close()
            _serve(theirs, work)
        theirs.close()

    def hear(self, seconds: float) -> list[Any]:
        """Return the signs of progress that come within ``seconds``, as soon as there are any."""
        news: list[Any] = []
        try:
            while not self.over and self._line.poll(0.0 if news else seconds):
                news += self._take(*self._line.recv())
        except (EOFError, OSError):
            self.over = True
            self._error = Lost("the process that did the work was ended from outside (out of memory?)")
        return news

    def ask(self, *, stop: bool) -> None:
        """Ask what it has so far, and with ``stop`` to end; it still answers by itself if it can."""
        with suppress(OSError):
            self._line.send(stop)

    def end(self) -> None:
        """End it now, whatever it does; those that it started end with it."""
        super().end()
        self._line.close()
        if self._process:
            with suppress(ProcessLookupError):
                os.kill(self._process, signal.SIGKILL)
            with suppress(ChildProcessError):
                os.waitpid(self._process, 0)
            self._process = 0


class Along(Begun[Answer]):
    """Work in another thread, where no process can be had; one that does not end is left behind."""

    left: ClassVar[list[threading.Thread]] = []  # to end this process they must not be waited for

    def __init__(self, work: Work[Answer]) -> None:
        """Begin."""
        super().__init__()
        self._news: SimpleQueue[tuple[str, Any]] = SimpleQueue()
        self._told = Told(lambda kind, said: self._news.put((kind, said)))

        def run() -> None:
            try:
                self._told.send("answer", work(self._told.report, self._told.stop))
            except BaseException as error:
                self._told.send("error", error)

        self._thread = threading.Thread(target=run, name="solve", daemon=True)
        self._thread.start()

    def hear(self, seconds: float) -> list[Any]:
        """Return the signs of progress that come within ``seconds``, as soon as there are any."""
        news: list[Any] = []
        with suppress(Empty):
            while not self.over:
                news += self._take(*self._news.get(timeout=0.0 if news else seconds))
        return news

    def ask(self, *, stop: bool) -> None:
        """Ask what it has so far, and with ``stop`` to end; it still answers by itself if it can."""
        self._told.asked(stop=stop)

    def end(self) -> None:
        """Leave it behind, asked to end."""
        super().end()
        self._told.stop.set()
        self._thread.join(STEP)
        if self._thread.is_alive():
            self.left.append(self._thread)


class Told:
    """What work tells: signs of progress, and when asked what it has so far.

    Attributes:
        stop: Asks the work to end.
    """

    def __init__(self, send: Callable[[str, object], None]) -> None:
        """Pass everything on by ``send``, which any thread may call."""
        self.send = send
        self.stop = Event()
        self._so_far: Callable[[], object] | None = None

    def report(self, progress: object) -> None:
        """Pass a sign of progress on, and remember how to ask what there is so far."""
        if isinstance(progress, Progress) and progress.so_far is not None:
            begins, self._so_far = self._so_far is None, progress.so_far
            progress = replace(progress, so_far=None)
            if begins:
                threading.Thread(target=self._keep, daemon=True).start()
        self.send("news", progress)

    def asked(self, *, stop: bool) -> None:
        """Tell in a moment what there is so far; with ``stop`` the work is to end as well."""
        if stop:
            self.stop.set()
        threading.Thread(target=self._hurry, daemon=True).start()

    def _keep(self) -> None:
        """Tell now and then what there is so far: whatever happens, somebody has it."""
        took = 0.0
        while not self.stop.wait(max(OFTEN, took * SELDOM)):
            began = time.monotonic()
            self._say("kept")
            took = time.monotonic() - began

    def _hurry(self) -> None:
        time.sleep(SELF)
        self._say("asked")

    def _say(self, kind: str) -> None:
        # The work goes on meanwhile. What is really wrong fails again in the work's own answer.
        with suppress(Exception):
            with _alone():
                said = self._so_far() if self._so_far is not None else None
                packed = None if said is None else pickle.dumps(said)
            # Not alone any more: to write gives the turn away again and again, and it comes late.
            if packed is not None:
                self.send(kind, packed)


@contextmanager
def _alone() -> Iterator[None]:
    """Let no other thread of Python have its turn meanwhile: on a busy machine it would take too long."""
    sys.setswitchinterval(ALONE)
    try:
        yield
    finally:
        # Not what it was before: another answer may have been in the making then.
        sys.setswitchinterval(USUAL)


def _serve(line: Connection, work: Work[Any]) -> NoReturn:
    """Do the work in the new process, which ends with the one that started it."""
    try:
        for name in ("SIGINT", "SIGTERM", "SIGHUP"):
            if hasattr(signal, name):
                # Whoever started it decides what they mean. Ignored, its own processes would inherit that.
                signal.signal(getattr(signal, name), lambda number, frame: None)
        lock = threading.Lock()

        def send(kind: str, said: object) -> None:
            whole = pickle.dumps((kind, said))
            with lock:
                line.send_bytes(whole)

        told = Told(send)

        def listen() -> None:
            with suppress(EOFError, OSError):
                while True:
                    told.asked(stop=line.recv())
            os._exit(1)  # whoever wanted to know is gone, or wants to know no more

        threading.Thread(target=listen, daemon=True).start()
        try:
            told.send("answer", work(told.report, told.stop))
        except BaseException as error:
            error.add_note(traceback.format_exc())
            told.send("error", _carried(error))
    finally:
        os._exit(0)


def _carried(error: BaseException) -> BaseException:
    """Return the error, or one that says the same, if it can't be sent to another process."""
    try:
        pickle.loads(pickle.dumps(error))
    except Exception:
        return Fault(f"{type(error).__name__}: {error}")
    return error
