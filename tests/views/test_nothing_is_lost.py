"""At any width, every session and every one of its days can be read off again."""

from __future__ import annotations

import calendar
import io
import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

from builders import course, programme
from hypothesis import given, settings
from hypothesis import strategies as st

from trainplan.model import Schedule, Session, Slot
from trainplan.views.console import DRAWN, TYPED, Screen
from trainplan.views.months import months
from trainplan.views.sessions import sessions

STYLE = re.compile(r"\x1b\[[0-9;]*m")
MONTH = re.compile(rf"({'|'.join(calendar.month_name[1:])}) (\d{{4}})(, [\d–-]+)?")
BARS = frozenset({DRAWN.bar, DRAWN.cancelled, TYPED.bar, TYPED.cancelled})
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


def read_off(text: str) -> dict[str, set[date]]:
    """Read a calendar as a person does: the month above, the ruler, then the bars below it."""
    found: dict[str, set[date]] = defaultdict(set)
    columns: dict[int, date] = {}
    lines = text.splitlines()
    for number, row in enumerate(lines):
        if title := MONTH.fullmatch(row.strip()):
            month = date(int(title[2]), list(calendar.month_name).index(title[1]), 1)
            columns = ruler(month, lines[number + 1], lines[number + 2])
        elif columns and not row.startswith(("Off:", "Session")) and " in session" not in row:
            days = {day for at, day in columns.items() if row[at : at + 1] in BARS}
            if days:
                found[row[: min(columns)].rstrip()] |= days
    return found


def ruler(month: date, numbers: str, letters: str) -> dict[int, date]:
    """Return the date that stands at each column; the label's own column is blank in ``numbers``."""
    starts = {hit.end(): month.replace(day=int(hit[0])) for hit in re.finditer(r"\d+", numbers)}
    if len({day - timedelta(days=day.weekday()) for day in starts.values()}) < len(starts):
        return {end - 2: day for end, day in starts.items()}  # each date stands above its day
    columns: dict[int, date] = {}
    for end, day in starts.items():  # only each week's first date does
        at = end - len(str(day.day))
        while at < len(letters) and letters[at] in "MTWFS":
            columns[at] = day
            at, day = at + 2, day + timedelta(days=1)
    return columns


@settings(max_examples=80, deadline=None)
@given(schedules(["CP-{:02}", "É{}"]), WIDTHS)
def test_the_calendar_can_be_read_off(made: Schedule, width: int) -> None:
    back = read_off(drawn(months, made, width))
    assert back == {one.id: set(one.days) for one in made.sessions}


@settings(max_examples=80, deadline=None)
@given(schedules(["A-LONG-COURSE-NAME-{:04}", "警察官訓練-{}", "x" * 60 + "{}"]), st.integers(30, 200))
def test_long_names_are_folded(made: Schedule, width: int) -> None:
    text = drawn(months, made, width)
    assert "…" not in text
    for one in made.sessions:
        # What stands in the first column, row below row, is the name again.
        assert one.id in re.sub(rf"[\s{''.join(DRAWN[:5])}]", "", text)


@settings(max_examples=80, deadline=None)
@given(schedules(["CP-{:02}", "A-LONG-COURSE-NAME-{:04}"]), WIDTHS, st.sampled_from([months, sessions]))
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
