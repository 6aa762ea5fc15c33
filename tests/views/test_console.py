"""What a terminal, a pipe or an odd encoding asks for."""

from __future__ import annotations

import io
import os

import pytest
from rich.text import Text

from trainplan.views.console import DRAWN, TYPED, Screen


def printed(screen: Screen, text: str, style: str = "bold red") -> str:
    screen.show([Text(text, style=style)])
    assert isinstance(screen.stream, io.StringIO)
    return screen.stream.getvalue()


def test_a_pipe_gets_text_alone_and_whole() -> None:
    screen = Screen(io.StringIO(), width=40)
    assert screen.plain
    assert screen.glyphs == TYPED
    assert printed(screen, "word " * 30) == "word " * 30 + "\n"


def test_a_pipe_stays_plain_whatever_colours_are_wished_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "20")
    assert printed(Screen(io.StringIO()), "a text of more than twenty columns") == (
        "a text of more than twenty columns\n"
    )


def test_a_terminal_gets_colour_unless_it_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert "\x1b[1;31m" in printed(Screen(io.StringIO(), terminal=True, width=80), "text")
    monkeypatch.setenv("NO_COLOR", "1")
    assert "31m" not in printed(Screen(io.StringIO(), terminal=True, width=80), "text")


def test_a_dumb_terminal_is_treated_like_a_pipe(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "dumb")
    assert Screen(io.StringIO(), terminal=True, width=80).plain


@pytest.mark.parametrize(("encoding", "glyphs"), [("utf-8", DRAWN), ("ascii", TYPED), ("cp1252", TYPED)])
def test_only_what_can_be_drawn_is_drawn(encoding: str, glyphs: tuple[str, ...]) -> None:
    stream = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    assert Screen(stream, terminal=True, width=80).glyphs == glyphs


def test_markup_is_text() -> None:
    assert "[/x] :smile: [red]" in printed(Screen(io.StringIO()), "[/x] :smile: [red]")


def test_a_reader_who_leaves_early_is_no_error() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w", buffering=1) as stream:
        screen = Screen(stream)
        screen.show([Text("heard enough")])
        screen.show([Text("and this goes nowhere")])
        screen.write("nor does this fail")


def test_no_terminal_is_too_narrow() -> None:
    assert Screen(io.StringIO(), terminal=True, width=5).width == 30
