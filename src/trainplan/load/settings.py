"""programme.toml: the frame of a programme."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from itertools import pairwise
from typing import TypeVar

from trainplan.findings import Place
from trainplan.load.grammar.dates import DateOrder, DateParser, date_parser
from trainplan.load.grammar.people import hours as read_hours
from trainplan.load.grammar.words import choice, weekday
from trainplan.load.notes import Notes, Parser, Reason
from trainplan.load.wording import did_you_mean, key, quote
from trainplan.load.zones import holidays_reason, timezone_reason
from trainplan.model import DEFAULT_GOALS
from trainplan.words import dated

KEYS = (
    "title", "starts", "ends", "working_days", "holidays", "timezone", "date_order", "periods", "hours",
    "currency", "goals",
)  # fmt: skip
GOALS = ("seats", "due", "sessions", "early", "finish", "even", "cost")
MOST_DAYS = 3660
_MOST_PERIODS = 12

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


def read_settings(values: Mapping[str, object], file: str, notes: Notes) -> Settings:
    """Return the settings in ``values``; what is wrong with them is noted, key by key."""
    reader = _Reader(values, file, notes)
    settings = Settings(spoilt=reader.spoilt)
    for name in values:
        if name not in KEYS:
            reader.refuse(name, Reason("unknown-key", f"no such key{did_you_mean(name, KEYS)}"))
    reader.read("title", _text("Training 2027"), lambda value: setattr(settings, "title", value), needed=True)
    order = choice(("dmy", "mdy"))
    reader.read("date_order", _parsed(order, "dmy"), lambda value: setattr(settings, "date_order", value))
    day = _date(settings.dates)
    reader.read("starts", day, lambda value: setattr(settings, "starts", value), needed=True)
    reader.read("ends", day, lambda value: setattr(settings, "ends", value), needed=True)
    reader.read("working_days", _weekdays, lambda value: setattr(settings, "working_days", value))
    reader.read("holidays", _holidays, lambda value: setattr(settings, "holidays", value))
    reader.read("timezone", _timezone, lambda value: setattr(settings, "timezone", value))
    reader.read("periods", _periods, lambda value: setattr(settings, "periods", value))
    reader.read("hours", _hours(settings.periods), lambda value: setattr(settings, "hours", value))
    reader.read("currency", _text("USD"), lambda value: setattr(settings, "currency", value))
    reader.read("goals", _goals, lambda value: setattr(settings, "goals", value))
    _check(settings, reader)
    return settings


class _Reader:
    """The keys of programme.toml, read one after the other."""

    def __init__(self, values: Mapping[str, object], file: str, notes: Notes) -> None:
        self.values, self.file, self.notes = values, file, notes
        self.spoilt: set[str] = set()

    def refuse(self, name: str, reason: Reason) -> None:
        self.spoilt.add(name)
        self.notes.error(reason, Place(self.file, 0, name))

    def read(
        self,
        name: str,
        parse: Callable[[object], T | Reason],
        store: Callable[[T], None],
        needed: bool = False,
    ) -> None:
        if name not in self.values:
            if needed:
                self.refuse(name, Reason("missing-key", "is needed, but not there"))
            return
        value = parse(self.values[name])
        if isinstance(value, Reason):
            self.refuse(name, value)
        else:
            store(value)


def _check(settings: Settings, reader: _Reader) -> None:
    starts, ends = settings.starts, settings.ends
    if starts is not None and ends is not None:
        days = (ends - starts).days + 1
        if days < 1:
            said = f"the programme ends on {dated(ends)}, before it starts on {dated(starts)}"
            reader.refuse("ends", Reason("ends-before-start", said))
        elif days > MOST_DAYS:
            said = (
                f"the programme lasts {days:,} days, to {dated(ends)}; at most {MOST_DAYS:,} can be planned"
            )
            reader.refuse("ends", Reason("programme-too-long", said))
    goals = settings.goals
    if "seats" in goals and goals[0] != "seats":
        said = (
            f"seats come after {goals[0]}, so a plan may leave seats out to do better there; put seats first"
        )
        reader.notes.warn(Reason("goal-order", said), Place(reader.file, 0, "goals"))


def _wrong(what: str, example: str, value: object) -> Reason:
    return Reason("wrong-type", f"{quote(str(value))} is not {what} (e.g. {example})")


def _text(example: str) -> Callable[[object], str | Reason]:
    def parse(value: object) -> str | Reason:
        if not isinstance(value, str) or not value.strip():
            return _wrong("a text in quotation marks", f'"{example}"', value)
        return value.strip()

    return parse


def _parsed(parser: Parser[str], example: str) -> Callable[[object], str | Reason]:
    def parse(value: object) -> str | Reason:
        text = _text(example)(value)
        return text if isinstance(text, Reason) else parser(text)

    return parse


def _date(parser: DateParser) -> Callable[[object], date | Reason]:
    def parse(value: object) -> date | Reason:
        if isinstance(value, str):
            return parser(value.strip())
        if isinstance(value, date) and not isinstance(value, datetime):
            return parser(value.isoformat())
        return _wrong("a date", "2027-01-04", value)

    return parse


def _words(value: object, example: str) -> list[str] | Reason:
    if not isinstance(value, list) or not all(isinstance(one, str) and one.strip() for one in value):
        return _wrong("a list of texts", example, value)
    return [str(one).strip() for one in value]


def _weekdays(value: object) -> frozenset[int] | Reason:
    words = _words(value, '["mon", "tue", "wed", "thu", "fri"]')
    if isinstance(words, Reason):
        return words
    days = []
    for word in words:
        day = weekday(word)
        if isinstance(day, Reason):
            return day
        days.append(day)
    return frozenset(days) if days else Reason("missing-value", 'names no working day (e.g. ["mon", "tue"])')


def _holidays(value: object) -> str | Reason:
    code = _text("LC")(value)
    if isinstance(code, Reason):
        return code
    return holidays_reason(code.upper()) or code.upper()


def _timezone(value: object) -> str | Reason:
    zone = _text("America/St_Lucia")(value)
    if isinstance(zone, Reason):
        return zone
    return timezone_reason(zone) or zone


def _periods(value: object) -> tuple[str, ...] | Reason:
    words = _words(value, '["morning", "afternoon"]')
    if isinstance(words, Reason):
        return words
    if not 1 <= len(words) <= _MOST_PERIODS:
        return Reason("number-range", f"names {len(words)} periods; a day has from 1 to {_MOST_PERIODS}")
    if len({key(word) for word in words}) < len(words):
        return Reason("repeated-id", "names a period twice")
    for word in words:
        if ";" in word or ".." in word or re.search(r"\d$", word) or not word.isprintable():
            said = f"{quote(word)} can't be the name of a period, because {_WHY} (e.g. morning)"
            return Reason("bad-id", said)
    return tuple(words)


_WHY = "schedules write it behind a date, and ranges with .. between"


def _hours(
    periods: tuple[str, ...],
) -> Callable[[object], Mapping[str, tuple[time, time]] | Reason]:
    names = {key(name): name for name in periods}

    def parse(value: object) -> Mapping[str, tuple[time, time]] | Reason:
        if not isinstance(value, dict):
            return _wrong("a table with the times of each period", 'day = "08:30-16:30"', value)
        found: dict[str, tuple[time, time]] = {}
        for written, text in value.items():
            name = names.get(key(str(written)))
            if name is None:
                hint = did_you_mean(str(written), periods)
                return Reason("unknown-word", f"{quote(str(written))} is no period of this programme{hint}")
            times = (
                read_hours(text.strip()) if isinstance(text, str) else _wrong("a text", "08:30-16:30", text)
            )
            if isinstance(times, Reason):
                return Reason(times.code, f"{name}: {times.text}")
            found[name] = times
        absent = [name for name in periods if name not in found]
        if absent:
            return Reason(
                "missing-value", f'has no times for {", ".join(absent)} (e.g. {absent[0]} = "08:30-12:00")'
            )
        for earlier, later in pairwise(periods):
            if found[later][0] < found[earlier][1]:
                return Reason("bad-hours", f"{later} begins before {earlier} ends")
        return {name: found[name] for name in periods}

    return parse


def _goals(value: object) -> tuple[str, ...] | Reason:
    words = _words(value, '["seats", "due", "sessions", "early"]')
    if isinstance(words, Reason):
        return words
    goals = [key(word) for word in words]
    for goal in goals:
        if goal == "changes":
            return Reason("replan-goal", "changes is what replan adds by itself; leave it out here")
        if goal not in GOALS:
            return Reason("unknown-goal", f"{quote(goal)} is no goal{did_you_mean(goal, GOALS)}")
    if len(set(goals)) < len(goals):
        return Reason("repeated-id", "names a goal twice")
    return tuple(goals) if goals else Reason("missing-value", f"names no goal (known: {', '.join(GOALS)})")
