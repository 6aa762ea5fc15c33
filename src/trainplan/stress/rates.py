"""How often what goes wrong: a small file, with sensible numbers where there is none."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from trainplan.findings import Finding, Place
from trainplan.load.folder import parse_toml
from trainplan.load.notes import Notes, Reason
from trainplan.load.text import read_text
from trainplan.load.wording import did_you_mean

_SEASON = re.compile(r"(\d\d)-(\d\d)\.\.(\d\d)-(\d\d)")


@dataclass(frozen=True, slots=True)
class Rate:
    """How often one kind of thing happens to each thing that it can happen to.

    Attributes:
        per_year: How often a year, on average.
        days: How many calendar days it lasts.
        season: First and last month and day on which it begins; it may run over the new year.
    """

    per_year: float
    days: int
    season: tuple[tuple[int, int], tuple[int, int]] = ((1, 1), (12, 31))

    def begins(self, day: date) -> bool:
        """Say whether it may begin on ``day``."""
        first, last = self.season
        at = (day.month, day.day)
        return first <= at <= last if first <= last else at >= first or at <= last


@dataclass(frozen=True, slots=True)
class Rates:
    """The rates of everything that is drawn.

    Attributes:
        instructor: One is lost: ill, or called away.
        site: A storm closes one, with every venue there.
        group: One is so short of people that it can release nobody.
    """

    instructor: Rate = Rate(0.5, 7)
    site: Rate = Rate(0.5, 5, ((6, 1), (11, 30)))  # the Atlantic hurricane season
    group: Rate = Rate(0.25, 7)


def read_rates(path: Path) -> tuple[Rates | None, tuple[Finding, ...]]:
    """Return the rates in a file, None if anything in it is wrong, and everything that is."""
    notes = Notes()
    text = read_text(path, notes)
    values = None if text is None else parse_toml(text, path.name, notes)
    rates = Rates()
    for name, table in (values or {}).items():
        place = Place(path.name, 0, name)
        if name not in ("instructor", "site", "group"):
            known = did_you_mean(name, ("instructor", "site", "group"))
            notes.error(Reason("unknown-key", f"no such kind{known}"), place)
        elif not isinstance(table, dict):
            notes.error(Reason("wrong-type", "is no table (e.g. [site])"), place)
        else:
            rate = _rate(table, getattr(rates, name), place, notes)
            rates = replace(rates, **{name: rate})
    return (None if notes.failed else rates), notes.findings()


def _rate(table: Mapping[str, object], rate: Rate, place: Place, notes: Notes) -> Rate:
    for key, value in table.items():
        at = replace(place, column=f"{place.column}.{key}")
        number = isinstance(value, int | float) and not isinstance(value, bool)
        if key == "per_year":
            if number and 0 <= value <= 365:  # type: ignore[operator]
                rate = replace(rate, per_year=float(value))  # type: ignore[arg-type]
            else:
                notes.error(Reason("wrong-type", "is no number from 0 to 365 (e.g. 0.5)"), at)
        elif key == "days":
            if isinstance(value, int) and number and 1 <= value <= 365:
                rate = replace(rate, days=value)
            else:
                notes.error(Reason("wrong-type", "is no whole number from 1 to 365 (e.g. 7)"), at)
        elif key == "season":
            season = _season(value)
            if season is None:
                notes.error(Reason("wrong-type", 'is no season (e.g. "06-01..11-30")'), at)
            else:
                rate = replace(rate, season=season)
        else:
            known = did_you_mean(key, ("per_year", "days", "season"))
            notes.error(Reason("unknown-key", f"no such key{known}"), at)
    return rate


def _season(value: object) -> tuple[tuple[int, int], tuple[int, int]] | None:
    found = _SEASON.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        return None
    a, b, c, d = map(int, found.groups())
    try:
        date(2028, a, b), date(2028, c, d)
    except ValueError:
        return None
    return (a, b), (c, d)
