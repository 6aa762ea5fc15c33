"""Processes that die are noticed: nobody waits for them, and what was done is kept."""

from __future__ import annotations

import os
import signal
import threading
from threading import Event

import pytest

from trainplan.parallel import Lost, each

PATIENCE = 30.0  # seconds; a test that waits so long has failed


def die_or_wait(number: int, job: str, stop: Event) -> str:
    """Die by a signal, or wait to be asked to end."""
    if job == "die":
        os.kill(os.getpid(), number)
    stop.wait(PATIENCE)
    return job


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
