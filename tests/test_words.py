from __future__ import annotations

import pytest
from builders import TWO_PERIODS, day, days, slots

from trainplan.words import dated, listed, many, ranged, spanned, timed


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("", ""),
        ("03-02", "2 Mar 2027"),
        ("03-01..03-05", "1–5 Mar 2027"),
        ("03-08; 03-01..03-05; 03-05", "1–5 Mar 2027 and 8 Mar 2027"),
        ("03-30..04-02", "30 Mar – 2 Apr 2027"),
        ("2027-12-30..2028-01-02", "30 Dec 2027 – 2 Jan 2028"),
        ("03-01; 03-03; 03-05", "1 Mar 2027, 3 Mar 2027 and 5 Mar 2027"),
    ],
)
def test_days_are_said_as_ranges(given: str, said: str) -> None:
    assert spanned(days(given)) == said


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("", ""),
        ("03-01..03-02", "1–2 Mar 2027"),
        ("03-01 pm; 03-02; 03-03 am", "1 Mar 2027 afternoon, 2 Mar 2027 and 3 Mar 2027 morning"),
        ("03-01..03-03 am; 03-05 am", "1–3 Mar 2027 morning and 5 Mar 2027 morning"),
    ],
)
def test_of_a_day_used_in_part_the_part_is_named(given: str, said: str) -> None:
    assert timed(slots(given, 2), TWO_PERIODS) == said
    assert timed(slots("03-01..03-02"), ("day",)) == "1–2 Mar 2027"


def test_a_range_of_one_day_is_that_day() -> None:
    assert ranged(day("03-02"), day("03-02")) == dated(day("03-02")) == "2 Mar 2027"


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ("", ""),
        ("a", "a"),
        ("ab", "a and b"),
        ("abc", "a, b and c"),
        ("abcdef", "a, b, c, d, e and f"),
        ("abcdefg", "a, b, c, d, e and 2 more"),
    ],
)
def test_names_are_listed_and_long_lists_cut_short(names: str, said: str) -> None:
    assert listed(tuple(names)) == said


def test_alternatives() -> None:
    assert listed(("a", "b", "c"), "or") == "a, b or c"


@pytest.mark.parametrize(
    ("count", "said"), [(0, "0 days"), (1, "1 day"), (2, "2 days"), (1200, "1,200 days")]
)
def test_counts(count: int, said: str) -> None:
    assert many(count, "day") == said


def test_a_plural_of_its_own() -> None:
    assert many(1, "person", "people") == "1 person"
    assert many(2, "person", "people") == "2 people"
