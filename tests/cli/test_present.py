"""The schedule that a question is about, where it has to be planned first."""

from __future__ import annotations

from pathlib import Path

import pytest

from trainplan import solve
from trainplan.cli.files import find_programme, read_programme
from trainplan.cli.present import Clock, present_schedule
from trainplan.model import Schedule
from trainplan.outcome import Outcome


def test_to_stop_planning_is_to_stop_asking(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The plan so far was once taken for an answer, and the command went on as if nobody had stopped it."""
    source = find_programme("small", None)
    programme, _ = read_programme(source)
    stopped = Outcome("feasible", Schedule(()), (), (), 0.1, True)
    monkeypatch.setattr(solve, "plan", lambda *args, **options: stopped)
    with pytest.raises(KeyboardInterrupt):
        present_schedule(None, programme, source, Clock(5), 1, 0)
