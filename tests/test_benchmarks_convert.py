"""The benchmarks: projects become programmes that mean the same, rivals are sound, broken-off runs go on."""

from __future__ import annotations

import json
import sys
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from trainplan.audit import audit
from trainplan.goals import GOALS
from trainplan.load import load_programme, load_schedule
from trainplan.model import Programme, Schedule, Session, Slot

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"

# Job 4 takes no time and is dropped: job 5 follows 2 and 3 through it. Job 6 asks for nobody.
SM = """\
************************************************************************
projects                      :  1
jobs (incl. supersource/sink ):  7
RESOURCES
  - renewable                 :  2   R
************************************************************************
PRECEDENCE RELATIONS:
jobnr.    #modes  #successors   successors
   1        1          3           2   3   6
   2        1          1           4
   3        1          1           4
   4        1          1           5
   5        1          1           7
   6        1          1           7
   7        1          0        
************************************************************************
REQUESTS/DURATIONS:
jobnr. mode duration  R 1  R 2
------------------------------------------------------------------------
  1      1     0       0    0
  2      1     3       2    0
  3      1     1       2    5
  4      1     0       0    0
  5      1     2       1    3
  6      1     4       0    0
  7      1     0       0    0
************************************************************************
RESOURCEAVAILABILITIES:
  R 1  R 2
    3    5
************************************************************************
"""  # noqa: W291

# Tasks 1 and 3 need resource 2; task 2 can be done by either; task 3 follows task 2.
DEF = """\
=====
Tasks: 3
=====
ResourceID \t Salary \t Skills 
1\t \t \t56.2\t \t Q1: 0 \t  Q2: 1 \t 
2\t \t \t33.8\t \t Q1: 2 \t  Q0: 0 \t  Q2: 0 \t 
=====
TaskID \t Duration \t Skill \t Predecessor IDs 
1\t \t \t4\t Q1: 1\t \t
2\t \t \t2\t Q2: 0\t \t
3\t \t \t1\t Q0: 0\t \t2 \t1
===== 
"""  # noqa: W291


@pytest.fixture
def modules(monkeypatch: pytest.MonkeyPatch) -> dict[str, ModuleType]:
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    names = ("harness", "makespans", "psplib", "imopse", "programmes", "rivals", "compare")
    for name in names:
        monkeypatch.delitem(sys.modules, name, raising=False)
    found = {name: import_module(name) for name in names}
    for name in names:
        monkeypatch.setitem(sys.modules, name, found[name])  # forgotten again after the test
    return found


def converted(module: ModuleType, folder: Path, name: str, text: str) -> Programme:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    module.convert(path, folder / "made")
    programme, findings = load_programme(folder / "made")
    assert not findings
    assert programme is not None
    assert programme.goals == ("finish",)
    assert programme.working_days == frozenset(range(7))
    return programme


def planned(programme: Programme, starts: dict[str, int], instructors: dict[str, str]) -> Schedule:
    """Return a schedule in which each course has one session that begins so many days after the start."""
    sessions = []
    for course in programme.courses.values():
        first = programme.starts + timedelta(days=starts[course.id])
        days = [first + timedelta(days=at) for at in range(course.length)]
        sessions.append(
            Session(
                f"{course.id}-01",
                course.id,
                days[0],
                days[-1],
                tuple(Slot(day, 0) for day in days),
                (),
                tuple(filter(None, [instructors.get(course.id)])),
                course.seats,
                sum(course.seats.values()),
            )
        )
    return Schedule.of(sessions)


def finish(programme: Programme, schedule: Schedule) -> int:
    return GOALS["finish"].measure(programme, schedule)


def test_a_psplib_project_is_a_programme(tmp_path: Path, modules: dict[str, ModuleType]) -> None:
    programme = converted(modules["psplib"], tmp_path, "tiny.sm", SM)
    assert {one.id: dict(one.seats) for one in programme.courses.values()} == {
        "J2": {"R1": 2},
        "J3": {"R1": 2, "R2": 5},
        "J5": {"R1": 1, "R2": 3},
        "J6": {"nobody": 1},
    }
    assert {one.id: one.max_away for one in programme.groups.values()} == {"R1": 3, "R2": 5, "nobody": 1}
    assert [one.course for one in programme.courses["J5"].after] == ["J2", "J3"]
    # 2 and 3 can't be at once (4 of 3 people), so 3 + 1 + 2 days are the least.
    best = planned(programme, {"J2": 0, "J3": 3, "J5": 4, "J6": 0}, {})
    assert audit(programme, best) == ()
    assert finish(programme, best) == 6
    for worse in ({"J2": 0, "J3": 2, "J5": 4, "J6": 0}, {"J2": 1, "J3": 0, "J5": 3, "J6": 0}):
        assert audit(programme, planned(programme, worse, {})) != ()


