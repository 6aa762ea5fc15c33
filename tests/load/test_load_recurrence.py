"""Recurrence rules against a walk over every day; and that none takes long."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from trainplan.load.grammar.recurrence import Recurrence, blocks, recurrence
from trainplan.load.notes import Reason
from trainplan.workdays import dates

STARTS, ENDS = date(2027, 1, 4), date(2027, 6, 30)
FIRST = date(2027, 1, 6)  # a Wednesday


def rule(text: str) -> Recurrence:
    read = recurrence(text)
    assert not isinstance(read, Reason), read
    return read


def days(text: str, first: date = FIRST, last: date | None = None) -> list[date]:
    found = blocks(rule(text), first, last or first, STARTS, ENDS)
    return [day for start, end in found for day in dates(start, end)]


@pytest.mark.parametrize(
    ("text", "fulfils"),
    [
        ("FREQ=WEEKLY;BYDAY=FR", lambda day: day.weekday() == 4),
        ("rrule:freq=weekly;byday=mo,th", lambda day: day.weekday() in (0, 3)),
        ("FREQ=WEEKLY", lambda day: day.weekday() == 2),
        ("FREQ=DAILY;INTERVAL=10", lambda day: (day - FIRST).days % 10 == 0),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", lambda day: (day + timedelta(days=1)).day == 1),
        ("FREQ=MONTHLY;BYDAY=2TU", lambda day: day.weekday() == 1 and 8 <= day.day <= 14),
        ("FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=1", lambda day: (day.month, day.day) == (3, 1)),
        ("FREQ=DAILY;BYMONTH=2", lambda day: day.month == 2),
        ("FREQ=WEEKLY;UNTIL=20270210T235959Z", lambda day: day.weekday() == 2 and day <= date(2027, 2, 10)),
        ("FREQ=WEEKLY;UNTIL=2027-02-10;", lambda day: day.weekday() == 2 and day <= date(2027, 2, 10)),
        ("FREQ=WEEKLY;COUNT=3;WKST=SU", lambda day: day.weekday() == 2 and day <= date(2027, 1, 20)),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", lambda day: _last_weekday(day)),
        ("FREQ=YEARLY;BYDAY=9TU", lambda day: day == date(2027, 3, 2)),
        ("FREQ=YEARLY;BYYEARDAY=60", lambda day: day == date(2027, 3, 1)),
    ],
)
def test_a_rule_gives_the_days_that_fulfil_it_and_the_first(
    text: str, fulfils: Callable[[date], bool]
) -> None:
    assert days(text) == [day for day in dates(FIRST, ENDS) if day == FIRST or fulfils(day)]


def _last_weekday(day: date) -> bool:
    rest = dates(day + timedelta(days=1), day + timedelta(days=6))
    return day.weekday() < 5 and all(one.weekday() > 4 or one.month != day.month for one in rest)


def test_the_block_counts_even_where_its_rule_would_not_give_it() -> None:
    assert days("FREQ=WEEKLY;BYDAY=FR;COUNT=1")[:2] == [FIRST, date(2027, 1, 8)]
    assert days("FREQ=WEEKLY;UNTIL=20260101") == [FIRST]


def test_a_block_keeps_its_length_and_overlaps_are_one() -> None:
    weekly = blocks(rule("FREQ=WEEKLY;COUNT=2"), FIRST, FIRST + timedelta(days=1), STARTS, ENDS)
    assert weekly == ((date(2027, 1, 6), date(2027, 1, 7)), (date(2027, 1, 13), date(2027, 1, 14)))
    daily = blocks(rule("FREQ=DAILY"), FIRST, FIRST + timedelta(days=30), STARTS, ENDS)
    assert daily == ((FIRST, ENDS + timedelta(days=30)),)


def test_blocks_outside_the_programme_are_left_out_but_one_that_reaches_in_is_not() -> None:
    before = date(2026, 12, 21)
    weekly = blocks(rule("FREQ=WEEKLY;COUNT=3"), before, before + timedelta(days=1), STARTS, ENDS)
    assert weekly == ((date(2027, 1, 4), date(2027, 1, 5)),)
    assert blocks(None, date(2026, 12, 28), STARTS, STARTS, ENDS) == ((date(2026, 12, 28), STARTS),)
    assert blocks(rule("FREQ=DAILY"), date(2027, 7, 1), date(2027, 7, 1), STARTS, ENDS) == ()


@pytest.mark.parametrize(
    "text",
    [
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;INTERVAL=7;BYDAY=MO",
        "FREQ=WEEKLY;BYMONTH=2;BYMONTHDAY=30,31",
        "FREQ=MONTHLY;BYMONTHDAY=31;BYMONTH=2,4,6,9,11",
        "FREQ=YEARLY;BYWEEKNO=53;BYMONTH=6",
        "FREQ=YEARLY;INTERVAL=1000;BYYEARDAY=366",
    ],
)
def test_a_rule_that_nothing_fulfils_ends(text: str) -> None:
    assert days(text) == [FIRST]


def test_the_far_end_of_the_calendar_is_as_the_near_one() -> None:
    """Rules are asked about days whole cycles of the calendar later; leap days stay where they are."""
    leap = date(2028, 2, 29)
    assert blocks(rule("FREQ=YEARLY"), leap, leap, date(2028, 1, 1), date(2037, 12, 31)) == tuple(
        (day, day) for day in (leap, date(2032, 2, 29), date(2036, 2, 29))
    )
    old = date(1900, 1, 1)
    assert len(blocks(rule("FREQ=YEARLY"), old, old, old, date(2200, 1, 1))) == 301


PIECES = st.sampled_from(
    [
        "INTERVAL=2", "INTERVAL=999", "COUNT=1", "COUNT=10000", "UNTIL=20270401", "BYMONTH=2,6",
        "BYDAY=MO,-1FR", "BYDAY=SU", "BYMONTHDAY=-31,29", "BYYEARDAY=-366,1", "BYWEEKNO=1,-53",
        "BYSETPOS=-1,366", "WKST=SU",
        "BYDAY=53MO,-53SU", "BYMONTH=13", "BYHOUR=1", "BYEASTER=0", "", "=", "BYDAY", "INTERVAL=-1",
    ]
)  # fmt: skip


@example("MONTHLY", ["BYDAY=53MO,-53SU"], date(2000, 1, 1))
@given(
    st.sampled_from(["YEARLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY"]),
    st.lists(PIECES, max_size=4),
    st.dates(date(1990, 1, 1), date(2100, 1, 1)),
)
def test_whatever_the_rule_it_is_refused_or_stays_within_the_programme(
    frequency: str, pieces: list[str], first: date
) -> None:
    read = recurrence(";".join([f"FREQ={frequency}", *pieces]))
    if isinstance(read, Reason):
        assert read.code == "bad-recurrence"
        return
    found = blocks(read, first, first + timedelta(days=2), STARTS, ENDS)
    assert list(found) == sorted(found)
    assert all(start <= ENDS and end >= STARTS and start >= first for start, end in found)


@given(st.text(max_size=60))
def test_no_text_makes_it_raise(text: str) -> None:
    assert isinstance(recurrence(text), Reason | Recurrence)


def test_a_rule_of_monstrous_length_is_refused() -> None:
    read = recurrence("FREQ=DAILY;BYMONTHDAY=" + ",".join(["1"] * 50_000))
    assert isinstance(read, Reason)
    assert "500 characters" in read.text
    assert len(read.text) < 250
