"""Whether a puzzle can be dealt: what is quick comes first, what is exact last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from trainplan.attendance.greedy import Rosters, greedy, least_lost, most_open
from trainplan.attendance.hall import Seats, hidden_shortage, shortage
from trainplan.attendance.puzzle import Puzzle
from trainplan.attendance.repair import Repair
from trainplan.attendance.search import Search

# Shares of the effort: a first exact look, which settles what is small, then each mending.
GLANCE, MEND = 20, 4


@dataclass(frozen=True, slots=True)
class Answer:
    """What looking came to.

    Attributes:
        possible: None where the effort was used up.
        rosters: The people in each session, where possible.
        short: A few seats that can't be dealt, where impossible and that was seen at a glance.
        spent: The effort it took.
    """

    possible: bool | None
    rosters: Sequence[Sequence[int]] = ()
    short: Seats | None = None
    spent: int = 0


def settle(puzzle: Puzzle, effort: int) -> Answer:
    """Deal ``puzzle`` or show that it can't be, within ``effort`` or not much more."""
    short = shortage(puzzle)
    if short:
        return Answer(False, short=short)
    dealings = []
    for rank in (least_lost, most_open):
        rosters = greedy(puzzle, rank)
        if not _missing(puzzle, rosters):
            return Answer(True, rosters)
        dealings.append(rosters)
    short = hidden_shortage(puzzle)
    if short:
        return Answer(False, short=short)
    spent = 0
    dealings.sort(key=lambda rosters: _missing(puzzle, rosters))
    attempts = ((GLANCE, None), *((MEND, rosters) for rosters in dealings), (1, None))
    for share, start in attempts:
        budget = (effort - spent) // share
        attempt = Search(puzzle, budget) if start is None else Repair(puzzle, start, budget)
        found = attempt.run()
        spent += budget - max(0, attempt.left)
        if found is not None:
            return Answer(found is not False, found or (), spent=spent)
    return Answer(None, spent=spent)


def _missing(puzzle: Puzzle, rosters: Rosters) -> int:
    return sum(max(0, need - len(roster)) for roster, need in zip(rosters, puzzle.needs, strict=True))
