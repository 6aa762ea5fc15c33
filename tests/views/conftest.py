"""A programme with a bit of everything, and screens of any width to draw it on."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable

import pytest
from builders import closure, course, programme, schedule, session, venue
from rich.console import RenderableType

from trainplan.model import Programme, Schedule
from trainplan.views.console import Screen

STYLE = re.compile(r"\x1b\[[0-9;]*m")
PLAIN = 0

Draw = Callable[[Callable[[Screen], Iterable[RenderableType]], int], str]


@pytest.fixture
def draw() -> Draw:
    """Return what a view shows at a width, styles taken off; at width 0 (``PLAIN``) through a pipe."""

    def drawn(view: Callable[[Screen], Iterable[RenderableType]], width: int) -> str:
        stream = io.StringIO()
        screen = Screen(stream, terminal=width != PLAIN, width=width or None)
        screen.show(view(screen))
        text = stream.getvalue()
        return text if width == PLAIN else STYLE.sub("", text)

    return drawn


@pytest.fixture
def plan() -> Programme:
    return programme(
        course("CP", "northern:24; marine:20", title="Community Policing Techniques", length=5),
        course("CA", "finance:20; health:12", title="Cybersecurity Awareness", length=3, mixed=True),
        course("ERD", "fire:20", title="Emergency Response Drills", length=10, span=True),
        title="Spring training",
        ends="04-30",
        holidays="LC",
        venues=[venue("la-toc"), venue("palmville")],
        closures=[
            closure("all", "", "03-17", reason="Carnival [/x]"),
            closure("all", "", "04-05..04-06", reason="Stocktaking"),
        ],
    )


@pytest.fixture
def made() -> Schedule:
    return schedule(
        session("CP-01", "03-01..03-05", "northern:24", venue="la-toc", instructors="alcide; felix"),
        session("CP-02", "03-08..03-12", "marine:20", venue="palmville", instructors="charlery; felix"),
        session("CA-01", "03-10..03-12", "finance:10; health:6", venue="la-toc", instructors="okafor"),
        session(
            "CA-02",
            "03-29..03-31",
            "finance:10; health:6",
            venue="la-toc",
            instructors="okafor",
            status="cancelled",
        ),
        session(
            "ERD-01",
            "03-18..03-19; 03-22..03-25; 03-30..04-02",
            "fire:20",
            venue="palmville",
            instructors="hippolyte; st-rose",
            pin="date; venue",
        ),
    )