def test_an_imopse_project_is_a_programme(tmp_path: Path, modules: dict[str, ModuleType]) -> None:
    programme = converted(modules["imopse"], tmp_path, "tiny.def", DEF)
    held = {one.id: [skill.name for skill in one.qualifications] for one in programme.instructors.values()}
    assert held == {"r1": ["Q1-0", "Q2-0", "Q2-1"], "r2": ["Q1-0", "Q1-1", "Q1-2", "Q0-0", "Q2-0"]}
    best = planned(programme, {"T1": 0, "T2": 0, "T3": 4}, {"T1": "r2", "T2": "r1", "T3": "r2"})
    assert audit(programme, best) == ()
    assert finish(programme, best) == 5
    unable = planned(programme, {"T1": 0, "T2": 0, "T3": 4}, {"T1": "r1", "T2": "r2", "T3": "r2"})
    assert {one.rule for one in audit(programme, unable)} >= {"instructor-qualified"}


def test_best_known_values_are_read(tmp_path: Path, modules: dict[str, ModuleType]) -> None:
    (tmp_path / "j30").mkdir()
    for name in ("j3010_1", "j302_1", "j301_1"):
        (tmp_path / "j30" / f"{name}.sm").write_text(SM, encoding="utf-8")
    known = "instance\tbest_known\tstatus\nj301_1\t43\toptimal\nj302_1\t38\topen\n"
    (tmp_path / "j30.best_known.tsv").write_text(known, encoding="utf-8")
    instances = modules["psplib"].found(tmp_path)
    assert [(one.set, one.name, one.best) for one in instances] == [
        ("j30", "j301_1", 43),
        ("j30", "j302_1", 38),
        ("j30", "j3010_1", None),
    ]
    assert [one.name for one in modules["makespans"].chosen(instances, "j30", 2)] == ["j301_1", "j3010_1"]
    assert [one.name for one in modules["makespans"].chosen(instances, "j302", 1)] == ["j302_1"]


