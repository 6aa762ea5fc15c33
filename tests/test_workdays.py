"""The calendar against a naive walk: one day after the other, each asked what the files say about it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from builders import TWO_PERIODS, closure, course, day, days, group, instructor, programme, slots, venue
from hypothesis import given
from hypothesis import strategies as st

from trainplan.model import Closure, Course, Programme, Slot
from trainplan.workdays import Calendar, Placement, calendar_of, dates, public_holidays, week_of

# As gazetted, the observed days included; written here by hand so that the walk owes the package nothing.
ST_LUCIA_2027 = {
    date.fromisoformat(text): name
    for text, name in {
        "2027-01-01": "New Year's Day",
        "2027-01-02": "New Year's Holiday",
        "2027-02-22": "Independence Day",
        "2027-03-26": "Good Friday",
        "2027-03-29": "Easter Monday",
        "2027-05-01": "Labour Day",
        "2027-05-17": "Whit Monday",
        "2027-05-27": "Corpus Christi",
        "2027-08-01": "Emancipation Day",
        "2027-08-02": "Emancipation Day (observed)",
        "2027-10-04": "Thanksgiving Day",
        "2027-12-13": "National Day",
        "2027-12-25": "Christmas Day",
        "2027-12-26": "Boxing Day",
        "2027-12-27": "Boxing Day (observed)",
    }.items()
}


class Walk:
    """The same questions as to the calendar, answered by looking at each day on its own."""

    def __init__(self, programme: Programme) -> None:
        self.programme = programme
        self.span = [
            programme.starts + timedelta(days=step)
            for step in range((programme.ends - programme.starts).days + 1)
        ]

    def covered(self, day: date, wanted: Callable[[Closure], bool]) -> bool:
        return any(
            first <= day <= last
            for one in self.programme.closures
            if wanted(one)
            for first, last in one.blocks
        )

    def works(self, day: date) -> bool:
        if not self.programme.starts <= day <= self.programme.ends:
            return False
        if day.weekday() not in self.programme.working_days:
            return False
        if self.covered(day, lambda one: one.whom == "all" and not one.opens):
            return False
        if self.programme.holidays and day in ST_LUCIA_2027:
            return self.covered(day, lambda one: one.whom == "all" and one.opens)
        return True

    def run(self, first: Slot, course: Course) -> list[Slot] | None:
        """The slots of a session that begins in ``first``, or None where it can't."""
        if not self.works(first.day) or (course.whole_days and first.period != 0):
            return None
        if course.start_on is not None and first.day.weekday() not in course.start_on:
            return None
        taken: list[Slot] = []
        step = first
        while len(taken) < course.length:
            if step.day > self.programme.ends:
                return None
            if self.works(step.day):
                taken.append(step)
            last_period = step.period == len(self.programme.periods) - 1
            step = Slot(step.day + timedelta(days=1), 0) if last_period else Slot(step.day, step.period + 1)
        sunday = first.day + timedelta(days=6 - first.day.weekday())
        if not course.span and taken[-1].day > sunday:
            return None
        return taken

    def runs(self, course: Course) -> list[list[Slot]]:
        starts = [Slot(day, period) for day in self.span for period in range(len(self.programme.periods))]
        return [taken for first in starts if (taken := self.run(first, course)) is not None]

    def shut(self, whom: str, id: str) -> set[date]:
        return {day for day in self.span if self.is_shut(day, whom, id)}

    def is_shut(self, day: date, whom: str, id: str) -> bool:
        if self.covered(day, lambda one: (one.whom, one.id) == (whom, id)):
            return True
        if whom == "course":
            return False
        owner = {
            "group": self.programme.groups,
            "venue": self.programme.venues,
            "instructor": self.programme.instructors,
        }[whom][id]
        if owner.available_from and day < owner.available_from:
            return True
        if owner.available_until and day > owner.available_until:
            return True
        if whom == "group" and owner.part_of:
            return self.is_shut(day, "group", owner.part_of)
        if whom == "venue" and owner.site:
            return self.covered(day, lambda one: (one.whom, one.id) == ("site", owner.site))
        return False


