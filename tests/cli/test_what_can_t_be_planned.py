"""A course that can't be held is no reason to refuse the programme: its seats stay over, with the reason.

Each programme can be read. ``generate`` plans the rest, ``check`` has a finding with its place, ``explain``
gives a cause and fixes that were tried.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

import pytest

MARCH = "starts = 2027-03-01\nends = 2027-03-12\n"
TABLES = {
    "groups.csv": "group,headcount,max_away\ng,20,20\n",
    "venues.csv": "venue,title,capacity\n",
    "instructors.csv": "instructor,name,qualifications\n",
}


class Case(NamedTuple):
    """A programme of one course, and what is said of it.

    Attributes:
        frame: What programme.toml holds besides the title.
        columns, cells: Those of curriculum.csv behind ``course,title,groups,max_class``.
        closures: closures.csv, if any.
        rule, place, message: Of the finding.
        fix: One of the verified fixes.
    """

    frame: str
    columns: str
    cells: str
    closures: str
    rule: str
    place: tuple[str, int, str]
    message: str
    fix: str


CASES = {
    "starts on holidays only": Case(
        MARCH,
        "duration,venue,start_on",
        "3 days,none,mon",
        "who,from,repeats,reason\nall,2027-03-01,FREQ=WEEKLY;BYDAY=MO,Mondays off\n",
        "course-days",
        ("curriculum.csv", 2, "start_on"),
        "A may only start on mon, and no such day in the programme is a working day"
        " (1 Mar 2027 and 8 Mar 2027 off: Mondays off)",
        "let A start on a Tuesday too (start_on)",
    ),
    "closed": Case(
        MARCH,
        "duration,venue",
        "5 days,none",
        "who,from,to,reason\ncourse:A,2027-03-03,2027-03-09,papers missing\n",
        "course-window",
        ("closures.csv", 2, "from"),
        "A takes 5 days in a row within one week, but the longest stretch in the programme has 3 days"
        " (3–9 Mar 2027 closed to it: papers missing)",
        "lift the closure for A on 3–5 Mar 2027 (papers missing)",
    ),
    "closed throughout": Case(
        MARCH,
        "duration,venue",
        "1 day,none",
        "who,from,to\ncourse:A,2027-02-01,2027-03-31\n",
        "course-window",
        ("closures.csv", 2, "from"),
        "A is closed on every working day of the programme (1 Feb – 31 Mar 2027)",
        "lift the closure for A on 1 Mar 2027",
    ),
    "one working day a week": Case(
        'starts = 2027-03-01\nends = 2027-03-31\nworking_days = ["sat"]\n',
        "duration,venue,span",
        "2 days,none,no",
        "",
        "course-days",
        ("curriculum.csv", 2, "span"),
        "A takes 2 days, but a week has 1 working day; span must be yes",
        "let A run on after a weekend (span: yes)",
    ),
    "too long": Case(
        MARCH,
        "duration,venue",
        "11 days,none",
        "",
        "course-days",
        ("curriculum.csv", 2, "duration"),
        "A takes 11 days, but the programme has 10 working days",
        "let the programme end on 15 Mar 2027 (ends), 3 days later",
    ),
    "no venue at all": Case(
        MARCH,
        "duration,venue",
        "2 days,room",
        "",
        "venue-features",
        ("curriculum.csv", 2, "venue"),
        "A needs a venue with room; there is none",
        "have a venue with room for 20 seats from 1 Mar 2027 to 7 Mar 2027 (1 week)",
    ),
    "nobody qualified": Case(
        MARCH,
        "duration,venue,instructors",
        "2 days,none,law",
        "",
        "instructor-qualified",
        ("curriculum.csv", 2, "instructors"),
        "A needs 1 instructor with law; nobody holds it",
        "have one more instructor with law from 1 Mar 2027 to 7 Mar 2027 (1 week)",
    ),
    "a holiday in its week": Case(
        'starts = 2027-05-03\nends = 2027-06-30\nholidays = "LC"\n',
        "duration,venue,earliest,latest",
        "5 days,none,2027-05-17,2027-05-21",
        "",
        "course-window",
        ("curriculum.csv", 2, "latest"),
        "A takes 5 days, but the time from 17 May 2027 to 21 May 2027 has 4 working days"
        " (17 May 2027 off: Whit Monday)",
        "work on 17 May 2027 (kind: open in closures.csv)",
    ),
    "too long for its window": Case(
        MARCH,
        "duration,venue,earliest,latest",
        "5 days,none,2027-03-03,2027-03-09",
        "",
        "course-window",
        ("curriculum.csv", 2, "latest"),
        "A takes 5 days in a row within one week, but the longest stretch in the time from 3 Mar 2027 to"
        " 9 Mar 2027 has 3 days",
        "let A end by 12 Mar 2027 (latest), 3 days later",
    ),
    "latest before earliest": Case(
        MARCH,
        "duration,venue,earliest,latest",
        "1 day,none,2027-03-09,2027-03-03",
        "",
        "course-window",
        ("curriculum.csv", 2, "latest"),
        "A must end by 3 Mar 2027, but may not start before 9 Mar 2027",
        "let A end by 9 Mar 2027 (latest), 6 days later",
    ),
    "a class larger than the group": Case(
        MARCH,
        "duration,venue,min_class",
        "1 day,none,30",
        "",
        "class-size",
        ("curriculum.csv", 2, "min_class"),
        "a class of A has at least 30 seats; only 20 are wanted",
        "lower min_class of A from 30 to 20",
    ),
    "no day at all": Case(
        "starts = 2027-03-06\nends = 2027-03-07\n",
        "duration,venue",
        "1 day,none",
        "",
        "course-days",
        ("programme.toml", 0, "working_days"),
        "nobody works on any day of the programme, 6–7 Mar 2027, so no course can be held",
        "let the programme end on 8 Mar 2027 (ends), 1 day later",
    ),
}


@pytest.fixture(params=CASES, ids=str)
def case(request: pytest.FixtureRequest) -> Case:
    return CASES[request.param]


@pytest.fixture
def folder(case: Case, tmp_path: Path) -> Path:
    most = 40 if "min_class" in case.columns else 20
    files = {
        **TABLES,
        "programme.toml": f'title = "One"\n{case.frame}',
        "curriculum.csv": f"course,title,groups,max_class,{case.columns}\nA,A,g,{most},{case.cells}\n",
        **({"closures.csv": case.closures} if case.closures else {}),
    }
    for name, content in files.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    return tmp_path


def test_generate_leaves_its_seats_over_and_says_why_and_where(run: Any, case: Case, folder: Path) -> None:
    ran = run("generate", folder, "--time-limit", "5", "--json")
    assert ran.code == 1, ran.err
    file, row, column = case.place
    where = f"{file} row {row}, column {column}" if row else f"{file}, {column}"
    assert ran.document["unplaced"] == [
        {"course": "A", "group": "g", "seats": 20, "because": f"{case.message} [{where}]"}
    ]
    assert ran.document["sessions"] == []


def test_check_has_it_as_a_finding(run: Any, case: Case, folder: Path) -> None:
    ran = run("check", folder, "--json")
    assert ran.code == 1, ran.err
    file, row, column = case.place
    (found,) = ran.document["findings"]
    assert found["rule"] == case.rule
    assert found["severity"] == "error"
    assert found["message"] == case.message
    assert found["place"] == {"file": file, "row": row or None, "column": column}


def test_explain_gives_a_cause_and_verified_fixes(run: Any, case: Case, folder: Path) -> None:
    ran = run("explain", folder, "--time-limit", "10", "--json")
    assert ran.code == 3, ran.err
    assert ran.document["verdict"] == "impossible"
    (cause,) = ran.document["causes"]
    assert cause["verified"]
    assert case.fix in [fix["message"] for fix in ran.document["fixes"] if fix["verified"]]


MIX = """course,title,duration,groups,max_class,min_class,venue,instructors,start_on,earliest,latest,after
OK,Held,1 day,g,20,1,none,,,,,
LONG,Too long,40 days,g:10,20,1,none,,,,,
SAT,Saturdays,1 day,g:10,20,1,none,,sat,,,
WIN,Window,1 day,g:10,20,1,none,,,2027-03-09,2027-03-03,
POOL,Pool,1 day,g:10,20,1,pool,,,,,
LAW,Law,1 day,g:10,20,1,none,law,,,,
BIG,Big,1 day,g:10,20,12,none,,,,,
SHUT,Shut,1 day,g:10,20,1,none,,,,,
NEXT,Next,1 day,g:10,20,1,none,,,,,LONG
"""
# One session of each of these as somebody wrote it by hand.
WRITTEN = "session,course,start,groups,seats\nOK-01,OK,2027-03-02,g:20,20\n" + "".join(
    f"{id}-01,{id},2027-03-0{day},g:10,10\n"
    for day, id in enumerate(["LONG", "POOL", "WIN", "SAT", "LAW", "BIG", "SHUT"], start=1)
)


@pytest.fixture
def mix(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """One course that can be held among eight that can't, planned in ``plan.csv``, wrongly in ``bad.csv``."""
    folder = tmp_path / "mix"
    folder.mkdir()
    frame = {"programme.toml": f'title = "Mix"\n{MARCH}', "curriculum.csv": MIX}
    shut = {"closures.csv": "who,from,to\ncourse:SHUT,2027-03-01,2027-03-31\n"}
    for name, content in {**TABLES, **frame, **shut}.items():
        (folder / name).write_text(content, encoding="utf-8")
    plan = "session,course,start,groups,seats\nOK-01,OK,2027-03-01,g:20,20\n"
    (tmp_path / "plan.csv").write_text(plan, encoding="utf-8")
    (tmp_path / "bad.csv").write_text(WRITTEN, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return folder


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("generate mix --time-limit 5 --start-from bad.csv", 1),
        ("check mix", 1),
        ("check mix plan.csv", 1),
        ("check mix bad.csv", 1),
        ("bottlenecks mix --time-limit 5", 0),
        ("options LONG g mix plan.csv", 3),
        ("options SHUT g 5 mix", 3),
        ("why OK-01 mix plan.csv", 0),
        ("why LONG-01 mix bad.csv", 0),
        ("why WIN-01 mix bad.csv --on 2027-03-10", 3),
        ("replan mix plan.csv -o new.csv --event course:OK@closed@2027-03-01 --time-limit 5", 1),
        ("replan mix bad.csv -o new.csv --time-limit 5", 1),
        ("replan mix bad.csv -o new.csv --today 2027-03-04 --time-limit 5", 1),
        ("show mix plan.csv --by course", 0),
        ("show mix bad.csv", 0),
        ("compare mix plan.csv bad.csv", 1),
        ("export mix plan.csv -o new.xlsx", 0),
        ("export mix bad.csv -o new.html", 0),
        ("export mix bad.csv -o new.ics", 0),
    ],
)
def test_every_command_lives_with_courses_that_can_t_be_held(
    run: Any, mix: Path, words: str, code: int
) -> None:
    ran = run(*(word.replace("@", " ") for word in words.split()))
    assert ran.code == code, ran.out + ran.err


