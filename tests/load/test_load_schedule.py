"""Schedules read back: as trainplan writes them, as people edit them, as far as they can be read."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from loadcases import said, write

from trainplan.findings import Finding
from trainplan.load import load_programme, load_schedule
from trainplan.model import PINS, Programme, Schedule, Session, Slot

HALVES = 'title = "T"\nstarts = 2027-01-04\nends = 2027-03-26\nperiods = ["morning", "afternoon"]\n'
COURSES = (
    "course,title,duration,groups,max_class,venue\n"
    "CP,Community Policing,1 week,police,20,classroom\n"
    "H,Half,3 half-days,police,20,none\n"
)


@pytest.fixture
def programme(tmp_path: Path) -> Programme:
    closures = "who,from\nall,2027-01-13\n"
    read, findings = load_programme(write(tmp_path, {"closures.csv": closures}))
    assert read is not None, findings
    return read


@pytest.fixture
def halves(tmp_path: Path) -> Programme:
    read, findings = load_programme(write(tmp_path, {"programme.toml": HALVES, "curriculum.csv": COURSES}))
    assert read is not None, findings
    return read


def read(
    programme: Programme, tmp_path: Path, text: str, name: str = "mine.csv"
) -> tuple[Schedule, tuple[Finding, ...]]:
    (tmp_path / name).write_text(text, encoding="utf-8")
    schedule, findings = load_schedule(tmp_path / name, programme)
    assert schedule is not None, findings
    return schedule, findings


def days(schedule: Schedule) -> list[str]:
    return [" ".join(f"{slot.day:%m-%d}.{slot.period}" for slot in one.slots) for one in schedule.sessions]


def test_every_column(programme: Programme, tmp_path: Path) -> None:
    schedule, findings = read(
        programme,
        tmp_path,
        "Session,Course,Title,Start,End,Days,Venue,Instructors,Groups,Seats,Status,Pin\r\n"
        "CP-01,cp,' Community ,18 Jan 2027,2027-01-22,2027-01-18..2027-01-22,HALL; lab,Rose; joseph,"
        "POLICE:20; customs:3.0,23.0,Published,DATE; seats\r\n"
        '"CA,1",CA,\'=1+1,2027-01-04,2027-01-06,4 Jan 2027; 2027-01-05..2027-01-06,,,'
        "customs:12,,CANCELLED,All\r\n",
    )
    assert findings == ()
    assert schedule.sessions == (
        Session(
            "CA,1", "CA", date(2027, 1, 4), date(2027, 1, 6),
            tuple(Slot(date(2027, 1, day), 0) for day in (4, 5, 6)),
            (), (), {"customs": 12}, 12, "=1+1", "cancelled", frozenset(PINS),
        ),
        Session(
            "CP-01", "CP", date(2027, 1, 18), date(2027, 1, 22),
            tuple(Slot(date(2027, 1, day), 0) for day in (18, 19, 20, 21, 22)),
            ("hall", "lab"), ("rose", "joseph"), {"police": 20, "customs": 3}, 23, "' Community ",
            "published", frozenset({"date", "seats"}),
        ),
    )  # fmt: skip
    assert str(schedule.sessions[1].place) == "mine.csv row 2"


@pytest.mark.parametrize(
    ("start", "slots"),
    [
        ("2027-01-04", "01-04.0 01-05.0 01-06.0 01-07.0 01-08.0"),
        ("2027-01-11", "01-11.0 01-12.0 01-14.0 01-15.0 01-18.0"),
        ("2027-01-16", "01-16.0 01-18.0 01-19.0 01-20.0 01-21.0"),
        ("2027-01-13", "01-13.0 01-14.0 01-15.0 01-18.0 01-19.0"),
        ("2027-03-25", "03-25.0 03-26.0 03-29.0 03-30.0 03-31.0"),
        ("2027-01-01", "01-01.0 01-04.0 01-05.0 01-06.0 01-07.0"),
    ],
)
def test_empty_days_are_counted_off_from_the_start(
    start: str, slots: str, programme: Programme, tmp_path: Path
) -> None:
    """A Saturday or a day off stays the first day: whoever wrote it is to be told, not corrected."""
    schedule, findings = read(
        programme, tmp_path, f"session,course,start,groups\nCP-01,CP,{start},police:20\n"
    )
    assert findings == ()
    assert days(schedule) == [slots]
    one = schedule.sessions[0]
    assert (one.start, one.end, one.seats) == (one.days[0], one.days[-1], 20)


def test_half_days_are_counted_off_and_read(halves: Programme, tmp_path: Path) -> None:
    schedule, findings = read(
        halves,
        tmp_path,
        "session,course,start,days,groups\n"
        "H-01,H,2027-01-08,,police:5\n"
        "H-02,H,,2027-01-11 afternoon..2027-01-12,police:5\n"
        "H-03,CP,2027-01-18,,police:5\n",
    )
    assert findings == ()
    assert days(schedule)[:2] == ["01-08.0 01-08.1 01-11.0", "01-11.1 01-12.0 01-12.1"]
    assert len(schedule.sessions[2].slots) == 10


def test_what_contradicts_itself_is_kept_for_the_rules_to_notice(
    programme: Programme, tmp_path: Path
) -> None:
    schedule, findings = read(
        programme,
        tmp_path,
        "session,course,start,end,days,groups,seats\n"
        "CP-01,CP,2027-02-05,2027-02-01,2027-02-02..2027-02-03,police:20,999\n",
    )
    assert findings == ()
    one = schedule.sessions[0]
    assert (one.start, one.end, one.seats) == (date(2027, 2, 5), date(2027, 2, 1), 999)
    assert days(schedule) == ["02-02.0 02-03.0"]


def test_an_unreadable_row_is_left_out_and_the_others_read(programme: Programme, tmp_path: Path) -> None:
    schedule, findings = read(
        programme,
        tmp_path,
        "session,course,start,end,venue,groups\n"
        "CP-01,CP,2027-01-18,2027-01-22,hall,police:20\n"
        "CP-02,CP,3021-01-18,,hall,police:20\n"
        "CP-03,CX,2027-01-18,,nowhere,nobody:20\n"
        "CP-04,CP,2027-02-01,never,hall; nowhere,nobody:20; police:x; customs:1\n",
    )
    assert [one.id for one in schedule.sessions] == ["CP-01", "CP-04"]
    last = schedule.sessions[1]
    assert (last.venues, last.groups, last.seats) == (("hall", "nowhere"), {"nobody": 20, "customs": 1}, 21)
    assert last.end == date(2027, 2, 5)
    assert [one.sessions for one in findings if one.rule == "odd-date"] == [("CP-02",)]
    assert {str(one.place) for one in findings} >= {
        "mine.csv row 4, column course",
        "mine.csv row 4, column venue",
        "mine.csv row 4, column groups",
    }, "a row that is left out is still told of all its faults"


def test_sessions_without_an_id_get_the_next_free_one(programme: Programme, tmp_path: Path) -> None:
    schedule, _ = read(
        programme,
        tmp_path,
        "session,course,start,groups\n,CP,2027-02-01,police:1\ncp-01,CP,2027-01-04,police:1\n,CP,2027-02-08,police:1\n"
        "CP-03,CP,2027-02-15,police:1\n,CA,2027-02-22,police:1\n",
    )
    assert [one.id for one in schedule.sessions] == ["cp-01", "CP-02", "CP-04", "CP-03", "CA-01"]


def test_one_group_without_a_number_has_all_the_seats(programme: Programme, tmp_path: Path) -> None:
    schedule, findings = read(
        programme, tmp_path, "course,start,groups,seats,session\nCP,2027-02-01,police,20,A\n"
    )
    assert findings == ()
    assert schedule.sessions[0].groups == {"police": 20}


def test_more_rows_left_out_than_are_worth_listing(programme: Programme, tmp_path: Path) -> None:
    _, findings = read(programme, tmp_path, "session,course,start\n" + "X,CP,never\n" * 20)
    assert findings[0].message == (
        "can't be read in full; rows 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13 … left out, and the rest read"
    )


def test_a_schedule_may_be_empty(programme: Programme, tmp_path: Path) -> None:
    assert read(programme, tmp_path, "session,course,start\n") == (Schedule(()), ())
    assert read(programme, tmp_path, '{"sessions": []}', "mine.json") == (Schedule(()), ())


@pytest.mark.parametrize("name", ["none.csv", "none.json", "a\0b.csv", "folder.csv", "x" * 4000 + ".csv"])
def test_a_file_that_is_none(name: str, programme: Programme, tmp_path: Path) -> None:
    (tmp_path / "folder.csv").mkdir()
    schedule, findings = load_schedule(tmp_path / name, programme)
    assert schedule is None
    assert [one.rule for one in findings] in (["missing-file"], ["unreadable-file"])


def test_json_as_it_is_exported(halves: Programme, tmp_path: Path) -> None:
    document = {
        "schema_version": 1,
        "sessions": [
            {
                "session": "H-01", "course": "H", "title": "'=x", "start": "2027-01-11", "end": "2027-01-12",
                "days": ["2027-01-11", "2027-01-12"],
                "slots": ["2027-01-11 afternoon", "2027-01-12 morning", "2027-01-12 afternoon"],
                "venue": "hall", "instructors": "rose; joseph", "groups": {"police": 5}, "seats": 5,
                "status": "draft", "pin": None, "more": [1],
            },
            {"session": "H-02", "course": "H", "days": ["2027-01-18"], "groups": {"police": 5}},
        ],
    }  # fmt: skip
    schedule, findings = read(halves, tmp_path, "\ufeff" + json.dumps(document), "mine.JSON")
    assert findings == ()
    one = schedule.sessions[0]
    assert (one.title, one.instructors, one.groups) == ("'=x", ("rose", "joseph"), {"police": 5})
    assert days(schedule) == ["01-11.1 01-12.0 01-12.1", "01-18.0 01-18.1"]
    assert str(schedule.sessions[1].place) == "mine.JSON row 2"


@pytest.mark.parametrize(
    "text", ["", "[" * 100_000, "5", '{"sessions": 5}', '{"sessions": ' + "9" * 5000 + "}", "nul"]
)
def test_json_that_is_no_schedule(text: str, programme: Programme, tmp_path: Path) -> None:
    (tmp_path / "mine.json").write_text(text)
    schedule, findings = load_schedule(tmp_path / "mine.json", programme)
    assert schedule is None
    assert [said(one).split(" |")[0] for one in findings] == ["bad-json"]


def test_many_sessions_each_counted_once(programme: Programme, tmp_path: Path) -> None:
    dates = [f"2027-02-{number % 28 + 1:02}" for number in range(3000)]
    rows = (f"CP-{at},CP,{day},{day if at % 2 else ''},hall,rose,police:5\n" for at, day in enumerate(dates))
    header = "session,course,start,days,venue,instructors,groups\n"
    schedule, findings = read(programme, tmp_path, header + "".join(rows))
    assert findings == ()
    assert len({one.id for one in schedule.sessions}) == 3000
