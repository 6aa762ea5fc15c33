"""The web page: what it holds, and that nobody's text acts in it."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from builders import TWO_PERIODS, closure, course, group, instructor, programme, schedule, session, venue

from trainplan.exports import html_file
from trainplan.model import Programme, Schedule

HOSTILE = ("<script>alert(1)</script>", "=1+1", "a|b", "[/x]", "🚒" * 20, "x" * 200, "<r>x</r>", "'=1")


class Page(HTMLParser):
    """Every tag with what it stands for, and all the text outside style and script."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.inside = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self.inside = tag

    def handle_data(self, data: str) -> None:
        if self.inside not in ("style", "script"):
            self.words.append(data)

    def count(self, tag: str) -> int:
        return sum(1 for name, _ in self.tags if name == tag)


def busy(title: str = "Policing") -> tuple[Programme, Schedule]:
    plan = programme(
        course("CP", "police:20", title=title),
        groups=[group("police", 20, 8)],
        venues=[venue("hall")],
        instructors=[instructor("ann")],
        closures=[closure("all", "", "03-10", reason=title)],
    )
    made = schedule(
        session("CP-01", "03-04..03-05; 03-08", venue="hall", instructors="ann", title=title),
        session("CP-02", "03-11", status="cancelled", venue="hall", title=title),
    )
    return plan, made


def page(plan: Programme, made: Schedule) -> Page:
    return Page(html_file.content(plan, made).decode("utf-8"))


def test_the_page_has_its_sections_and_a_table_behind_each_picture() -> None:
    got = page(*busy())
    ids = {attributes.get("id") for _, attributes in got.tags}
    assert {name for name, _ in html_file.SECTIONS} <= ids
    assert got.count("svg") == 4  # venues, instructors, groups, and the cover of police
    assert got.count("details") == got.count("svg")
    assert all(attributes.get("aria-label") for tag, attributes in got.tags if tag == "svg")
    listed = [attributes for tag, attributes in got.tags if tag == "tr" and "data-course" in attributes]
    assert [one["data-status"] for one in listed] == ["draft", "cancelled"]
    assert any("more than that on 3 days" in text.lower() for text in got.words)


def test_the_page_fetches_nothing() -> None:
    text = html_file.content(*busy()).decode()
    (policy,) = (one["content"] for _, one in Page(text).tags if "http-equiv" in one)
    assert policy is not None
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe-inline" not in text
    assert not re.search(r"(?:src|href)=[\"'](?!#|data:,)", text)
    assert " style=" not in text


@pytest.mark.parametrize("title", HOSTILE)
def test_titles_on_the_page_are_text_alone(title: str) -> None:
    got = page(*busy(title))
    assert got.count("script") == 1
    assert any(title in text for text in got.words)


def test_half_days_and_an_empty_schedule() -> None:
    plan = programme(course(length=1, whole_days=False), periods=TWO_PERIODS)
    made = schedule(session("CP-01", "03-01 pm", periods=2))
    assert any("afternoon" in text for text in page(plan, made).words)
    assert any("No sessions." in text for text in page(plan, schedule()).words)


def test_the_same_schedule_gives_the_same_bytes() -> None:
    assert html_file.content(*busy()) == html_file.content(*busy())
