"""The values of programme.toml: what each key may hold."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from itertools import pairwise
from typing import Literal, TypeVar

from trainplan.load.grammar.dates import DateParser
from trainplan.load.grammar.days import RANGE
from trainplan.load.grammar.people import hours as clock_times
from trainplan.load.grammar.words import weekday
from trainplan.load.notes import Reason
from trainplan.load.wording import did_you_mean, key, quote
from trainplan.load.zones import holidays_reason, timezone_reason

GOALS = ("seats", "due", "sessions", "early", "finish", "even", "cost")
_MOST_PERIODS = 12

T = TypeVar("T")
# Reads what TOML made of a key's value.
Value = Callable[[object], T | Reason]


def text(example: str) -> Value[str]:
    """Return a reader of texts that are not empty."""

    def parse(value: object) -> str | Reason:
        if not isinstance(value, str) or not value.strip():
            return _wrong("a text in quotation marks", f'"{example}"', value)
        return value.strip()

    return parse


def day(dates: DateParser) -> Value[date]:
    """Return a reader of dates: TOML's own, or texts as in the other files."""

    def parse(value: object) -> date | Reason:
        if isinstance(value, str):
            return dates(value.strip())
        if isinstance(value, date) and not isinstance(value, datetime):
            return dates(value.isoformat())
        return _wrong("a date", "2027-01-04", value)

    return parse


def date_order(value: object) -> Literal["dmy", "mdy"] | Reason:
    """Read how slash dates are to be read."""
    if isinstance(value, str):
        word = key(value)
        if word == "dmy":
            return "dmy"
        if word == "mdy":
            return "mdy"
    return Reason("unknown-word", f"{_shown(value)} is neither dmy nor mdy")


def weekdays(value: object) -> frozenset[int] | Reason:
    """Read a list of weekdays; Monday is 0."""
    words = _words(value, '["mon", "tue", "wed", "thu", "fri"]')
    if isinstance(words, Reason):
        return words
    days = set()
    for word in words:
        read = weekday(word)
        if isinstance(read, Reason):
            return read
        days.add(read)
    return frozenset(days) if days else Reason("missing-value", 'names no working day (e.g. ["mon", "tue"])')


def holidays(value: object) -> str | Reason:
    """Read the code of a country or subdivision whose public holidays are known."""
    code = text("LC")(value)
    return code if isinstance(code, Reason) else holidays_reason(code) or code.upper()


def timezone(value: object) -> str | Reason:
    """Read the name of a time zone."""
    zone = text("America/St_Lucia")(value)
    return zone if isinstance(zone, Reason) else timezone_reason(zone) or zone


def periods(value: object) -> tuple[str, ...] | Reason:
    """Read the names of a day's periods."""
    words = _words(value, '["morning", "afternoon"]')
    if isinstance(words, Reason):
        return words
    if not 1 <= len(words) <= _MOST_PERIODS:
        return Reason("number-range", f"names {len(words)} periods; a day has from 1 to {_MOST_PERIODS}")
    if len({key(word) for word in words}) < len(words):
        return Reason("repeated-id", "names a period twice")
    for word in words:
        if ";" in word or RANGE.search(word) or not word.isprintable():
            why = "schedules write it behind a date, with ; and .. between"
            return Reason("bad-id", f"{quote(word)} can't name a period: {why} (e.g. morning)")
    return tuple(words)


def hours(periods: tuple[str, ...]) -> Value[Mapping[str, tuple[time, time]]]:
    """Return a reader of the table with each period's clock times."""
    names = {key(name): name for name in periods}

    def parse(value: object) -> Mapping[str, tuple[time, time]] | Reason:
        if not isinstance(value, dict):
            return _wrong("a table with the times of each period", 'day = "08:30-16:30"', value)
        found: dict[str, tuple[time, time]] = {}
        for written, entry in value.items():
            name = names.get(key(str(written)))
            if name is None:
                hint = did_you_mean(str(written), periods)
                return Reason("unknown-word", f"{quote(str(written))} is no period of this programme{hint}")
            times = clock_times(entry.strip()) if isinstance(entry, str) else _wrong("a text", _TIMES, entry)
            if isinstance(times, Reason):
                return Reason(times.code, f"{name}: {times.text}")
            found[name] = times
        return _in_order(found)

    def _in_order(found: dict[str, tuple[time, time]]) -> Mapping[str, tuple[time, time]] | Reason:
        absent = [name for name in periods if name not in found]
        if absent:
            return Reason(
                "missing-value", f"has no times for {', '.join(absent)} (e.g. {absent[0]} = {_TIMES})"
            )
        for earlier, later in pairwise(periods):
            if found[later][0] < found[earlier][1]:
                return Reason("bad-hours", f"{later} begins before {earlier} ends")
        return {name: found[name] for name in periods}

    return parse


def goals(value: object) -> tuple[str, ...] | Reason:
    """Read the list of goals, the most important first."""
    words = _words(value, '["seats", "due", "sessions", "early"]')
    if isinstance(words, Reason):
        return words
    named = [key(word) for word in words]
    for goal in named:
        if goal == "changes":
            return Reason("replan-goal", "changes is what replan adds by itself; leave it out here")
        if goal not in GOALS:
            return Reason("unknown-goal", f"{quote(goal)} is no goal{did_you_mean(goal, GOALS)}")
    if len(set(named)) < len(named):
        return Reason("repeated-id", "names a goal twice")
    return tuple(named) if named else Reason("missing-value", f"names no goal (known: {', '.join(GOALS)})")


_TIMES = '"08:30-16:30"'


def _wrong(what: str, example: str, value: object) -> Reason:
    return Reason("wrong-type", f"{_shown(value)} is not {what} (e.g. {example})")


def _shown(value: object) -> str:
    try:
        return quote(value if isinstance(value, str) else str(value))
    except ValueError:  # TOML's whole numbers can have more digits than Python prints
        return "a number of thousands of digits"


def _words(value: object, example: str) -> list[str] | Reason:
    if not isinstance(value, list):
        return _wrong("a list", example, value)
    words = [one.strip() for one in value if isinstance(one, str) and one.strip()]
    return words if len(words) == len(value) else _wrong("a list of texts alone", example, value)
