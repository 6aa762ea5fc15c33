"""Exit codes, and the two ways in which a command can refuse to go on."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum

from trainplan.findings import Finding


class Code(IntEnum):
    """What the program says to the shell when it ends."""

    WELL = 0
    CONFLICTS = 1  # conflicts found, or seats left unplaced
    MISUSED = 2  # wrong usage, or input that can't be read
    IMPOSSIBLE = 3
    UNSETTLED = 4  # no schedule in the time given
    FAULT = 101
    INTERRUPTED = 130


class Misuse(Exception):
    """The command can't be carried out as given; the message is one line that helps."""


class Refused(Exception):
    """Input can't be read.

    Attributes:
        what: The thing that can't be read, as the person called it.
        findings: Everything that is wrong with it.
    """

    def __init__(self, what: str, findings: Iterable[Finding]) -> None:
        """Refuse ``what`` because of ``findings``."""
        super().__init__(what)
        self.what = what
        self.findings = tuple(findings)
