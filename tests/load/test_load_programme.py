"""A programme's files turned into nouns: every column, defaults, canonical spelling, encodings, odd paths."""

from __future__ import annotations

import os
from datetime import date, time
from decimal import Decimal
from pathlib import Path

import pytest
from loadcases import GOOD, said, write

from trainplan.load import load_programme, load_schedule
from trainplan.load import table as table_module
from trainplan.load import text as text_module
from trainplan.load.folder import Folder
from trainplan.load.loops import loops
from trainplan.load.notes import Notes
from trainplan.model import After, Closure, Course, Group, Instructor, Programme, Qualification, Role, Venue

FULL = {
    "programme.toml": (
        'title = " Île training "\nstarts = 2027-01-04\nends = "30 Jun 2027"\n'
        'working_days = ["sat", "Sunday", "mon"]\nholidays = "lc"\ntimezone = "America/St_Lucia"\n'
        'date_order = "dmy"\nperiods = ["morning", "afternoon"]\n'
        'currency = "XCD"\ngoals = ["seats", "Even"]\n'
        'hours = { Afternoon = "13:00-16:30", morning = "08:30-12:00" }\n'
    ),
    "curriculum.csv": (
        "course,title,duration,groups,mixed,min_class,max_class,venue,instructors,start_on,span,after,earliest,"
        "latest,due,priority,parallel\n"
        "CP,Community Policing,1 week,POLICE; customs:5,yes,2,20.0,Classroom;projector,RANGE-safety x2; law,"
        "sat;mon,yes,,01/02/2027,2027-06-01,1 Jun 2027,9,2\n"
        "CA,Cyber,3 half-days,north,,,12,none,none,any,,cp +14d..60d; all cp,,,,,\n"
        "ERD,Drills,2 weeks,south,,,12,ANY,,,,none,,,,,\n"
    ),
    "groups.csv": (
        "group,title,headcount,max_away,part_of,available_from,available_until,site\n"
        "north,North,30,20%,Police,,,castries\n"
        "police,Police Force,,40,,2027-01-10,,\n"
        "south,South,21,,police,,2027-05-01,Castries\n"
        "customs,,24,0.25,,,,\n"
    ),
    "venues.csv": (
        "Venue , TITLE,capacity,Features,site,available from,available-until,Cost Per Day\n"
        'hall,"Hall, upstairs",40,classroom; Projector,Castries,2027-01-01,31/12/2027,"1,200.50"\n'
        "'=den,,12.0,CLASSROOM,,,,\n"
    ),
    "instructors.csv": (
        "instructor,name,qualifications,site,available_from,available_until,max_days_per_week,cost_per_day,trip_cost\n"
        "rose,Sgt Rose,range-safety until 2027-03-01;Law,CASTRIES,2027-01-01,2027-12-31,4,100,2500\n"
        "joseph,,range-safety,,,,,,\n"
    ),
    "closures.csv": (
        "who,from,to,repeats,kind,reason\n"
        "all,19/07/2026,,,,Carnival\n"
        "all,2027-02-22,,,open,Exercise\n"
        "VENUE: Hall,2027-03-01,2027-03-05,,Closed,Storm\n"
        "site:castries,2027-01-09,2027-01-10,FREQ=WEEKLY;COUNT=2,,\n"
        "group:police,2027-06-30,2027-07-30,,,\n"
        "course:cp,2027-04-01,,,,\n"
        "instructor:Rose,2027-04-01,,,,\n"
    ),
}


def load(folder: Path, **files: str | bytes) -> Programme:
    programme, findings = load_programme(
        write(folder, {name.replace("_", "."): one for name, one in files.items()})
    )
    assert programme is not None, list(map(str, findings))
    assert findings == ()
    return programme


@pytest.fixture
def full(tmp_path: Path) -> Programme:
    programme, findings = load_programme(write(tmp_path, FULL))
    assert programme is not None, list(map(str, findings))
    assert [one.rule for one in findings] == ["closes-nothing"]
    return programme


def test_the_frame(full: Programme) -> None:
    assert full.title == "Île training"
    assert (full.starts, full.ends) == (date(2027, 1, 4), date(2027, 6, 30))
    assert full.working_days == {5, 6, 0}
    assert (full.holidays, full.timezone, full.currency) == ("LC", "America/St_Lucia", "XCD")
    assert (full.date_order, full.periods, full.goals) == ("dmy", ("morning", "afternoon"), ("seats", "even"))
    assert list(full.hours.items()) == [
        ("morning", (time(8, 30), time(12))),
        ("afternoon", (time(13), time(16, 30))),
    ]


