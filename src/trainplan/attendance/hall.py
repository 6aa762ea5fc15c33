"""Sets of seats that are more than there are people for them: impossible at a glance, and easy to tell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from trainplan.attendance.puzzle import Puzzle, bits

Seats = Mapping[int, int]  # by session number


def shortage(puzzle: Puzzle) -> Seats | None:
    """Return too many seats of one course, at one time or after one course; None where there are none."""
    return _crowded(puzzle, (*puzzle.of_course, *puzzle.shared)) or _outrun(puzzle)


def hidden_shortage(puzzle: Puzzle) -> Seats | None:
    """Return too many seats of sessions no two of which one person can take; None where none are found.

    Slower than ``shortage``: grows such a set from every session, the heaviest first.
    """
    seeds = (*puzzle.of_course, *puzzle.shared, *(1 << number for number in range(len(puzzle.needs))))
    return _crowded(puzzle, (_grown(puzzle, seed) for seed in seeds if seed))


def _crowded(puzzle: Puzzle, sets: Iterable[int]) -> Seats | None:
    for mask in sets:
        if sum(puzzle.needs[number] for number in bits(mask)) > puzzle.headcount:
            return _trimmed(puzzle, mask, puzzle.headcount + 1)
    return None


def _trimmed(puzzle: Puzzle, mask: int, enough: int) -> Seats:
    """Return ``enough`` seats of these sessions, from as few sessions as hold them."""
    kept: dict[int, int] = {}
    for number in sorted(bits(mask), key=lambda one: -puzzle.needs[one]):
        kept[number] = min(puzzle.needs[number], enough)
        enough -= kept[number]
        if not enough:
            break
    return kept


def _grown(puzzle: Puzzle, mask: int) -> int:
    fit = (1 << len(puzzle.needs)) - 1
    for number in bits(mask):
        fit &= puzzle.apart[number]
    fit &= ~mask
    while fit:
        best = max(bits(fit), key=lambda one: (puzzle.needs[one], -one))
        mask |= 1 << best
        fit &= puzzle.apart[best] & ~(1 << best)
    return mask


def _outrun(puzzle: Puzzle) -> Seats | None:
    """Return seats of one course that too few can reach in time from a course that comes before it."""
    pairs = {(before, puzzle.course[n]) for n, after in enumerate(puzzle.after) for before in bits(after)}
    for before, course in sorted(pairs):
        later = puzzle.of_course[course]
        serves = {one: later & ~puzzle.apart[one] for one in bits(puzzle.of_course[before])}
        # The sessions that one serves follow one another, so to spend first what serves the shortest
        # is exact.
        sources = sorted(serves, key=lambda one: serves[one].bit_length())
        left = {one: puzzle.rooms[one] for one in sources}
        used: dict[int, int] = dict.fromkeys(sources, 0)
        for number in bits(later):
            missing = puzzle.needs[number]
            for one in sources:
                if missing and left[one] and serves[one] >> number & 1:
                    taken = min(missing, left[one])
                    left[one] -= taken
                    missing -= taken
                    used[one] |= 1 << number
            if missing:
                return _starved(puzzle, number, serves, used)
    return None


def _starved(puzzle: Puzzle, number: int, serves: Seats, used: Seats) -> Seats:
    """Return the seats that together ask more of what serves them than it has, ``number`` among them."""
    hungry, sources = 1 << number, 0
    while True:
        found = sum(1 << one for one, mask in serves.items() if mask & hungry)
        if found == sources:
            enough = sum(puzzle.rooms[one] for one in bits(sources)) + 1
            return _trimmed(puzzle, hungry, enough)
        sources = found
        for one in bits(sources):
            hungry |= used[one]
