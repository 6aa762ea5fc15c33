"""What the readers find wrong, gathered as they go. Nothing is thrown at anybody."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, TypeVar

from trainplan.findings import Finding, Place, Severity

T = TypeVar("T")


class Reason(NamedTuple):
    """Why something can't be read: a code of ``CODES`` and the sentence that people read."""

    code: str
    text: str


# Reads one cell's text (trimmed, not empty): the value, or the reason why there is none.
Parser = Callable[[str], T | Reason]


class Notes:
    """Everything found wrong while reading, in the order of the files."""

    def __init__(self) -> None:
        """Start with nothing found."""
        self._found: list[Finding] = []
        self.failed = False

    def error(self, reason: Reason, place: Place, sessions: tuple[str, ...] = ()) -> None:
        """Note what stops a file from being used as it is."""
        self.failed = True
        self._add("error", reason, place, sessions)

    def warn(self, reason: Reason, place: Place, sessions: tuple[str, ...] = ()) -> None:
        """Note what is worth a look."""
        self._add("warning", reason, place, sessions)

    def _add(self, severity: Severity, reason: Reason, place: Place, sessions: tuple[str, ...]) -> None:
        self._found.append(Finding(reason.code, severity, reason.text, sessions, (), place))

    def findings(self) -> tuple[Finding, ...]:
        """Return everything found, sorted by file, row and column."""
        return tuple(sorted(self._found, key=lambda one: one.place or Place("")))
