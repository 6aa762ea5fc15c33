"""The schedule as JSON."""

from __future__ import annotations

import json

from builders import TWO_PERIODS, course, programme, schedule, session

from trainplan.exports import FORMATS, format_of
from trainplan.exports.json_file import content


def test_sessions_have_the_columns_with_days_and_groups_unfolded() -> None:
    plan = programme(course("CP", "police:24"))
    one = session("CP-01", "03-05; 03-08", "police:24", venue="hall", instructors="ann; bob", title="=1+1")
    made = schedule(one)
    document = json.loads(content(plan, made))
    assert document["schema_version"] == 1
    assert document["sessions"] == [
        {
            "session": "CP-01",
            "course": "CP",
            "title": "=1+1",
            "start": "2027-03-05",
            "end": "2027-03-08",
            "days": ["2027-03-05", "2027-03-08"],
            "venue": "hall",
            "instructors": "ann; bob",
            "groups": {"police": 24},
            "seats": 24,
            "status": "draft",
            "pin": "",
        }
    ]


def test_slots_tell_halves_of_days_apart() -> None:
    plan = programme(course(whole_days=False), periods=TWO_PERIODS)
    made = schedule(session("CP-01", "03-01 pm; 03-02", periods=2))
    one = json.loads(content(plan, made))["sessions"][0]
    assert one["days"] == ["2027-03-01", "2027-03-02"]
    assert one["slots"] == ["2027-03-01 afternoon", "2027-03-02 morning", "2027-03-02 afternoon"]


def test_formats_are_found_by_suffix() -> None:
    suffixes = [one.suffix for one in FORMATS]
    assert suffixes[:2] == [".csv", ".json"]
    assert len(set(suffixes)) == len(suffixes)
    assert format_of(".CSV") is FORMATS[0]
    assert format_of("json") is FORMATS[1]
    assert format_of(".ods") is None
    assert format_of("") is None
