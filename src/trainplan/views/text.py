"""Words, dates and other people's text, made fit to be shown."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from rich.text import Text

from trainplan.model import Programme, Session, Slot
from trainplan.views.console import Glyphs, Screen
from trainplan.words import MONTHS

SHORT_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")

_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
# Two of the unseen belong into words of several scripts, and move nothing.
_JOINERS = "\u200c\u200d"


def shown(text: str) -> str:
    r"""Return ``text`` with everything that acts and is not seen written out.

    Escape codes, line breaks, marks that turn the direction of reading: ``\x1b``, ``\n``, ``\u202e``.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        char.encode("unicode_escape").decode("ascii")
        if unicodedata.category(char) in _UNSEEN and char not in _JOINERS
        else char
        for char in text
    )


def line(*parts: str | tuple[str, str]) -> Text:
    """Return one line of text; a part is plain or comes with a style, and is never read as markup."""
    out = Text()
    for part in parts:
        text, style = (part, "") if isinstance(part, str) else part
        out.append(shown(text), style=style)
    return out


def heading(text: str) -> Text:
    """Return a heading."""
    return line((text, "bold"))


def hanging(screen: Screen, first: str, text: Text) -> Text:
    """Return ``text`` after ``first``, later lines indented as far; on a plain screen one long line."""
    if screen.plain:
        return Text.assemble(first, text)
    room = max(screen.width - len(first), 12)
    lines = text.wrap(screen.console, room, overflow="fold")
    indent = " " * len(first)
    out = Text()
    for number, piece in enumerate(lines):
        piece.rstrip()
        out.append(f"\n{indent}" if number else first)
        out.append_text(piece)
    return out


def day_name(day: date) -> str:
    """Return ``Mon 11 Jan 2027``."""
    return f"{SHORT_DAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year}"


def blocks(days: Iterable[date]) -> list[tuple[date, date]]:
    """Return ascending dates as unbroken blocks, first and last date of each."""
    found: list[tuple[date, date]] = []
    for day in days:
        if found and day - found[-1][1] == timedelta(days=1):
            found[-1] = (found[-1][0], day)
        else:
            found.append((day, day))
    return found


def days_in_words(days: Sequence[date], glyphs: Glyphs) -> str:
    """Return ``11–15, 18–22 Jan 2027``, naming month and year once where they stay the same."""
    words: list[str] = []
    found = blocks(days)
    followers = [*(first for first, _ in found[1:]), None]
    for (first, last), follower in zip(found, followers, strict=False):
        text = str(first.day)
        if (first.year, first.month) != (last.year, last.month):
            text += f" {MONTHS[first.month - 1]}" + (f" {first.year}" if first.year != last.year else "")
        if last != first:
            text += f"{glyphs.dash}{last.day}"
        # After "30 Mar–2", a month that only comes later would be anybody's guess.
        plain = follower is not None and (first.year, first.month) == (follower.year, follower.month)
        if not plain:
            text += f" {MONTHS[last.month - 1]}"
        if follower is None or follower.year != last.year:
            text += f" {last.year}"
        words.append(text)
    return ", ".join(words)


def when(session: Session, programme: Programme, screen: Screen) -> str:
    """Return every date of a session: in words on a terminal, else as ISO ranges to search for.

    With several periods a day, a day that is only used in part says which part.
    """
    periods = programme.periods
    whole, parts = _parted(session.slots, len(periods))
    if screen.plain:
        texts = [f"{a}..{b}" if a != b else f"{a}" for a, b in blocks(whole)]
        texts += [f"{slot.day} {periods[slot.period]}" for slot in parts]
        return "; ".join(sorted(texts))
    texts = [days_in_words(whole, screen.glyphs)] if whole else []
    texts += [f"{days_in_words([slot.day], screen.glyphs)} {periods[slot.period]}" for slot in parts]
    return ", ".join(texts)


def _parted(slots: Sequence[Slot], periods: int) -> tuple[list[date], list[Slot]]:
    """Return the dates used wholly, and the slots of those used in part."""
    used: dict[date, int] = {}
    for slot in slots:
        used[slot.day] = used.get(slot.day, 0) + 1
    whole = [day for day, count in used.items() if count == periods]
    return whole, [slot for slot in slots if used[slot.day] < periods]


def seats_in_words(groups: Mapping[str, int]) -> str:
    """Return ``police:24, customs:6``: as in the files, and never broken between a group and its seats."""
    return ", ".join(f"{group}:{count}" for group, count in groups.items())
