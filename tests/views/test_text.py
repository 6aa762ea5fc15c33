"""Dates in words, and other people's text made harmless."""

from __future__ import annotations

import io
import re
import unicodedata

import pytest
from builders import TWO_PERIODS, course, days, programme, schedule, session
from hypothesis import given
from hypothesis import strategies as st

from trainplan.findings import Finding, Place
from trainplan.model import Closure
from trainplan.outcome import Outcome, Unplaced
from trainplan.views.answer import answer
from trainplan.views.console import DRAWN, TYPED, Screen
from trainplan.views.findings import findings, summary
from trainplan.views.refusal import refused
from trainplan.views.text import days_in_words, shown, when

HOSTILE = {
    "[/x]": "[/x]",
    "\x1b[31mred\x1b[0m": r"\x1b[31mred\x1b[0m",
    "\x1b]0;title\x07": r"\x1b]0;title\x07",
    "\x9b2J": r"\x9b2J",
    "two\nlines\r\n": r"two\nlines\r\n",
    "moc\u202eexe.txt": r"moc\u202eexe.txt",
    "\u2067x\u2069": r"\u2067x\u2069",
    "\u200fx": r"\u200fx",
    "a\u2028b": r"a\u2028b",
    "tab\there": r"tab\there",
    "\ud800": r"\ud800",
    "Jounen Kwéyòl 警察 שלום": "Jounen Kwéyòl 警察 שלום",
    ":smile: =1+1": ":smile: =1+1",
}


@pytest.mark.parametrize(("text", "seen"), HOSTILE.items())
def test_what_acts_is_written_out(text: str, seen: str) -> None:
    assert shown(text) == seen


@given(st.text(st.characters()))
def test_nothing_unseen_is_left(text: str) -> None:
    unseen = {unicodedata.category(char) for char in shown(text) if char not in "\u200c\u200d"}
    assert unseen.isdisjoint({"Cc", "Cf", "Cs", "Zl", "Zp"})


@pytest.mark.parametrize(
    ("when_", "words"),
    [
        ("03-01", "1 Mar 2027"),
        ("03-01..03-05", "1–5 Mar 2027"),
        ("03-01..03-05; 03-08", "1–5, 8 Mar 2027"),
        ("03-25; 03-30..04-02; 04-05..04-06", "25, 30 Mar–2 Apr, 5–6 Apr 2027"),
        ("03-31; 04-05", "31 Mar, 5 Apr 2027"),
        ("2027-12-30..2028-01-02", "30 Dec 2027–2 Jan 2028"),
        ("2027-12-30; 2028-01-03", "30 Dec 2027, 3 Jan 2028"),
        ("2027-03-01; 2028-03-01", "1 Mar 2027, 1 Mar 2028"),
        ("", ""),
    ],
)
def test_days_in_words(when_: str, words: str) -> None:
    assert days_in_words(days(when_), DRAWN) == words
    assert days_in_words(days(when_), TYPED) == words.replace("–", "-")


def test_a_day_used_in_part_says_which_part() -> None:
    plan = programme(course(whole_days=False), periods=TWO_PERIODS)
    one = session("CP-01", "03-01 pm; 03-02; 03-03 am", periods=2)
    terminal, pipe = Screen(io.StringIO(), terminal=True, width=80), Screen(io.StringIO(), terminal=False)
    assert when(one, plan, terminal) == "2 Mar 2027, 1 Mar 2027 afternoon, 3 Mar 2027 morning"
    assert when(one, plan, pipe) == "2027-03-01 afternoon; 2027-03-02; 2027-03-03 morning"


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("width", [0, 30, 80, 200])
def test_hostile_titles_are_harmless_in_every_view(text: str, width: int) -> None:
    plan = programme(
        course(text, {text: 10}, title=text),
        title=text,
        closures=[Closure("all", "", ((days("03-02")[0], days("03-02")[0]),), reason=text)],
    )
    one = session(
        "x-1",
        "03-01; 03-03",
        {text: 10},
        title=text,
        course=text,
        venue=text,
        instructors=text,
        status="published",
    )
    made = schedule(one)
    found = Finding(text, "error", text, (text,), (), Place(text, 3, text))
    stream = io.StringIO()
    screen = Screen(stream, terminal=bool(width), width=width or None)
    screen.show(
        answer(plan, Outcome("feasible", made, (), (Unplaced(text, text, 1, text),), 1.0), {}, screen)
    )
    screen.show(findings([found], screen, {text: text}))
    screen.show([summary([found], screen, text)])
    screen.show(refused(text, [found], screen))
    bare = re.sub(r"\x1b\[[0-9;]*m", "", stream.getvalue())
    assert {char for char in bare if unicodedata.category(char) in {"Cc", "Cf", "Cs", "Zl", "Zp"}} <= {"\n"}
    # With its own escape codes off, a colour in the title would still be there if it had come through.
    assert "\x1b[31mred" not in stream.getvalue()
    if width in (0, 200):
        assert shown(text).strip() in bare