def test_courses(full: Programme) -> None:
    assert full.courses == {
        "CP": Course(
            id="CP", title="Community Policing", length=6, whole_days=True,
            seats={"north": 30, "south": 21, "customs": 5}, max_class=20, min_class=2, mixed=True,
            features=frozenset({"classroom", "Projector"}), roles=(Role("range-safety", 2), Role("Law")),
            start_on=frozenset({5, 0}), span=True, earliest=date(2027, 2, 1), latest=date(2027, 6, 1),
            due=date(2027, 6, 1), priority=9, parallel=2,
        ),
        "CA": Course(
            id="CA", title="Cyber", length=3, whole_days=False, seats={"north": 30}, max_class=12,
            features=None, after=(After("CP", False, 14, 60), After("CP", True)),
        ),
        "ERD": Course(
            id="ERD", title="Drills", length=12, whole_days=True, seats={"south": 21}, max_class=12, span=True
        ),
    }  # fmt: skip
    assert list(full.courses["CP"].seats) == ["north", "south", "customs"], "in the order of the entries"
    assert str(full.courses["CA"].place) == "curriculum.csv row 3"


def test_groups(full: Programme) -> None:
    assert full.groups == {
        "north": Group("north", "North", 30, 6, "police", site="Castries"),
        "police": Group("police", "Police Force", 51, 40, None, date(2027, 1, 10)),
        "south": Group("south", "South", 21, 21, "police", None, date(2027, 5, 1), site="Castries"),
        "customs": Group("customs", "customs", 24, 6),
    }
    assert list(full.groups) == ["north", "police", "south", "customs"]


def test_venues_and_instructors(full: Programme) -> None:
    assert full.venues == {
        "hall": Venue(
            "hall", "Hall, upstairs", 40, frozenset({"classroom", "Projector"}), "Castries", date(2027, 1, 1),
            date(2027, 12, 31), Decimal("1200.50"),
        ),
        "=den": Venue("=den", "=den", 12, frozenset({"classroom"})),
    }  # fmt: skip
    assert full.instructors == {
        "rose": Instructor(
            "rose", "Sgt Rose", (Qualification("range-safety", date(2027, 3, 1)), Qualification("Law")),
            "Castries", date(2027, 1, 1), date(2027, 12, 31), 4, Decimal(100), Decimal(2500),
        ),
        "joseph": Instructor("joseph", "joseph", (Qualification("range-safety"),)),
    }  # fmt: skip


def test_closures(full: Programme) -> None:
    april = (date(2027, 4, 1), date(2027, 4, 1))
    assert full.closures == (
        Closure("all", "", (), reason="Carnival"),
        Closure("all", "", ((date(2027, 2, 22), date(2027, 2, 22)),), True, "Exercise"),
        Closure("venue", "hall", ((date(2027, 3, 1), date(2027, 3, 5)),), reason="Storm"),
        Closure(
            "site", "Castries",
            ((date(2027, 1, 9), date(2027, 1, 10)), (date(2027, 1, 16), date(2027, 1, 17))),
        ),
        Closure("group", "police", ((date(2027, 6, 30), date(2027, 7, 30)),)),
        Closure("course", "CP", (april,)),
        Closure("instructor", "rose", (april,)),
    )  # fmt: skip


def test_defaults(tmp_path: Path) -> None:
    programme = load(tmp_path)
    assert (programme.working_days, programme.holidays, programme.timezone) == ({0, 1, 2, 3, 4}, None, "UTC")
    assert (programme.periods, programme.hours, programme.currency) == (("day",), {}, "USD")
    assert programme.goals == ("seats", "due", "sessions", "early")
    assert programme.courses["CP"] == Course(
        id="CP", title="Community Policing", length=5, whole_days=True, seats={"police": 40}, max_class=20,
        features=frozenset({"classroom"}), roles=(Role("community-policing"),),
    )  # fmt: skip
    assert programme.groups["customs"].max_away == 6


@pytest.mark.parametrize(
    ("duration", "span"), [("5 days", False), ("1 week", False), ("6 days", True), ("2 weeks", True)]
)
def test_a_course_spans_weeks_by_itself_only_if_it_is_longer_than_one(
    duration: str, span: bool, tmp_path: Path
) -> None:
    table = f"course,title,duration,groups,max_class,venue\nA,a,{duration},police,20,none\n"
    assert load(tmp_path, curriculum_csv=table).courses["A"].span is span


