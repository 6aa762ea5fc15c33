"""Whether a puzzle can be dealt: what is quick comes first, what is exact last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import cycle, islice, product
from math import gcd
from random import Random

from trainplan.attendance.greedy import RANKS, Rosters, greedy
from trainplan.attendance.hall import Seats, hidden_shortage, shortage
from trainplan.attendance.puzzle import Puzzle
from trainplan.attendance.repair import Repair
from trainplan.attendance.search import Search

# Shares of the effort: a first exact look, which settles what is small, then each mending.
GLANCE, MEND = 20, 4
# Quick dealings that leave something to chance, and how much: a hundredth of the time of one mending each.
SHAKEN, SHAKES = 60, (1, 3, 8)
# Share of the effort for teams: all sizes may be multiples of a number, and people be dealt out by so many.
TEAMS = 4


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
    spent = 0
    size = gcd(puzzle.headcount, *puzzle.needs, *puzzle.rooms)
    if size > 1:
        teams = _in_turn(_in_teams(puzzle, size), effort // TEAMS)
        if teams.possible:
            return replace(teams, rosters=[_members(roster, size) for roster in teams.rosters])
        spent = teams.spent
    answer = _in_turn(puzzle, effort - spent)
    return replace(answer, spent=answer.spent + spent)


def _in_teams(puzzle: Puzzle, size: int) -> Puzzle:
    """Return the puzzle of dealing out teams of so many who go everywhere together: it is smaller."""
    return replace(
        puzzle,
        headcount=puzzle.headcount // size,
        needs=tuple(need // size for need in puzzle.needs),
        rooms=tuple(room // size for room in puzzle.rooms),
    )


def _members(roster: Sequence[int], size: int) -> list[int]:
    return [team * size + member for team in roster for member in range(size)]


def _in_turn(puzzle: Puzzle, effort: int) -> Answer:
    """Try what is quick, then what is exact."""
    dealings = []
    for rank in RANKS:
        dealings.append(greedy(puzzle, rank))
        if not _missing(puzzle, dealings[-1]):
            return Answer(True, dealings[-1])
    short = hidden_shortage(puzzle)
    if short:
        return Answer(False, short=short)
    dealings.append(_shaken(puzzle))
    dealings.sort(key=lambda rosters: _missing(puzzle, rosters))
    if not _missing(puzzle, dealings[0]):
        return Answer(True, dealings[0])
    spent = 0
    attempts = ((GLANCE, None), *((MEND, rosters) for rosters in dealings), (1, None))
    for share, start in attempts:
        budget = (effort - spent) // share
        attempt = Search(puzzle, budget) if start is None else Repair(puzzle, start, budget)
        found = attempt.run()
        spent += budget - max(0, attempt.left)
        if found is not None:
            return Answer(found is not False, found or (), spent=spent)
    return Answer(None, spent=spent)


def _shaken(puzzle: Puzzle) -> Rosters:
    """Deal again and again, each time with some noise in the ranks, and return the best dealing."""
    chance = Random(len(puzzle.needs))
    best: tuple[int, Rosters] | None = None
    for rank, noise in islice(cycle(product(RANKS, SHAKES)), SHAKEN):
        rosters = greedy(
            puzzle, lambda *asked, rank=rank, noise=noise: rank(*asked) + chance.random() * noise
        )
        missing = _missing(puzzle, rosters)
        if best is None or missing < best[0]:
            best = missing, rosters
        if not missing:
            break
    assert best is not None
    return best[1]


def _missing(puzzle: Puzzle, rosters: Rosters) -> int:
    return sum(max(0, need - len(roster)) for roster, need in zip(rosters, puzzle.needs, strict=True))
