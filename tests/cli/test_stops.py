"""What happens when a person, the clock or the machine puts an end to a command."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

import pytest

from trainplan.load import load_schedule

ENGINE = """
    import os, signal, sys, time
    import trainplan.solve
    from dataclasses import replace
    from pathlib import Path
    from trainplan.load import load_schedule
    from trainplan.outcome import GoalResult, Outcome, Progress

    def plan(programme, limits, *, report, stop, **other):
        made, _ = load_schedule(Path("plan.csv"), programme)
        found = Outcome("feasible", made, (GoalResult("seats", 0, 0),), (), 1.0)
        def so_far():
            return replace(found, interrupted=stop.is_set()) if {known} else None
        report(Progress("seats", 7, 0, 0.0, so_far=so_far))
        {rest}
        return so_far()

    trainplan.solve.plan = plan
    from trainplan.cli.main import run
    run()
"""
STUCK = "time.sleep(600)"
READY = "stop.wait(600)"
GONE = "os.kill(os.getpid(), signal.SIGKILL)"
STOPS = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]


def started(rest: str, *words: str, known: bool = True, **options: Any) -> subprocess.Popen[str]:
    """Start a generate whose engine has found a schedule and goes on as told; return once it does so."""
    program = textwrap.dedent(ENGINE.replace("{rest}", rest).replace("{known}", str(known)))
    process = subprocess.Popen(
        [sys.executable, "-c", program, "generate", "small", "-o", "new.csv", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        **options,
    )
    assert process.stderr is not None
    assert "seats: 7" in process.stderr.readline()
    return process


def ended(process: subprocess.Popen[str]) -> tuple[int, str, str]:
    """Wait until it ends; the pipes are closed only when all that it started have ended too."""
    out, err = process.communicate(timeout=60)
    assert "Traceback" not in err
    return process.returncode, out, err


@pytest.mark.parametrize("number", STOPS)
@pytest.mark.parametrize("rest", [READY, STUCK])
def test_the_first_ctrl_c_keeps_the_best_so_far(small: Path, rest: str, number: signal.Signals) -> None:
    process = started(rest)
    process.send_signal(number)
    code, out, err = ended(process)
    assert code == 130
    assert "finishing…" in err
    assert "Stopped early" in out
    assert Path("new.csv").read_text(encoding="utf-8").startswith("session,course,")


def test_all_processes_at_once_may_be_asked_to_stop(small: Path) -> None:
    """``timeout`` and a terminal tell the whole group; the process that plans must not die of it."""
    process = started(STUCK, start_new_session=True)
    os.killpg(process.pid, signal.SIGTERM)
    assert ended(process)[0] == 130
    assert Path("new.csv").exists()


def test_the_second_ctrl_c_loses_nothing(small: Path) -> None:
    process = started(STUCK)
    assert process.stderr is not None
    process.send_signal(signal.SIGINT)
    assert "finishing…" in process.stderr.readline()
    process.send_signal(signal.SIGINT)
    code, out, err = ended(process)
    assert code == 130
    assert "Stopped early" in out
    assert "wrote new.csv" in err
    assert "nothing" not in err
    assert Path("new.csv").exists()


def test_the_third_ctrl_c_leaves_at_once(small: Path) -> None:
    process = started(STUCK, known=False)
    assert process.stderr is not None
    process.send_signal(signal.SIGINT)
    assert "finishing…" in process.stderr.readline()
    process.send_signal(signal.SIGINT)
    process.send_signal(signal.SIGTERM)
    process.send_signal(signal.SIGHUP)
    code, out, err = ended(process)
    assert (code, out) == (130, "")
    assert "left at once" in err
    assert not Path("new.csv").exists()


def test_the_third_request_leaves_even_where_nothing_can_be_said_of_it(small: Path) -> None:
    program = """
        import os, signal, time
        from trainplan.cli.requests import Requests

        with Requests() as requests:
            requests.holding = True
            requests.leave = lambda: 1 / 0
            for _ in range(3):
                os.kill(os.getpid(), signal.SIGINT)
            time.sleep(600)
    """
    done = subprocess.run([sys.executable, "-c", textwrap.dedent(program)], capture_output=True, timeout=60)
    assert done.returncode == 130


def test_stopped_before_anything_is_found_there_is_no_file(small: Path) -> None:
    process = started(STUCK, known=False)
    process.send_signal(signal.SIGINT)
    code, out, _ = ended(process)
    assert code == 130
    assert "before there was any schedule" in out
    assert not Path("new.csv").exists()


def test_an_interrupted_answer_is_still_one_document(small: Path) -> None:
    process = started(READY, "--json")
    process.send_signal(signal.SIGINT)
    code, out, _ = ended(process)
    document = json.loads(out)
    assert (code, document["interrupted"], document["status"]) == (130, True, "feasible")


@pytest.mark.parametrize(("known", "code"), [(True, 0), (False, 4)])
def test_work_that_does_not_end_in_time_is_ended(small: Path, known: bool, code: int) -> None:
    process = started(STUCK, "--time-limit", "2", "--json", known=known)
    ended_with, out, _ = ended(process)
    document = json.loads(out)
    assert (ended_with, document["interrupted"]) == (code, False)
    assert document["status"] == ("feasible" if known else "unknown")
    assert Path("new.csv").exists() == known


def test_a_process_ended_from_outside_is_no_fault(small: Path) -> None:
    code, out, err = ended(started(GONE))
    assert (code, out) == (2, "")
    assert "ended from outside" in err


def test_the_time_counts_from_the_beginning_of_the_process(small: Path) -> None:
    program = """
        import time
        import trainplan.solve
        from trainplan.outcome import Outcome
        from trainplan.__main__ import BEGAN
        from trainplan.cli.main import run
        trainplan.solve.plan = lambda programme, limits, **other: Outcome(
            "unknown", None, (), (), limits.seconds
        )
        run(BEGAN - 7)
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(program), "generate", "small", "--time-limit", "20", "--json"],
        capture_output=True,
        encoding="utf-8",
        timeout=60,
    )
    assert 5 < json.loads(done.stdout)["seconds"] < 13


