"""The same work for many jobs: one after the other, in processes, or on a dask cluster.

Whoever asks it to stop gets what is done; no process outlives the one that started it.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from multiprocessing import get_context, parent_process
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
    spawning = get_context("spawn")
    # Closed to ask all to end. Whoever sets an event waits until every process that waits for it has woken
    # up, even those that were killed meanwhile.
    listens, asks = spawning.Pipe(duplex=False)
    pool = ProcessPoolExecutor(
        processes, mp_context=spawning, initializer=_begin, initargs=(listens, work, context)
    )
    try:
        with _Deaf():
            # All processes are started by the first job that is handed in.
            running: set[Future[Result]] = {pool.submit(_one, job) for job in jobs[:processes]}
        left = iter(jobs[processes:])
        while running:
            done, running = wait(running, STEP, FIRST_COMPLETED)
            if stop.is_set():
                asks.close()
            for future in done:
                if not stop.is_set():
                    running |= {pool.submit(_one, job) for job in _next(left)}
                yield future.result()
    except BrokenProcessPool as broken:
        if stop.wait(ASKED):
            return  # the signal that ended them was for this process too
        said = "a process that did the work was ended from outside (out of memory?): try fewer --processes"
        raise Lost(said) from broken
    finally:
        asks.close()
        pool.shutdown(wait=True, cancel_futures=True)
        listens.close()


def _next(jobs: Iterator[Job]) -> list[Job]:
    for job in jobs:
        return [job]
    return []


class _Deaf:
    """Processes started meanwhile don't hear Ctrl-C: the one that started them decides what it means."""

    def __enter__(self) -> None:
        if hasattr(signal, "pthread_sigmask"):
            self._before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})

    def __exit__(self, *how: object) -> None:
        if hasattr(signal, "pthread_sigmask"):
            signal.pthread_sigmask(signal.SIG_SETMASK, self._before)


_shared: dict[str, Any] = {}


def _begin(listens: Any, work: Any, context: Any) -> None:
    """Make a new process ready: it ends with the one that started it, and stops when that one stops."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    stop = Event()
    _shared.update(work=work, context=context, stop=stop)

    def follow() -> None:
        # Nothing is ever said: it ends when the other end is closed.
        with suppress(EOFError, OSError):
            listens.recv_bytes()
        stop.set()

    def outlive_nobody() -> None:
        parent = parent_process()
        if parent is not None:
            parent.join()
            os._exit(1)

    for task in (follow, outlive_nobody):
        threading.Thread(target=task, daemon=True).start()


def _one(job: Any) -> Any:
    return _shared["work"](_shared["context"], job, _shared["stop"])


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
                running |= {client.submit(_afar, work, shared, job, pure=False) for job in _next(left)}
                try:
                    yield future.result()
                except CancelledError as gone:
                    raise Lost(f"the dask cluster at {address} gave up a job") from gone
            if not done:
                stop.wait(0.02)
        client.cancel(list(running))


def _afar(work: Any, context: Any, job: Any) -> Any:
    return work(context, job, Event())
