"""In the grid, the timelines and the diaries every session and each of its days is there, at any width."""

from __future__ import annotations

import io
import re
from collections import defaultdict
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from builders import TWO_PERIODS, closure, course, programme, schedule, session
from rich.cells import cell_len

from trainplan.load import load_programme
from trainplan.load.bundled import bundled_folder
from trainplan.model import Programme, Schedule, Session, Slot
from trainplan.views import diaries
from trainplan.views.bars import Canvas
from trainplan.views.console import Screen
from trainplan.views.month_grid import month_grid
from trainplan.views.timeline import Rows, timeline
from trainplan.workdays import Calendar

STYLE = re.compile(r"\x1b\[[0-9;]*m")
BAR = re.compile(r"\[(?P<tag>[A-Z]+\d+)\b.*?\](?=\s|$)|(?<!\S)(?P<bare>[A-Z]+\d+)[━=×x]*(?=\s|$)")
WIDTHS = [0, 30, 40, 80, 120, 200]
HOSTILE = ["=1+1", "[/x]", "<script>", "🚒 drill", "\u202eevil", "x" * 200, "警察官訓練"]


def drawn(view: Callable[..., Any], plan: Programme, made: Schedule, width: int) -> str:
    stream = io.StringIO()
    screen = Screen(stream, terminal=bool(width), width=width or None)
    screen.show(view(plan, made, screen))
    return STYLE.sub("", stream.getvalue())