def test_ctrl_c_while_the_result_is_written_loses_nothing(small: Path) -> None:
    program = """
        import os, signal, trainplan.exports.csv_file as writer, trainplan.exports as exports
        from trainplan.cli.target import Target
        real = Target.write

        def write(self, programme, schedule):
            os.kill(os.getpid(), signal.SIGINT)
            os.kill(os.getpid(), signal.SIGINT)
            real(self, programme, schedule)

        Target.write = write
        from trainplan.cli.main import run
        run()
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(program), "generate", "small", "-o", "new.csv"],
        capture_output=True,
        encoding="utf-8",
        timeout=60,
    )
    assert done.returncode == 130, done.stderr
    assert "wrote new.csv" in done.stderr
    assert "nothing was written" not in done.stderr
    assert Path("new.csv").exists()


def test_before_anything_is_begun_a_request_ends_the_command(small: Path) -> None:
    program = """
        import os, signal, trainplan.load as load
        import trainplan.cli.files as files

        def read(*args):
            os.kill(os.getpid(), signal.{name})

        files.load_programme = read
        from trainplan.cli.main import run
        run()
    """
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        words = [sys.executable, "-c", textwrap.dedent(program.replace("{name}", name)), "check", "small"]
        done = subprocess.run(words, capture_output=True, encoding="utf-8", timeout=60)
        assert (done.returncode, done.stdout) == (130, "")
        assert done.stderr == "trainplan: stopped; nothing was written\n"


def test_what_was_kept_reads_back(small: Path) -> None:
    from trainplan.load import load_programme

    process = started(STUCK)
    process.send_signal(signal.SIGHUP)
    ended(process)
    programme, _ = load_programme(small)
    assert programme is not None
    made, found = load_schedule(Path("new.csv"), programme)
    assert made is not None
    assert [one.id for one in made.live] == ["CP-01", "IT-01"]
    assert list(found) == []
