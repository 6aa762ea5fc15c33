"""The same work for many jobs: one after the other, in processes, or on a dask cluster.

Whoever asks it to stop gets what is done; no process outlives the one that started it.
"""

from __future__ import annotations

import os
import signal
import threading
import traceback
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import contextmanager, suppress
from itertools import islice
from multiprocessing import get_context
from multiprocessing.connection import wait
from queue import SimpleQueue
from threading import Event
from typing import Any, TypeVar

Context = TypeVar("Context")
Job = TypeVar("Job")
Result = TypeVar("Result")
# Called with what all jobs share, a job, and the event that asks it to end early.
Work = Callable[[Context, Job, Event], Result]

STEP = 0.2  # seconds between two looks at whether to stop
ASKED = 1.0  # seconds in which whoever ended the processes may ask this one to stop as well


class Lost(Exception):
    """Processes that did the work are gone, or the cluster can't be reached; what was done is done."""


def each(
    work: Work[Context, Job, Result],
    context: Context,
    jobs: Sequence[Job],
    *,
    processes: int,
    stop: Event,
    cluster: str | None = None,
    apart: bool = False,
) -> Generator[Result, None, None]:
    """Yield the result of ``work`` for each job, as they are done.

    Args:
        work: A function of a module, so that another process finds it.
        context: What all jobs share; sent to each process once.
        jobs: What to do.
        processes: How many at a time; 1 works in this process.
        stop: When set, nothing more is begun and what runs is asked to end; its results still come.
        cluster: Address of a dask scheduler to work on instead.
        apart: Even a single job is done in another process: this one has something else to do meanwhile.

    Raises:
        Lost: Processes or cluster are gone, and not because all of us are to stop.
    """
    if cluster is not None:
        yield from _on_cluster(work, context, jobs, stop, cluster)
    elif not apart and (processes == 1 or len(jobs) < 2):
        for job in jobs:
            if stop.is_set():
                return
            yield work(context, job, stop)
    else:
        yield from _in_processes(work, context, jobs, min(processes, len(jobs)), stop)


@contextmanager
def beside(work: Work[Context, Job, Result], context: Context, jobs: Sequence[Job]) -> Iterator[list[Result]]:
    """Do jobs in as many other processes while the block runs, and ask them to end when it is over.

    Results are in the list then; it is short of those whose processes are gone.
    """
    found: list[Result] = []
    over = Event()

    def run() -> None:
        with suppress(Lost):
            found.extend(each(work, context, jobs, processes=len(jobs), stop=over, apart=True))

    thread = threading.Thread(target=run, daemon=True)
    if jobs:
        thread.start()
    try:
        yield found
    finally:
        over.set()
        if jobs:
            thread.join()


def _in_processes(
    work: Work[Context, Job, Result], context: Context, jobs: Sequence[Job], processes: int, stop: Event
) -> Generator[Result, None, None]:
    """Work in new processes, each with a line of its own: nothing is shared that one who dies could hold.

    The standard library's pool is not used, for in Python 3.11 it may not notice that a process is gone.
    """
    left = iter(jobs)
    workers: list[_Worker] = []
    try:
        with _Deaf():
            for job in islice(left, processes):
                workers.append(_Worker(work, context))
                workers[-1].give(job)
        while busy := {worker.line: worker for worker in workers if worker.busy}:
            ready = wait(list(busy), STEP)
            if stop.is_set():
                for worker in busy.values():
                    worker.ask_to_end()
            lost: _Gone | None = None
            for worker in (busy[line] for line in busy if line in ready):
                try:
                    result = worker.result()
                except _Gone as gone:
                    lost = gone  # what others have done by now comes first
                    continue
                for job in () if stop.is_set() or lost else islice(left, 1):
                    worker.give(job)
                yield result
            if lost:
                raise lost
    except _Gone as gone:
        if stop.wait(ASKED):
            return  # the signal that ended it was for this process too
        said = "a process that did the work was ended from outside (out of memory?): try fewer --processes"
        raise Lost(said) from gone
    finally:
        for worker in workers:
            worker.end()


