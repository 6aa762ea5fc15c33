"""What an engine says, and what of it is not so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tests.claims.brute import Question, Truth, Values
from trainplan.model import Schedule
from trainplan.outcome import Outcome


@dataclass(frozen=True)
class Failure:
    """Something that is not as it should be.

    Attributes:
        kind: In one word, the same for the same trouble in a smaller programme.
        way: Which way to an answer failed.
        text: What was said and what is so.
    """

    kind: str
    way: str
    text: str


@dataclass(frozen=True)
class Claim:
    """An answer.

    Attributes:
        way: How it was got.
        values, bounds: By goal, in the order of the question's goals; a bound is None where none is told.
        thorough: It had the time to find the best there is.
    """

    way: str
    status: str
    schedule: Schedule | None
    values: tuple[int, ...]
    bounds: tuple[int | None, ...]
    told: tuple[tuple[str, int], ...]
    thorough: bool


def claimed(way: str, question: Question, outcome: Outcome, *, thorough: bool) -> Claim:
    """Return what an outcome claims."""
    told = {goal.name: goal for goal in outcome.goals}
    values = question.measure(outcome.schedule) if outcome.schedule is not None else ()
    bounds = tuple(told[name].bound if name in told else None for name in question.goals)
    spoken = tuple((goal.name, goal.value) for goal in outcome.goals)
    return Claim(way, outcome.status, outcome.schedule, values, bounds, spoken, thorough)


def known(question: Question, claims: Sequence[Claim]) -> Values | None:
    """Return what the best of the sound schedules is worth."""
    sound = [
        one.values
        for one in claims
        if one.schedule is not None and not question.breaches(one.schedule) and _facts_kept(question, one)
    ]
    return min(sound, default=None)


def _facts_kept(question: Question, claim: Claim) -> bool:
    assert claim.schedule is not None
    there = {one.id: one for one in claim.schedule.live}
    return all(
        one.id in there and there[one.id].slots == one.slots and there[one.id].groups == one.groups
        for one in question.fixed
    )


def unsound(question: Question, claim: Claim) -> Iterator[Failure]:
    """Yield what is wrong with a schedule, whatever the best is."""
    if claim.schedule is None:
        return
    if broken := question.breaches(claim.schedule):
        yield Failure("unsound", claim.way, f"breaks {broken[0].rule}: {broken[0].message}")
    if not _facts_kept(question, claim):
        yield Failure("fact", claim.way, "a session that can't be changed is not as it was")
    measured = dict(zip(question.goals, claim.values, strict=True))
    for name, value in claim.told:
        if measured.get(name, value) != value:
            yield Failure("value", claim.way, f"{name} is told to be {value} and is {measured[name]}")


def untrue(question: Question, claim: Claim, truth: Truth, others: Sequence[Values]) -> Iterator[Failure]:
    """Yield what a claim says that is not so, given the best there is and what else is possible."""
    best = truth.values
    if claim.status == "infeasible":
        if best is not None:
            yield Failure(
                "infeasible", claim.way, f"proved impossible, and {_said(question, best)} is possible"
            )
        return
    if claim.schedule is None:
        # That nothing is possible need not be found out in time.
        if claim.thorough and best is not None:
            yield Failure("nothing", claim.way, f"found nothing in time; {best} is the best")
        return
    if best is None or claim.values < best:
        yield Failure("oracle", claim.way, f"{claim.values} is better than the best found here, {best}")
        return
    if claim.status == "optimal" and claim.values != best:
        yield Failure("optimal", claim.way, f"{_said(question, claim.values)} proved; {best} is possible")
    elif claim.thorough and claim.values[0] > best[0]:
        yield Failure("lost", claim.way, f"{_said(question, claim.values)} with time enough; best is {best}")
    elif (
        claim.thorough
        and "changes" in question.goals
        and claim.values[:2] == best[:2]
        and claim.values > best
    ):
        yield Failure("own", claim.way, f"{_said(question, claim.values)} with time enough; best is {best}")
    elif claim.thorough and claim.values > best:
        yield Failure("worse", claim.way, f"{_said(question, claim.values)} with time enough; best is {best}")
    for number, bound in enumerate(claim.bounds):
        for other in {best, *others}:
            as_good = all(mine >= its for mine, its in zip(claim.values[:number], other, strict=False))
            if bound is not None and as_good and bound > other[number]:
                name = question.goals[number]
                yield Failure(
                    "bound", claim.way, f"{name} bounded at {bound}; {_said(question, other)} is sound"
                )
                return


def _said(question: Question, values: Values) -> str:
    return ", ".join(f"{name} {value}" for name, value in zip(question.goals, values, strict=True))
