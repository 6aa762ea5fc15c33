"""A smaller case with the same trouble: rows, cells and numbers are left out as long as it stays."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from dataclasses import replace

from tests.claims.files import Case, Files, Rows

REQUIRED = {
    "curriculum": ("course", "title", "duration", "groups", "max_class"),
    "groups": ("group", "title", "headcount"),
    "venues": ("venue", "title", "capacity"),
    "instructors": ("instructor", "name", "qualifications"),
    "closures": ("who", "from"),
    "plan": ("session", "course", "start", "days", "groups"),
}
NEEDED = ("title", "starts", "ends", "periods")
CUT_SECONDS = 90.0


def shrunk(case: Case, fails: Callable[[Case], bool], seconds: float = CUT_SECONDS) -> Case:
    """Return a case that still ``fails``, of which nothing can be left out, as far as there was time."""
    until = time.monotonic() + seconds
    better = True
    while better:
        better = False
        for smaller in _smaller(case):
            if time.monotonic() > until:
                return case
            if fails(smaller):
                case, better = smaller, True
                break
    return case


def _smaller(case: Case) -> Iterator[Case]:
    """Yield cases with one thing less, large things first."""
    files = case.files
    ways = list(case.ask.get("ways", ()))
    if len(ways) > 1:
        yield from (replace(case, ask={**case.ask, "ways": [way]}) for way in ways)
    events = list(case.ask.get("events", ()))
    for at in range(len(events)):
        yield replace(case, ask={**case.ask, "events": events[:at] + events[at + 1 :]})
    if case.plan is not None:
        for rows in _fewer(case.plan, "plan"):
            yield replace(case, plan=rows)
    for name in ("curriculum", "closures", "instructors", "venues", "groups"):
        for rows in _fewer(files.tables.get(name, ()), name):
            yield replace(case, files=_tidied(files.with_rows(name, rows)))
    for key in files.settings:
        if key not in NEEDED:
            yield replace(case, files=files.without(key))
    for goal in files.settings.get("goals", ()):
        left = [name for name in files.settings["goals"] if name != goal]
        if left:
            yield replace(case, files=replace(files, settings={**files.settings, "goals": left}))
    for name, rows in files.tables.items():
        for at, row in enumerate(rows):
            for column, cell in row.items():
                for text in _lower(column, cell):
                    yield replace(
                        case,
                        files=files.with_rows(name, (*rows[:at], {**row, column: text}, *rows[at + 1 :])),
                    )


def _fewer(rows: Rows, name: str) -> Iterator[Rows]:
    for at in range(len(rows)):
        yield rows[:at] + rows[at + 1 :]
    for at, row in enumerate(rows):
        for column, cell in row.items():
            if cell and column not in REQUIRED[name]:
                yield (*rows[:at], {key: text for key, text in row.items() if key != column}, *rows[at + 1 :])


def _tidied(files: Files) -> Files:
    """Return the files without what names a row that is gone."""
    courses = {row["course"] for row in files.tables.get("curriculum", ())}
    known = {
        kind: {row[kind] for row in files.tables.get(f"{kind}s", ())}
        for kind in ("group", "venue", "instructor")
    } | {"course": courses}
    closures = []
    for row in files.tables.get("closures", ()):
        kind, _, id = row["who"].partition(":")
        if kind not in known or id in known[kind]:
            closures.append(row)
    curriculum = []
    for row in files.tables.get("curriculum", ()):
        orders = [one for one in row.get("after", "").split("; ") if set(one.split()) & courses]
        asked = [one for one in row["groups"].split("; ") if one.partition(":")[0] in known["group"]]
        if asked:
            curriculum.append({**row, "after": "; ".join(orders), "groups": "; ".join(asked)})
    return files.with_rows("closures", tuple(closures)).with_rows("curriculum", tuple(curriculum))


def _lower(column: str, cell: str) -> Iterator[str]:
    """Yield cells with a smaller number, or with one of several things left out."""
    several = cell.split("; ")
    if column in ("groups", "after", "qualifications", "instructors") and len(several) > 1:
        for at in range(len(several)):
            yield "; ".join(several[:at] + several[at + 1 :])
    if column in ("headcount", "max_away", "capacity", "min_class", "max_class", "priority") and re.fullmatch(
        r"\d+", cell
    ):
        yield from (
            str(number) for number in sorted({1, int(cell) // 2, int(cell) - 1}) if 0 < number < int(cell)
        )
    if column == "groups":
        for at, one in enumerate(several):
            group, _, number = one.partition(":")
            if number.isdigit() and int(number) > 1:
                yield "; ".join((*several[:at], f"{group}:{int(number) - 1}", *several[at + 1 :]))
    if column == "duration" and cell != "1 day":
        yield "1 day"
