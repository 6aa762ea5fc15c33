"""Small impossible programmes as data: each with its known smallest sets and its cheapest way out."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from trainplan.explain import Explanation, Line, explain
from trainplan.load import load_programme, load_schedule
from trainplan.load.later import closures_until
from trainplan.load.plain import read_plain
from trainplan.model import Programme, Schedule
from trainplan.outcome import Limits

HERE = Path(__file__).parent / "cases"
SETTINGS = {"title": '"Case"', "starts": "2027-03-01", "ends": "2027-03-12"}
TABLES = ("curriculum", "groups", "venues", "instructors", "closures")


class Case(NamedTuple):
    """What a file in ``cases/`` says.

    Attributes:
        name: The file's.
        says: What is wrong, in words.
        causes: The smallest sets, each line as ``rule about part``.
        fix: The message of the cheapest fix.
        together: The messages of the fewest fixes that make room for everything, where it is stated.
    """

    name: str
    says: str
    causes: frozenset[frozenset[str]]
    fix: str
    files: dict[str, str]
    together: frozenset[str] = frozenset()


def cases() -> Iterator[Case]:
    """Yield all cases, by name."""
    for path in sorted(HERE.glob("*.toml")):
        read = tomllib.loads(path.read_text("utf-8"))
        causes = frozenset(map(frozenset, read["causes"]))
        yield Case(
            path.stem, read["says"], causes, read["fix"], _files(read), frozenset(read.get("together", ()))
        )


def _files(read: dict[str, Any]) -> dict[str, str]:
    stated = dict(line.split(" = ", 1) for line in read.get("settings", "").splitlines())
    settings = "".join(f"{key} = {value}\n" for key, value in {**SETTINGS, **stated}.items())
    tables = {f"{name}.csv": read[name] for name in TABLES if name in read}
    schedule = {"plan.csv": read["schedule"]} if "schedule" in read else {}
    return {"programme.toml": settings, **tables, **schedule}


def written(case: Case, folder: Path) -> Path:
    """Write a case's files into ``folder``."""
    for name, text in case.files.items():
        (folder / name).write_text(text, "utf-8")
    return folder


def read(case: Case, folder: Path) -> tuple[Programme, Schedule | None]:
    """Return the programme of a case, and the schedule whose pins are to be kept."""
    programme, found = load_programme(written(case, folder))
    assert not [one for one in found if one.severity == "error"], found
    assert programme is not None
    if "plan.csv" not in case.files:
        return programme, None
    schedule, found = load_schedule(folder / "plan.csv", programme)
    assert not [one for one in found if one.severity == "error"], found
    assert schedule is not None
    return programme, schedule


def told(case: Case, folder: Path) -> Explanation:
    """Explain a case."""
    programme, before = read(case, folder)
    until = closures_until(programme, read_plain(folder))
    return explain(programme, Limits(60.0, workers=1), before=before, closures_until=until)


def named(line: Line) -> str:
    """Return a line as the cases name it."""
    about = f"{line.about.kind}:{line.about.id}" if line.about.id else line.about.kind
    return f"{line.rule} {about} {line.part}".strip()


def sets(explanation: Explanation) -> frozenset[frozenset[str]]:
    """Return the causes as the cases name them."""
    return frozenset(frozenset(map(named, cause.lines)) for cause in explanation.causes)