def test_files_that_no_course_needs_may_be_missing(tmp_path: Path) -> None:
    table = "course,title,duration,groups,max_class,venue\nA,a,1 day,police,20,none\n"
    write(tmp_path, {"curriculum.csv": table}, gone=("venues.csv", "instructors.csv"))
    programme, findings = load_programme(tmp_path)
    assert findings == ()
    assert programme is not None
    assert programme.venues == programme.instructors == {}


def test_umbrellas_within_umbrellas(tmp_path: Path) -> None:
    rows = ("all of us,,,50%", "force,64,all of us,", "a,40,force,", "b,24,force,", "c,7,all of us,")
    table = "\n".join(["group,headcount,part_of,max_away", *rows])
    courses = "course,title,duration,groups,max_class,venue\nA,a,1 day,ALL OF US,20,none\n"
    programme = load(tmp_path, groups_csv=table, curriculum_csv=courses)
    assert programme.courses["A"].seats == {"a": 40, "b": 24, "c": 7}
    assert (programme.groups["all of us"].headcount, programme.groups["all of us"].max_away) == (71, 35)


def test_groups_too_deep_in_one_another_are_refused(tmp_path: Path) -> None:
    rows = "".join(
        f"g{number},{10 if number == 3000 else ''},{f'g{number - 1}' * (number > 0)}\n"
        for number in range(3001)
    )
    table = "course,title,duration,groups,max_class,venue\nA,a,1 day,g0,20,none\n"
    write(tmp_path, {"groups.csv": "group,headcount,part_of\n" + rows, "curriculum.csv": table})
    programme, findings = load_programme(tmp_path)
    assert programme is None
    assert "no-placement" not in {one.rule for one in findings}
    assert all(
        "at most 20 deep" in one.message for one in findings if one.place and one.place.file == "groups.csv"
    )


def test_all_findings_of_all_files_come_at_once_sorted(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "programme.toml": 'starts = 2027-01-04\nends = 2027-03-26\nholidays = "XX"\n',
            "groups.csv": "group,headcount,max_away\npolice,x,y\ncustoms,24,\n",
            "venues.csv": "venue,capacity\nhall,0\n",
            "closures.csv": "who,from\nvenue:den,2027-01-04\n",
        },
    )
    programme, findings = load_programme(tmp_path)
    assert programme is None
    assert [str(one.place) for one in findings] == [
        "closures.csv row 2, column who",
        "groups.csv row 2, column headcount",
        "groups.csv row 2, column max_away",
        "programme.toml, holidays",
        "programme.toml, title",
        "venues.csv row 2, column capacity",
    ]


def test_a_file_that_can_not_be_read_leaves_no_trail_of_unknown_ids(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "groups.csv": "nonsense\n1\n",
            "venues.csv": b"\x81\x8d",
            "closures.csv": "who,from\ngroup:x,13/1/2027\n",
        },
    )
    _, findings = load_programme(tmp_path)
    assert {one.rule for one in findings} == {"missing-column", "unknown-column", "not-text"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encodings_separators_and_line_ends(encoding: str, separator: str, end: str, tmp_path: Path) -> None:
    table = f"group{separator}headcount{separator}title{end}police{separator}40{separator}Polis Kwéyòl{end}"
    table += f"customs{separator}24{separator}{end}"
    mark = "\ufeff" if encoding in ("utf-16-le", "utf-16-be") else ""
    programme = load(tmp_path, groups_csv=(mark + table).encode(encoding))
    assert programme.groups["police"].title == "Polis Kwéyòl"


def test_the_header_alone_tells_the_separator(tmp_path: Path) -> None:
    table = "group;headcount;title\npolice;40;a,b,c,d,e\ncustoms;24;\n"
    assert load(tmp_path, groups_csv=table).groups["police"].title == "a,b,c,d,e"
    table = "sep=;\r\ngroup;headcount;title\r\npolice;40;x\r\ncustoms;24;y\r\n"
    programme = load(tmp_path, groups_csv=table)
    assert str(programme.groups["police"].place) == "groups.csv row 2"


def test_windows_text_is_read_with_a_warning(tmp_path: Path) -> None:
    write(tmp_path, {"groups.csv": "group,headcount,title\npolice,40,Kwéyòl\ncustoms,24,\n".encode("cp1252")})
    programme, findings = load_programme(tmp_path)
    assert programme is not None
    assert programme.groups["police"].title == "Kwéyòl"
    assert [said(one).split(":")[0] for one in findings] == ["encoding (warning) | groups.csv"]
    assert "line 2" in str(findings[0])


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b"PK\x03\x04...", "an Excel workbook"),
        (b"\xd0\xcf\x11\xe0...", "an old Excel workbook"),
        (b"%PDF-1.7", "a PDF"),
        (b"\xef\xbb\xbfgroup\xff", "begins as UTF-8 but byte 8 is not"),
        (b"\xff\xfeg\x00\x00\xd8", "begins as UTF-16 but"),
        (b"group,headcount\n\x81", "neither UTF-8 nor Windows text (line 2)"),
    ],
)
def test_bytes_that_are_no_text(raw: bytes, says: str, tmp_path: Path) -> None:
    programme, findings = load_programme(write(tmp_path, {"groups.csv": raw}))
    assert programme is None
    assert [one.rule for one in findings] == ["not-text"]
    assert says in findings[0].message


