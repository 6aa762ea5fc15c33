"""Every rule's verdict on a finished schedule, however it was made. Never asks the solver."""

from __future__ import annotations

from datetime import date

from trainplan.findings import Finding
from trainplan.model import Programme, Schedule
from trainplan.rules import RULES


def audit(programme: Programme, schedule: Schedule) -> tuple[Finding, ...]:
    """Return how ``schedule`` breaks the rules; nothing where it breaks none.

    A finding of severity ``warning`` is not a breach: it says what could not be settled.

    Returns:
        Findings in the order of the rules, those of one rule by first date, then by sessions.
    """
    return tuple(finding for rule in RULES for finding in sorted(rule.check(programme, schedule), key=_when))


def _when(finding: Finding) -> tuple[date, tuple[str, ...], str]:
    return (finding.days[0] if finding.days else date.max, finding.sessions, finding.message)