def test_rows_that_are_there_are_not_run_again(
    tmp_path: Path, modules: dict[str, ModuleType], monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    harness, makespans, psplib = (modules[name] for name in ("harness", "makespans", "psplib"))
    (tmp_path / "j30").mkdir()
    (tmp_path / "j30" / "tiny.sm").write_text(SM, encoding="utf-8")
    (tmp_path / "j30.best_known.tsv").write_text("instance\tbest_known\ntiny\t6\n", encoding="utf-8")
    ran: list[str] = []

    def trainplan(folder: Path, goal: str, limits: Any) -> Any:
        ran.append("trainplan")
        return harness.Answer("optimal", 6, 6, 1.25, 80.0)

    def rival(command: list[str], limits: Any) -> Any:
        ran.append("pyjobshop")
        return harness.Answer("feasible", 9, 4, 2.0, 90.0)

    monkeypatch.setattr(makespans, "trainplan", trainplan)
    monkeypatch.setattr(makespans, "rival", rival)
    results = tmp_path / "results.csv"
    command = [str(tmp_path), "--csv", str(results)]
    makespans.main(psplib.FAMILY, "", command)
    assert ran == ["trainplan", "pyjobshop"]
    whole = results.read_text(encoding="utf-8")
    makespans.main(psplib.FAMILY, "", command)
    assert ran == ["trainplan", "pyjobshop"]
    # A run that was cut off within a row does that row again, and only that.
    results.write_text(whole[:-9], encoding="utf-8")
    makespans.main(psplib.FAMILY, "", command)
    assert ran == ["trainplan", "pyjobshop", "pyjobshop"]
    assert results.read_text(encoding="utf-8") == whole
    capsys.readouterr()
    makespans.main(psplib.FAMILY, "", [*command, "--summary"])
    said = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert ["j30", "trainplan", "1", "1", "1", "1", "0", "0.00", "0.00", "1"] in said
    assert ["j30", "pyjobshop", "1", "1", "0", "0", "0", "50.00", "50.00", "2"] in said
    with pytest.raises(SystemExit, match="give another --csv"):
        makespans.main(psplib.FAMILY, "", [*command, "--time-limit", "3"])


def test_the_plain_model_of_a_made_programme_is_sound(tmp_path: Path, modules: dict[str, ModuleType]) -> None:
    modules["programmes"].write(tmp_path / "made", modules["programmes"].Maker(1, 8, False))
    programme, _ = load_programme(tmp_path / "made")
    assert programme is not None
    rivals = modules["rivals"]
    for options in ({}, {"pooled": True}, {"named": False}):
        told, placed = rivals.plain(rivals.Task(programme, **options), modules["harness"].Limits(10, 1, 0))
        rivals.write(tmp_path / "plan.csv", programme, placed)
        schedule, read = load_schedule(tmp_path / "plan.csv", programme)
        assert schedule is not None
        assert [*read, *audit(programme, schedule)] == []
        assert told["status"] == "optimal"
        assert told["value"] == told["bound"] == GOALS["early"].measure(programme, schedule) == 2076


def test_the_models_refuse_what_they_do_not_know(tmp_path: Path, modules: dict[str, ModuleType]) -> None:
    modules["programmes"].write(tmp_path / "made", modules["programmes"].Maker(1, 20, True))
    programme, _ = load_programme(tmp_path / "made")
    with pytest.raises(SystemExit, match="more than the plain models know"):
        modules["rivals"].Task(programme)


def test_values_that_could_not_be_had_are_not_the_best(modules: dict[str, ModuleType]) -> None:
    limits = modules["harness"].Limits(5, 2, 1)
    rows = [
        {"sessions": "20", "tool": tool, "gap": "0.25", "breaks": breaks}
        | modules["harness"].Answer("feasible", value, 80, 5.0, 90.0).columns
        | limits.columns
        for tool, value, breaks in (
            ("trainplan", 100, "0"),
            ("plain", 110, "0"),
            ("plain-counted", 90, "group-attendance x1"),
        )
    ]
    lines = modules["compare"].summary(rows).splitlines()
    assert [line.split()[6] for line in lines[1:]] == ["0.00", "10.00", "-10.00"]


def test_a_process_that_does_not_end_is_killed(modules: dict[str, ModuleType]) -> None:
    run = modules["harness"].run
    ran = run([sys.executable, "-c", "import time; time.sleep(60)"], 0.2)
    assert ran.killed
    assert ran.seconds < 30
    ran = run([sys.executable, "-c", "print(len(bytearray(40_000_000))); raise SystemExit(3)"], 30)
    assert (ran.killed, ran.code, ran.out.strip()) == (False, 3, "40000000")
    assert ran.mib > 38


def test_trainplan_is_run_and_read(
    tmp_path: Path, modules: dict[str, ModuleType], monkeypatch: pytest.MonkeyPatch
) -> None:
    harness = modules["harness"]
    goals = [{"name": "seats", "value": 0, "bound": 0}, {"name": "early", "value": 1234, "bound": 1200}]
    told = {"status": "feasible", "goals": goals, "unplaced": []}

    def run(command: list[str], patience: float) -> Any:
        err = "0.4 s: seats: 3\n1.2 s: early: 1,250\n2.0 s: early: 1,234\n"
        return harness.Ran(0, json.dumps(told), err, 3.0, 100.0, False)

    monkeypatch.setattr(harness, "run", run)
    limits = harness.Limits(5, 2, 0)
    answer = harness.trainplan(tmp_path, "early", limits)
    assert (answer.status, answer.value, answer.bound, answer.first) == ("feasible", 1234, 1200, 1.2)
    told["unplaced"] = [{"course": "A", "group": "g", "seats": 6, "because": ""}]
    answer = harness.trainplan(tmp_path, "early", limits)
    assert (answer.value, answer.note) == (None, "6 seats unplaced")


def test_without_pyjobshop_one_line_says_so(
    modules: dict[str, ModuleType], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyjobshop", None)
    with pytest.raises(SystemExit, match="pip install pyjobshop"):
        modules["harness"].pyjobshop()
