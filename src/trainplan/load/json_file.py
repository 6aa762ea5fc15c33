"""A schedule that was written as JSON, as a table like any other."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from trainplan.findings import Place
from trainplan.load import table as table_module
from trainplan.load.notes import Notes, Reason
from trainplan.load.table import Layout, Table
from trainplan.load.text import read_text


def read_json(path: Path, layout: Layout, notes: Notes) -> Table | None:
    """Return the sessions of a JSON document as a table; None, with a note of the reason, if it has none.

    Rows are numbered as the sessions stand in the list, the first being 1.
    """
    text = read_text(path, notes)
    return None if text is None else table_of_json(text, path.name, layout, notes)


def table_of_json(text: str, file: str, layout: Layout, notes: Notes) -> Table | None:
    """Return the table that a JSON document's ``sessions`` make."""
    import json

    try:
        document = json.loads(text.removeprefix("\ufeff"))
    except (ValueError, RecursionError) as problem:
        line = getattr(problem, "lineno", 0)
        why = "it is nested too deeply" if isinstance(problem, RecursionError) else str(problem)
        notes.error(Reason("bad-json", f"is not valid JSON: {why}"), Place(file, line))
        return None
    sessions = document.get("sessions") if isinstance(document, dict) else document
    if not isinstance(sessions, list):
        notes.error(Reason("bad-json", 'holds no list of sessions (e.g. {"sessions": [ … ]})'), Place(file))
        return None
    if len(sessions) > table_module.MOST_ROWS:
        table_module.too_many_rows(file, notes)
        return None
    columns = layout.columns
    rows: list[tuple[int, list[str]]] = []
    lost: list[int] = []
    for number, session in enumerate(sessions, 1):
        if isinstance(session, dict):
            rows.append((number, [_cell(session, name) for name in columns]))
        else:
            lost.append(number)
            notes.error(Reason("bad-json", "is not a session with its columns as keys"), Place(file, number))
    return Table(file, columns, rows, 0, tuple(lost), defused=False)


def _cell(session: Mapping[str, object], name: str) -> str:
    value = session.get(name)
    if name == "days" and isinstance(session.get("slots"), list):
        value = session["slots"]  # what ``days`` says, with the periods
    if isinstance(value, list):
        return "; ".join(map(str, value))
    if isinstance(value, dict):
        return "; ".join(f"{one}:{number}" for one, number in value.items())
    return "" if value is None else str(value)