# Around Easter the year has the most holidays, a five-week stretch holds each kind of week.
NEAR = st.dates(date(2027, 3, 15), date(2027, 5, 31))
BLOCK = st.builds(
    lambda first, length: (first, first + timedelta(days=length)), NEAR, st.integers(min_value=0, max_value=6)
)
BLOCKS = st.lists(BLOCK, min_size=1, max_size=3).map(lambda blocks: tuple(sorted(blocks)))
TARGETS = [
    ("all", ""),
    ("venue", "hall"),
    ("venue", "yard"),
    ("group", "police"),
    ("group", "north"),
    ("group", "fire"),
    ("instructor", "ann"),
    ("course", "CP"),
    ("site", "coast"),
]
CLOSURES = st.lists(
    st.one_of(
        st.builds(lambda who, blocks: Closure(*who, blocks), st.sampled_from(TARGETS), BLOCKS),
        st.builds(lambda blocks: Closure("all", "", blocks, opens=True), BLOCKS),
    ),
    max_size=6,
).map(tuple)
MAYBE = st.none() | NEAR


@st.composite
def programmes(draw: st.DrawFn) -> tuple[Programme, Course]:
    first = draw(NEAR)
    periods = draw(st.sampled_from([("day",), TWO_PERIODS, ("early", "noon", "late")]))
    whole = draw(st.booleans())
    length = draw(st.integers(1, 6)) * (len(periods) if whole else 1)
    one = course(
        length=length,
        whole_days=whole,
        span=draw(st.booleans()),
        start_on=draw(st.none() | st.sets(st.integers(0, 6), min_size=1)),
        earliest=draw(MAYBE),
        latest=draw(MAYBE),
    )

    def window() -> dict[str, date | None]:
        return {"available_from": draw(MAYBE), "available_until": draw(MAYBE)}

    plan = programme(
        one,
        groups=[
            group("services"),
            group("police", part_of="services", **window()),
            group("north", part_of="police", **window()),
            group("fire", part_of="services", **window()),
        ],
        venues=[venue("hall", site="coast", **window()), venue("yard", **window())],
        instructors=[instructor("ann", **window())],
        closures=draw(CLOSURES),
        starts=first,
        ends=first + timedelta(days=draw(st.integers(0, 35))),
        holidays=draw(st.sampled_from([None, "LC"])),
        periods=periods,
        working_days=frozenset(draw(st.sets(st.integers(0, 6), min_size=1))),
    )
    return plan, one


@given(programmes())
def test_working_days_are_those_of_the_walk(drawn: tuple[Programme, Course]) -> None:
    plan, _ = drawn
    calendar, walk = Calendar(plan), Walk(plan)
    assert list(calendar.working) == [one for one in walk.span if walk.works(one)]
    around = [plan.starts - timedelta(days=1), *walk.span, plan.ends + timedelta(days=1)]
    assert [calendar.works(one) for one in around] == [walk.works(one) for one in around]
    assert [calendar.why_off(one) is None for one in around] == [walk.works(one) for one in around]
    assert list(calendar.off) == [
        one for one in walk.span if one.weekday() in plan.working_days and not walk.works(one)
    ]


@given(programmes())
def test_placements_are_those_of_the_walk_in_order_of_time(drawn: tuple[Programme, Course]) -> None:
    plan, one = drawn
    calendar = Calendar(plan)
    found = calendar.placements(one)
    assert [[calendar.slot(number) for number in each.slots] for each in found] == Walk(plan).runs(one)
    assert list(found) == sorted(found)
    assert calendar.placements(one) is found


@given(programmes())
def test_window_is_kept_on_each_day(drawn: tuple[Programme, Course]) -> None:
    plan, one = drawn
    calendar, walk = Calendar(plan), Walk(plan)
    for each in calendar.placements(one):
        inside = all(
            (one.earliest is None or when >= one.earliest)
            and (one.latest is None or when <= one.latest)
            and not walk.is_shut(when, "course", one.id)
            for when in {calendar.slot(number).day for number in each.slots}
        )
        assert calendar.in_window(one, each) == inside


