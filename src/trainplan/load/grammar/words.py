"""Words: ids, yes and no, weekdays, and other cells that may hold only a few words."""

from __future__ import annotations

from collections.abc import Sequence

from trainplan.load.notes import Parser, Reason
from trainplan.load.wording import key, nearest, quote
from trainplan.model import WEEKDAYS
from trainplan.workdays import DAY_NAMES

_LONGEST_ID = 80
_YES = frozenset({"yes", "y", "true", "1"})
_NO = frozenset({"no", "n", "false", "0"})


def identifier(text: str) -> str | Reason:
    """Read an id. It may hold spaces, but nothing that separates ids in other cells."""
    for mark in ";:":
        if mark in text:
            return Reason(
                "bad-id", f"{quote(text)} can't be an id, because {mark!r} separates ids (e.g. hall-1)"
            )
    if len(text) > _LONGEST_ID:
        return Reason("bad-id", f"{quote(text)} is too long for an id: at most {_LONGEST_ID} characters")
    if not text.isprintable():
        return Reason(
            "bad-id", f"{quote(text)} can't be an id, because it holds characters that can't be seen"
        )
    return text


def course_identifier(text: str) -> str | Reason:
    """Read the id of a course, which ``after`` must be able to tell from its own words."""
    if key(text).startswith("all ") or key(text) == "all":
        return Reason(
            "bad-id", f"{quote(text)} can't be a course's id, because `after` reads \"all\" as a word"
        )
    return identifier(text)


def anything(text: str) -> str | Reason:
    """Read free text as it is."""
    return text


def yes_no(text: str) -> bool | Reason:
    """Read ``yes`` or ``no``, also as spreadsheets write them."""
    word = text.casefold()
    if word in _YES or word in _NO:
        return word in _YES
    return Reason("unknown-word", f"{quote(text)} is neither yes nor no")


def choice(words: Sequence[str]) -> Parser[str]:
    """Return a parser of one of a few words, whatever their case."""

    def parse(text: str) -> str | Reason:
        word = key(text)
        if word in words:
            return word
        guess = nearest(text, words)
        hint = f"; did you mean {guess}?" if guess is not None else ""
        return Reason("unknown-word", f"{quote(text)} is none of {', '.join(words)}{hint}")

    return parse


def weekday(text: str) -> int | Reason:
    """Read a weekday, ``mon`` or ``Monday``; Monday is 0."""
    word = key(text).rstrip(".")
    for number, name in enumerate(DAY_NAMES):
        if len(word) >= 3 and name.casefold().startswith(word):
            return number
    return Reason("unknown-word", f"{quote(text)} is no weekday ({', '.join(WEEKDAYS)})")
