"""Every way in which ``generate`` comes to an answer, held against the best there is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from random import Random
from threading import Event, Timer

from tests.claims.brute import Brute, Question, TooLarge, pinned
from tests.claims.claim import Claim, Failure, claimed, known, unsound, untrue
from tests.claims.files import Case
from tests.claims.tunings import tuned
from trainplan.goals import pursued
from trainplan.model import Programme, Schedule
from trainplan.outcome import Limits, Outcome, apart

# Strategies that prove what they find: with time enough they have to find the best.
COMPLETE = ("whole", "counts", "turns", "apart")
STRATEGIES = (*COMPLETE, "relaxation", "parts", "wide", "coarse")
MODES = ("", "", "", " cut short", " stopped", " gap", " reproducible", " two workers")
WAYS = tuple(f"{strategy}{mode}" for strategy in STRATEGIES for mode in dict.fromkeys(MODES))
ENOUGH = 6.0  # seconds, for a strategy that ends by itself
FRUITFUL = 0.4  # seconds, for one that goes on searching


def chosen(chance: Random, number: int) -> list[str]:
    """Return ways to try: the usual one always, others by chance."""
    some = [f"{chance.choice(STRATEGIES)}{chance.choice(MODES)}" for _ in range(number)]
    return list(dict.fromkeys(["whole", *some]))


def answer(
    way: str, programme: Programme, chance: Random, before: Schedule | None, start: Schedule | None
) -> Outcome:
    """Return what one way answers."""
    from trainplan.solve import plan

    strategy, _, mode = way.partition(" ")
    seconds = ENOUGH if strategy in COMPLETE else FRUITFUL
    stop = Event()
    limits = Limits(seconds, workers=1, seed=chance.randrange(1000))
    if mode == "cut short":
        limits = replace(limits, seconds=chance.choice((0.001, 0.01, 0.03, 0.1, 0.2)) * (1 + chance.random()))
    if mode == "gap":
        limits = replace(limits, gap=chance.choice((0.001, 0.05, 0.3)))
    if mode == "reproducible":
        # Effort is not the clock's: what searches on takes up to ten times as long.
        efforts = (0.02, 0.1, 0.3, 2.0) if strategy in COMPLETE else (0.01, 0.03)
        limits = replace(limits, reproducible=True, seconds=chance.choice(efforts))
    if mode == "two workers":
        limits = replace(limits, workers=2)
    timer = Timer(chance.choice((0.0, 0.01, 0.05, 0.2)) * (1 + chance.random()), stop.set)
    if mode == "stopped":
        timer.start()
    try:
        with tuned(strategy):
            return plan(programme, limits, before=before, start=start, stop=stop)
    finally:
        timer.cancel()


def question(programme: Programme, before: Schedule | None) -> Question:
    """Return what ``generate`` is asked, for the oracle."""
    return pinned(programme, [goal.name for goal in pursued(programme)], before)


def judge(case: Case, ways: Sequence[str], programme: Programme, start: Schedule | None) -> Iterator[Failure]:
    """Yield what is wrong with the answers of some ways.

    Raises:
        TooLarge: There is no telling.
    """
    asked = question(programme, start)
    claims: list[Claim] = []
    for way in ways:
        chance = Random(f"{case.ask.get('seed')} {way}")
        strategy, _, mode = way.partition(" ")
        thorough = strategy in COMPLETE and mode in ("", "two workers")
        try:
            outcome = answer(way, programme, chance, None, start)
        except Exception as fault:  # whatever it is, it would end in exit 101
            yield Failure("fault", way, f"{type(fault).__name__}: {str(fault)[:200]}")
            continue
        claims.append(claimed(way, asked, outcome, thorough=thorough))
        yield from unsound(asked, claims[-1])
        if mode == "gap" and outcome.seconds < 0.5 * ENOUGH and strategy in COMPLETE:
            yield from _far(way, outcome)
    if not claims:
        return
    best = known(asked, claims)
    truth = Brute(asked).run(best)
    if best is not None and truth.values is None:
        yield Failure("oracle", claims[0].way, f"trying everything finds nothing as good as {best}")
        return
    others = [one.values for one in claims if one.schedule is not None and not asked.breaches(one.schedule)]
    for claim in claims:
        yield from untrue(asked, claim, truth, others)


def _far(way: str, outcome: Outcome) -> Iterator[Failure]:
    """Yield goals that are farther from their bounds than was called good enough, if it ended of itself."""
    for goal in outcome.goals:
        if apart(goal.value, goal.bound) > 0.3:
            yield Failure("gap", way, f"ended with {goal.name} at {goal.value}, bounded at {goal.bound}")


__all__ = ["WAYS", "TooLarge", "answer", "chosen", "judge", "question"]
