"""``trainplan bottlenecks``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import trainplan.solve
from trainplan.outcome import Fault


def test_what_helps_and_what_is_used(run: Any, small: Path) -> None:
    Path("small/curriculum.csv").write_text(
        "course,title,duration,groups,max_class,venue\n"
        "IT,Computers,1 day,customs:10; police:10,10,computers\n"
    )
    ran = run("bottlenecks", small, "--time-limit", "20")
    assert ran.code == 0
    assert (
        "one more venue with computers (20 seats), in March 2027  everyone done 0.5 days earlier" in ran.out
    )
    assert "  proved\n" in ran.out
    (lab,) = [line.split() for line in ran.out.splitlines() if line.startswith("lab ")]
    assert lab == ["lab", "venue", "days", "2", "23", "9", "%"]


def test_as_json(run: Any, small: Path) -> None:
    document = run("bottlenecks", small, "--schedule", "plan.csv", "--time-limit", "20", "--json").document
    assert {one["id"] for one in document["usage"]} == {"hall", "lab", "police", "customs"}
    assert document["untried"] == []
    assert all(one["verified"] for one in document["bottlenecks"])


def test_a_schedule_with_conflicts_is_nothing_to_measure_from(run: Any, small: Path) -> None:
    text = Path("plan.csv").read_text().replace("lab,", "hall,")
    Path("plan.csv").write_text(text)
    ran = run("bottlenecks", small, "--schedule", "plan.csv")
    assert ran.code == 2
    assert "plan.csv breaks venue-features" in ran.err


def test_a_fault_is_told_and_ends_with_101(run: Any, small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def faulty(*given: Any, **more: Any) -> Any:
        raise Fault("no domain")

    monkeypatch.setattr(trainplan.solve, "plan_from", faulty)
    ran = run("bottlenecks", small, "--schedule", "plan.csv", "--time-limit", "20", "--json")
    assert (ran.code, ran.document["settled"]) == (101, False)
    assert ran.document["trouble"] == "Fault: no domain"


def test_a_time_that_is_none_is_refused(run: Any, small: Path) -> None:
    assert run("bottlenecks", small, "--time-limit", "nan").code == 2
