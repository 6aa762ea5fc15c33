from __future__ import annotations

import subprocess
import sys

from builders import closure, course, programme, schedule, session, venue

from trainplan.audit import audit
from trainplan.rules import RULES

PLAN = programme(course("CP", "police:20", features=""), venues=[venue("hall")])


def test_a_sound_schedule_has_no_findings() -> None:
    sound = schedule(
        session("CP-01", "03-01", "police:10", venue="hall"),
        session("CP-02", "03-02", "police:10", venue="hall"),
    )
    assert audit(PLAN, sound) == ()


def test_findings_come_in_the_order_of_the_rules_then_of_the_days() -> None:
    broken = schedule(
        session("CP-01", "03-08", "police:10", venue="hall"),
        session("CP-02", "03-08", "police:10", venue="hall"),
        session("CP-03", "03-06", "police:31", venue="hall"),
        session("CP-04", "03-05", "police:10", venue="hall"),
        session("CP-05", "03-05", "police:10", venue="hall"),
    )
    found = [(one.rule, one.sessions) for one in audit(PLAN, broken)]
    order = [rule.name for rule in RULES]
    assert [rule for rule, _ in found] == sorted((rule for rule, _ in found), key=order.index)
    assert [sessions for rule, sessions in found if rule == "venue-clash"] == [
        ("CP-04", "CP-05"),
        ("CP-01", "CP-02"),
    ]
    assert {rule for rule, _ in found} == {
        "course-days",
        "venue-clash",
        "venue-capacity",
        "class-size",
        "group-cover",
        "demand",
        "group-attendance",
    }


def test_an_empty_schedule_lacks_its_seats_and_nothing_else() -> None:
    assert [one.rule for one in audit(PLAN, schedule())] == ["demand"]


def test_nonsense_is_found_and_never_falls_over() -> None:
    """What published training calendars really hold: unknown names, no days, the year 3021, 999 seats."""
    nonsense = schedule(
        session("", "", "", venue="?", instructors="?"),
        session("XX-01", "3021-03-01", "ghosts:999", venue="attic", instructors="nobody"),
        session("CP-01", "", "police:0", start="03-05", end="03-01", seats=500),
        session("CP-01", "03-06..03-07", "police:-3", venue="hall; hall; attic"),
    )
    before = schedule(session("CP-09", pin="all"), session("CP-01", "", pin="all"))
    found = audit(PLAN, schedule(*nonsense.sessions, before=before))
    assert {"course-days", "class-size", "demand", "pinned"} <= {one.rule for one in found}


def test_another_programme_is_never_judged_by_the_calendar_of_the_last() -> None:
    plan = schedule(session("CP-01", "03-01", "police:20", venue="hall"))
    shut = programme(
        course("CP", "police:20", features=""), venues=[venue("hall")], closures=[closure("all", "", "03-01")]
    )
    assert [one.rule for one in audit(PLAN, plan)] == []
    assert [one.rule for one in audit(shut, plan)] == ["course-days"]
    assert [one.rule for one in audit(PLAN, plan)] == []


def test_an_audit_never_loads_the_solver() -> None:
    code = (
        "import sys; from datetime import date\n"
        "from trainplan.audit import audit; from trainplan.model import *\n"
        "from trainplan.goals import GOALS\n"
        "p = Programme('t', date(2027, 3, 1), date(2027, 3, 31), {}, {}); s = Schedule(())\n"
        "assert audit(p, s) == ()\n"
        "assert [goal.measure(p, s) for goal in GOALS.values()] == [0] * 8\n"
        "loaded = sys.modules.keys() & {'ortools', 'numpy', 'pandas'}\n"
        "assert not loaded, loaded\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
