"""The file of scenarios: names, what each sets, how long each may take."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from trainplan.findings import Finding, Place
from trainplan.load.folder import parse_toml
from trainplan.load.notes import Notes, Reason
from trainplan.load.text import read_text
from trainplan.load.wording import did_you_mean, quote

KEYS = ("programme", "time_limit", "set", "scenarios")
OWN_KEYS = ("title", "time_limit", "set")
_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,79}")


@dataclass(frozen=True, slots=True)
class Scenario:
    """One of them.

    Attributes:
        name: Its name, fit for a file's.
        title: What people are told it is.
        sets: What is set in the programme, those for all first.
        seconds: Its time limit, None where the file names none.
    """

    name: str
    title: str
    sets: tuple[str, ...]
    seconds: float | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a file asks for; ``programme`` is None where it names none."""

    programme: str | None
    scenarios: tuple[Scenario, ...]


def read_scenarios(path: Path) -> tuple[Wanted | None, tuple[Finding, ...]]:
    """Return what the file asks for, None if anything in it is wrong, and everything that is."""
    notes = Notes()
    text = read_text(path, notes)
    values = None if text is None else parse_toml(text, path.name, notes)
    if values is None:
        return None, notes.findings()
    reader = _Reader(path.name, notes)
    wanted = reader.wanted(values)
    return (None if notes.failed else wanted), notes.findings()


class _Reader:
    def __init__(self, file: str, notes: Notes) -> None:
        self.file, self.notes = file, notes

    def wanted(self, values: Mapping[str, object]) -> Wanted:
        self._know(values, KEYS, "")
        programme = values.get("programme")
        if programme is not None and not isinstance(programme, str):
            self._refuse("programme", 'is not a text (e.g. "my-training")')
            programme = None
        sets, seconds = self._sets(values, ""), self._seconds(values, "")
        tables = values.get("scenarios")
        if not isinstance(tables, dict) or not tables:
            self._refuse("scenarios", 'names no scenario (e.g. [scenarios.base], set = ["…"])')
            tables = {}
        found = tuple(self._scenarios(tables, sets, seconds))
        return Wanted(programme, found)

    def _scenarios(
        self, tables: Mapping[str, object], sets: tuple[str, ...], seconds: float | None
    ) -> Iterator[Scenario]:
        seen: dict[str, str] = {}
        for name, table in tables.items():
            at = f"scenarios.{name}"
            if not _NAME.fullmatch(name):
                self._refuse(at, f"{quote(name)} can't name a file: use letters, digits, - and _")
            twin = seen.setdefault(name.casefold(), name)
            if twin != name:
                self._refuse(at, f"is called like {quote(twin)}, but for capitals")
            if not isinstance(table, dict):
                self._refuse(at, "is not a table (e.g. [scenarios.base])")
                continue
            self._know(table, OWN_KEYS, f"{at}.")
            title = table.get("title", name)
            own = self._seconds(table, f"{at}.")
            yield Scenario(
                name,
                title if isinstance(title, str) else name,
                (*sets, *self._sets(table, f"{at}.")),
                own if own is not None else seconds,
            )

    def _know(self, values: Mapping[str, object], keys: tuple[str, ...], at: str) -> None:
        for name in values:
            if name not in keys:
                place = Place(self.file, 0, f"{at}{name}")
                self.notes.error(Reason("unknown-key", f"no such key{did_you_mean(name, keys)}"), place)

    def _sets(self, values: Mapping[str, object], at: str) -> tuple[str, ...]:
        sets = values.get("set", [])
        if not isinstance(sets, list) or not all(isinstance(one, str) for one in sets):
            self._refuse(f"{at}set", 'is no list of texts (e.g. ["groups.police.max_away=25%"])')
            return ()
        return tuple(sets)

    def _seconds(self, values: Mapping[str, object], at: str) -> float | None:
        seconds = values.get("time_limit")
        if seconds is None:
            return None
        if isinstance(seconds, bool) or not isinstance(seconds, int | float) or not 0 < seconds < 1e6:
            self._refuse(f"{at}time_limit", "is no number of seconds (e.g. 60)")
            return None
        return float(seconds)

    def _refuse(self, at: str, said: str) -> None:
        self.notes.error(Reason("wrong-type", said), Place(self.file, 0, at))
