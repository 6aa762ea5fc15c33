"""The grammar of each kind of cell: what it reads, and that what is written in it reads back."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainplan.load.grammar import courses, numbers, people, words
from trainplan.load.grammar.dates import FIRST_YEAR, LAST_YEAR, date_parser
from trainplan.load.grammar.days import days_parser
from trainplan.load.notes import Reason
from trainplan.load.text import restore, trim
from trainplan.model import After, Qualification, Role, Slot

DATES = st.dates(date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31))
# Ids as people write them; the words and marks that cells give a meaning to are tried by hand below.
IDS = st.text("abcdeXYZé-_.' 0", min_size=1, max_size=12).map(str.strip).filter(bool)


def code(value: object) -> str | None:
    return value.code if isinstance(value, Reason) else None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("24", 24),
        ("24.0", 24),
        ("24.00", 24),
        ("007", 7),
        ("1,143", 1143),
        ("1 143", 1143),
        ("1\u00a0143.0", 1143),
        ("24.5", "bad-number"),
        ("24,5", "bad-number"),
        ("1e3", "bad-number"),
        ("٢٤", "bad-number"),
        ("²", "bad-number"),
        ("+24", "bad-number"),
        ("twenty", "bad-number"),
        ("0", "number-range"),
        ("-24", "number-range"),
        ("−24", "number-range"),
        ("2001", "number-range"),
        ("9" * 5000, "number-range"),
        ("-" + "9" * 5000, "number-range"),
    ],
)
def test_whole_numbers(text: str, value: object) -> None:
    read = numbers.whole(1, 2000)(text)
    assert (code(read) or read) == value


def test_the_example_of_a_whole_number_is_one_that_would_do() -> None:
    nine = numbers.whole(1, 9)("x")
    assert isinstance(nine, Reason)
    assert nine.text == '"x" is not a whole number (e.g. 9)'


@given(st.integers(0, numbers.MOST_PEOPLE))
def test_whole_numbers_read_back(number: int) -> None:
    parse = numbers.whole(0, numbers.MOST_PEOPLE)
    assert parse(str(number)) == parse(f"{number}.0") == parse(f"{number:,}") == number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("120", Decimal(120)),
        ("120.50", Decimal("120.5")),
        ("1,200.50", Decimal("1200.5")),
        ("0", Decimal(0)),
        ("-0", Decimal(0)),
        ("1000000000", Decimal(10**9)),
        ("1000000001", "number-range"),
        ("9" * 5000, "number-range"),
        ("-0.5", "number-range"),
        ("120,5", "bad-number"),
        ("USD 120", "bad-number"),
        ("NaN", "bad-number"),
        ("1e9", "bad-number"),
    ],
)
def test_money(text: str, value: object) -> None:
    read = numbers.money(text)
    assert (code(read) or read) == value


@pytest.mark.parametrize(
    ("text", "of_45"),
    [
        ("40", 40),
        ("40.0", 40),
        ("0", 0),
        ("20%", 9),
        ("12.5 %", 5),
        ("0%", 0),
        ("100%", 45),
        ("0.2", 9),
        (".5", 22),
        ("0.0", 0),
        ("1", 1),
        ("1.0", "ambiguous-number"),
        ("100.1%", "number-range"),
        ("9" * 50 + "%", "number-range"),
        ("-1", "number-range"),
        ("half", "bad-number"),
        ("1.5", "bad-number"),
    ],
)
def test_who_may_be_away(text: str, of_45: object) -> None:
    read = numbers.away(text)
    assert (code(read) if isinstance(read, Reason) else read.of(45)) == of_45


@given(st.integers(0, 100), st.integers(0, 10_000))
def test_a_share_is_rounded_down(percent: int, headcount: int) -> None:
    read = numbers.away(f"{percent}%")
    assert not isinstance(read, Reason)
    assert read.of(headcount) == headcount * percent // 100


@pytest.mark.parametrize(
    ("text", "order", "value"),
    [
        ("2027-03-02", None, date(2027, 3, 2)),
        ("2027/3/2", None, date(2027, 3, 2)),
        ("2027-03-02 00:00:00", None, date(2027, 3, 2)),
        ("2027-03-02T00:00", "mdy", date(2027, 3, 2)),
        ("2 Mar 2027", None, date(2027, 3, 2)),
        ("02-Mar-2027", None, date(2027, 3, 2)),
        ("2nd march, 2027", None, date(2027, 3, 2)),
        ("Mar 2, 2027", None, date(2027, 3, 2)),
        ("Sept. 2 2027", None, date(2027, 9, 2)),
        ("Tue 2 Mar 2027", None, date(2027, 3, 2)),
        ("Tuesday, 2 March 2027", None, date(2027, 3, 2)),
        ("03/02/2027", "dmy", date(2027, 2, 3)),
        ("03/02/2027", "mdy", date(2027, 3, 2)),
        ("3.2.2027", "dmy", date(2027, 2, 3)),
        ("25/12/2027", None, date(2027, 12, 25)),
        ("12-25-2027", None, date(2027, 12, 25)),
        ("03/03/2027", None, date(2027, 3, 3)),
        ("03/02/2027", None, "ambiguous-date"),
        ("12/25/2027", "dmy", "bad-date"),
        ("25/12/2027", "mdy", "bad-date"),
        ("31/02/2027", "dmy", "bad-date"),
        ("32/13/2027", None, "bad-date"),
        ("0/0/2027", None, "bad-date"),
        ("2027-02-29", None, "bad-date"),
        ("2027-03-02 08:30", None, "bad-date"),
        ("2027-03/02", None, "bad-date"),
        ("20270302", None, "bad-date"),
        ("2027-W09-2", None, "bad-date"),
        ("46448", None, "bad-date"),
        ("46448.0", None, "bad-date"),
        ("2 Mar", None, "bad-date"),
        ("March 2", None, "bad-date"),
        ("3/2", None, "bad-date"),
        ("2-Mar-27", None, "bad-date"),
        ("3/2/27", None, "bad-date"),
        ("4 Jan 2027 and 8 Feb 2027", None, "bad-date"),
        ("Wed 2 Mar 2027", None, "bad-date"),
        ("Mon someday", None, "bad-date"),
        ("Friday", None, "bad-date"),
        ("2 Ma 2027", None, "bad-date"),
        ("2 Foo 2027", None, "bad-date"),
        ("2 Marchy 2027", None, "bad-date"),
        ("3021-03-02", None, "odd-date"),
        ("1 Jan 1899", None, "odd-date"),
        ("0001-01-01", None, "odd-date"),
    ],
)
def test_dates(text: str, order: Any, value: object) -> None:
    read = date_parser(order)(text)
    assert (code(read) or read) == value


def test_an_ambiguous_date_is_refused_with_both_readings() -> None:
    read = date_parser(None)("03/02/2027")
    assert isinstance(read, Reason)
    assert "3 Feb 2027 or 2 Mar 2027" in read.text


@given(DATES)
def test_dates_read_back_in_every_form(day: date) -> None:
    for order in (None, "dmy", "mdy"):
        parse = date_parser(order)  # type: ignore[arg-type]
        month = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")[
            day.month - 1
        ]
        for text in (day.isoformat(), f"{day.day} {month} {day.year}", f"{month} {day.day}, {day.year}"):
            assert parse(text) == day
    assert date_parser("dmy")(f"{day.day:02}/{day.month:02}/{day.year}") == day
    assert date_parser("mdy")(f"{day.month}/{day.day}/{day.year}") == day


@given(DATES)
def test_a_slash_date_is_read_without_an_order_only_where_there_is_one_reading(day: date) -> None:
    read = date_parser(None)(f"{day.day}/{day.month}/{day.year}")
    assert (read == day) == (day.day > 12 or day.day == day.month)
    assert read == day or code(read) == "ambiguous-date"


@pytest.mark.parametrize(
    ("text", "periods", "value"),
    [
        ("3 days", 1, (3, True, 3)),
        ("1 day", 1, (1, True, 1)),
        ("1 Week", 1, (5, True, 5)),
        ("2 weeks", 2, (20, True, 10)),
        ("3 days", 2, (6, True, 3)),
        ("3 days", 3, (9, True, 3)),
        ("1 half-day", 2, (1, False, 1)),
        ("3 half-days", 2, (3, False, 2)),
        ("3  Half Days", 2, (3, False, 2)),
        ("3 half-days", 1, "half-days"),
        ("3 half-days", 3, "half-days"),
        ("0 days", 1, "bad-duration"),
        ("0 half-days", 2, "bad-duration"),
        ("367 days", 1, "bad-duration"),
        ("9" * 5000 + " weeks", 1, "bad-duration"),
        ("-1 days", 1, "bad-duration"),
        ("a week", 1, "bad-duration"),
        ("1 month", 1, "bad-duration"),
        ("3", 1, "bad-duration"),
    ],
)
def test_durations(text: str, periods: int, value: object) -> None:
    read = courses.duration(periods, 5)(text)
    assert (code(read) or read) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("CP", After("CP")),
        ("CP +14d", After("CP", False, 14)),
        ("CP+14d", After("CP", False, 14)),
        ("CP + 14 days", After("CP", False, 14)),
        ("CP +14d..60d", After("CP", False, 14, 60)),
        ("CP +14d .. +60d", After("CP", False, 14, 60)),
        ("CP +0d..0d", After("CP", False, 0, 0)),
        ("all CP", After("CP", True)),
        ("ALL  CP +1d", After("CP", True, 1)),
        ("Crash Course 2 +1d", After("Crash Course 2", False, 1)),
        ("allied", After("allied")),
        ("C++", After("C++")),
        ("CP +14", "bad-order"),
        ("CP +2w", "bad-order"),
        ("CP +14d..", "bad-order"),
        ("CP ..60d", "bad-order"),
        ("CP +60d..14d", "bad-order"),
        ("CP +3661d", "bad-order"),
        ("CP +" + "9" * 5000 + "d", "bad-order"),
    ],
)
def test_orders(text: str, value: object) -> None:
    read = courses.order(text)
    assert (code(read) or read) == value


LAGS = st.none() | st.integers(0, 3660)


@given(IDS.filter(lambda id: ".." not in id and not id.startswith("all ")), st.booleans(), LAGS, LAGS)
def test_orders_read_back(id: str, all: bool, one: int | None, other: int | None) -> None:
    lags = sorted(lag for lag in (one, other) if lag is not None)
    text = "all " * all + id + (" +" + "..".join(f"{lag}d" for lag in lags) if lags else "")
    assert courses.order(text) == After(id, all, *lags)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("range-safety", Role("range-safety")),
        ("range-safety x2", Role("range-safety", 2)),
        ("range safety × 12", Role("range safety", 12)),
        ("x2", Role("x2")),
        ("index2", Role("index2")),
        ("range-safety x0", "bad-role"),
        ("range-safety x100", "bad-role"),
    ],
)
def test_roles(text: str, value: object) -> None:
    read = courses.role(text)
    assert (code(read) or read) == value


@given(IDS, st.integers(1, 99))
def test_roles_read_back(id: str, count: int) -> None:
    assert courses.role(f"{id} x{count}") == Role(id, count)


@given(IDS, st.none() | st.integers(1, 10**6))
def test_asks_read_back(id: str, seats: int | None) -> None:
    assert courses.ask(id if seats is None else f"{id}:{seats}") == courses.Ask(id, seats)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("range-safety", Qualification("range-safety")),
        ("range-safety until 2027-06-30", Qualification("range-safety", date(2027, 6, 30))),
        ("range safety (until 30 Jun 2027)", Qualification("range safety", date(2027, 6, 30))),
        ("until 2027-06-30", Qualification("until 2027-06-30")),
        ("range-safety until then", "bad-date"),
    ],
)
def test_qualifications(text: str, value: object) -> None:
    read = people.qualification(date_parser(None))(text)
    assert (code(read) or read) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("08:30-16:30", (time(8, 30), time(16, 30))),
        ("8.30 – 16.30", (time(8, 30), time(16, 30))),
        ("8:30 to 12:00", (time(8, 30), time(12))),
        ("12:00-12:00", "bad-hours"),
        ("23:00-24:00", "bad-hours"),
        ("08:30", "bad-hours"),
    ],
)
def test_hours(text: str, value: object) -> None:
    read = people.hours(text)
    assert (code(read) or read) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("all", ("all", "")),
        ("ALL", ("all", "")),
        ("venue:hall", ("venue", "hall")),
        ("Site : Gros Islet", ("site", "Gros Islet")),
        ("all:", "bad-who"),
        ("hall", "bad-who"),
        ("venue:", "bad-who"),
        ("room:hall", "bad-who"),
    ],
)
def test_whom_a_closure_closes(text: str, value: object) -> None:
    read = people.who(text)
    assert (code(read) or read) == value


@pytest.mark.parametrize("text", ["yes", "Y", "TRUE", "1", "no", "N", "False", "0"])
def test_yes_and_no(text: str) -> None:
    assert words.yes_no(text) is (text.lower() in ("yes", "y", "true", "1"))


@pytest.mark.parametrize(
    ("text", "value"),
    [("mon", 0), ("Tues.", 1), ("WEDNESDAY", 2), ("su", "unknown-word"), ("mondays", "unknown-word")],
)
def test_weekdays(text: str, value: object) -> None:
    read = words.weekday(text)
    assert (code(read) if isinstance(read, Reason) else read) == value


@pytest.mark.parametrize("text", ["a;b", "a:b", "a" * 81, "a\nb", "a\x1b[31m", "a\u202eb"])
def test_ids_that_can_not_be(text: str) -> None:
    assert code(words.identifier(text)) == "bad-id"


@pytest.mark.parametrize("text", ["all", "ALL CP", "all  x"])
def test_a_course_is_not_called_what_after_reads_as_a_word(text: str) -> None:
    assert code(words.course_identifier(text)) == "bad-id"
    assert words.course_identifier("allied") == "allied"


HALVES = ("morning", "afternoon")


def named(text: str, periods: tuple[str, ...] = HALVES) -> list[str] | str:
    read = days_parser(periods, date_parser("dmy"))(text)
    if isinstance(read, Reason):
        return read.code
    return [f"{slot.day:%m-%d} {slot.period}" for slot in read]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2027-01-11", ["01-11 0", "01-11 1"]),
        ("11 Jan 2027 Morning", ["01-11 0"]),
        ("2027-01-11 afternoon", ["01-11 1"]),
        ("2027-01-11 morning..afternoon", ["01-11 0", "01-11 1"]),
        ("2027-01-11 afternoon..2027-01-12", ["01-11 1", "01-12 0", "01-12 1"]),
        ("2027-01-11 afternoon .. 12/01/2027 morning", ["01-11 1", "01-12 0"]),
        ("2027-01-12 morning; 2027-01-11 afternoon;; 2027-01-12 morning", ["01-11 1", "01-12 0"]),
        ("2027-01-11 morning to 2027-01-11 morning", ["01-11 0"]),
        ("2027-01-11 – 2027-01-11", ["01-11 0", "01-11 1"]),
        ("2027-01-11 afternoon..2027-01-11 morning", "bad-days"),
        ("2027-01-11 evening", "bad-days"),
        ("morning", "bad-date"),
        ("someday morning", "bad-date"),
        ("2027-01-11..morning..afternoon", "bad-days"),
        ("2027-01-11..", "bad-date"),
        ("2027-01-11..2028-01-12", "bad-days"),
        (" ; ", "bad-days"),
    ],
)
def test_days(text: str, value: object) -> None:
    assert named(text) == value


def test_a_range_holds_its_weekend() -> None:
    assert named("2027-01-15..2027-01-18", ("day",)) == ["01-15 0", "01-16 0", "01-17 0", "01-18 0"]


def test_periods_that_end_alike_are_told_apart() -> None:
    assert named("2027-01-11 after noon", ("noon", "after noon")) == ["01-11 1"]


SLOTS = st.lists(
    st.builds(Slot, st.dates(date(2027, 1, 1), date(2027, 3, 1)), st.integers(0, 1)), min_size=1, max_size=20
)


@given(SLOTS)
def test_days_read_back(slots: list[Slot]) -> None:
    text = "; ".join(f"{slot.day} {HALVES[slot.period]}" for slot in slots)
    assert days_parser(HALVES, date_parser(None))(text) == tuple(sorted(set(slots)))


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("'=1+1", "=1+1"),
        ("'+5", "+5"),
        ("'-x", "-x"),
        ("'@x", "@x"),
        ("'\tx", "\tx"),
        ("'\rx", "\rx"),
        ("''=x", "'=x"),
        ("'tis", "'tis"),
        ("=1+1", "=1+1"),
        ("", ""),
    ],
)
def test_the_apostrophe_before_formulas_comes_off(cell: str, text: str) -> None:
    assert restore(cell) == text


def test_invisible_spaces_are_trimmed() -> None:
    assert trim("\ufeff\u00a0 police \u200b\r\n") == "police"
