"""What ``why --on``, ``options``, ``bottlenecks`` and ``scenarios`` say, held against trying everything."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from random import Random
from threading import Event
from typing import NamedTuple

from tests.claims.brute import Brute, Question, Truth, Wish, pinned
from tests.claims.claim import Claim, Failure, claimed, known, unsound, untrue
from tests.claims.edits import changed
from tests.claims.files import Case
from tests.claims.generate import question
from trainplan.alternatives.places import asked_for, may_lack, places, with_session
from trainplan.alternatives.why import Asked, placements, tries, values
from trainplan.audit import audit
from trainplan.goals import pursued
from trainplan.model import Programme, Schedule, Session
from trainplan.outcome import Limits
from trainplan.workdays import calendar_of

ENOUGH = 6.0  # seconds; each of these ends by itself
AS_COMMAND = 30.0  # seconds, where a process has to begin first
DATES = 3  # that ``why`` is asked about


class Trying(NamedTuple):
    """A case as it has been read."""

    case: Case
    programme: Programme
    present: Schedule
    chance: Random


def judge(way: str, case: Case, programme: Programme, present: Schedule) -> Iterator[Failure]:
    """Yield what is wrong with one of these commands' answers.

    Raises:
        TooLarge: There is no telling.
    """
    trying = Trying(case, programme, present, Random(f"{case.ask.get('seed')} {way}"))
    try:
        yield from WAYS[way](trying)
    except AssertionError:
        raise
    except Exception as fault:
        if type(fault).__name__ == "TooLarge":
            raise
        yield Failure("fault", way, f"{type(fault).__name__}: {str(fault)[:200]}")


def _judged(asked: Question, claim: Claim) -> tuple[list[Failure], Truth]:
    """Return what is wrong with one claim, and what is true."""
    best = known(asked, [claim])
    truth = Brute(asked).run(best)
    if best is not None and truth.values is None:
        return [Failure("oracle", claim.way, f"trying everything finds nothing as good as {best}")], truth
    return [*unsound(asked, claim), *untrue(asked, claim, truth, ())], truth


def why(trying: Trying) -> Iterator[Failure]:
    """Ask for the best plan with a session on other days: any session of a course, and a certain one."""
    from trainplan.solve import plan_with

    programme, present, chance = trying.programme, trying.present, trying.chance
    goals = [goal.name for goal in pursued(programme)]
    for _ in range(DATES):
        course = chance.choice(list(programme.courses.values()))
        mine = [one for one in present.live if one.course == course.id]
        session = chance.choice([None, *mine])
        on = chance.choice(calendar_of(programme).working or (programme.starts,))
        asked = Asked(course, session, on)
        if not placements(programme, asked):
            continue
        for way in tries(programme, present, asked)[:2]:
            wanted = (
                None if session is None else replace(way.fit.session, pin=frozenset({*session.pin, "date"}))
            )
            if wanted is not None and session is not None:
                wanted = replace(
                    wanted,
                    venues=session.venues if "venue" in session.pin else wanted.venues,
                    instructors=session.instructors if "instructors" in session.pin else wanted.instructors,
                )
            free = not way.against and way.moved is not None
            outcome = plan_with(
                programme,
                present,
                course.id,
                way.placement,
                Limits(ENOUGH, workers=1),
                session=wanted,
                start=with_session(present, way.fit.session) if free else None,
            )
            others = [one for one in present.live if wanted is None or one.id != wanted.id]
            before = Schedule.of([*others, *([wanted] if wanted is not None else [])])
            slots = tuple(calendar_of(programme).slot(number) for number in way.placement.slots)
            wish = Wish(course.id, slots, wanted.id if wanted is not None else "")
            what = replace(pinned(programme, goals, before), wish=wish)
            failures, _ = _judged(what, claimed("why", what, outcome, thorough=True))
            yield from failures


def options(trying: Trying) -> Iterator[Failure]:
    """Ask where seats could be, nobody being moved, and with the fewest moves."""
    from trainplan.solve import plan_near

    programme, present, chance = trying.programme, trying.present, trying.chance
    course = chance.choice(list(programme.courses.values()))
    group = chance.choice(list(course.seats))
    asked = asked_for(programme, present, course.id, group, chance.choice((1, 1, 2)))
    found = places(asked, present, 50)
    clean = not any(
        one.severity == "error" and one.rule != "demand" for one in audit(asked.programme, present)
    )
    sound = list(_places(asked.programme, present, course.id, group, asked.seats)) if clean else []
    if found.whole and sound and not found.best:
        yield Failure("place", "options", f"none found; {sound[0].start} in {sound[0].venues} is free")
    for place in found.best if clean else ():
        after = with_session(present, place.session)
        broken = [one for one in audit(asked.programme, after) if one.severity == "error"]
        if any(one.rule != "demand" for one in broken) and not place.unsettled:
            yield Failure("unsound", "options", f"breaks {[one.rule for one in broken]}")
        if place.values != values(asked.programme, after):
            yield Failure("value", "options", f"{place.values} is {values(asked.programme, after)}")
    lacking = may_lack(asked, present)
    outcome, _ = plan_near(asked.programme, present, lacking, Limits(ENOUGH, workers=1))
    what = replace(question(asked.programme, present), lacking=lacking)
    # It is no plan for the goals: only whether it is sound, and whether there is one at all, is claimed.
    claim = replace(claimed("options", what, outcome, thorough=False), status=outcome.status)
    if claim.schedule is not None:
        yield from unsound(what, claim)
    elif claim.status == "infeasible":
        yield from untrue(what, claim, Brute(what).run(), ())


def _places(
    programme: Programme, present: Schedule, course: str, group: str, seats: int
) -> Iterator[Session]:
    """Yield every session that could be added to a schedule for these seats alone."""
    trial = Brute(Question(programme, ("seats",)))
    for spot in trial.plan[[step.course for step in trial.plan].index(course)].spots:
        if spot.seats == ((group, seats),):
            new = trial.session(spot, "added")
            broken = audit(programme, with_session(present, new))
            if not any(one.severity == "error" and one.rule != "demand" for one in broken):
                yield new


def bottlenecks(trying: Trying) -> Iterator[Failure]:
    """Ask what limits the plan: each plan with a relief, and what is said of it, is compared."""
    from trainplan.bottlenecks.search import limiting

    programme = trying.programme
    present = Schedule.of(replace(one, pin=frozenset()) for one in trying.present.live)
    if any(one.severity == "error" and one.rule != "demand" for one in audit(programme, present)):
        return
    until = time.monotonic() + ENOUGH
    result = limiting(
        programme,
        present,
        Limits(ENOUGH, workers=1),
        4,
        lambda: until - time.monotonic(),
        lambda progress: None,
        Event(),
    )
    failures, truth = _judged(
        question(programme, None),
        claimed("bottlenecks", question(programme, None), result.base, thorough=False),
    )
    yield from failures
    for tried in result.tried:
        wider = question(tried.relief.programme, None)
        failures, more = _judged(wider, claimed("bottlenecks", wider, tried.outcome, thorough=False))
        yield from failures
        if truth.values is None or more.values is None:
            continue
        better = more.values < truth.values
        if tried.settled and tried.helps != better:
            yield Failure("relief", "bottlenecks", f"{tried.relief.message}: helps is {tried.helps}, settled")
        theirs = [goal.value for goal in tried.outcome.goals]
        ours = [goal.value for goal in result.base.goals]
        if theirs > ours:
            yield Failure("worse", "bottlenecks", f"{tried.relief.message}: {ours} becomes {theirs}")


def scenarios(trying: Trying) -> Iterator[Failure]:
    """Plan the programme and a changed one side by side, in this process."""
    from trainplan.scenarios import Scenario, plan_all

    programmes = [trying.programme]
    other = changed(trying.case.files, f"scenario {trying.case.ask.get('seed')}").load()
    programmes += [other] if other is not None else []
    orders = [
        (Scenario(f"s{at}", f"s{at}", (), None), programme, AS_COMMAND)
        for at, programme in enumerate(programmes)
    ]
    planned = list(plan_all(orders, Limits(AS_COMMAND, workers=1), processes=1, stop=Event()))
    if len(planned) != len(orders):
        yield Failure("nothing", "scenarios", f"{len(planned)} answers to {len(orders)} scenarios")
    for one in planned:
        what = question(one.programme, None)
        failures, _ = _judged(what, claimed("scenarios", what, one.outcome, thorough=True))
        yield from failures


WAYS: dict[str, Callable[[Trying], Iterator[Failure]]] = {
    "why": why,
    "options": options,
    "bottlenecks": bottlenecks,
    "scenarios": scenarios,
}
