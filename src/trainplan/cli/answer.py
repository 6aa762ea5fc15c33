"""What ``generate --json`` says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from math import isfinite
from typing import Any

from trainplan.cli.documents import finding
from trainplan.exports.json_file import record
from trainplan.model import Programme
from trainplan.outcome import Outcome


def document(programme: Programme, outcome: Outcome, said: Mapping[str, str]) -> dict[str, Any]:
    """Return the fields of the document: the engine's answer, with each goal's value in words beside it."""
    sessions = outcome.schedule.sessions if outcome.schedule is not None else ()
    return {
        "programme": programme.title,
        "status": outcome.status,
        "interrupted": outcome.interrupted,
        "goals": [
            {
                "name": goal.name,
                "value": goal.value,
                "bound": goal.bound,
                "gap": round(goal.gap, 6) if isfinite(goal.gap) else None,
                "words": said.get(goal.name, ""),
            }
            for goal in outcome.goals
        ],
        "sessions": [record(one, programme) for one in sessions],
        "unplaced": [asdict(one) for one in outcome.unplaced],
        "findings": [finding(one) for one in outcome.because],
        "seconds": round(outcome.seconds, 3),
    }