@given(programmes())
def test_closed_days_are_those_of_the_walk(drawn: tuple[Programme, Course]) -> None:
    plan, _ = drawn
    calendar, walk = Calendar(plan), Walk(plan)
    for whom, id in TARGETS:
        if whom not in ("all", "site"):
            assert calendar.closed(whom, id) == walk.shut(whom, id), (whom, id)


@given(programmes(), st.integers(-50, 200))
def test_numbers_and_slots_turn_into_each_other(drawn: tuple[Programme, Course], number: int) -> None:
    calendar = Calendar(drawn[0])
    slot = calendar.slot(number)
    assert calendar.number(slot) == number
    assert 0 <= slot.period < calendar.periods
    assert calendar.day(number) == slot.day
    assert calendar.number(Slot(slot.day, 0)) <= number < calendar.number(Slot(slot.day, calendar.periods))


def test_a_placement_names_its_ends_and_each_of_its_days_once() -> None:
    calendar = Calendar(programme(course(length=3), periods=TWO_PERIODS))
    run = Placement(tuple(calendar.number(one) for one in slots("03-01 pm; 03-02", 2)))
    assert (run.first, run.last) == (1, 3)
    assert calendar.days(run) == days("03-01..03-02")


def starts(plan: Programme) -> list[str]:
    calendar = Calendar(plan)
    return [
        f"{calendar.day(one.first):%m-%d}..{calendar.day(one.last):%m-%d}"
        for one in calendar.placements(plan.courses["CP"])
    ]


def test_a_week_long_course_steps_over_no_holiday_when_it_must_stay_in_its_week() -> None:
    plan = programme(course(length=5), starts="03-22", ends="04-09", holidays="LC")
    assert starts(plan) == ["04-05..04-09"]  # Good Friday and Easter Monday spoil the weeks before


def test_a_course_that_may_span_steps_over_the_holidays() -> None:
    plan = programme(course(length=5, span=True), starts="03-22", ends="04-02", holidays="LC")
    assert starts(plan) == ["03-22..03-30", "03-23..03-31", "03-24..04-01", "03-25..04-02"]


def test_a_session_does_not_step_over_the_closure_of_a_venue() -> None:
    shut = closure("venue", "hall", "03-03")
    plan = programme(course(length=5), starts="03-01", ends="03-05", venues=[venue("hall")], closures=[shut])
    assert starts(plan) == ["03-01..03-05"]
    assert Calendar(plan).closed("venue", "hall") == set(days("03-03"))


@pytest.mark.parametrize(
    ("limits", "inside"),
    [
        ({"earliest": "03-08", "latest": "03-12"}, True),
        ({"earliest": "03-09"}, False),
        ({"latest": "03-11"}, False),
        ({"latest": "03-08"}, False),
    ],
)
def test_a_session_starts_no_earlier_and_ends_no_later(limits: dict[str, str], inside: bool) -> None:
    plan = programme(course(length=5, **limits), starts="03-08", ends="03-12")
    calendar = Calendar(plan)
    (run,) = calendar.placements(plan.courses["CP"])
    assert calendar.in_window(plan.courses["CP"], run) == inside


def test_a_course_may_be_closed_while_everybody_works() -> None:
    shut = [closure("course", "CP", "03-10"), closure("course", "IS", "03-09")]
    plan = programme(course(length=2), starts="03-08", ends="03-12", closures=shut)
    calendar = Calendar(plan)
    runs = calendar.placements(plan.courses["CP"])
    assert [calendar.in_window(plan.courses["CP"], run) for run in runs] == [True, False, False, True]


def test_weekends_and_closures_win_over_an_open_row_and_holidays_yield_to_it() -> None:
    rows = [
        closure("all", "", "03-26..03-30", opens=True, reason="catching up"),
        closure("all", "", "03-29", reason="stocktaking"),
    ]
    for closures in (rows, rows[::-1]):
        calendar = Calendar(programme(course(), holidays="LC", closures=closures, ends="03-31"))
        assert calendar.why_off(day("03-26")) is None  # Good Friday, opened
        assert calendar.why_off(day("03-27")) == "a Saturday"
        assert calendar.why_off(day("03-29")) == "stocktaking"  # Easter Monday, opened and closed


