"""Ranges of days: what they say, and that nothing gets in or out of them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from builders import slots
from hypothesis import given
from hypothesis import strategies as st

from trainplan.exports.days import named, ranges
from trainplan.model import Slot

HALVES = ("morning", "afternoon")


@pytest.mark.parametrize(
    ("when", "written"),
    [
        ("03-01", "2027-03-01"),
        ("03-01..03-05", "2027-03-01..2027-03-05"),
        ("03-01..03-05; 03-08", "2027-03-01..2027-03-05; 2027-03-08"),
        ("03-31..04-01", "2027-03-31..2027-04-01"),
        ("", ""),
    ],
)
def test_whole_days(when: str, written: str) -> None:
    assert ranges(slots(when), ("day",)) == written


@pytest.mark.parametrize(
    ("when", "written"),
    [
        ("03-01 am", "2027-03-01 morning"),
        ("03-01", "2027-03-01 morning..2027-03-01 afternoon"),
        ("03-01 pm; 03-02 am", "2027-03-01 afternoon..2027-03-02 morning"),
        ("03-01 am; 03-02 am", "2027-03-01 morning; 2027-03-02 morning"),
    ],
)
def test_periods_of_days(when: str, written: str) -> None:
    assert ranges(slots(when, 2), HALVES) == written


@given(
    st.sets(st.tuples(st.integers(0, 40), st.integers(0, 1))),
    st.sampled_from([("day",), HALVES]),
)
def test_ranges_hold_exactly_the_slots(chosen: set[tuple[int, int]], periods: tuple[str, ...]) -> None:
    start = date(2027, 2, 20)
    used = sorted({Slot(start + timedelta(days=day), period % len(periods)) for day, period in chosen})
    axis = [
        named(Slot(start + timedelta(days=day), p), periods) for day in range(41) for p in range(len(periods))
    ]
    back = []
    for part in filter(None, ranges(used, periods).split("; ")):
        first, _, last = part.partition("..")
        back += axis[axis.index(first) : axis.index(last or first) + 1]
    assert back == [named(slot, periods) for slot in used]
