"""The schedule as JSON: the columns of ``schedule.csv`` for other programs to read."""

from __future__ import annotations

import json
from typing import Any

from trainplan.exports.csv_file import cells
from trainplan.exports.days import named
from trainplan.model import Programme, Schedule, Session

SCHEMA_VERSION = 1


def record(session: Session, programme: Programme) -> dict[str, Any]:
    """Return a session as JSON has it: the columns of ``schedule.csv``, in their order.

    All as they stand there, but ``days`` a list of ISO dates, ``groups`` an object of seats and ``seats``
    a number. Where a day has several periods, ``slots`` lists them too, as ``2027-01-11 morning``.
    """
    out: dict[str, Any] = dict(cells(session, programme))
    out["days"] = [day.isoformat() for day in session.days]
    out["groups"] = dict(session.groups)
    out["seats"] = session.seats
    if len(programme.periods) > 1:
        out["slots"] = [named(slot, programme.periods) for slot in session.slots]
    return out


def document(programme: Programme, schedule: Schedule) -> dict[str, Any]:
    """Return the whole schedule as one JSON document."""
    return {
        "schema_version": SCHEMA_VERSION,
        "programme": programme.title,
        "starts": programme.starts.isoformat(),
        "ends": programme.ends.isoformat(),
        "periods": list(programme.periods),
        "sessions": [record(session, programme) for session in schedule.sessions],
    }


def content(programme: Programme, schedule: Schedule) -> bytes:
    """Return the schedule as a JSON file, UTF-8."""
    text = json.dumps(document(programme, schedule), ensure_ascii=False, indent=2) + "\n"
    return text.encode("utf-8", errors="backslashreplace")
