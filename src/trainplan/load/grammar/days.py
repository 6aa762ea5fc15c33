"""The days of a session: dates and ranges of them, with periods where a day has several."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

from trainplan.load.grammar.dates import DateParser
from trainplan.load.notes import Parser, Reason
from trainplan.load.text import trim
from trainplan.load.wording import key, quote
from trainplan.model import Slot

_LONGEST_RANGE = 366
RANGE = re.compile(r"\s*(?:\.\.+|…|–|\bto\b)\s*", re.I)
_EXAMPLE = "(e.g. 2027-01-11..2027-01-15; 2027-01-18)"
_ONE_DAY = timedelta(days=1)

Slots = tuple[Slot, ...]


def days_parser(periods: Sequence[str], parse_date: DateParser) -> Parser[Slots]:
    """Return a parser of a whole ``days`` cell: the slots it names, ascending, each once.

    A date without a period is all of its periods. A range holds every date in it, weekends too, and from
    the first period named to the last, everything between. It remembers what it has read.
    """
    names = {key(name): number for number, name in enumerate(periods)}
    # Longest first, or "after noon" would be taken for a strange date at noon.
    by_length = sorted(names, key=len, reverse=True)
    known: dict[str, Slots | Reason] = {}

    def parse(text: str) -> Slots | Reason:
        if text not in known:
            known[text] = read_cell(text)
        return known[text]

    def read_cell(text: str) -> Slots | Reason:
        slots: list[Slot] = []
        for item in map(trim, text.split(";")):
            if item:
                more = read_item(item)
                if isinstance(more, Reason):
                    return more
                slots += more
        if not slots:
            return Reason("bad-days", f"{quote(text)} names no day {_EXAMPLE}")
        ascending = all(one < other for one, other in pairwise(slots))
        return tuple(slots if ascending else sorted(set(slots)))

    def read_item(item: str) -> list[Slot] | Reason:
        ends = RANGE.split(item)
        if len(ends) > 2:
            return Reason("bad-days", f"{quote(item)} is neither a date nor a range of dates {_EXAMPLE}")
        first = read_end(ends[0])
        if isinstance(first, Reason):
            return first
        start, only = first
        if len(ends) == 1:
            return [Slot(start, period) for period in (range(len(periods)) if only is None else (only,))]
        # "2027-01-11 morning..afternoon" stays within one day.
        last = (start, names[key(ends[1])]) if key(ends[1]) in names else read_end(ends[1])
        if isinstance(last, Reason):
            return last
        end, until = last
        return between(Slot(start, only or 0), Slot(end, len(periods) - 1 if until is None else until), item)

    def read_end(text: str) -> tuple[date, int | None] | Reason:
        day = parse_date(text)
        if not isinstance(day, Reason):
            return day, None
        spelled = key(text)
        for name in by_length:
            if spelled.endswith(" " + name):
                alone = parse_date(spelled[: -len(name) - 1])
                return alone if isinstance(alone, Reason) else (alone, names[name])
        before, _, word = text.rpartition(" ")
        if before and not isinstance(parse_date(before), Reason):
            said = f"{quote(word)} is no period of the programme's days ({', '.join(periods)})"
            return Reason("bad-days", said)
        return day

    def between(first: Slot, last: Slot, item: str) -> list[Slot] | Reason:
        if last < first:
            return Reason("bad-days", f"{quote(item)} ends before it starts {_EXAMPLE}")
        if (last.day - first.day).days >= _LONGEST_RANGE:
            return Reason("bad-days", f"{quote(item)} is more than {_LONGEST_RANGE} days long {_EXAMPLE}")
        slots = []
        day = first.day
        while day <= last.day:
            slots += [Slot(day, period) for period in range(len(periods))]
            day += _ONE_DAY
        skipped = len(periods) - 1 - last.period
        return slots[first.period : len(slots) - skipped]

    return parse
