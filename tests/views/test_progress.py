"""Signs of life: a live line on a terminal, a line for each improvement otherwise."""

from __future__ import annotations

import io

import pytest

from trainplan.outcome import GoalResult, Progress
from trainplan.views.console import DRAWN, Screen
from trainplan.views.progress import Ticker


def test_a_pipe_gets_a_line_for_each_improvement() -> None:
    stream = io.StringIO()
    with Ticker(Screen(stream), 60) as ticker:
        ticker.report(Progress("", None, None, 0.1))
        ticker.report(Progress("seats", None, 0, 0.2))
        ticker.report(Progress("seats", 1200, 0, 1.0))
        ticker.report(Progress("seats", 1200, 400, 1.5))
        ticker.report(Progress("seats", 800, 400, 2.0))
        ticker.report(Progress("seats", 900, 400, 2.1))
        ticker.report(Progress("seats", 400, 400, 2.5))
        ticker.report(Progress("early", 400, None, 3.0))
        ticker.tick(4.0)
        ticker.say("stopping [/x]")
    assert stream.getvalue().splitlines() == [
        "1.0 s: seats: 1,200 (at best 0)",
        "2.0 s: seats: 800 (at best 400, gap 100.0 %)",
        "2.5 s: seats: 400 (proved)",
        "3.0 s: early: 400",
        "stopping [/x]",
    ]


def test_a_terminal_gets_one_live_line() -> None:
    stream = io.StringIO()
    with Ticker(Screen(stream, terminal=True, width=80), 60) as ticker:
        ticker.tick(0.2)
    assert "building the model, 0 of 60 s; Ctrl-C keeps the best so far" in stream.getvalue()
    with ticker:
        ticker.report(Progress("seats", 800, 400, 2.0))
        ticker.tick(3.2)
    assert "seats: 800 (at best 400, gap 100.0 %), 3 of 60 s" in stream.getvalue()
    # In the end the line is wiped and the cursor is back.
    assert stream.getvalue().endswith("\x1b[?25h\r\x1b[1A\x1b[2K")


def test_a_narrow_terminal_gets_no_more_than_fits() -> None:
    stream = io.StringIO()
    with Ticker(Screen(stream, terminal=True, width=40), 60) as ticker:
        ticker.report(Progress("seats", 8, 8, 2.0))
        ticker.tick(3.2)
    assert "seats: 8 (proved), 3 of 60 s" in stream.getvalue()
    assert "Ctrl-C" not in stream.getvalue()


GOALS = (
    GoalResult("seats", 0, 0),
    GoalResult("due", 3, 0),
    GoalResult("sessions", 117, 110),
    GoalResult("early", 129268, 92000),
)
HINT = "; Ctrl-C keeps the best so far"


@pytest.mark.parametrize(
    ("width", "says"),
    [
        (
            180,
            "seats 0 (proved) • due 3 (at best 0) • sessions 117 (at best 110, gap 6.4 %) "
            f"• early 129,268 (at best 92,000, gap 40.6 %) • 3 of 60 s{HINT}",
        ),
        (
            140,
            "seats 0 (proved) • due 3 (open) • sessions 117 (gap 6.4 %) • early 129,268 (gap 40.6 %) "
            f"• 3 of 60 s{HINT}",
        ),
        (
            110,
            "seats 0 (proved) • due 3 (open) • sessions 117 (gap 6.4 %) • early 129,268 (gap 40.6 %) "
            "• 3 of 60 s",
        ),
        (80, f"due: 3 (at best 0), 3 of 60 s{HINT}"),
        (40, "due: 3 (at best 0), 3 of 60 s"),
    ],
)
def test_a_terminal_shows_as_many_goals_as_it_has_room_for(width: int, says: str) -> None:
    stream = io.StringIO()
    screen = Screen(stream, terminal=True, width=width)
    screen.glyphs = DRAWN
    with Ticker(screen, 60) as ticker:
        ticker.report(Progress("due", 3, 0, 2.0, goals=GOALS))
        ticker.tick(3.2)
    assert says in stream.getvalue()
    assert ("Ctrl-C" in stream.getvalue()) == (HINT in says)


def test_the_first_schedule_is_told_apart() -> None:
    stream = io.StringIO()
    with Ticker(Screen(stream), 60) as ticker:
        ticker.report(Progress("seats", 5, None, 1.0, goals=GOALS, first=True))
        ticker.report(Progress("seats", 4, None, 2.0, goals=GOALS))
    assert stream.getvalue().splitlines() == ["1.0 s: first schedule, seats: 5", "2.0 s: seats: 4"]