def test_a_scenario_in_which_a_course_can_t_be_held_is_planned_like_the_others(run: Any, mix: Path) -> None:
    (mix.parent / "what-if.toml").write_text(
        'programme = "mix"\ntime_limit = 5\n[scenarios.base]\n'
        '[scenarios.late]\nset = ["curriculum.OK.earliest=2027-12-01"]\n'
        '[scenarios.weekend]\nset = ["programme.starts=2027-03-06", "programme.ends=2027-03-07"]\n',
        encoding="utf-8",
    )
    ran = run("scenarios", "what-if.toml", "--json")
    assert ran.code == 1, ran.err
    seats = {one["scenario"]: one["unplaced"] for one in ran.document["scenarios"]}
    assert {name: sum(one["seats"] for one in left) for name, left in seats.items()} == {
        "base": 80,
        "late": 100,
        "weekend": 100,
    }


def test_what_comes_after_a_course_that_can_t_be_held_says_so(run: Any, mix: Path) -> None:
    found = {one["rule"]: one["message"] for one in run("check", "mix", "--json").document["findings"]}
    assert found["course-order"] == "NEXT comes after LONG, of which no session for g is possible"


def test_a_plan_without_a_session_shows_no_empty_pictures(run: Any, mix: Path) -> None:
    ran = run("generate", "mix", "--time-limit", "5", "--set", "curriculum.OK.start_on=sun")
    assert ran.code == 1
    assert "Without a place" in ran.out
    assert "Sessions" not in ran.out
    assert "No session" not in ran.out