class _Gone(Exception):
    """A process is not there any more."""


@contextmanager
def _heard() -> Iterator[None]:
    try:
        yield
    except (EOFError, OSError) as ended:
        raise _Gone from ended


class _Worker:
    """A process that does one job after the other, and the line to it, which breaks when either is gone.

    It is given a job or, to ask it to end, nothing; it answers with a result or an error.
    """

    def __init__(self, work: Work[Context, Job, Result], context: Context) -> None:
        spawning = get_context("spawn")
        self.line, theirs = spawning.Pipe()
        self.busy = self._asked = False
        self._process = spawning.Process(target=_serve, args=(theirs, work, context))
        with _heard():
            self._process.start()
        theirs.close()  # or its end would go unheard

    def give(self, job: object) -> None:
        with _heard():
            self.line.send((job,))
        self.busy = True

    def ask_to_end(self) -> None:
        if not self._asked:
            self._asked = True
            with suppress(OSError):  # its result may still be there to be heard
                self.line.send(None)

    def result(self) -> Any:
        """Return what its job came to, or raise its error."""
        with _heard():
            result, error = self.line.recv()
        self.busy = False
        if error is not None:
            raise error
        return result

    def end(self) -> None:
        """End it now, whatever it does."""
        self.line.close()
        self._process.terminate()
        self._process.join()


class _Deaf:
    """Processes started meanwhile don't hear Ctrl-C: the one that started them decides what it means."""

    def __enter__(self) -> None:
        if hasattr(signal, "pthread_sigmask"):
            self._before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})

    def __exit__(self, *how: object) -> None:
        if hasattr(signal, "pthread_sigmask"):
            signal.pthread_sigmask(signal.SIG_SETMASK, self._before)


def _serve(line: Any, work: Any, context: Any) -> None:
    """Do job after job in a new process, which ends with the one that started it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    stop = Event()
    given: SimpleQueue[Any] = SimpleQueue()

    def listen() -> None:
        with suppress(EOFError, OSError):
            while True:
                said = line.recv()
                if said is None:
                    stop.set()
                else:
                    given.put(said)
        os._exit(1)  # whoever wanted to know is gone, or wants to know no more

    threading.Thread(target=listen, daemon=True).start()
    while True:
        (job,) = given.get()
        answer: tuple[Any, Exception | None]
        try:
            answer = (work(context, job, stop), None)
        except Exception as error:  # raised again where the result is waited for
            error.add_note(traceback.format_exc())
            answer = (None, error)
        line.send(answer)


def _on_cluster(
    work: Work[Context, Job, Result], context: Context, jobs: Sequence[Job], stop: Event, address: str
) -> Iterator[Result]:
    try:
        import distributed
    except ImportError as absent:
        raise Lost("--cluster needs dask's distributed: pip install 'trainplan[cluster]'") from absent
    try:
        # Only half of dask has types.
        connect: Any = distributed.Client
        client = connect(address, timeout=20, set_as_default=False)
    except (OSError, TimeoutError, ValueError) as trouble:
        raise Lost(f"no dask scheduler answers at {address}") from trouble
    with client:
        workers = client.scheduler_info()["workers"].values()
        threads = sum(int(one["nthreads"]) for one in workers)
        if not threads:
            raise Lost(f"the dask cluster at {address} has no workers")
        shared = client.scatter(context, broadcast=True, hash=False)
        running: set[Any] = {client.submit(_afar, work, shared, job, pure=False) for job in jobs[:threads]}
        left = iter(jobs[threads:])
        while running and not stop.is_set():
            done = {one for one in running if one.done()}
            running -= done
            for future in done:
                running |= {client.submit(_afar, work, shared, job, pure=False) for job in islice(left, 1)}
                try:
                    yield future.result()
                except CancelledError as gone:
                    raise Lost(f"the dask cluster at {address} gave up a job") from gone
            if not done:
                stop.wait(0.02)
        client.cancel(list(running))


def _afar(work: Any, context: Any, job: Any) -> Any:
    return work(context, job, Event())
