"""Calendars, read back by a parser that had no part in writing them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

import builders as b
import pytest
import vobject

from trainplan.exports import ics_file
from trainplan.exports.whom import everybody
from trainplan.model import Programme, Schedule

HOURS = {"day": (time(8, 30), time(16, 30))}
HALVES = {"morning": (time(8, 30), time(12)), "afternoon": (time(13), time(16, 30))}


def events(raw: bytes) -> list[Any]:
    assert b"\r\n" in raw
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    return list(vobject.readOne(raw.decode()).contents.get("vevent", ()))


def plain(**other: Any) -> Programme:
    return b.programme(
        b.course("CP", "police:20", length=7, span=True, features=""),
        groups=[b.group("police", 20), b.group("fire", 5)],
        venues=[b.venue("LT", title="La Toc, east")],
        instructors=[b.instructor("JB")],
        **other,
    )


def two_blocks(**other: Any) -> Schedule:
    return b.schedule(
        b.session("CP-01", "03-03..03-05; 03-08..03-11", "police:20", venue="LT", instructors="JB", **other)
    )


def test_a_course_over_a_weekend_is_two_events_whose_ends_are_exclusive() -> None:
    first, second = events(ics_file.content(plain(), two_blocks()))
    assert (first.dtstart.value, first.dtend.value) == (date(2027, 3, 3), date(2027, 3, 6))
    assert (second.dtstart.value, second.dtend.value) == (date(2027, 3, 8), date(2027, 3, 12))
    assert first.uid.value != second.uid.value
    assert first.location.value == "La Toc, east"
    assert first.status.value == "TENTATIVE"
    assert first.summary.value == "CP CP"


def test_with_hours_an_event_repeats_daily_and_leaves_the_nights_free() -> None:
    made = plain(hours=HOURS, timezone="America/St_Lucia")
    raw = ics_file.content(made, two_blocks())
    first, _ = events(raw)
    assert b"BEGIN:VTIMEZONE" in raw
    assert b"TZID:America/St_Lucia" in raw
    assert first.dtstart.value.replace(tzinfo=None) == datetime(2027, 3, 3, 8, 30)
    assert first.dtstart.value.utcoffset() == timedelta(hours=-4)
    assert first.dtend.value.replace(tzinfo=None) == datetime(2027, 3, 3, 16, 30)
    assert [day.date() for day in first.getrruleset()] == [date(2027, 3, day) for day in (3, 4, 5)]


def test_in_universal_time_no_zone_needs_to_be_described() -> None:
    raw = ics_file.content(plain(hours=HOURS), two_blocks())
    assert b"VTIMEZONE" not in raw
    assert b"DTSTART:20270303T083000Z" in raw


def test_half_days_of_one_kind_are_one_event() -> None:
    made = b.programme(
        b.course("CP", length=5, whole_days=False), periods=b.TWO_PERIODS, hours=HALVES, timezone="UTC"
    )
    when = "03-01 pm; 03-02 am; 03-02 pm; 03-03 am; 03-03 pm"
    afternoon, days = events(ics_file.content(made, b.schedule(b.session("CP-01", when, periods=2))))
    assert (afternoon.dtstart.value.time(), afternoon.dtend.value.time()) == (time(13), time(16, 30))
    assert (days.dtstart.value.time(), days.dtend.value.time()) == (time(8, 30), time(16, 30))
    assert days.rrule.value == "FREQ=DAILY;COUNT=2"


def test_a_period_past_midnight_ends_on_the_day_after() -> None:
    made = plain(hours={"day": (time(22), time(6))})
    first, _ = events(ics_file.content(made, two_blocks()))
    assert first.dtend.value - first.dtstart.value == timedelta(hours=8)


def test_the_same_schedule_makes_the_same_bytes() -> None:
    made, planned = plain(), two_blocks()
    raw = ics_file.content(made, planned)
    assert ics_file.content(made, planned) == raw
    assert ics_file.content(made, planned, former=raw) == raw


def test_only_what_changed_counts_as_changed() -> None:
    made = plain()
    before = b.schedule(*two_blocks().sessions, b.session("CP-02", "03-15..03-19; 03-22..03-23", "police:5"))
    raw = ics_file.content(made, before)
    moved = [
        replace(one, slots=b.slots("03-16..03-19; 03-22..03-24")) if one.id == "CP-02" else one
        for one in before.sessions
    ]
    again = ics_file.content(made, Schedule.of(moved), former=raw)
    old = {one.uid.value: one for one in events(raw)}
    new = {one.uid.value: one for one in events(again)}
    assert old.keys() == new.keys()
    raised = [uid for uid, one in new.items() if one.sequence.value == "1"]
    assert {new[uid].dtstart.value for uid in raised} == {date(2027, 3, 16), date(2027, 3, 22)}
    assert all(new[uid].dtstamp.value > old[uid].dtstamp.value for uid in raised)
    assert ics_file.content(made, Schedule.of(moved), former=again) == again


def test_what_is_gone_is_called_off_once() -> None:
    made = plain()
    raw = ics_file.content(made, two_blocks())
    none = ics_file.content(made, b.schedule(), former=raw)
    assert [(one.status.value, one.sequence.value) for one in events(none)] == [("CANCELLED", "1")] * 2
    assert ics_file.content(made, b.schedule(), former=none) == none


def test_what_other_programmes_said_is_not_called_off() -> None:
    raw = ics_file.content(replace(plain(), title="Another"), two_blocks())
    assert events(ics_file.content(plain(), b.schedule(), former=raw)) == []


def test_a_cancelled_session_is_a_cancelled_event() -> None:
    first, _ = events(ics_file.content(plain(), two_blocks(status="cancelled")))
    assert first.status.value == "CANCELLED"
    assert first.transp.value == "TRANSPARENT"


@pytest.mark.parametrize(
    "rubbish", [b"", b"not a calendar", b"BEGIN:VCALENDAR\r\n", b"\xff\xfe\x00", b"BEGIN:VEVENT"]
)
def test_an_older_file_that_is_no_calendar_is_left_aside(rubbish: bytes) -> None:
    fresh = ics_file.content(plain(), two_blocks())
    assert ics_file.content(plain(), two_blocks(), former=rubbish) == fresh


def test_hostile_titles_stay_text() -> None:
    hostile = 'a,b;c\\n\r\nEND:VEVENT\r\nBEGIN:VALARM "😀" ' + "x" * 200
    planned = b.schedule(replace(two_blocks().sessions[0], title=hostile))
    read = events(ics_file.content(plain(), planned))
    assert len(read) == 2
    assert "valarm" not in read[0].contents
    assert read[0].summary.value.replace("\r\n", "\n").startswith("CP a,b;c")


def test_a_calendar_of_ones_own_holds_what_is_ones_own() -> None:
    made = plain()
    planned = b.schedule(*two_blocks().sessions, b.session("CP-02", "03-15", "fire:5"))
    people = everybody(made)
    count = {whom: len(one.of(made, planned).sessions) for whom, one in people.items()}
    assert count == {"group:police": 1, "group:fire": 1, "instructor:JB": 1, "venue:LT": 1}
    raw = ics_file.content(made, planned, whose=people["venue:LT"])
    assert "NAME:Test: La Toc, east" in raw.decode()


def test_an_umbrella_has_the_sessions_of_its_parts() -> None:
    made = b.programme(
        b.course("CP", "north:5"),
        groups=[b.group("police", 5), b.group("north", 5, part_of="police")],
    )
    planned = b.schedule(b.session("CP-01", "03-01", "north:5"))
    assert len(everybody(made)["group:police"].of(made, planned).sessions) == 1
