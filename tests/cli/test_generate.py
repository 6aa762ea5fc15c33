"""``trainplan generate``: what it writes, says and ends with, whatever the engine answers."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import trainplan.solve
from tests.cli.conftest import PROGRAM
from trainplan.exports import FORMATS
from trainplan.findings import Finding
from trainplan.load import load_programme, load_schedule
from trainplan.model import Programme
from trainplan.outcome import Fault, GoalResult, Limits, Outcome, Progress, Unplaced

Engine = Callable[..., None]


@pytest.fixture
def good(small: Path) -> Outcome:
    """What a good engine answers for the small programme."""
    programme, _ = load_programme(small)
    assert programme is not None
    made, _ = load_schedule(Path("plan.csv"), programme)
    goals = (GoalResult("seats", 0, 0), GoalResult("sessions", 2, 2), GoalResult("early", 50, 50))
    return Outcome("optimal", made, goals, (), 0.25)


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> Engine:
    """Put an engine in place that gives this answer, or fails this way."""

    def put(answer: Outcome | BaseException) -> None:
        def plan(programme: Programme, limits: Limits, *, report: Any = None, **_: Any) -> Outcome:
            report(Progress("seats", 3, 0, 0.1))
            report(Progress("seats", 0, 0, 0.2))
            if isinstance(answer, BaseException):
                raise answer
            return answer

        monkeypatch.setattr(trainplan.solve, "plan", plan)

    return put


def test_a_good_plan_is_shown_whole(run: Any, small: Path, good: Outcome, engine: Engine) -> None:
    engine(good)
    ran = run("generate", "small")
    assert ran.code == 0
    assert ran.out.startswith("Small: 30 seats in 2 sessions, none unplaced.\nProved optimal")
    for part in ("March 2027", "Sessions\n", "Away at the peak", "mean wait"):
        assert part in ran.out
    assert "0.2 s: seats: 0 (proved)" in ran.err
    assert ran.err.splitlines()[-1] == "Next, to keep it: trainplan generate small -o plan.csv"


@pytest.mark.parametrize("suffix", [one.suffix for one in FORMATS])
def test_only_what_reads_back_is_to_be_looked_at_and_checked(
    run: Any, small: Path, good: Outcome, engine: Engine, suffix: str
) -> None:
    engine(good)
    ran = run("generate", "small", "-o", f"new{suffix}")
    advised = f"trainplan check small new{suffix}" in ran.err
    assert ran.code == 0
    assert advised == (suffix in (".csv", ".json", ".xlsx"))
    assert (run("check", "small", f"new{suffix}").code == 2) != advised


@pytest.mark.parametrize("command", ["generate", "export", "replan"])
def test_help_names_every_format(run: Any, command: str) -> None:
    told = run(command, "--help").out
    assert [
        one.suffix for one in FORMATS if f"{one.suffix}," not in told and f"{one.suffix})" not in told
    ] == []


def test_the_file_is_the_schedule(run: Any, small: Path, good: Outcome, engine: Engine) -> None:
    engine(good)
    ran = run("generate", "small", "-o", "new.csv", "--json")
    assert ran.code == 0
    assert "wrote new.csv" in ran.err
    listed = run("show", "small", "new.csv", "--json").document["sessions"]
    assert ran.document["sessions"] == listed
    assert ran.document["status"] == "optimal"
    assert [(goal["name"], goal["value"], goal["bound"]) for goal in ran.document["goals"]] == [
        ("seats", 0, 0),
        ("sessions", 2, 2),
        ("early", 50, 50),
    ]
    assert ran.document["unplaced"] == []
    assert ran.document["seconds"] == 0.25


def test_stdout_can_take_the_file(run: Any, small: Path, good: Outcome, engine: Engine) -> None:
    engine(good)
    ran = run("generate", "small", "-o", "-")
    assert ran.out.startswith("session,course,")
    assert "Proved optimal" in ran.err
    assert json.loads(run("generate", "small", "-o", "-", "--format", "json").out)["programme"] == "Small"


@pytest.mark.parametrize(
    ("words", "gap"),
    [((), 0.0), (("--gap", "0%"), 0.0), (("--gap", "2.5 %"), 0.025), (("--gap", "100%"), 1.0)],
)
def test_a_gap_is_a_share(
    run: Any, small: Path, good: Outcome, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], gap: float
) -> None:
    def plan(programme: Programme, limits: Limits, **_: Any) -> Outcome:
        return replace(good, seconds=limits.gap)

    monkeypatch.setattr(trainplan.solve, "plan", plan)
    assert run("generate", "small", "--json", *words).document["seconds"] == gap


UNPLACED = (Unplaced("CP", "police", 5, "the hall is full"),)


@pytest.mark.parametrize(
    ("change", "code", "says"),
    [
        ({"status": "feasible", "unplaced": UNPLACED}, 1, "the hall is full"),
        ({"status": "feasible", "interrupted": True, "unplaced": UNPLACED}, 130, "Stopped early"),
        (
            {"status": "feasible", "goals": (GoalResult("early", 60, 50),)},
            0,
            "Within 20.0 % of the best possible",
        ),
        ({"status": "feasible", "goals": (GoalResult("due", 6, 0),)}, 0, "a best possible 0 for due"),
    ],
)
def test_what_is_not_perfect_is_said(
    run: Any, small: Path, good: Outcome, engine: Engine, change: Any, code: int, says: str
) -> None:
    engine(replace(good, **change))
    ran = run("generate", "small", "-o", "new.csv")
    assert ran.code == code
    assert says in ran.out
    assert Path("new.csv").exists()
    assert run("generate", "small", "--json").document["unplaced"] == [
        {"course": one.course, "group": one.group, "seats": one.seats, "because": one.because}
        for one in change.get("unplaced", ())
    ]


@pytest.mark.parametrize(
    ("status", "interrupted", "code", "says"),
    [
        ("infeasible", False, 3, "no schedule is possible, and that is proved"),
        ("unknown", False, 4, "that does not mean that there is none"),
        ("unknown", True, 130, "before there was any schedule"),
    ],
)
def test_no_schedule_is_no_file(
    run: Any, small: Path, engine: Engine, status: Any, interrupted: bool, code: int, says: str
) -> None:
    cause = Finding("venue-closed", "error", "The hall is closed all March.")
    because = (cause,) if status == "infeasible" else ()
    engine(Outcome(status, None, (), (), 1.0, interrupted, because))
    ran = run("generate", "small", "-o", "new.csv")
    assert ran.code == code
    assert says in ran.out
    assert (cause.message in ran.out) == bool(because)
    assert not Path("new.csv").exists()
    document = run("generate", "small", "--json").document
    assert (document["status"], document["sessions"]) == (status, [])
    assert [one["rule"] for one in document["findings"]] == [one.rule for one in because]


@pytest.mark.parametrize("error", [Fault("a session in a closed hall"), ZeroDivisionError("oh")])
def test_a_fault_is_one_honest_line(run: Any, small: Path, engine: Engine, error: Exception) -> None:
    engine(error)
    ran = run("generate", "small", "-o", "new.csv")
    assert (ran.code, ran.out) == (101, "")
    fault = f"trainplan: a fault in trainplan itself: {type(error).__name__}: {error}"
    assert ran.err.splitlines()[-1] == f"{fault} (again with --debug shows where)"
    assert "Traceback" not in ran.err
    assert not Path("new.csv").exists()
    assert "Traceback" in run("generate", "small", "--debug").err
    assert "a fault" in run("generate", "small", "--json").document["error"]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["-o", "plan.csv"], "exists already"),
        (["-o", "new.ods"], "no format .ods"),
        (["-o", "no/new.csv"], "there is no folder no"),
        (["--time-limit", "0"], "more than 0"),
        (["--time-limit", "nan"], "more than 0"),
        (["--time-limit", "soon"], "--time-limit"),
        (["--workers", "-1"], "--workers"),
        (["--gap", "2"], '--gap "2" is not a share from 0% to 100% (e.g. 2%)'),
        (["--gap", "0.02"], "(e.g. 2%)"),
        (["--gap", "101%"], "0% to 100%"),
        (["--gap", "-1%"], "0% to 100%"),
        (["--format", "csv"], "give -o FILE too"),
        (["--tomorrow"], "--tomorrow"),
    ],
)
def test_nothing_is_solved_that_could_not_be_kept(
    run: Any, small: Path, engine: Engine, words: list[str], says: str
) -> None:
    engine(AssertionError("solved nevertheless"))
    ran = run("generate", "small", *words)
    assert ran.code == 2
    assert says in ran.err.splitlines()[-1]


def test_a_plan_that_cannot_be_written_is_still_shown(
    run: Any, small: Path, good: Outcome, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine(good)

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("trainplan.exports.write.os.fsync", full)
    ran = run("generate", "small", "-o", "new.csv")
    assert ran.code == 2
    assert "CP-01" in ran.out
    assert "no room on the disk" in ran.err.splitlines()[-1]
    assert not Path("new.csv").exists()
    document = run("generate", "small", "-o", "new.csv", "--json").document
    assert "no room" in document["error"]
    assert len(document["sessions"]) == 2


def test_reproducible_is_the_same_to_the_byte(small: Path, shell: Any) -> None:
    def told(hash_seed: str) -> tuple[str, bytes]:
        done = shell(
            *(
                "generate",
                "small",
                "--reproducible",
                "--time-limit",
                "2",
                "-o",
                "new.csv",
                "--force",
                "--json",
            ),
            env={**os.environ, "PYTHONIOENCODING": "utf-8", "PYTHONHASHSEED": hash_seed},
        )
        assert done.returncode == 0, done.stderr
        return done.stdout, Path("new.csv").read_bytes()

    assert told("1") == told("2")


def test_sigterm_in_the_middle_of_planning_leaves_a_sound_schedule(tmp_path: Path, shell: Any) -> None:
    process = subprocess.Popen(
        [*PROGRAM, "generate", "saint-lucia-full", "-o", str(tmp_path / "new.csv"), "--time-limit", "120"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )
    assert process.stderr is not None
    for line in process.stderr:
        if "first schedule" in line:
            break
    process.send_signal(signal.SIGTERM)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Stopped early" in out
    assert "wrote " in err
    checked = shell("check", "saint-lucia-full", tmp_path / "new.csv", "--json")
    # Seats that are still missing are the only thing that may be wrong with it.
    assert {one["rule"] for one in json.loads(checked.stdout)["findings"] if one["severity"] == "error"} <= {
        "demand"
    }


def test_pins_that_can_not_be_kept_are_explained_with_their_schedule(run: Any, small: Path) -> None:
    # 6 March 2027 is a Saturday.
    Path("pinned.csv").write_text(
        "session,course,start,venue,groups,pin\nCP-01,CP,2027-03-06,hall,police:20,date\n", encoding="utf-8"
    )
    ran = run("generate", small, "--start-from", "pinned.csv", "--time-limit", "5")
    assert ran.code == 3
    assert f"trainplan explain {small} pinned.csv" in ran.err