def test_a_cell_of_monstrous_length(tmp_path: Path) -> None:
    table = f"group,headcount,title\npolice,40,{'x' * 200_000}\ncustoms,24,\n"
    _, findings = load_programme(write(tmp_path, {"groups.csv": table}))
    assert [said(one) for one in findings] == [
        "long-cell | groups.csv row 2: line 2 has a cell of more than 131,072 characters"
    ]
    table = f"group,headcount,{'x' * 200_000}\npolice,40\n"
    _, findings = load_programme(write(tmp_path, {"groups.csv": table}))
    assert [one.rule for one in findings] == ["long-cell"]


def test_a_file_of_monstrous_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_module, "MOST_BYTES", 1_000_000)
    write(tmp_path, {"groups.csv": b"x" * 2_000_000})
    _, findings = load_programme(tmp_path)
    assert [said(one) for one in findings] == ["too-large | groups.csv: is 2 MB; at most 1 MB are read"]


@pytest.mark.parametrize("file", ["groups.csv", "programme.toml", "closures.csv"])
def test_a_folder_where_a_file_should_be(file: str, tmp_path: Path) -> None:
    write(tmp_path, {}, gone=(file,))
    (tmp_path / file).mkdir()
    programme, findings = load_programme(tmp_path)
    assert programme is None
    assert [said(one) for one in findings] == [
        f"unreadable-file | {file}: is a folder where a file should be"
    ]


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    write(tmp_path, {}, gone=("groups.csv",))
    os.mkfifo(tmp_path / "groups.csv")
    _, findings = load_programme(tmp_path)
    assert [said(one) for one in findings] == ["unreadable-file | groups.csv: is no ordinary file"]


def test_the_path_of_programme_toml_will_do(tmp_path: Path) -> None:
    write(tmp_path, {})
    programme, _ = load_programme(tmp_path / "programme.toml")
    assert programme is not None
    (tmp_path / "programme.toml").rename(tmp_path / "next-year.TOML")
    programme, _ = load_programme(tmp_path / "next-year.TOML")
    assert programme is not None


@pytest.mark.parametrize("name", ["nowhere", "a\0b", "x" * 5000, "groups.csv", "", "nowhere/programme.toml"])
def test_paths_that_are_no_programme(name: str, tmp_path: Path) -> None:
    (tmp_path / "groups.csv").write_text(GOOD["groups.csv"])
    programme, findings = load_programme(tmp_path / name)
    assert programme is None
    assert {one.rule for one in findings} <= {"missing-file", "unreadable-file"}
    assert findings


@pytest.mark.parametrize(
    "toml",
    [
        "x = " + "[" * 50_000,
        "title = " + "9" * 5000,
        "title = 0x" + "f" * 5000,
        "title = nan\nstarts = inf",
        "\0",
        "[title]\nx = 1",
        "\ufefftitle = 'T'\r\nstarts = 2027-01-04\r\nends = 1 ",
    ],
)
def test_monstrous_settings(toml: str, tmp_path: Path) -> None:
    programme, findings = load_programme(write(tmp_path, {"programme.toml": toml}))
    assert programme is None
    assert all(len(str(one)) < 400 for one in findings)


