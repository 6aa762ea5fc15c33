"""How hard a change is for the people who have to make it: only good for comparing.

A setting on paper costs little, an agreement with people more, money most; and more of it costs more. The
numbers are ours; whoever knows better picks another fix from the list.
"""

from __future__ import annotations

PAPER = 1.0  # a rule of one's own: span, start_on, parallel, mixed, a lag, a pin
WINDOW = 2.0  # a date that was promised: earliest, latest, the programme's end
CLASS = 2.0  # smaller or larger classes
COVER = 3.0  # more people away at once
CLOSURE = 3.0  # working on days that were to be free, or keeping a venue open
PERSON = 3.0  # someone comes earlier, stays longer, teaches more days
SEATS = 4.0  # people are not trained
RENEWAL = 4.0  # a ticket is renewed, or a colleague qualifies
ROOM = 6.0  # a room is enlarged or equipped
HIRE = 8.0  # one more instructor
VENUE = 10.0  # one more venue
WEEKEND = 9.0  # everybody works on another weekday
ORDER = 6.0  # people are taught in another order than was thought right

PER_DAY = 0.1
FULL = 10.0  # added where as much again is asked for


def by_days(base: float, days: int) -> float:
    """Return the effort of something that grows with days."""
    return base + PER_DAY * days


def by_share(base: float, more: int, of: int) -> float:
    """Return the effort of something that grows with its share of what there is."""
    return base + FULL * more / max(of, 1)
