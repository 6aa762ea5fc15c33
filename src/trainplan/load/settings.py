"""programme.toml: the frame of a programme."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from types import MappingProxyType
from typing import TypeVar

from trainplan.findings import Place
from trainplan.load import keyvalues
from trainplan.load.grammar.dates import DateOrder, DateParser, date_parser
from trainplan.load.keyvalues import Value
from trainplan.load.notes import Notes, Reason
from trainplan.load.wording import did_you_mean
from trainplan.model import DEFAULT_GOALS
from trainplan.words import dated

KEYS = (
    "title", "starts", "ends", "working_days", "holidays", "timezone", "date_order", "periods", "hours",
    "currency", "goals",
)  # fmt: skip
MOST_DAYS = 3660

T = TypeVar("T")


@dataclass(slots=True)
class Settings:
    """What programme.toml says; ``spoilt`` has the keys that could not be read and hold a stand-in."""

    title: str = ""
    starts: date | None = None
    ends: date | None = None
    working_days: frozenset[int] = frozenset(range(5))
    holidays: str | None = None
    timezone: str = "UTC"
    date_order: DateOrder = None
    periods: tuple[str, ...] = ("day",)
    hours: Mapping[str, tuple[time, time]] = field(default_factory=dict)
    currency: str = "USD"
    goals: tuple[str, ...] = DEFAULT_GOALS
    spoilt: set[str] = field(default_factory=set)

    @property
    def dates(self) -> DateParser:
        """The reading of dates that these settings ask for."""
        # With an unreadable date_order one finding is enough: not another for each slash date.
        return date_parser("dmy" if "date_order" in self.spoilt else self.date_order)


def read_settings(
    values: Mapping[str, object], file: str, notes: Notes, places: Mapping[str, Place] = MappingProxyType({})
) -> Settings:
    """Return the settings in ``values``; what is wrong with them is noted, key by key.

    ``places`` says where a key is, if not simply in ``file`` by its name.
    """
    keys = _Keys(values, file, notes, places)
    for name in values:
        if name not in KEYS:
            keys.refuse(name, Reason("unknown-key", f"no such key{did_you_mean(name, KEYS)}"))
    read = Settings(spoilt=keys.spoilt)
    read.title = keys.need("title", keyvalues.text("Training 2027"), read.title)
    read.date_order = keys.read("date_order", keyvalues.date_order, read.date_order)
    read.starts = keys.need("starts", keyvalues.day(read.dates), read.starts)
    read.ends = keys.need("ends", keyvalues.day(read.dates), read.ends)
    read.working_days = keys.read("working_days", keyvalues.weekdays, read.working_days)
    read.holidays = keys.read("holidays", keyvalues.holidays, read.holidays)
    read.timezone = keys.read("timezone", keyvalues.timezone, read.timezone)
    read.periods = keys.read("periods", keyvalues.periods, read.periods)
    if "periods" not in keys.spoilt:
        read.hours = keys.read("hours", keyvalues.hours(read.periods), read.hours)
    read.currency = keys.read("currency", keyvalues.text("USD"), read.currency)
    read.goals = keys.read("goals", keyvalues.goals, read.goals)
    _check_length(read, keys)
    if "seats" in read.goals and read.goals[0] != "seats":
        said = f"seats come after {read.goals[0]}, so a plan may leave seats out for it; put seats first"
        notes.warn(Reason("goal-order", said), keys.place("goals"))
    return read


class _Keys:
    """The keys of programme.toml, read one after the other."""

    def __init__(
        self, values: Mapping[str, object], file: str, notes: Notes, places: Mapping[str, Place]
    ) -> None:
        self.values, self.file, self.notes, self.places = values, file, notes, places
        self.spoilt: set[str] = set()

    def place(self, name: str) -> Place:
        return self.places.get(name) or Place(self.file, 0, name)

    def refuse(self, name: str, reason: Reason) -> None:
        self.spoilt.add(name)
        self.notes.error(reason, self.place(name))

    def need(self, name: str, parse: Value[T], default: T) -> T:
        if name not in self.values:
            self.refuse(name, Reason("missing-key", "is needed, but not there"))
        return self.read(name, parse, default)

    def read(self, name: str, parse: Value[T], default: T) -> T:
        if name not in self.values:
            return default
        value = parse(self.values[name])
        if isinstance(value, Reason):
            self.refuse(name, value)
            return default
        return value


def _check_length(read: Settings, keys: _Keys) -> None:
    starts, ends = read.starts, read.ends
    if starts is None or ends is None:
        return
    days = (ends - starts).days + 1
    if days < 1:
        said = f"the programme ends on {dated(ends)}, before it starts on {dated(starts)}"
        keys.refuse("ends", Reason("ends-before-start", said))
    elif days > MOST_DAYS:
        said = f"the programme lasts {days:,} days, to {dated(ends)}; at most {MOST_DAYS:,} can be planned"
        keys.refuse("ends", Reason("programme-too-long", said))
