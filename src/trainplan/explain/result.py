"""What an explanation says: causes, and ways out of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from trainplan.explain.line import Line
from trainplan.model import Instructor, Programme, Schedule, Venue
from trainplan.rules.base import About
from trainplan.solve.ask import Seats

Verdict = Literal["possible", "impossible", "unsettled"]
Both = tuple[Programme, Schedule | None]  # a programme, and the earlier schedule whose pins are to be kept


@dataclass(frozen=True, slots=True)
class Cause:
    """Statements that can't all hold.

    Attributes:
        lines: The statements; a smallest set if ``verified``: the set alone is impossible, and without any
            one of its lines it is possible.
        seats: The seats among them.
        alike: Other seats of the same course that the same statements keep from being placed.
        verified: Whether all of that was proved in the time.
        because: The contradiction in numbers, where arithmetic shows it; else empty.
    """

    lines: tuple[Line, ...]
    seats: frozenset[Seats]
    verified: bool
    because: str = ""
    alike: frozenset[Seats] = frozenset()


@dataclass(frozen=True, slots=True)
class Change:
    """A change to the programme, or to what is pinned, that may be a way out.

    Attributes:
        message: What to do, in the coordinator's words.
        about: The thing that changes.
        column: The key or column that changes.
        old, new: Its value before and after, as it stands in the files.
        effort: How hard it is for the people; only compares.
        make: Carries it out.
        adds: The rows that are new, if it adds any.
    """

    message: str
    about: About
    column: str
    old: str
    new: str
    effort: float
    make: Callable[[Both], Both] = field(compare=False, repr=False)
    adds: tuple[Venue | Instructor, ...] = ()


@dataclass(frozen=True, slots=True)
class Fix:
    """A change that does away with a cause.

    Attributes:
        change: What to do.
        cause: Number of the cause (from 0) that it does away with; ``also``: of others.
        verified: Solved again with the change: the cause's seats and all others that no other cause keeps
            from it have their place, audited. Otherwise only the cause's seats by themselves have, and time
            was too short for the rest; what the rest refutes is no fix.
    """

    change: Change
    cause: int
    verified: bool
    also: tuple[int, ...] = ()

    @property
    def causes(self) -> tuple[int, ...]:
        """The causes that it does away with, ascending."""
        return (self.cause, *self.also)


@dataclass(frozen=True, slots=True)
class Explanation:
    """The answer of ``explain``.

    Attributes:
        verdict: ``impossible`` only where that is proved, ``possible`` only with an audited schedule.
        causes: Each about other seats or other statements.
        fixes: The least effort first.
        together: Numbers of fixes (from 0), as few as possible, with which everything has its place,
            audited; empty where there is one cause or where none was found.
        searched: Whether every smaller set with a fix for each cause was refuted: where ``together`` is empty
            there is none.
        rest: Whether all other seats can be placed together; None if not settled.
        complete: Nothing was left out for want of time.
        seconds: Time taken; ``first`` until the first cause was there.
    """

    verdict: Verdict
    causes: tuple[Cause, ...] = ()
    fixes: tuple[Fix, ...] = ()
    together: tuple[int, ...] = ()
    searched: bool = False
    rest: bool | None = None
    complete: bool = True
    interrupted: bool = False
    seconds: float = 0.0
    first: float | None = None
