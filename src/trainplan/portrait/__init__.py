"""The facts that every picture of a schedule shows, whatever it is drawn on: terminal, workbook or page.

One file a fact: `marks` (a letter and a colour for each course), `absence` (people away each day), `usage`
(days used and idle stretches of venues and instructors), `daysoff` (who is closed when, and why).
"""

from trainplan.portrait.absence import Absence, absences, away_by_slot
from trainplan.portrait.daysoff import Off, closed_for, closures, days_off
from trainplan.portrait.marks import Mark, marks
from trainplan.portrait.usage import Idle, Use, instructor_use, venue_use

__all__ = [
    "Absence",
    "Idle",
    "Mark",
    "Off",
    "Use",
    "absences",
    "away_by_slot",
    "closed_for",
    "closures",
    "days_off",
    "instructor_use",
    "marks",
    "venue_use",
]
