"""Qualifications that expire, the clock times of a period, and whom a closure is about."""

from __future__ import annotations

import re
from datetime import time
from typing import NamedTuple, get_args

from trainplan.load.grammar.dates import DateParser
from trainplan.load.notes import Parser, Reason
from trainplan.load.wording import key, nearest, quote
from trainplan.model import Qualification, Whom

KINDS: tuple[Whom, ...] = get_args(Whom)
_UNTIL = re.compile(r"(.+?)\s+\(?until\s+(.+?)\)?", re.I | re.S)
_HOURS = re.compile(r"(\d{1,2})[:.](\d{2})\s*(?:-|–|to)\s*(\d{1,2})[:.](\d{2})", re.ASCII)


def qualification(parse_date: DateParser) -> Parser[Qualification]:
    """Return a parser of qualifications, with the day after which they expire, if they do."""

    def parse(text: str) -> Qualification | Reason:
        match = _UNTIL.fullmatch(text)
        if match is None:
            return Qualification(text)
        until = parse_date(match[2])
        return until if isinstance(until, Reason) else Qualification(match[1], until)

    return parse


def hours(text: str) -> tuple[time, time] | Reason:
    """Read the clock times of a period: ``08:30-16:30``."""
    match = _HOURS.fullmatch(text)
    if match is None:
        return Reason("bad-hours", f"{quote(text)} is not a pair of clock times (e.g. 08:30-16:30)")
    try:
        starts, ends = time(int(match[1]), int(match[2])), time(int(match[3]), int(match[4]))
    except ValueError:
        return Reason("bad-hours", f"{quote(text)} has a time that no clock shows (e.g. 08:30-16:30)")
    if ends <= starts:
        return Reason("bad-hours", f"{quote(text)} ends before it starts (e.g. 08:30-16:30)")
    return starts, ends


class Who(NamedTuple):
    """Whom a closure is about; the id is as written, and empty with ``all``."""

    whom: Whom
    id: str


def who(text: str) -> Who | Reason:
    """Read ``who`` of a closure: ``all``, or a kind of thing and an id, ``venue:hall``."""
    kind, colon, id = (part.strip() for part in text.partition(":"))
    word = key(kind)
    if word == "all" and not colon:
        return Who("all", "")
    for known in KINDS:
        if word == known and known != "all" and id:
            return Who(known, id)
    guess = nearest(kind, KINDS)
    hint = f'; did you mean "{guess}:{id}"?' if guess not in (None, "all", word) and id else ""
    kinds = ", ".join(f"{known}:ID" for known in KINDS if known != "all")
    return Reason("bad-who", f"{quote(text)} is neither all nor one of {kinds}{hint}")
