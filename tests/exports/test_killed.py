"""The short form of benchmarks/kill_writers.py: a writer that is killed leaves the old file or the new."""

from __future__ import annotations

import importlib.util
from pathlib import Path

HARNESS = Path(__file__).parents[2] / "benchmarks" / "kill_writers.py"


def test_a_killed_writer_never_tears_a_file() -> None:
    spec = importlib.util.spec_from_file_location("kill_writers", HARNESS)
    assert spec is not None
    assert spec.loader is not None
    harness = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(harness)
    assert not harness.whole(b"%09d" % 1 * 10)
    found = harness.killed(12, seed=7)
    assert found["torn"] == 0
    assert found["old"] + found["new"] == 12
