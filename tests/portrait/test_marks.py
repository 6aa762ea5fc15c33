"""Every course has a letter of its own and a colour that it keeps."""

from __future__ import annotations

import pytest
from builders import course, programme, schedule, session
from hypothesis import given
from hypothesis import strategies as st
from rich.color import Color, ColorSystem

from trainplan.portrait.marks import PALETTE, letters, marks


@pytest.mark.parametrize(
    ("ids", "expected"),
    [
        (["CP", "CA", "ERD"], ["C", "A", "E"]),
        (["CA", "AB"], ["C", "A"]),
        (["CA", "CAB", "AX"], ["C", "B", "A"]),
        (["1", "警察", "=1+1"], ["A", "B", "C"]),
        (["A", "A1", "A2"], ["A", "B", "C"]),
        ([], []),
    ],
)
def test_letters_are_taken_from_the_id_where_they_can(ids: list[str], expected: list[str]) -> None:
    assert letters(ids) == expected


@given(st.lists(st.text(min_size=1, max_size=12), unique=True, max_size=120))
def test_letters_are_unique_and_equally_long(ids: list[str]) -> None:
    found = letters(ids)
    assert len(set(found)) == len(ids)
    assert {len(one) for one in found} <= {1 if len(ids) <= 26 else 2}


def test_a_course_that_only_the_schedule_names_has_a_mark_too() -> None:
    plan = programme(course("CP"))
    found = marks(plan, schedule(session("XX-01")))
    assert list(found) == ["CP", "XX"]
    assert found["CP"] == marks(plan)["CP"]
    assert found["XX"].letter == "X"


def test_letters_can_be_read_upon_their_colours() -> None:
    plan = programme(*(course(f"C{number}") for number in range(len(PALETTE))))

    def light(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    for mark in marks(plan).values():
        dark, bright = sorted((light(mark.colour), light(mark.ink)))
        assert (bright + 0.05) / (dark + 0.05) >= 4.5, mark


@pytest.mark.parametrize(("colour", "terminal"), PALETTE)
def test_terminal_colours_are_the_nearest(colour: str, terminal: str) -> None:
    nearest = Color.parse(colour).downgrade(ColorSystem.EIGHT_BIT)
    assert Color.parse(terminal).number == nearest.number
