"""A process that tries cases, so that one that hangs or dies is a failure and not the end of all."""

from __future__ import annotations

import multiprocessing
from multiprocessing.connection import Connection

from tests.claims.claim import Failure
from tests.claims.files import Case
from tests.claims.trial import Trial, drawn, judged

HANGS = 150.0  # seconds without an answer to one trial; shrinking comes on top
SHRINKING = 90.0


def work(pipe: Connection) -> None:
    """Try the seeds that come through a pipe, and send back what became of them."""
    while (order := pipe.recv()) is not None:
        seed, about = order
        pipe.send(judged(drawn(seed, about)))


def shrink(pipe: Connection, case: Case, failure: Failure) -> None:
    """Send a smaller case with the same failure, and then what it fails with."""
    from tests.claims.shrink import shrunk

    def fails(smaller: Case) -> bool:
        try:
            return any((one.kind, one.way) == (failure.kind, failure.way) for one in judged(smaller).failures)
        except Exception:  # a file that can't even be read any more is no smaller case
            return False

    small = shrunk(case, fails, SHRINKING)
    pipe.send((small, judged(small).failures))


class Worker:
    """A process that tries, begun anew when it has hung or died."""

    def __init__(self) -> None:
        self.context = multiprocessing.get_context("spawn")
        self._begin()

    def _begin(self) -> None:
        self.pipe, theirs = self.context.Pipe()
        self.process = self.context.Process(target=work, args=(theirs,), daemon=False)
        self.process.start()
        theirs.close()

    def judge(self, seed: str, about: str) -> Trial:
        """Return what became of a seed; a process that hangs or dies is a failure."""
        try:
            self.pipe.send((seed, about))
            if self.pipe.poll(HANGS):
                trial: Trial = self.pipe.recv()
                return trial
            text = f"no answer within {HANGS:.0f} s"
        except (EOFError, OSError):
            text = f"the process died ({self.process.exitcode})"
        self.end()
        self._begin()
        return Trial([Failure("hang", "?", text)])

    def end(self) -> None:
        self.process.kill()
        self.process.join()

    def shrink(self, case: Case, failure: Failure) -> tuple[Case, list[Failure]]:
        """Return a smaller case that fails in the same way, or the case itself where that hangs."""
        mine, theirs = self.context.Pipe()
        process = self.context.Process(target=shrink, args=(theirs, case, failure))
        process.start()
        theirs.close()
        try:
            if mine.poll(SHRINKING + HANGS):
                small: tuple[Case, list[Failure]] = mine.recv()
                return small
        except (EOFError, OSError):
            pass
        finally:
            process.kill()
            process.join()
        return case, [failure]
