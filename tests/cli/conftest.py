"""Running commands as a shell would, and a programme small enough to follow."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from typer.testing import CliRunner

from trainplan.cli.main import app

CURRICULUM = """course,title,duration,groups,mixed,min_class,max_class,venue
CP,Community Policing,3 days,police:20,no,5,20,classroom
IT,Computers,1 day,customs:10,no,5,20,computers
"""
FILES = {
    "programme.toml": 'title = "Small"\nstarts = 2027-03-01\nends = 2027-03-31\n',
    "curriculum.csv": CURRICULUM,
    "groups.csv": "group,title,headcount\npolice,Police,40\ncustoms,Customs,30\n",
    "venues.csv": "venue,title,capacity,features\nhall,Hall,30,classroom\nlab,Laboratory,20,computers\n",
}
PLAN = """session,course,start,venue,groups,seats
CP-01,CP,2027-03-01,hall,police:20,20
IT-01,IT,2027-03-02,lab,customs:10,10
"""
PROGRAM = [sys.executable, "-c", "from trainplan.cli.main import run; run()"]


class Ran(NamedTuple):
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """The one JSON document on standard output."""
        document = json.loads(self.out)
        assert document["schema_version"] == 1
        return document


Run = Callable[..., Ran]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command in this process."""
    monkeypatch.delenv("NO_COLOR", raising=False)

    def ran(*words: object) -> Ran:
        result = CliRunner().invoke(app, [str(word) for word in words])
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return Ran(result.exit_code, result.stdout, result.stderr)

    return ran


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small programme in ``small/``, a sound plan for it in ``plan.csv``; the work goes on beside them."""
    folder = tmp_path / "small"
    folder.mkdir()
    for name, content in FILES.items():
        (folder / name).write_text(content, encoding="utf-8")
    (tmp_path / "plan.csv").write_text(PLAN, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return folder


@pytest.fixture
def shell() -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run the program in a process of its own; keywords are those of ``subprocess.run``."""

    def ran(*words: object, **options: Any) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*PROGRAM, *map(str, words)],
            **{
                "stdout": subprocess.PIPE,
                "stderr": subprocess.PIPE,
                "encoding": "utf-8",
                "env": {**os.environ, "PYTHONIOENCODING": "utf-8"},
                "timeout": 120,
                **options,
            },
        )

    return ran
