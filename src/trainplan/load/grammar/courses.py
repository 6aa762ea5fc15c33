"""The cells of curriculum.csv that have a grammar of their own."""

from __future__ import annotations

import re
from typing import NamedTuple

from trainplan.load.grammar.numbers import MOST_PEOPLE, whole
from trainplan.load.notes import Parser, Reason
from trainplan.load.wording import key, quote
from trainplan.model import After, Role

MOST_DAYS = 366
_MOST_LAG = 3660
_DURATION = re.compile(r"(\d+)\s*(half[\s-]?days?|days?|weeks?)", re.ASCII)
_ORDER = re.compile(
    r"(?:(all)\s+)?(.+?)\s*(?:\+\s*(\d+)\s*d(?:ays?)?(?:\s*\.\.\s*\+?\s*(\d+)\s*d(?:ays?)?)?)?",
    re.ASCII | re.I | re.S,
)
_LAG_LIKE = re.compile(r"\+\s*\d|\s\+|\.\.", re.ASCII)
_ROLE = re.compile(r"(.+?)\s+[x×]\s*(\d+)", re.ASCII | re.I | re.S)


class Duration(NamedTuple):
    """How long a session is.

    Attributes:
        length: In slots.
        whole_days: Whether it was given in days or weeks, not half-days.
        days: The least number of working days that it takes.
    """

    length: int
    whole_days: bool
    days: int


def duration(periods: int, week: int) -> Parser[Duration]:
    """Return a parser of durations, for so many periods in a day and working days in a week."""

    def parse(text: str) -> Duration | Reason:
        match = _DURATION.fullmatch(key(text))
        if match is None:
            return Reason(
                "bad-duration", f"{quote(text)} is not a duration (e.g. 3 days, 2 weeks, 3 half-days)"
            )
        number = int(match[1][:9])
        if match[2].startswith("half"):
            if periods != 2:
                said = f"{quote(text)} needs two periods in a day; programme.toml has {periods}"
                return Reason("half-days", said)
            length, whole_days, days = number, False, (number + 1) // 2
        else:
            days = number * week if match[2].startswith("week") else number
            length, whole_days = days * periods, True
        if not 1 <= days <= MOST_DAYS:
            return Reason(
                "bad-duration", f"{quote(text)} is {days:,} days; from 1 to {MOST_DAYS} are possible"
            )
        return Duration(length, whole_days, days)

    return parse


def order(text: str) -> After | Reason:
    """Read an entry of ``after``: ``CP``, ``CP +14d``, ``CP +14d..60d``, ``all CP``. The id is as written."""
    match = _ORDER.fullmatch(text)
    if match is None or _LAG_LIKE.search(match[2]):
        said = f"{quote(text)} is not a course with a lag in days (e.g. CP, CP +14d, CP +14d..60d, all CP)"
        return Reason("bad-order", said)
    at_least = int(match[3][:9]) if match[3] else None
    at_most = int(match[4][:9]) if match[4] else None
    if max(at_least or 0, at_most or 0) > _MOST_LAG:
        return Reason("bad-order", f"{quote(text)} has a lag of more than {_MOST_LAG} days")
    if at_least is not None and at_most is not None and at_least > at_most:
        return Reason("bad-order", f"{quote(text)} asks for at least {at_least} and at most {at_most} days")
    return After(match[2], match[1] is not None, at_least, at_most)


_places = whole(1, 99)


def role(text: str) -> Role | Reason:
    """Read an entry of ``instructors``: a qualification, and how many who hold it: ``range-safety x2``."""
    match = _ROLE.fullmatch(text)
    if match is None:
        return Role(text)
    count = _places(match[2])
    if isinstance(count, Reason):
        said = f"{quote(text)} does not ask for 1 to 99 instructors (e.g. range-safety x2)"
        return Reason("bad-role", said)
    return Role(match[1], count)


class Ask(NamedTuple):
    """A group, and how many seats; None where no number is given."""

    group: str
    seats: int | None


_seats = whole(1, MOST_PEOPLE)


def ask(text: str) -> Ask | Reason:
    """Read an entry of ``groups``: ``police`` or ``police:60``. The id is as written."""
    name, colon, number = (part.strip() for part in text.partition(":"))
    if not colon:
        return Ask(name, None)
    if not name or not number:
        return Reason("bad-seats", f"{quote(text)} is not a group with its seats (e.g. police:60)")
    seats = _seats(number)
    if isinstance(seats, Reason):
        said = (
            f"{quote(text)} asks for a number of seats that is not from 1 to {MOST_PEOPLE:,} (e.g. police:60)"
        )
        return Reason("bad-seats", said)
    return Ask(name, seats)
