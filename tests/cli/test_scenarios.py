"""``trainplan scenarios``: what-ifs planned side by side."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from trainplan import solve
from trainplan.outcome import Fault

FILE = """programme = "small"
set = ["venues.hall.cost_per_day=100"]

[scenarios.base]
[scenarios.cheap]
title = "=1+1 [/x] <script>"
set = ["venues.hall.cost_per_day=1"]
[scenarios.short]
set = ["venues.lab.available_until=2027-02-01"]
time_limit = 5
"""


@pytest.fixture
def what_if(small: Path) -> str:
    Path("what-if.toml").write_text(FILE, encoding="utf-8")
    return "what-if.toml"


def test_each_is_planned_and_the_cheapest_complete_one_is_marked(run: Any, what_if: str) -> None:
    ran = run("scenarios", what_if, "--processes", "1", "-o", "plans")
    assert ran.code == 0
    rows = {line.split()[0]: line for line in ran.out.splitlines()}
    assert rows["cheap"].endswith("cheapest that places every seat")
    assert "10 seats unplaced" in rows["short"]
    assert ran.out.splitlines()[-1] == "2 of 3 scenarios place every seat; cheap is the cheapest of them."
    assert sorted(one.name for one in Path("plans").iterdir()) == ["base.csv", "cheap.csv", "short.csv"]
    assert run("check", "small", "plans/base.csv").code == 0
    again = run("scenarios", what_if, "-o", "plans")
    assert (again.code, "exists already" in again.err) == (2, True)


def test_a_fault_in_one_of_them_is_its_own(run: Any, what_if: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def plan(programme: Any, *given: Any, **named: Any) -> Any:
        if programme.venues["hall"].cost_per_day == 1:
            raise Fault("it does not add up")
        return unhurt(programme, *given, **named)

    unhurt = solve.plan

    def each(work: Any, limits: Any, jobs: Any, *, stop: Any, **named: Any) -> Iterator[Any]:
        yield from (work(limits, job, stop) for job in jobs)

    monkeypatch.setattr(solve, "plan", plan)
    # In this process, for another would not see the fault.
    monkeypatch.setattr(import_module("trainplan.scenarios.plan_all"), "each", each)
    ran = run("scenarios", what_if, "--processes", "1", "-o", "plans")
    rows = {line.split()[0]: line for line in ran.out.splitlines()}
    assert "fault in trainplan" in rows["cheap"]
    assert "every seat placed" in rows["base"]
    assert "scenario cheap: a fault in trainplan itself: Fault: it does not add up" in ran.err
    assert ran.code == 101
    assert sorted(one.name for one in Path("plans").iterdir()) == ["base.csv", "short.csv"]
    document = run("scenarios", what_if, "--processes", "1", "--json").document
    faults = {one["scenario"]: one["fault"] for one in document["scenarios"]}
    assert faults == {"base": None, "cheap": "Fault: it does not add up", "short": None}
    assert document["cheapest"] == "base"


def test_two_processes_answer_as_one_does(run: Any, what_if: str) -> None:
    documents = [
        run("scenarios", what_if, "--processes", number, "--reproducible", "--json").document
        for number in ("1", "2")
    ]
    for one in (one for document in documents for one in document["scenarios"]):
        one.pop("seconds")
    assert documents[0] == documents[1]
    assert documents[0]["cheapest"] == "cheap"
    assert [one["scenario"] for one in documents[0]["scenarios"]] == ["base", "cheap", "short"]
    assert [one["complete"] for one in documents[0]["scenarios"]] == [True, True, False]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "scenarios: names no scenario"),
        ("[scenarios]\n", "scenarios: names no scenario"),
        ("[scenario.a]\n", 'scenario: no such key; did you mean "scenarios"?'),
        ("[scenarios.a]\nsets = []\n", 'scenarios.a.sets: no such key; did you mean "set"?'),
        ("[scenarios.a]\nset = 3\n", "scenarios.a.set: is no list of texts"),
        ("[scenarios.a]\ntime_limit = -1\n", "scenarios.a.time_limit: is no number of seconds"),
        ('[scenarios."../a"]\n', "can't name a file"),
        ("[scenarios.a]\n[scenarios.A]\n", "but for capitals"),
        (
            '[scenarios.a]\nset = ["groups.polise.headcount=3"]\n',
            'scenario a, set groups.polise.headcount=3: "polise" is no group of groups.csv; did you mean',
        ),
        ("[scenarios", "is not valid TOML"),
    ],
)
def test_what_is_wrong_is_said_before_anything_is_planned(
    run: Any, small: Path, text: str, says: str
) -> None:
    Path("x.toml").write_text(text, encoding="utf-8")
    ran = run("scenarios", "small", "x.toml")
    assert (ran.code, ran.out) == (2, "")
    assert says in ran.err


def test_wrong_arguments(run: Any, what_if: str) -> None:
    assert "one file" in run("scenarios", "small").err
    assert "no file" in run("scenarios", "small", "none.toml").err
    assert "more than 0" in run("scenarios", what_if, "--time-limit", "0").err
    assert "is a file" in run("scenarios", what_if, "-o", "plan.csv").err


def alive(group: int) -> int:
    """How many processes of a group there are."""
    found = 0
    for one in Path("/proc").glob("[0-9]*"):
        try:
            stat = (one / "stat").read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        found += int(stat[2]) == group and stat[0] != "Z"
    return found


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="counts processes in /proc")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_stopped_it_ends_with_130_and_leaves_no_process(small: Path, number: signal.Signals) -> None:
    lines = [f'[scenarios.s{one}]\nset = ["programme.title={one}"]\n' for one in range(12)]
    Path("many.toml").write_text("".join(lines), encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, "-m", "trainplan", "scenarios", "small", "many.toml", "--processes", "2"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        start_new_session=True,
    )
    assert process.stderr is not None
    assert "1 of 12" in process.stderr.readline()
    os.killpg(process.pid, number) if number == signal.SIGINT else process.send_signal(number)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130, err
    assert "Traceback" not in err
    for _ in range(50):
        if not alive(process.pid):
            break
        time.sleep(0.1)
    assert alive(process.pid) == 0
