"""``--set``: the same programme, but for one cell, for every command that reads one."""

from __future__ import annotations

from pathlib import Path
from typing import Any


def test_commands_read_what_is_set(run: Any, small: Path) -> None:
    assert run("check", "small", "plan.csv").code == 0
    ran = run("check", "small", "plan.csv", "--set", "venues.hall.capacity=12")
    assert ran.code == 1
    assert "venue-capacity" in ran.out
    next_step = "trainplan check small --set venues.hall.capacity=12 plan.csv"
    assert ran.err.splitlines()[-1] == f"Next, after mending: {next_step}"
    assert run("show", "small", "plan.csv", "--json", "--set", "programme.title=What if").document[
        "programme"
    ] == ("What if")
    assert run("export", "small", "plan.csv", "-o", "x.json", "--set", "programme.title=Other").code == 0
    assert '"Other"' in Path("x.json").read_text(encoding="utf-8")


def test_a_plan_keeps_to_what_is_set(run: Any, small: Path) -> None:
    ran = run("generate", "small", "--set", "curriculum.CP.groups=police:7", "--time-limit", "20", "--json")
    assert ran.code == 0
    assert sum(one["seats"] for one in ran.document["sessions"]) == 17


def test_a_setting_that_is_wrong_is_misuse(run: Any, small: Path) -> None:
    ran = run("generate", "small", "--set", "groups.polise.headcount=3")
    assert (ran.code, ran.out) == (2, "")
    assert (
        '--set groups.polise.headcount=3: "polise" is no group of groups.csv; did you mean "police"?'
        in ran.err
    )
