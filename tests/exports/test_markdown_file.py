"""The Markdown file: what it holds, and that nobody's text becomes markup."""

from __future__ import annotations

import re

import pytest
from builders import TWO_PERIODS, course, group, programme, schedule, session

from trainplan.exports.markdown_file import content, escape
from trainplan.model import Programme, Schedule


def written(plan: Programme, made: Schedule) -> str:
    return content(plan, made).decode("utf-8")


def cells(row: str) -> list[str]:
    return [cell.strip() for cell in re.split(r"(?<!\\)\|", row)[1:-1]]


def test_it_has_sessions_by_month_people_and_findings() -> None:
    plan = programme(course("CP", "police:20"), groups=[group("police", 20, 8)])
    made = schedule(session("CP-01", "03-01"), session("CP-02", "04-01", status="cancelled"))
    text = written(plan, made)
    headings = [line for line in text.splitlines() if line.startswith("#")]
    assert headings[1:4] == ["## Sessions", "### March 2027", "### April 2027"]
    assert "## Groups" in headings
    assert any(cells(line)[0] == "CP-02" and cells(line)[-1] == "cancelled" for line in rows(text))
    police = next(cells(line) for line in rows(text) if cells(line)[0] == "police")
    assert police[2:] == ["20", "1", "10", "8", "1 Mar 2027"]
    assert "group-cover" in text


def rows(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.startswith("| ")]


@pytest.mark.parametrize("title", ["<script>", "a|b", "[/x](y)", "=1+1", "x\n# y", "\u202eabc", "🚒" * 200])
def test_a_title_stays_one_cell_and_no_markup(title: str) -> None:
    plan = programme(course("CP", title=title))
    row = next(
        line for line in rows(written(plan, schedule(session("CP-01", title=title)))) if "CP-01" in line
    )
    assert len(cells(row)) == 8
    assert "<" not in row
    assert "\u202e" not in row


def test_escape_leaves_plain_words_alone() -> None:
    assert escape("Police: day 1") == "Police: day 1"
    assert escape("http://x") == "http\\://x"
    assert escape("a|b`c") == "a\\|b\\`c"


def test_half_days_say_which() -> None:
    plan = programme(course(length=1, whole_days=False), periods=TWO_PERIODS)
    assert "2027-03-01 afternoon" in written(plan, schedule(session("CP-01", "03-01 pm", periods=2)))


def test_an_empty_schedule_says_so() -> None:
    assert "No sessions." in written(programme(course()), schedule())
