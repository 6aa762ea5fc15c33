"""A quick dealing, session by session in order of time; it may leave seats empty for others to mend."""

from __future__ import annotations

from collections.abc import Callable

from trainplan.attendance.puzzle import Puzzle, State

# States drift apart by sessions that are long over; looking for those to merge at every session costs
# more than it saves.
MERGE_EVERY = 16

Rosters = list[list[int]]
Rank = Callable[[Puzzle, State, int], float]


def least_lost(puzzle: Puzzle, state: State, number: int) -> int:
    """Rank first whoever loses the fewest other chances by going: best where orders and weeks bind."""
    return ((state.open & puzzle.excludes[number]) >> number).bit_count()


def most_open(puzzle: Puzzle, state: State, number: int) -> int:
    """Rank first whoever has most still before them: best in large groups where everybody takes all."""
    return -(state.open >> number).bit_count()


RANKS: tuple[Rank, ...] = (least_lost, most_open)


def greedy(puzzle: Puzzle, rank: Rank) -> Rosters:
    """Return the people in each session; where too few could go, fewer than it needs.

    Seats that only may be filled are filled too: they belong to courses that others come after.
    """
    waiting: dict[State, list[int]] = {puzzle.fresh: list(range(puzzle.headcount))}
    rosters: Rosters = []
    for number, room in enumerate(puzzle.rooms):
        if number % MERGE_EVERY == 0:
            waiting = _merged(waiting, number)
        bit, after = 1 << number, puzzle.after[number]
        able = [state for state in waiting if state.open & bit and not after & ~state.have]
        roster: list[int] = []
        for state in sorted(able, key=lambda one: rank(puzzle, one, number)):
            if len(roster) == room:
                break
            people = waiting.pop(state)
            some = people[: room - len(roster)]
            if len(some) < len(people):
                waiting[state] = people[len(some) :]
            roster += some
            gone = puzzle.then(state, number)
            waiting.setdefault(State(gone.open >> number << number, gone.have), []).extend(some)
        rosters.append(roster)
    return rosters


def _merged(waiting: dict[State, list[int]], number: int) -> dict[State, list[int]]:
    merged: dict[State, list[int]] = {}
    for state, people in waiting.items():
        merged.setdefault(State(state.open >> number << number, state.have), []).extend(people)
    return merged
