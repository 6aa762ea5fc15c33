"""At any width, every session and every one of its days can be read off again."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

from builders import course, programme
from hypothesis import given, settings
from hypothesis import strategies as st

from trainplan.model import Schedule, Session, Slot
from trainplan.views.console import Screen
from trainplan.views.month_grid import month_grid
from trainplan.views.sessions import sessions

STYLE = re.compile(r"\x1b\[[0-9;]*m")
PLAN = programme(course("CP", "police:10; customs:10"), starts="01-04", ends="2027-12-17", holidays="LC")
WORKING = [day for day in (date(2027, 1, 4) + timedelta(days=n) for n in range(340)) if day.weekday() < 5]
WIDTHS = st.one_of(st.just(0), st.integers(30, 200))


@st.composite
def schedules(draw: st.DrawFn, ids: Sequence[str]) -> Schedule:
    made = []
    for number in range(draw(st.integers(1, 8))):
        start = draw(st.integers(0, len(WORKING) - 12))
        days = WORKING[start : start + draw(st.integers(1, 12))]
        made.append(
            Session(
                id=draw(st.sampled_from(ids)).format(number),
                course="CP",
                start=days[0],
                end=days[-1],
                slots=tuple(Slot(day, 0) for day in days),
                venues=draw(st.sampled_from([(), ("hall",), ("the-great-hall-of-the-people",)])),
                instructors=draw(st.sampled_from([(), ("ann",), ("ann", "bob", "a-very-long-name-indeed")])),
                groups=draw(st.sampled_from([{"police": 10}, {"police": 5, "customs": 7}])),
                seats=10,
                status=draw(st.sampled_from(["draft", "published", "cancelled"])),
            )
        )
    return Schedule.of(made)


def drawn(view: Callable[..., Any], made: Schedule, width: int) -> str:
    stream = io.StringIO()
    screen = Screen(stream, terminal=bool(width), width=width or None)
    screen.show(view(PLAN, made, screen))
    return STYLE.sub("", stream.getvalue())


@settings(max_examples=80, deadline=None)
@given(schedules(["CP-{:02}", "A-LONG-COURSE-NAME-{:04}"]), WIDTHS, st.sampled_from([month_grid, sessions]))
def test_no_line_is_wider_than_the_screen(made: Schedule, width: int, view: Callable[..., Any]) -> None:
    text = drawn(view, made, width)
    assert "…" not in text
    if width:
        assert max(len(row) for row in text.splitlines()) <= width


@settings(max_examples=80, deadline=None)
@given(schedules(["CP-{:02}", "A-LONG-COURSE-NAME-{:04}"]), st.sampled_from([0, 120, 200]))
def test_the_list_has_every_word(made: Schedule, width: int) -> None:
    text = drawn(sessions, made, width)
    for one in made.sessions:
        for word in (one.id, *one.venues, *one.instructors, *(f"{g}:{n}" for g, n in one.groups.items())):
            assert word in text
