"""Cases of one rule as data: a programme, a schedule, and every finding that is to come out of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from builders import days as dates_of
from builders import ids

from trainplan.model import Programme, Schedule
from trainplan.rules.base import About, Rule


@dataclass(frozen=True)
class Breach:
    """One finding: sessions as ``CP-01; CP-02``, days as ``03-01..03-05``, the place as it is printed."""

    message: str
    sessions: str = ""
    days: str = ""
    place: str | None = None
    severity: Literal["error", "warning"] = "error"


class Case:
    """What a rule finds in a schedule; without breaches it is to find nothing."""

    def __init__(self, title: str, programme: Programme, schedule: Schedule, *breaches: Breach) -> None:
        self.title = title
        self.programme = programme
        self.schedule = schedule
        self.breaches = breaches

    def __str__(self) -> str:
        return self.title

    def holds(self, rule: Rule) -> None:
        found = list(rule.check(self.programme, self.schedule))
        assert [
            (
                one.message,
                one.sessions,
                one.days,
                None if one.place is None else str(one.place),
                one.severity,
                one.rule,
            )
            for one in found
        ] == [
            (one.message, ids(one.sessions), _days(one.days), one.place, one.severity, rule.name)
            for one in self.breaches
        ]


@dataclass(frozen=True)
class Worded:
    """How a rule is worded when it is to blame for one thing, ``about`` as ``group: police``."""

    about: str
    programme: Programme
    text: str

    def __str__(self) -> str:
        return self.about

    def holds(self, rule: Rule) -> None:
        kind, _, id = self.about.partition(": ")
        assert rule.because(self.programme, About(kind, id)) == self.text


def _days(text: str) -> tuple[date, ...]:
    return dates_of(text)
