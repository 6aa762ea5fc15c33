"""Dates, read only where they can be read in one way."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Literal

from trainplan.load.grammar.words import weekday
from trainplan.load.notes import Reason
from trainplan.load.wording import quote
from trainplan.words import dated
from trainplan.workdays import DAY_NAMES

DateOrder = Literal["dmy", "mdy"] | None
DateParser = Callable[[str], date | Reason]

FIRST_YEAR, LAST_YEAR = 1900, 2200
_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_MIDNIGHT = re.compile(r"[T\s]\s*0?0:00(?::00(?:\.0+)?)?$")
_ISO = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})", re.ASCII)
_NAMED = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[\s\-/.]*([a-z]{3,9})\.?[\s\-/.,]*(\d{4})", re.ASCII | re.I)
_AMERICAN = re.compile(r"([a-z]{3,9})\.?\s*(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})", re.ASCII | re.I)
_SLASHED = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})", re.ASCII)
_WEEKDAY_FIRST = re.compile(r"([a-z]{3,9})\.?,?\s+(?=\d)", re.ASCII | re.I)
_SERIAL = re.compile(r"\d{5}(?:\.0+)?", re.ASCII)
_YEARLESS = re.compile(
    r"\d{1,2}(?:st|nd|rd|th)?[\s\-/.]*[a-z]{3,9}\.?|[a-z]{3,9}\.?\s*\d{1,2}|\d{1,2}[-/.]\d{1,2}",
    re.ASCII | re.I,
)
_SHORT_YEAR = re.compile(r"\d{1,2}[\s\-/.]*(?:[a-z]{3,9}|\d{1,2})\.?[\s\-/.,]*\d{2}", re.ASCII | re.I)
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)", re.ASCII)

_EXAMPLE = "(e.g. 2027-03-02 or 2 Mar 2027)"


def date_parser(order: DateOrder) -> DateParser:
    """Return a parser of dates; ``order`` says how ``03/02/2027`` is read.

    It remembers what it has read: the same dates stand in many cells.
    """
    known: dict[str, date | Reason] = {}

    def parse(text: str) -> date | Reason:
        if text not in known:
            known[text] = _read(text, order)
        return known[text]

    return parse


def _read(text: str, order: DateOrder) -> date | Reason:
    plain = _MIDNIGHT.sub("", text)
    match = _ISO.fullmatch(plain)
    if match:
        return _date(int(match[1]), int(match[3]), int(match[4]), text)
    match = _SLASHED.fullmatch(plain)
    if match:
        return _slashed(int(match[1]), int(match[3]), int(match[4]), text, order)
    told = _WEEKDAY_FIRST.match(plain)
    day_name = weekday(told[1]) if told else None
    if told and isinstance(day_name, int):
        day = _named(plain[told.end() :], text)
        if isinstance(day, date) and day.weekday() != day_name:
            said = f"{quote(text)} contradicts itself: {dated(day)} is a {DAY_NAMES[day.weekday()]}"
            return Reason("bad-date", said)
        return day
    return _named(plain, text)


def _named(plain: str, text: str) -> date | Reason:
    match = _NAMED.fullmatch(plain)
    if match:
        day, month, year = match.groups()
    else:
        match = _AMERICAN.fullmatch(plain)
        if match is None:
            return _refusal(text)
        month, day, year = match.groups()
    number = _month(month)
    return _refusal(text) if number is None else _date(int(year), number, int(day), text)


def _month(word: str) -> int | None:
    word = word.lower()
    return next((number for number, name in enumerate(_MONTHS, 1) if name.startswith(word)), None)


def _date(year: int, month: int, day: int, text: str) -> date | Reason:
    try:
        value = date(year, month, day)
    except ValueError:
        return Reason("bad-date", f"{quote(text)} is a day that does not exist {_EXAMPLE}")
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return Reason(
            "odd-date", f"{quote(text)} can't be meant: {year} is outside {FIRST_YEAR} to {LAST_YEAR}"
        )
    return value


def _slashed(first: int, second: int, year: int, text: str, order: DateOrder) -> date | Reason:
    if order is not None:
        day, month = (first, second) if order == "dmy" else (second, first)
        if month > 12:
            said = f"{quote(text)} has no month {month}: date_order is {order}, {_MONTH_IS[order]}"
            return Reason("bad-date", said)
        return _date(year, month, day, text)
    readings = [
        one
        for one in (_date(year, second, first, text), _date(year, first, second, text))
        if isinstance(one, date)
    ]
    if len(set(readings)) == 2:
        one, other = map(dated, readings)
        how = f"write {readings[0]} or {readings[1]}, or set date_order in programme.toml"
        return Reason("ambiguous-date", f"{quote(text)} could be {one} or {other}; {how}")
    return readings[0] if readings else _date(year, second, first, text)


_MONTH_IS = {"dmy": "the month second", "mdy": "the month first"}


def _refusal(text: str) -> Reason:
    """Say what is wrong with a text that is no date, as exactly as can be told."""
    if _SERIAL.fullmatch(text):
        day = date(1899, 12, 30) + timedelta(days=int(text[:5]))
        said = f"{quote(text)} is how a spreadsheet counts days (perhaps {dated(day)}); format it as a date"
        return Reason("bad-date", f"{said} {_EXAMPLE}")
    if len(_YEAR.findall(text)) > 1:
        return Reason("bad-date", f"{quote(text)} holds more than one date; write one {_EXAMPLE}")
    if _YEARLESS.fullmatch(text):
        return Reason("bad-date", f"{quote(text)} is a date without a year {_EXAMPLE}")
    if _SHORT_YEAR.fullmatch(text):
        return Reason("bad-date", f"{quote(text)} has a year of two digits; write all four {_EXAMPLE}")
    return Reason("bad-date", f"{quote(text)} is not a date {_EXAMPLE}")
