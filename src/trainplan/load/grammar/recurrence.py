"""Recurrence rules of closures (iCalendar RRULE), spelled out within the programme."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from itertools import takewhile
from typing import Any, Literal, NamedTuple

from trainplan.load.grammar.dates import date_parser
from trainplan.load.notes import Reason
from trainplan.load.wording import did_you_mean, quote

_EXAMPLE = "(e.g. FREQ=WEEKLY;BYDAY=FR)"
Frequency = Literal[0, 1, 2, 3]
_FREQUENCIES: Mapping[str, Frequency] = {"YEARLY": 0, "MONTHLY": 1, "WEEKLY": 2, "DAILY": 3}  # as dateutil
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_BYDAY = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)", re.ASCII)
# Each list of numbers with the largest that may stand in it, and whether it may count from the end.
_NUMBERS = {
    "BYMONTH": (12, False),
    "BYMONTHDAY": (31, True),
    "BYYEARDAY": (366, True),
    "BYWEEKNO": (53, True),
    "BYSETPOS": (366, True),
}
_KEYS = ("FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "WKST", *_NUMBERS)
_MOST = {"INTERVAL": 1000, "COUNT": 10_000}
_CYCLE = 400  # years after which the calendar repeats itself, weekdays included
_LAST_YEAR = 9999
_LONGEST = 500
_iso_date = date_parser(None)


class Recurrence(NamedTuple):
    """A rule that has been checked: its frequency, and everything else as dateutil names it."""

    frequency: Frequency
    options: Mapping[str, object]
    until: date | None


def recurrence(text: str) -> Recurrence | Reason:
    """Read a rule. Hours, minutes and seconds are refused: closures are of whole days."""
    if len(text) > _LONGEST:
        return _bad(text, f"it has more than {_LONGEST} characters")
    parts: dict[str, str] = {}
    for piece in text.upper().removeprefix("RRULE:").split(";"):
        name, equals, value = (one.strip() for one in piece.partition("="))
        if not name and not equals:
            continue
        if name not in _KEYS:
            return _bad(text, f"{quote(name)} is no part of a rule by days{did_you_mean(name, _KEYS)}")
        if not value or name in parts:
            return _bad(text, f"{name} {'is there twice' if value else 'has no value'}")
        parts[name] = value
    if parts.get("FREQ") not in _FREQUENCIES:
        return _bad(text, f"FREQ must be one of {', '.join(_FREQUENCIES)}")
    if "COUNT" in parts and "UNTIL" in parts:
        return _bad(text, "COUNT and UNTIL exclude each other")
    frequency = _FREQUENCIES[parts.pop("FREQ")]
    # A month has at most five Mondays; dateutil looks for the sixth beyond its tables, and fails.
    most_nth = (5 if "BYMONTH" in parts else 53, 5, 0, 0)[frequency]
    until: date | None = None
    options: dict[str, object] = {}
    for name, value in parts.items():
        if name == "UNTIL":
            until = _until(value)
            if until is None:
                return _bad(text, "UNTIL is no date as calendars write it, like 20270630")
            continue
        read = _weekdays(value, most_nth) if name == "BYDAY" else _option(name, value)
        if isinstance(read, Reason):
            return _bad(text, read.text)
        options[name.lower().replace("byday", "byweekday")] = read
    return Recurrence(frequency, options, until)


def _bad(text: str, why: str) -> Reason:
    return Reason("bad-recurrence", f"{quote(text)} is no recurrence rule: {why} {_EXAMPLE}")


def _until(value: str) -> date | None:
    match = re.fullmatch(r"(\d{4})-?(\d{2})-?(\d{2})(?:T\d{6}Z?)?", value, re.ASCII)
    read = _iso_date("-".join(match.groups())) if match else None
    return read if isinstance(read, date) else None


def _option(name: str, value: str) -> object:
    if name in _MOST:
        if re.fullmatch(r"\d{1,6}", value, re.ASCII) and 1 <= int(value) <= _MOST[name]:
            return int(value)
        return Reason("", f"{name} is a whole number from 1 to {_MOST[name]:,}")
    if name == "WKST":
        return _DAYS.index(value) if value in _DAYS else Reason("", "WKST is one of " + ", ".join(_DAYS))
    pieces = [piece.strip() for piece in value.split(",")]
    most, from_end = _NUMBERS[name]
    if all(re.fullmatch(r"[+-]?\d{1,3}", piece, re.ASCII) for piece in pieces):
        numbers = tuple(map(int, pieces))
        if all(1 <= (abs(one) if from_end else one) <= most for one in numbers):
            return numbers
    return Reason("", f"{name} is a list of numbers up to {most}")


def _weekdays(value: str, most_nth: int) -> object:
    from dateutil.rrule import weekday

    days = []
    for piece in value.split(","):
        match = _BYDAY.fullmatch(piece.strip())
        if match is None:
            return Reason("", f"BYDAY is a list of {', '.join(_DAYS)}")
        nth = int(match[1]) if match[1] else None
        if nth is not None and not most_nth:
            return Reason("", "in BYDAY, a number before a day goes with FREQ=MONTHLY or YEARLY only")
        if nth is not None and not 1 <= abs(nth) <= most_nth:
            return Reason("", f"in BYDAY, the number before a day is from 1 to {most_nth} here")
        days.append(weekday(_DAYS.index(match[2]), nth))
    return tuple(days)


def blocks(
    rule: Recurrence | None, first: date, last: date, starts: date, ends: date
) -> tuple[tuple[date, date], ...]:
    """Return the first and last date of each repetition that touches the programme, ascending.

    The block from ``first`` to ``last`` itself counts even where the rule would not produce it.
    Repetitions that overlap come as one block.
    """
    begins = {first}
    if rule is not None:
        begins.update(_occurrences(rule, first, min(ends, rule.until or ends)))
    length = last - first
    found: list[tuple[date, date]] = []
    for day in sorted(begins):
        if day > ends or day + length < starts:
            continue
        if found and day <= found[-1][1]:
            # A long block repeated often: without this, every date would be counted again and again.
            found[-1] = (found[-1][0], day + length)
        else:
            found.append((day, day + length))
    return tuple(found)


def _occurrences(rule: Recurrence, first: date, ends: date) -> list[date]:
    """List what the rule produces from ``first`` to ``ends``.

    A rule that nothing fulfils (30 February) makes dateutil walk to the year 9999. So it is asked about
    the same days at the far end of its calendar, a whole number of the calendar's cycles later: there the
    walk is short.
    """
    from dateutil.rrule import rrule

    if first > ends:
        return []
    shift = (_LAST_YEAR - ends.year) // _CYCLE * _CYCLE
    back = timedelta(days=shift // _CYCLE * 146_097)
    start = datetime(first.year + shift, first.month, first.day)
    until = datetime(ends.year + shift, ends.month, ends.day)
    options: dict[str, Any] = dict(rule.options)
    moments = rrule(rule.frequency, dtstart=start, **options)
    return [moment.date() - back for moment in takewhile(lambda moment: moment <= until, moments)]
