"""schedule.csv: its columns, and text that would like to be a formula."""

from __future__ import annotations

import csv
import io
import re

import pytest
from builders import TWO_PERIODS, course, programme, schedule, session
from hypothesis import given
from hypothesis import strategies as st

from trainplan.exports.csv_file import COLUMNS, content, defuse
from trainplan.model import Programme, Schedule

FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "=cmd|' /C calc'!A0")


def written(plan: Programme, made: Schedule) -> list[dict[str, str]]:
    text = content(plan, made).decode("utf-8")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_a_session_is_a_row_of_the_contract() -> None:
    plan = programme(course("CP", "police:24; customs:6"))
    one = session(
        "CP-01",
        "03-04..03-05; 03-08",
        "police:24; customs:6",
        venue="hall",
        instructors="ann; bob",
        pin="venue; date",
        title="Community Policing",
    )
    assert content(plan, schedule(one)).decode() == (
        "session,course,title,start,end,days,venue,instructors,groups,seats,status,pin\r\n"
        "CP-01,CP,Community Policing,2027-03-04,2027-03-08,2027-03-04..2027-03-05; 2027-03-08,"
        "hall,ann; bob,police:24; customs:6,30,draft,date; venue\r\n"
    )


def test_rows_stand_by_start_then_session() -> None:
    plan = programme(course())
    made = schedule(session("CP-03", "03-02"), session("CP-02", "03-02"), session("CP-09", "03-01"))
    assert [row["session"] for row in written(plan, made)] == ["CP-09", "CP-02", "CP-03"]


def test_cancelled_and_pinned_sessions_keep_their_say() -> None:
    plan = programme(course())
    made = schedule(session("CP-01", status="cancelled"), session("CP-02", pin="all", status="published"))
    assert [(row["status"], row["pin"]) for row in written(plan, made)] == [
        ("cancelled", ""),
        ("published", "all"),
    ]


def test_half_days_are_named() -> None:
    plan = programme(course(length=1, whole_days=False), periods=TWO_PERIODS)
    made = schedule(session("CP-01", "03-01 pm", periods=2))
    assert written(plan, made)[0]["days"] == "2027-03-01 afternoon"


def test_a_number_is_no_formula() -> None:
    plan = programme(course())
    assert written(plan, schedule(session("CP-01", "03-01", {"police": -3})))[0]["seats"] == "-3"


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_begins_like_a_formula(text: str) -> None:
    plan = programme(course(title=text))
    made = schedule(session("CP-01", venue=text, instructors=text, title=text))
    row = written(plan, made)[0]
    assert row["title"] == "'" + text
    assert row["venue"] == "'" + text.strip()
    assert not any(cell[:1] in tuple("=+-@\t\r") for name, cell in row.items() if name != "seats")


@pytest.mark.parametrize("text", ["", "CP", "a=1", "'", "'quoted'", "''", " =1", "‘=1"])
def test_harmless_text_is_left_alone(text: str) -> None:
    assert defuse(text) == text


def fused(text: str) -> str:
    """Undo ``defuse`` as its docstring tells a reader to."""
    return text[1:] if re.match(r"'+[=+\-@\t\r]", text) else text


@given(st.text(st.sampled_from("'=+-@\t\ra "), max_size=6))
def test_defusing_can_be_undone(text: str) -> None:
    assert fused(defuse(text)) == text
    assert defuse(text)[:1] not in tuple("=+-@\t\r")


@given(st.text(st.characters(codec="utf-8")))
def test_any_text_is_one_cell(text: str) -> None:
    plan = programme(course())
    raw = content(plan, schedule(session("CP-01", title=text or "x")))
    rows = list(csv.reader(io.StringIO(raw.decode("utf-8"), newline="")))
    assert [len(row) for row in rows] == [len(COLUMNS)] * 2
    assert fused(rows[1][2]) == (text or "x")
