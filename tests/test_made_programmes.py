"""The programmes that benchmarks/programmes.py makes: each has a schedule that breaks no rule of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from trainplan.audit import audit
from trainplan.load import load_programme, load_schedule

SCRIPT = Path(__file__).parents[1] / "benchmarks" / "programmes.py"


@pytest.mark.parametrize("options", [[], ["--featured"], ["--featured", "--seed", "2"]])
@pytest.mark.parametrize("sessions", [20, 120])
def test_the_hidden_schedule_breaks_no_rule(tmp_path: Path, sessions: int, options: list[str]) -> None:
    folder = tmp_path / "made"
    command = [sys.executable, str(SCRIPT), str(folder), "--sessions", str(sessions), *options]
    subprocess.run(command, check=True, capture_output=True)
    programme, findings = load_programme(folder)
    assert programme is not None
    assert not [one for one in findings if one.severity == "error"]
    schedule, read = load_schedule(tmp_path / "made.hidden.csv", programme)
    assert schedule is not None
    assert len(schedule.sessions) >= sessions * 0.9
    assert [one for one in (*read, *audit(programme, schedule)) if one.severity == "error"] == []


def test_the_same_seed_makes_the_same_files(tmp_path: Path) -> None:
    for name in ("one", "two"):
        command = [sys.executable, str(SCRIPT), str(tmp_path / name), "--sessions", "20", "--featured"]
        subprocess.run(command, check=True, capture_output=True)
    files = sorted(path.name for path in (tmp_path / "one").iterdir())
    assert "closures.csv" in files
    for name in files:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()
