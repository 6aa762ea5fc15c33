"""Work that is done elsewhere: what comes of it, and that it can always be ended."""

from __future__ import annotations

import os
import sys
import threading
import time
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from trainplan.aside import Along, Aside, _alone, possible
from trainplan.outcome import Fault, Limits, Progress
from trainplan.parallel import Lost
from trainplan.within import Patience, within

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs processes that are copies")
PLACES = [Aside, Along]


def heard(begun: Any) -> list[Any]:
    news: list[Any] = []
    while not begun.over:
        news += begun.hear(0.05)
    begun.end()
    return news


@pytest.mark.parametrize("place", PLACES)
def test_the_answer_and_what_was_told_come_back(place: Any) -> None:
    def work(report: Any, stop: Event) -> int:
        report(Progress("seats", 3, 0, 0.1, so_far=lambda: 1))
        return 2

    begun = place(work)
    assert heard(begun) == [Progress("seats", 3, 0, 0.1)]
    assert begun.answer() == 2


@pytest.mark.parametrize("place", PLACES)
def test_an_error_comes_back_as_it_is(place: Any) -> None:
    def work(report: Any, stop: Event) -> int:
        raise ZeroDivisionError("oh")

    begun = place(work)
    heard(begun)
    with pytest.raises(ZeroDivisionError, match="oh"):
        begun.answer()


def test_an_error_that_cannot_be_sent_is_a_fault_of_the_same_words() -> None:
    class Odd(Exception):
        pass

    def work(report: Any, stop: Event) -> int:
        raise Odd("so odd")

    begun = Aside(work)
    heard(begun)
    with pytest.raises(Fault, match="Odd: so odd"):
        begun.answer()


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("stop", [False, True])
def test_asked_it_says_what_there_is_so_far(place: Any, stop: bool) -> None:
    def work(report: Any, asked: Event) -> str:
        report(Progress("", None, None, 0.0, so_far=lambda: f"so far, {asked.is_set()}"))
        asked.wait(0 if stop else 60)
        while True:
            time.sleep(0.01)

    begun = place(work)
    begun.ask(stop=stop)
    while not begun.told:
        begun.hear(0.05)
    begun.end()
    assert begun.answer() == f"so far, {stop}"


def test_what_was_kept_outlives_the_process() -> None:
    def work(report: Any, stop: Event) -> int:
        report(Progress("", None, None, 0.0, so_far=lambda: 7))
        time.sleep(600)
        return 8

    begun = Aside(work)
    while not begun._answers:
        begun.hear(0.05)
    os.kill(begun._process, 9)
    heard(begun)
    assert begun.answer() == 7


def test_a_process_ended_from_outside_is_lost() -> None:
    begun = Aside(lambda report, stop: os.kill(os.getpid(), 9))
    heard(begun)
    with pytest.raises(Lost, match="ended from outside"):
        begun.answer()


def test_what_it_changes_stays_there() -> None:
    there: list[int] = []
    begun = Aside(lambda report, stop: there.append(1))
    heard(begun)
    assert there == []


@pytest.mark.skipif(not Path("/proc").exists(), reason="looks for processes in /proc")
def test_ended_it_is_gone() -> None:
    begun = Aside(lambda report, stop: time.sleep(600))
    process = begun._process
    assert Path(f"/proc/{process}").exists()
    begun.end()
    assert not Path(f"/proc/{process}").exists()


class Deaf(Aside[int]):
    """Work in another process; notes what it was asked."""

    def __init__(self) -> None:
        super().__init__(lambda report, stop: time.sleep(600))  # type: ignore[arg-type, return-value]
        self.asked: list[bool] = []

    def ask(self, *, stop: bool) -> None:
        self.asked.append(stop)


def test_patience_asks_once_and_ends_in_the_end() -> None:
    begun, now = Deaf(), time.monotonic()
    patience = Patience(now + 1e9, now - 1)
    patience.look(begun, stopped=False)
    patience.look(begun, stopped=False)
    assert (begun.asked, begun.over) == ([False], False)
    patience.look(begun, stopped=True)
    patience.look(begun, stopped=True)
    assert (begun.asked, begun.over) == ([False, True], False)
    Patience(now - 1, now - 2).look(begun, stopped=False)
    assert begun.over


def test_without_a_limit_nothing_is_asked() -> None:
    begun = Deaf()
    Patience(float("inf"), float("inf")).look(begun, stopped=False)
    assert begun.asked == []
    begun.end()


def test_within_its_limit_it_is_left_alone_and_after_it_ended() -> None:
    assert within(lambda report, stop: os.getpid(), Limits(60), Event()) != os.getpid()
    none = within(lambda report, stop: time.sleep(600), Limits(0.01), Event(), lambda: None)
    assert none is None


def test_from_another_thread_it_is_done_in_this_process() -> None:
    """A copy of a process with several threads may hang in a lock that one of the others held."""
    found: list[object] = []

    def run() -> None:
        found.append(possible())
        found.append(within(lambda report, stop: os.getpid(), Limits(60), Event()))

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    assert found == [False, os.getpid()]


def test_where_no_process_can_be_had_it_is_done_in_this_one(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> int:
        raise BlockingIOError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(os, "fork", refuse)
    assert within(lambda report, stop: os.getpid(), Limits(60), Event()) == os.getpid()


def test_two_answers_made_at_once_leave_the_threads_their_turns() -> None:
    usual = sys.getswitchinterval()
    first, second = _alone(), _alone()
    first.__enter__()
    second.__enter__()
    first.__exit__(None, None, None)
    second.__exit__(None, None, None)
    assert sys.getswitchinterval() == usual
