"""Numbers: people, money, shares of a headcount."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from trainplan.load.notes import Parser, Reason
from trainplan.load.wording import quote

_SPACE = " \u00a0\u202f"
_WHOLE = re.compile(rf"([-\u2212]?)(\d{{1,3}}(?:[,{_SPACE}]\d{{3}})+|\d+)(?:\.0+)?", re.ASCII)
_MONEY = re.compile(r"([-\u2212]?)(\d{1,3}(?:,\d{3})+|\d+)(\.\d{1,4})?", re.ASCII)
_PERCENT = re.compile(r"(\d+(?:\.\d{1,6})?)\s*%", re.ASCII)
_SHARE = re.compile(r"0?\.\d{1,9}", re.ASCII)
_SEPARATORS = re.compile(rf"[,{_SPACE}]")

MOST_PEOPLE = 1_000_000
MOST_MONEY = 1_000_000_000
NOTHING = Decimal(0)


def whole(low: int, high: int) -> Parser[int]:
    """Return a parser of whole numbers from ``low`` to ``high``, both included.

    It takes ``24``, ``24.0`` as spreadsheets like to write it, and ``1,143``.
    """
    example = min(max(low, 24), high)

    def parse(text: str) -> int | Reason:
        if text.isdigit() and text.isascii() and len(text) < 10:
            value = int(text)
        else:
            match = _WHOLE.fullmatch(text)
            if match is None:
                return Reason("bad-number", f"{quote(text)} is not a whole number (e.g. {example})")
            digits = _SEPARATORS.sub("", match[2]).lstrip("0") or "0"
            value = high + 1 if len(digits) > 18 else int(digits)
            if match[1]:
                value = -value
        if value < low:
            return Reason("number-range", f"{quote(text)} is too small: at least {low:,} is needed")
        if value > high:
            return Reason("number-range", f"{quote(text)} is too large: at most {high:,} is possible")
        return value

    return parse


def money(text: str) -> Decimal | Reason:
    """Read an amount in the programme's currency: ``120``, ``1,200.50``."""
    match = _MONEY.fullmatch(text)
    if match is None:
        return Reason(
            "bad-number", f"{quote(text)} is not an amount of money, without currency (e.g. 120.50)"
        )
    digits = match[2].replace(",", "").lstrip("0") or "0"
    if match[1] and digits + (match[3] or "") != "0":
        return Reason("number-range", f"{quote(text)} is too small: a cost is not below 0")
    if len(digits) > 10 or int(digits) > MOST_MONEY:
        return Reason("number-range", f"{quote(text)} is too large: at most {MOST_MONEY:,} is possible")
    return Decimal(digits + (match[3] or ""))


class Away(NamedTuple):
    """How many of a group may be away: a number of people, or a percentage of the headcount."""

    amount: Decimal
    percent: bool

    def of(self, headcount: int) -> int:
        """Return it as a number of people, rounded down."""
        return int(headcount * self.amount // 100) if self.percent else int(self.amount)


_people = whole(0, MOST_PEOPLE)


def away(text: str) -> Away | Reason:
    """Read ``max_away``: ``40``, ``20%``, or the ``0.2`` that spreadsheets make of 20%.

    A fraction can't count people, so it is a share. ``1.0`` is refused: one person, or all of them?
    """
    percent = _PERCENT.fullmatch(text)
    if percent is not None:
        if len(percent[1]) > 12 or Decimal(percent[1]) > 100:
            return Reason("number-range", f"{quote(text)} is too large: at most 100% can be away")
        return Away(Decimal(percent[1]), True)
    if _SHARE.fullmatch(text):
        return Away(Decimal(text) * 100, True)
    if re.fullmatch(r"1\.0+", text):
        return Reason("ambiguous-number", f"{quote(text)} could be 1 person or 100%: write 1 or 100%")
    number = _people(text)
    if isinstance(number, Reason):
        if number.code == "bad-number":
            return Reason(
                "bad-number", f"{quote(text)} is neither a number of people nor a share (e.g. 40 or 20%)"
            )
        return number
    return Away(Decimal(number), False)
