"""How readers quote what a person wrote, and guess what she meant."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

_LONGEST_QUOTE = 48
_FEW = 8  # so many choices can be listed in one line


def quote(text: str) -> str:
    """Return ``text`` in quotation marks, short, and with nothing in it that a terminal would obey."""
    if len(text) > _LONGEST_QUOTE:
        text = text[: _LONGEST_QUOTE - 1] + "…"
    return '"' + "".join(one if one.isprintable() else _spelled(one) for one in text) + '"'


def _spelled(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")


def key(name: str) -> str:
    """Return what two spellings of one name have in common: letters, whatever their case and spacing."""
    if not name.isascii():
        name = unicodedata.normalize("NFC", name)
    return " ".join(name.casefold().split())


def squash(name: str) -> str:
    """Return only the letters and digits of a name, to notice the same thing under two spellings."""
    return "".join(one for one in key(name) if one.isalnum())


def nearest(word: str, known: Iterable[str], alike: float = 0.7) -> str | None:
    """Return the known word that ``word`` was probably meant to be, or None.

    Args:
        word: What was written.
        known: What might be meant.
        alike: How much of the two must agree, from 0 to 1.
    """
    from difflib import get_close_matches

    by_key = {key(one): one for one in known}
    close = get_close_matches(key(word[:80]), list(by_key), n=1, cutoff=alike)
    return by_key[close[0]] if close else None


def did_you_mean(word: str, known: Sequence[str]) -> str:
    """Return a tail for a message: ``; did you mean "police"?``, or the choices if they are few."""
    guess = nearest(word, known)
    if guess is not None:
        return f"; did you mean {quote(guess)}?"
    if 0 < len(known) <= _FEW:
        return f"; known: {', '.join(known)}"
    return ""
