"""What ``explain`` says of a programme, held against trying everything."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from tests.claims.brute import Brute, pinned
from tests.claims.claim import Failure
from tests.explain.naive import TooMany, possible
from trainplan.explain import Explanation, combined, explain
from trainplan.model import Programme, Schedule
from trainplan.outcome import Limits

ENOUGH = 20.0  # seconds; it ends by itself
NAIVE_SEATS = 7  # of all courses together, up to which each cause is tried by itself
NAIVE_STEPS = 300_000  # sessions tried for one question; beyond, it is left unjudged


def judge(programme: Programme, before: Schedule | None) -> Iterator[Failure]:
    """Yield what is wrong with an explanation.

    Raises:
        TooLarge: There is no telling.
    """
    try:
        told = explain(programme, Limits(ENOUGH, workers=1), before=before)
    except Exception as fault:  # whatever it is, it would end in exit 101
        yield Failure("fault", "explain", f"{type(fault).__name__}: {str(fault)[:200]}")
        return
    left = unplaced(programme, before)
    verdict = "possible" if left == 0 else "impossible"
    if told.verdict != verdict:
        yield Failure("verdict", "explain", f"is {verdict}, and was called {told.verdict}")
        return
    if before is None and _naive(programme):
        yield from _causes(programme, told)
    yield from _fixes(programme, before, told)


def unplaced(programme: Programme, before: Schedule | None) -> int | None:
    """Return how many seats stay unplaced at least, None if no schedule keeps the pins."""
    even = {id: replace(one, priority=1) for id, one in programme.courses.items()}
    truth = Brute(pinned(replace(programme, courses=even), ["seats"], before)).run()
    return truth.values[0] if truth.values is not None else None


def _naive(programme: Programme) -> bool:
    """Say whether trying a cause by itself is possible: it knows one period and no holidays."""
    seats = sum(number for course in programme.courses.values() for number in course.seats.values())
    plain = len(programme.periods) == 1 and not programme.holidays
    return plain and seats <= NAIVE_SEATS and not any(one.opens for one in programme.closures)


def _causes(programme: Programme, told: Explanation) -> Iterator[Failure]:
    for cause in told.causes:
        lines = [line.message for line in cause.lines]
        try:
            if possible(programme, cause.lines, most=NAIVE_STEPS):
                yield Failure("cause", "explain", f"can all hold: {lines}")
            elif cause.verified:
                for line in cause.lines:
                    others = [one for one in cause.lines if one is not line]
                    if not possible(programme, others, most=NAIVE_STEPS):
                        yield Failure("needless", "explain", f"{line.message!r} is not needed in {lines}")
        except TooMany:
            continue


def _fixes(programme: Programme, before: Schedule | None, told: Explanation) -> Iterator[Failure]:
    if len(told.causes) == 1 and told.rest:
        for fix in told.fixes:
            after, kept = fix.change.make((programme, before))
            works = unplaced(after, kept) == 0
            if not works:
                kind = "fix" if fix.verified else "refuted"
                yield Failure(kind, "explain", f"is no fix (verified: {fix.verified}): {fix.change.message}")
    if told.together:
        changes = [told.fixes[number].change for number in told.together]
        after, kept = combined(changes, (programme, before))
        if unplaced(after, kept) != 0:
            said = "; ".join(one.message for one in changes)
            yield Failure("together", "explain", f"together no fix: {said}")
