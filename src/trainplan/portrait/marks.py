"""A letter and a colour for each course, so that the same course looks the same in every picture."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, product
from string import ascii_uppercase
from typing import NamedTuple

from trainplan.model import Programme, Schedule

# Okabe and Ito's palette without black: told apart with any kind of colour blindness. Vermilion comes last,
# for on a screen it looks a little like a warning. Beside each: the nearest of a terminal's 256 colours.
PALETTE = (
    ("#56B4E9", "color(74)"),
    ("#E69F00", "color(178)"),
    ("#009E73", "color(36)"),
    ("#CC79A7", "color(175)"),
    ("#F0E442", "color(221)"),
    ("#0072B2", "color(25)"),
    ("#D55E00", "color(166)"),
)
_LUMINOUS = 0.18  # above this relative luminance black letters stand out better than white ones


class Mark(NamedTuple):
    """How one course is marked.

    Attributes:
        letter: One capital, or two or more where there are more courses than letters; no two alike.
        colour: ``#RRGGBB``; there are fewer colours than there may be courses, so never the only mark.
        ink: ``#000000`` or ``#ffffff``, whichever can be read upon the colour.
        terminal: The nearest of a terminal's 256 colours, by its name in rich.
    """

    letter: str
    colour: str
    ink: str
    terminal: str


def marks(programme: Programme, schedule: Schedule | None = None) -> dict[str, Mark]:
    """Return the mark of each course, in the files' order, then of those only ``schedule`` names.

    A letter is taken from the course's id where one is still free.
    """
    courses = list(programme.courses)
    if schedule is not None:
        courses += sorted({one.course for one in schedule.sessions} - set(courses))
    found = {}
    for number, (course, letter) in enumerate(zip(courses, letters(courses), strict=True)):
        colour, terminal = PALETTE[number % len(PALETTE)]
        found[course] = Mark(letter, colour, _ink(colour), terminal)
    return found


def letters(courses: Sequence[str]) -> list[str]:
    """Return letters for ``courses``, all of one length and no two alike."""
    size = 1
    while len(ascii_uppercase) ** size < len(courses):
        size += 1
    found: list[str | None] = [None] * len(courses)
    taken: set[str] = set()
    spelled = list(map(_letters_of, courses))
    # First letters first: a course should not lose its own to the second choice of an earlier one.
    for wish in (0, None):
        for number, own in enumerate(spelled):
            if found[number] is None:
                wishes = _wishes(own, size) if wish is None else [own[:size]]
                free = (one for one in wishes if len(one) == size and one not in taken)
                found[number] = next(free, None)
                taken |= {one for one in [found[number]] if one}
    rest = (one for one in map("".join, product(ascii_uppercase, repeat=size)) if one not in taken)
    return [one or next(rest) for one in found]


def _letters_of(id: str) -> str:
    return "".join(char for char in id.upper() if char in ascii_uppercase)[:12]


def _wishes(own: str, size: int) -> Iterator[str]:
    return map("".join, combinations(own, size))


def _ink(colour: str) -> str:
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return "#000000" if 0.2126 * red + 0.7152 * green + 0.0722 * blue > _LUMINOUS else "#ffffff"


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)