@pytest.mark.parametrize(
    ("when", "why"),
    [
        ("02-22", "Independence Day"),
        ("03-01", None),
        ("03-06", "a Saturday"),
        ("03-07", "a Sunday"),
        ("03-10", "closed"),
        ("03-26", "Good Friday"),
        ("01-31", "outside the programme"),
        ("04-01", "outside the programme"),
    ],
)
def test_a_day_off_says_why(when: str, why: str | None) -> None:
    plan = programme(course(), starts="02-01", holidays="LC", closures=[closure("all", "", "03-10")])
    assert Calendar(plan).why_off(day(when)) == why


def test_availability_may_be_for_ever() -> None:
    """Spreadsheets say "no end" as 9999-12-31; the day after it does not exist."""
    hall = venue("hall", available_from=date.min, available_until=date.max)
    assert Calendar(programme(course(), venues=[hall])).closed("venue", "hall") == frozenset()


def test_an_umbrella_hands_its_closures_and_window_down_but_not_up() -> None:
    plan = programme(
        course(seats="north:5"),
        groups=[
            group("police", available_from="03-03", available_until="03-29"),
            group("north", 5, part_of="police"),
        ],
        closures=[closure("group", "police", "03-10"), closure("group", "north", "03-12")],
    )
    calendar = Calendar(plan)
    own = set(days("03-01..03-02; 03-10; 03-30..03-31"))
    assert calendar.closed("group", "police") == own
    assert calendar.closed("group", "north") == own | {day("03-12")}


def test_a_site_closes_the_venues_on_it_and_nothing_else() -> None:
    plan = programme(
        course(),
        groups=[group("police", site="coast")],
        venues=[venue("hall", site="coast"), venue("yard", site="inland"), venue("tent")],
        instructors=[instructor("ann", site="coast")],
        closures=[closure("site", "coast", "03-10..03-11")],
    )
    calendar = Calendar(plan)
    assert calendar.closed("venue", "hall") == set(days("03-10..03-11"))
    assert not calendar.closed("venue", "yard") | calendar.closed("venue", "tent")
    assert not calendar.closed("group", "police") | calendar.closed("instructor", "ann")


def test_the_holidays_of_saint_lucia_are_those_gazetted() -> None:
    assert public_holidays("LC", date(2027, 1, 1), date(2027, 12, 31)) == ST_LUCIA_2027


def test_holidays_stop_at_the_dates_asked_for_and_cross_years() -> None:
    found = public_holidays("LC", date(2026, 12, 26), date(2027, 1, 1))
    assert found == {date(2026, 12, 26): "Boxing Day", date(2027, 1, 1): "New Year's Day"}


def test_a_subdivision_adds_its_own_and_names_are_english_where_they_can_be() -> None:
    year = date(2027, 1, 1), date(2027, 12, 31)
    assert set(public_holidays("US-PR", *year)) > set(public_holidays("US", *year))
    assert public_holidays("MQ", *year)[date(2027, 1, 1)] == "New Year's Day"


@pytest.mark.parametrize("code", ["XX", "LC-ZZ", "lc", ""])
def test_an_unknown_country_is_refused(code: str) -> None:
    with pytest.raises(LookupError):
        public_holidays(code, date(2027, 1, 1), date(2027, 12, 31))


def test_weeks_begin_on_monday_and_backward_ranges_are_empty() -> None:
    assert {week_of(when) for when in dates(day("03-01"), day("03-07"))} == {day("03-01")}
    assert week_of(day("03-08")) == day("03-08")
    assert list(dates(day("03-02"), day("03-01"))) == []


def test_a_programme_is_laid_out_once_for_all_rules() -> None:
    one, other = programme(course()), programme(course())
    calendar = calendar_of(one)
    assert calendar_of(one) is calendar
    assert calendar_of(other) is not calendar, "equal programmes may still differ in where they came from"
