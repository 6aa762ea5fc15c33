"""What ``--json`` prints: one document on standard output, whatever happens."""

from __future__ import annotations

import json
from typing import Any

from trainplan.exports.json_file import SCHEMA_VERSION
from trainplan.findings import Finding
from trainplan.views.console import standard_output


def emit(**fields: Any) -> None:
    """Print one JSON document with ``schema_version`` and these fields."""
    screen = standard_output()
    document = {"schema_version": SCHEMA_VERSION, **fields}
    screen.write(json.dumps(document, indent=2, ensure_ascii=not screen.unicode) + "\n")


def finding(one: Finding) -> dict[str, Any]:
    """Return a finding as JSON has it; of a place, what is not known is null."""
    place = one.place
    return {
        "rule": one.rule,
        "severity": one.severity,
        "message": one.message,
        "sessions": list(one.sessions),
        "days": [day.isoformat() for day in one.days],
        "place": place and {"file": place.file, "row": place.row or None, "column": place.column or None},
    }
