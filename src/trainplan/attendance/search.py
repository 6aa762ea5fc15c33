"""Exact dealing: how many people of each kind go to each session, in order of time; back where it fails."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from operator import and_
from typing import Literal

from trainplan.attendance.puzzle import Puzzle, State

Crowd = Mapping[State, int]
Take = Mapping[State, int]


class Search:
    """A depth-first search over crowds: people in one state are told apart by nothing, so they are counted.

    Attributes:
        left: Effort left; one unit is one kind of people looked at for one session.
    """

    def __init__(self, puzzle: Puzzle, effort: int) -> None:
        """Get ready to deal ``puzzle`` with at most ``effort``."""
        self.puzzle = puzzle
        self.left = effort
        self._relevant = [self._from(number) for number in range(len(puzzle.needs) + 1)]
        self._failed: set[tuple[int, frozenset[tuple[State, int]]]] = set()

    def _from(self, number: int) -> State:
        """Return what still matters once the sessions before ``number`` are dealt."""
        have = 0
        for after in self.puzzle.after[number:]:
            have |= after
        return State((1 << len(self.puzzle.needs)) - (1 << number), have)

    def kept(self, state: State, number: int) -> State:
        """Return what still matters of ``state`` once the sessions before ``number`` are dealt."""
        return State(*map(and_, state, self._relevant[number]))

    def run(self) -> Sequence[Sequence[int]] | Literal[False] | None:
        """Return the people in each session, False where they can't be dealt, None where effort ran out."""
        last = len(self.puzzle.needs)
        crowds: list[Crowd] = [{self.puzzle.fresh: self.puzzle.headcount}]
        takes: list[Take] = []
        open_: list[Iterator[Take]] = []
        while len(takes) < last:
            number = len(takes)
            if len(open_) == number:
                open_.append(self._takes(crowds[-1], number))
            take = next(open_[-1], None)
            if self.left < 0:
                return None
            if take is not None:
                crowd = self._after(crowds[-1], take, number)
                if (number + 1, frozenset(crowd.items())) not in self._failed:
                    takes.append(take)
                    crowds.append(crowd)
                continue
            self._failed.add((number, frozenset(crowds[-1].items())))
            open_.pop()
            crowds.pop()
            if not crowds:
                return False
            takes.pop()
        return self._seated(takes)

    def _takes(self, crowd: Crowd, number: int) -> Iterator[Take]:
        """Yield every way to fill session ``number`` from ``crowd``."""
        able = [state for state in crowd if self.puzzle.may(state, number)]
        self.left -= len(crowd)
        for need in range(self.puzzle.needs[number], self.puzzle.rooms[number] + 1):
            yield from self._share(crowd, able, need)

    def _share(self, crowd: Crowd, able: Sequence[State], need: int) -> Iterator[Take]:
        if not able:
            if not need:
                yield {}
            return
        state, rest = able[0], able[1:]
        least = max(0, need - sum(crowd[other] for other in rest))
        for count in range(min(need, crowd[state]), least - 1, -1):
            self.left -= 1
            for take in self._share(crowd, rest, need - count):
                yield {state: count, **take} if count else take

    def _after(self, crowd: Crowd, take: Take, number: int) -> dict[State, int]:
        after: dict[State, int] = {}
        for state, count in crowd.items():
            gone = take.get(state, 0)
            for one, people in ((self.puzzle.then(state, number), gone), (state, count - gone)):
                if people:
                    kept = self.kept(one, number + 1)
                    after[kept] = after.get(kept, 0) + people
        return after

    def _seated(self, takes: Sequence[Take]) -> Sequence[Sequence[int]]:
        """Turn how many of each kind go to each session into persons."""
        waiting: dict[State, list[int]] = {self.puzzle.fresh: list(range(self.puzzle.headcount))}
        seats = []
        for number, take in enumerate(takes):
            after: dict[State, list[int]] = {}
            gone: list[int] = []
            for state, people in waiting.items():
                count = take.get(state, 0)
                gone += people[:count]
                for one, some in ((self.puzzle.then(state, number), people[:count]), (state, people[count:])):
                    if some:
                        after.setdefault(self.kept(one, number + 1), []).extend(some)
            seats.append(gone)
            waiting = after
        return seats
