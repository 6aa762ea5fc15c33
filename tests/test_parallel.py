"""Processes that die are noticed: nobody waits for them, and what was done is kept."""

from __future__ import annotations

import os
import signal
import threading
import time
from pathlib import Path
from threading import Event

import pytest

from trainplan.parallel import Lost, each

PATIENCE = 30.0  # seconds; a test that waits so long has failed


@pytest.fixture(autouse=True)
def _found_by_other_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is done here is imported there; ``pytest`` alone has this folder's parent not in its path."""
    monkeypatch.syspath_prepend(Path(__file__).parents[1])


def die_or_wait(number: int, job: str, stop: Event) -> str:
    """Die by a signal, or wait to be asked to end."""
    if job == "die":
        os.kill(os.getpid(), number)
    if job == "err":
        raise FileNotFoundError("no such room")
    stop.wait(PATIENCE)
    return job


def pid_at_once_or_wait(_: None, job: str, stop: Event) -> int:
    if job == "wait":
        stop.wait(PATIENCE)
    return os.getpid()


def done(number: int, stop: Event, jobs: list[str]) -> list[str] | str:
    """What came of two processes; waited for in a thread, so that a hang is a failure and no hang."""
    found: list[list[str] | str] = []

    def run() -> None:
        try:
            found.append(list(each(die_or_wait, number, jobs, processes=2, stop=stop)))
        except Lost as lost:
            found.append(str(lost))

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(PATIENCE)
    assert found, "it waits for a process that is gone"
    return found[0]


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_a_process_that_dies_is_said_to_be_lost(number: int) -> None:
    assert "ended from outside" in done(number, Event(), ["die", "live"])


def test_those_that_die_of_the_signal_that_asks_us_to_stop_are_not_held_against_us() -> None:
    stop = Event()
    threading.Timer(0.2, stop.set).start()
    # Whoever was done before the other died has a result; nothing is said to be lost.
    assert done(signal.SIGTERM, stop, ["die", "live"]) in ([], ["live"])


def test_asked_to_stop_what_runs_still_gives_its_result() -> None:
    stop = Event()
    threading.Timer(3.0, stop.set).start()
    assert sorted(done(signal.SIGTERM, stop, ["one", "two", "three"])) == ["one", "two"]


def test_an_error_of_the_work_is_raised_where_its_result_is_waited_for() -> None:
    with pytest.raises(FileNotFoundError, match="no such room") as raised:
        list(each(die_or_wait, 0, ["live", "err"], processes=2, stop=Event()))
    assert "die_or_wait" in "".join(raised.value.__notes__)  # and where it came from


def test_processes_end_with_the_work_that_nobody_waits_for_any_more() -> None:
    begun = time.monotonic()
    results = each(pid_at_once_or_wait, None, ["now", "wait"], processes=2, stop=Event())
    process = next(results)
    results.close()
    assert time.monotonic() - begun < PATIENCE
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)
