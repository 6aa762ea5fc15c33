"""Every way to a changed schedule, held against the least change there is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from random import Random
from threading import Event, Timer

from tests.claims.brute import Brute, Question, Values, replanned
from tests.claims.claim import Claim, Failure, claimed, known, unsound, untrue
from tests.claims.files import Case
from trainplan.audit import audit
from trainplan.model import Programme, Schedule
from trainplan.outcome import Limits
from trainplan.replan import Misreported, ReplanOutcome, replan

MODES = ("", " cut short", " stopped", " reproducible", " two workers")
WAYS = tuple(f"replan{mode}" for mode in MODES)
ENOUGH = 5.0  # seconds


class Refused(Exception):
    """The events can't be."""


def answer(way: str, case: Case, programme: Programme, before: Schedule, chance: Random) -> ReplanOutcome:
    """Return what one way answers."""
    mode = way.removeprefix("replan").strip()
    limits = Limits(ENOUGH, workers=1, seed=chance.randrange(1000))
    if mode == "cut short":
        limits = replace(limits, seconds=chance.choice((0.001, 0.03, 0.1, 0.3)) * (1 + chance.random()))
    if mode == "reproducible":
        limits = replace(limits, reproducible=True, seconds=chance.choice((0.1, 0.5, 2.0)))
    if mode == "two workers":
        limits = replace(limits, workers=2)
    stop = Event()
    timer = Timer(chance.choice((0.0, 0.03, 0.1, 0.3)) * (1 + chance.random()), stop.set)
    if mode == "stopped":
        timer.start()
    today = date.fromisoformat(case.ask["today"])
    try:
        return replan(
            programme, before, case.ask["events"], today, case.ask["freeze"], limits, report=None, stop=stop
        )
    finally:
        timer.cancel()


def question(case: Case, outcome: ReplanOutcome) -> Question:
    """Return what was asked, for the oracle: the programme after the events, and what may not be touched."""
    gone = {event.cancels for event in outcome.events if event.cancels}
    dropped = {one.id for one in outcome.old.live if one.id in gone and one.end >= outcome.today}
    before = Schedule.of(
        [replace(one, pin=frozenset()) if one.id in dropped else one for one in outcome.old.sessions],
        today=outcome.today,
    )
    return replanned(outcome.programme, before, outcome.fixed, dropped)


def murky(asked: Question) -> bool:
    """Say whether the people in what is over can't be dealt out: then nobody can say what follows."""
    facts = Schedule.of(asked.fixed)
    return any(one.rule == "group-attendance" for one in audit(asked.programme, facts))


def judge(case: Case, ways: Sequence[str], programme: Programme, before: Schedule) -> Iterator[Failure]:
    """Yield what is wrong with the answers of some ways.

    Raises:
        TooLarge: There is no telling.
        Refused: The events can't be.
    """
    claims: list[Claim] = []
    asked: Question | None = None
    for way in ways:
        chance = Random(f"{case.ask.get('seed')} {way}")
        try:
            outcome = answer(way, case, programme, before, chance)
        except Misreported as why:
            raise Refused from why
        except Exception as fault:  # whatever it is, it would end in exit 101
            yield Failure("fault", way, f"{type(fault).__name__}: {str(fault)[:200]}")
            continue
        asked = question(case, outcome)
        thorough = way in ("replan", "replan two workers")
        claims.append(claimed(way, asked, outcome.outcome, thorough=thorough))
        yield from unsound(asked, claims[-1])
        yield from _past(asked, claims[-1])
    if asked is None or murky(asked):
        return
    best = known(asked, [one for one in claims if not any(_past(asked, one))])
    truth = Brute(asked).run(best)
    if best is not None and truth.values is None:
        yield Failure("oracle", claims[0].way, f"trying everything finds nothing as good as {best}")
        return
    for claim in claims:
        # What may not be so is worse than nothing: that has been said.
        if not any(_past(asked, claim)):
            yield from untrue(asked, claim, truth, others(asked, claims))


def others(asked: Question, claims: Sequence[Claim]) -> list[Values]:
    """Return what is known to be possible from the answers themselves."""
    return [
        one.values
        for one in claims
        if one.schedule is not None and not asked.breaches(one.schedule) and not any(_past(asked, one))
    ]


def _past(asked: Question, claim: Claim) -> Iterator[Failure]:
    """Yield sessions that are put where they can't be: on days gone by, or where one was cancelled."""
    today = asked.before.today if asked.before is not None else None
    old = {one.id: one for one in asked.before.live} if asked.before is not None else {}
    for one in claim.schedule.live if claim.schedule is not None else ():
        moved = one.id not in old or old[one.id].slots != one.slots
        if moved and today is not None and one.start <= today:
            yield Failure("past", claim.way, f"{one.id} is put on {one.start}, and today is {today}")
        if moved and asked.barred(one.course, one.days, one.venues):
            yield Failure("again", claim.way, f"{one.id} is where a session was cancelled")