def test_a_machine_without_time_zones_can_not_refuse_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("zoneinfo.available_timezones", set)
    toml = GOOD["programme.toml"] + 'timezone = "America/Nowhere"\n'
    assert load(tmp_path, programme_toml=toml).timezone == "America/Nowhere"


def test_what_a_person_wrote_is_quoted_harmlessly(tmp_path: Path) -> None:
    write(tmp_path, {"groups.csv": "group,headcount\npolice,\x1b[31m\u202e" + "9" * 300 + "\n"})
    _, findings = load_programme(tmp_path)
    assert any('"\\x1b[31m\\u202e999' in one.message for one in findings)
    assert all(one.message.isprintable() and len(one.message) < 200 for one in findings)


def test_no_more_guesses_than_anybody_reads(tmp_path: Path) -> None:
    asks = "; ".join(f"polic{number}" for number in range(150))
    table = f"course,title,duration,groups,max_class,venue\nA,a,1 day,{asks},20,none\n"
    _, findings = load_programme(write(tmp_path, {"curriculum.csv": table}))
    assert len(findings) == 150
    assert sum("did you mean" in one.message for one in findings) == 100


def test_ids_are_found_whatever_their_case_spacing_and_composition(tmp_path: Path) -> None:
    groups = "group,headcount\nPolis  Kwe\u0301yo\u0300l,40\ncustoms,24\n"
    courses = "course,title,duration,groups,max_class,venue\nA,a,1 day,polis KWÉYÒL,20,none\n"
    programme = load(tmp_path, groups_csv=groups, curriculum_csv=courses)
    assert list(programme.courses["A"].seats) == ["Polis  Kwe\u0301yo\u0300l"], (
        "as written where it is defined"
    )


def test_loops() -> None:
    assert loops({"a": ["b"], "b": ["c"], "c": ["b", "d"], "d": ["d"], "e": ["a"]}) == [("b", "c"), ("d",)]
    assert loops({"a": ["b", "c"], "b": ["d"], "c": ["d"], "d": []}) == []
    chain = {str(number): [str(number + 1)] for number in range(20_000)}
    assert loops(chain) == []
    assert len(loops({**chain, "20000": ["0"]})[0]) == 20_001


def test_month_first(tmp_path: Path) -> None:
    toml = 'title = "T"\nstarts = "01/04/2027"\nends = "03/26/2027"\ndate_order = "MDY"\n'
    programme = load(tmp_path, programme_toml=toml)
    assert (programme.starts, programme.ends) == (date(2027, 1, 4), date(2027, 3, 26))


def test_a_folder_that_can_not_be_looked_into_has_no_files() -> None:
    notes = Notes()
    folder = Folder(Path("x" * 5000), notes)
    assert not folder.has("groups.csv")
    folder.absent("groups.csv")
    assert [one.rule for one in notes.findings()] == ["missing-file"]


@pytest.mark.parametrize("name", ["closures.csv", "plan.csv", "plan.json"])
def test_more_rows_than_anybody_has(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table_module, "MOST_ROWS", 50)
    programme = load(tmp_path)
    for count in (50, 51):
        if name == "plan.json":
            raw = '{"sessions": [' + ",".join(['{"course": "CP", "start": "2027-01-04"}'] * count) + "]}"
        elif name == "plan.csv":
            raw = "course,start\n" + "CP,2027-01-04\n" * count
        else:
            raw = "who,from\n" + "all,2027-01-06\n" * count
        (tmp_path / name).write_text(raw)
        plan = name.startswith("plan")
        _, findings = load_schedule(tmp_path / name, programme) if plan else load_programme(tmp_path)
        large = [one.message for one in findings if one.rule == "too-large"]
        said = "has more than 50 rows, as no real programme does; is it the right file?"
        assert large == [said] * (count - 50)


def test_settings_longer_than_anybody_writes(tmp_path: Path) -> None:
    toml = GOOD["programme.toml"] + "#" * 1_000_000
    _, findings = load_programme(write(tmp_path, {"programme.toml": toml}))
    assert [one.rule for one in findings] == ["too-large"]


def test_row_and_line_are_both_named_where_they_differ(tmp_path: Path) -> None:
    table = 'group,headcount,title\npolice,40,"one\r\ntwo\nthree"\ncustoms,x,\n'
    _, findings = load_programme(write(tmp_path, {"groups.csv": table}))
    assert [said(one) for one in findings] == [
        'bad-number | groups.csv row 3, column headcount: "x" is not a whole number (e.g. 24) '
        "(line 5 of the file)"
    ]
