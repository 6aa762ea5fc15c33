"""Mends a dealing that left seats empty: someone takes a seat and gives up others, which are mended next."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from operator import or_
from random import Random
from typing import NamedTuple

from trainplan.attendance.greedy import Rosters
from trainplan.attendance.puzzle import Puzzle, bits

# A glance at whether someone is free costs a small part of pricing what she would give up.
GLANCES = 16
# In a large group so many, drawn by lot, are nearly as good a choice as all of them.
ASKED = 100
# One time in so many the way round by an earlier course is looked at even where there is a direct one.
DETOUR = 8
# Nobody found so often in a row: given up.
PATIENCE = 40


class Move(NamedTuple):
    """Somebody goes to some sessions (bits) and gives up others."""

    person: int
    gains: int
    loses: int


class Repair:
    """Ejection chains: a seat that keeps falling empty grows dear, so that others are given up for it.

    Attributes:
        left: Effort left; one unit is one person whose moves are priced.
    """

    def __init__(self, puzzle: Puzzle, rosters: Rosters, effort: int) -> None:
        """Get ready to mend ``rosters``, which are changed in place."""
        self.puzzle = puzzle
        self.rosters = rosters
        self.left = effort
        self._chance = Random(len(rosters))
        self._price = [1] * len(rosters)
        self._been = [0] * puzzle.headcount
        for number, roster in enumerate(rosters):
            for person in roster:
                self._been[person] |= 1 << number
        # For each session, the sessions that will do for each course that comes before it.
        self._serving = [
            tuple(puzzle.of_course[course] & ~puzzle.apart[number] for course in bits(after))
            for number, after in enumerate(puzzle.after)
        ]
        # And for each session those that it will do for.
        self._served = [0] * len(rosters)
        for number, servings in enumerate(self._serving):
            for other in bits(reduce(or_, servings, 0)):
                self._served[other] |= 1 << number

    def run(self) -> Rosters | None:
        """Return the people in each session, None where seats stay empty."""
        short = {number for number in range(len(self.rosters)) if self._missing(number)}
        fruitless = 0
        while short:
            number = self._chance.choice(sorted(short))
            moves = self._direct(number)
            if not moves or not self._chance.randrange(DETOUR):
                moves = self._detour(number) or moves
            fruitless = 0 if moves else fruitless + 1
            if fruitless > PATIENCE or self.left < 0:
                return None
            for move in moves:
                self._make(move)
                for other in bits(move.gains | move.loses):
                    (short.add if self._missing(other) else short.discard)(other)
        return self.rosters

    def _missing(self, number: int) -> bool:
        return len(self.rosters[number]) < self.puzzle.needs[number]

    def _spare(self, number: int) -> bool:
        """Say whether somebody may leave a session without being missed."""
        return len(self.rosters[number]) > self.puzzle.needs[number]

    def _make(self, move: Move) -> None:
        self._been[move.person] = self._been[move.person] & ~move.loses | move.gains
        for number in bits(move.gains):
            self.rosters[number].append(move.person)
        for number in bits(move.loses):
            self.rosters[number].remove(move.person)
            self._price[number] += 1

    def _cost(self, sessions: int) -> int:
        return sum(self._price[number] for number in bits(sessions) if not self._spare(number))

    def _ready(self, been: int, number: int) -> bool:
        """Say whether someone has been in all that comes before session ``number``."""
        servings = self._serving[number]
        return not servings or all(been & serving for serving in servings)

    def _direct(self, number: int) -> Sequence[Move]:
        """Return how someone who is ready takes a seat at the lowest price; empty where nobody is."""
        apart, bit, been = self.puzzle.apart[number], 1 << number, self._been
        self.left -= 1 + len(been) // GLANCES
        free = [one for one, mask in enumerate(been) if not mask & apart and self._ready(mask, number)]
        if free:
            return (Move(self._chance.choice(free), bit, 0),)
        ready = [one for one, mask in enumerate(been) if not mask & bit and self._ready(mask, number)]
        asked = self._chance.sample(ready, min(len(ready), ASKED))
        self.left -= len(asked)
        moves = [Move(one, bit, self._lost(been[one], bit)) for one in asked]
        return (min(moves, key=lambda move: self._cost(move.loses)),) if moves else ()

    def _detour(self, number: int) -> Sequence[Move]:
        """Return how someone takes a seat by way of another's place in a course that comes before."""
        best: tuple[int, Sequence[Move]] = (0, ())
        people = [one for one, mask in enumerate(self._been) if not mask >> number & 1]
        for person in self._chance.sample(people, min(len(people), ASKED // 10)):
            been = self._been[person]
            lacking = [serving for serving in self._serving[number] if not been & serving]
            self.left -= 1 + len(lacking)
            if len(lacking) != 1:
                continue
            for way in bits(lacking[0]):
                if not self._ready(been, way):
                    continue
                gains = 1 << number | 1 << way
                loses = self._lost(been, gains)
                if not self._ready((been | gains) & ~loses, number):
                    continue
                moves = (Move(person, gains, loses), *self._makes_room(way))
                cost = sum(self._cost(move.loses) for move in moves)
                if not best[1] or cost < best[0]:
                    best = cost, moves
        return best[1]

    def _makes_room(self, number: int) -> Sequence[Move]:
        """Return who leaves a session where it is full."""
        roster = self.rosters[number]
        if len(roster) < self.puzzle.rooms[number]:
            return ()
        other = self._chance.choice(roster)
        bit = 1 << number
        return (Move(other, 0, bit | self._stranded(self._been[other] & ~bit, bit)),)

    def _lost(self, been: int, gains: int) -> int:
        """Return what someone gives up to go to ``gains``: all that clashes, and what comes after that."""
        clashing = 0
        for number in bits(gains):
            clashing |= been & self.puzzle.apart[number]
        return clashing | self._stranded(been & ~clashing | gains, clashing) if clashing else 0

    def _stranded(self, been: int, lost: int) -> int:
        """Return the sessions that someone can't keep, having been in ``been`` and no more in ``lost``."""
        doubtful = 0
        for number in bits(lost):
            doubtful |= self._served[number]
        kept, doubtful = been, doubtful & been
        while doubtful:
            # In order of time, so one that falls takes those after it along.
            bit = doubtful & -doubtful
            doubtful ^= bit
            number = bit.bit_length() - 1
            if not self._ready(kept, number):
                kept ^= bit
                doubtful |= self._served[number] & kept
        return been & ~kept