def bundled(name: str) -> tuple[Programme, Schedule]:
    """A bundled programme with two sessions of each course, one begun on any working day or other."""
    plan, _ = load_programme(bundled_folder(name))
    assert plan is not None
    working = Calendar(plan).working
    made = []
    for number, one in enumerate(list(plan.courses.values()) * 2):
        days = working[number * 4 : number * 4 + max(one.length // len(plan.periods), 1)]
        slots = tuple(Slot(day, period) for day in days for period in range(len(plan.periods)))
        made.append(
            Session(f"{one.id}-{number}", one.id, days[0], days[-1], slots, (), (), {"fire-school": 2}, 2)
        )
    return plan, Schedule.of(made)


def half_days() -> tuple[Programme, Schedule]:
    plan = programme(course("IT", whole_days=False), course("CP"), periods=TWO_PERIODS)
    return plan, schedule(
        session("IT-01", "03-01 am", periods=2),
        session("IT-02", "03-01 pm; 03-02", periods=2),
        session("IT-03", "03-05 pm; 03-08 am", periods=2, status="cancelled"),
        session("CP-01", "03-01..03-12", periods=2),
    )


def hostile() -> tuple[Programme, Schedule]:
    plan = programme(
        *(course(name, title=name) for name in HOSTILE), closures=[closure("all", "", "03-17", reason="[/x]")]
    )
    return plan, schedule(
        *(
            session(f"{name}-1", "03-01..03-05; 03-09; 03-27", venue=name, instructors=name, course=name)
            for name in HOSTILE
        )
    )


def crowded() -> tuple[Programme, Schedule]:
    plan = programme(*(course(f"K{number}") for number in range(30)))
    return plan, schedule(
        *(session(f"K{number % 30}-{number}", "03-03", course=f"K{number % 30}") for number in range(60))
    )


CASES = {
    "half-days": half_days,
    "hostile": hostile,
    "crowded": crowded,
    **{name: lambda name=name: bundled(name) for name in ("saint-lucia", "saint-lucia-full")},
}


@pytest.fixture(params=CASES, scope="module")
def case(request: pytest.FixtureRequest) -> tuple[Programme, Schedule]:
    made: tuple[Programme, Schedule] = CASES[request.param]()
    return made


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def from_grid(text: str) -> dict[str, set[date]]:
    """Read off the month's name, the dates at the left of each cell, and the bars below them."""
    names = [date(2027, number, 1).strftime("%B") for number in range(1, 13)]
    found: dict[str, set[date]] = defaultdict(set)
    month, at = date(2027, 1, 1), {}
    for row in text.splitlines():
        if (title := re.fullmatch(r"([A-Z][a-z]+) (\d{4})", row)) and title[1] in names:
            month, at = date(int(title[2]), names.index(title[1]) + 1, 1), {}
        elif month != date.max and re.match(r" *\d+( |$|[▒+])", row):
            at = {hit.start(): month.replace(day=int(hit[0])) for hit in re.finditer(r"(?<!\S)\d+", row)}
        elif not row:
            month, at = date.max, {}  # the key begins
        elif at:
            _read("".join(char + "\0" * (cell_len(char) - 1) for char in row), at, found)
    return found


def _read(row: str, at: dict[int, date], found: dict[str, set[date]]) -> None:
    for hit in BAR.finditer(row):
        found[hit["tag"] or hit["bare"]] |= {
            day for start, day in at.items() if hit.start() <= start < hit.end()
        }


@pytest.mark.parametrize("width", WIDTHS)
def test_the_grid_can_be_read_off(case: tuple[Programme, Schedule], width: int) -> None:
    plan, made = case
    text = drawn(month_grid, plan, made, width)
    canvas = Canvas(plan, made, Screen(io.StringIO()))
    if "Mon" in text.splitlines()[1]:
        assert from_grid(text) == {canvas.tag(one): set(one.days) for one in made.sessions}
    else:
        assert width == 30, "only the narrowest screens have the key alone"


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("rows", ["courses", "venues", "instructors", "groups"])
def test_the_timeline_can_be_read_off(case: tuple[Programme, Schedule], rows: Rows, width: int) -> None:
    plan, made = case
    text = drawn(lambda *args: timeline(*args, rows=rows), plan, made, width)
    canvas = Canvas(plan, made, Screen(io.StringIO()))
    for one in made.sessions:  # a bar a run, besides the key, for each row that the session stands in
        bars = [run for run in canvas.runs if run.session is one]
        names = {"courses": 1, "venues": len(one.venues) or 1, "instructors": len(one.instructors) or 1}
        count = len(re.findall(rf"\[?\b{canvas.tag(one)}\b", text)) - 1
        if count or width > 40:
            assert count == len(bars) * names.get(rows, len(one.groups)), canvas.tag(one)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(
    "view",
    [
        month_grid,
        timeline,
        diaries.courses,
        diaries.groups,
        diaries.venues,
        diaries.instructors,
    ],
)
def test_every_session_is_told_whole_and_no_line_too_wide(
    case: tuple[Programme, Schedule], view: Callable[..., Any], width: int
) -> None:
    from trainplan.views.text import shown, when

    plan, made = case
    text = drawn(view, plan, made, width)
    assert "…" not in text
    if width:
        assert max(map(cell_len, text.splitlines())) <= width
    screen = Screen(io.StringIO(), terminal=bool(width), width=width or None)
    packed = squeezed(text)
    for one in made.sessions:
        assert squeezed(f"{shown(one.id)}: {when(one, plan, screen)}") in packed


def test_only_the_days_asked_for_are_drawn() -> None:
    plan, made = half_days()
    text = drawn(lambda *args: month_grid(*args, date(2027, 3, 2), date(2027, 3, 3)), plan, made, 80)
    assert set(from_grid(text)) == {"I2", "C1"}
    assert from_grid(text)["C1"] == {date(2027, 3, 2), date(2027, 3, 2) + timedelta(days=1)}


def test_the_cover_graph_says_where_it_is_too_much() -> None:
    from builders import group

    plan = programme(course("CP"), groups=[group("police", 20, 6)])
    made = schedule(session("CP-01", "03-01..03-02", "police:8"), session("CP-02", "03-08", "police:6"))
    text = drawn(diaries.groups, plan, made, 80)
    assert re.search(r"1 Mar +8 +8 .* 8/6 over", text)
    assert re.search(r"8 Mar +6 .* 6/6$", text, re.M)
