"""``trainplan why``: why a session is where it is, and what another place would cost."""

from __future__ import annotations

from datetime import datetime
from difflib import get_close_matches
from typing import TYPE_CHECKING, Annotated, Any

import typer

from trainplan.cli.codes import Code, Misuse
from trainplan.cli.options import (
    DebugOption,
    JsonOption,
    ProgrammeArg,
    ScheduleArg,
    SeedOption,
    SetOption,
    TimeOption,
    WorkersOption,
    a_day,
)

if TYPE_CHECKING:
    from threading import Event

    from trainplan.alternatives.why import Asked, Held, Try
    from trainplan.cli.present import Clock
    from trainplan.model import Programme, Schedule, Session
    from trainplan.outcome import Outcome, Report

NAME = "why"
SHORT = "Say why a session is where it is, and not elsewhere."
HELP = """\b
Examples:
  trainplan why CP-07 plan.csv                              what keeps CP-07 where it is
  trainplan why CP-07 plan.csv --on 2027-01-04              what it would cost to have it then
  trainplan why CP plan.csv --on 2027-01-04 --in la-toc     the same for any session of a course
  trainplan why CP-07 my-training plan.csv --by felix

Say what forbids a session elsewhere while everything else stays, and with --on, --in or --by what the best
schedule with it there would come to. Ends with 3 if it is proved that no schedule has it there, 4 if that was
not settled in time.
"""


def run(
    what: Annotated[
        str,
        typer.Argument(
            metavar="SESSION|COURSE", help="A session of the schedule, or a course.", show_default=False
        ),
    ],
    programme: ProgrammeArg = None,
    schedule: ScheduleArg = None,
    on: Annotated[
        datetime | None,
        typer.Option("--on", parser=a_day, metavar="DATE", help="Why not on this date, as 2027-03-02."),
    ] = None,
    venue: Annotated[
        str, typer.Option("--in", metavar="VENUE", help="Why not in this venue.", show_default=False)
    ] = "",
    teacher: Annotated[
        str,
        typer.Option("--by", metavar="INSTRUCTOR", help="Why not by this instructor.", show_default=False),
    ] = "",
    seconds: TimeOption = 60.0,
    workers: WorkersOption = 0,
    seed: SeedOption = 0,
    sets: SetOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> int:
    """Look at every start, or solve for the one that is asked about."""
    from trainplan.alternatives.why import Asked
    from trainplan.cli.files import find_programme, read_programme, tell_apart
    from trainplan.cli.present import Clock, present_schedule

    clock = Clock(seconds)
    programme, schedule = tell_apart(programme, schedule)
    source = find_programme(programme, sets)
    plan, _ = read_programme(source, tell=not as_json)
    clock.read(plan)
    there = known(plan.venues, venue, "venue") if venue else ""
    who = known(plan.instructors, teacher, "instructor") if teacher else ""
    present, called = present_schedule(schedule, plan, source, clock, workers, seed)
    by_id = {one.id: one for one in present.sessions}
    name = what if what in by_id else next((id for id in by_id if id.lower() == what.lower()), "")
    if not name:
        course = plan.courses[known({**plan.courses, **by_id}, what, "session or course")]
        if on is None:
            raise Misuse(
                f"{course.id} is a course: say on which date, e.g. why {course.id} --on {plan.starts}"
            )
        asked = Asked(course, None, on.date(), there, who)
    else:
        session = by_id[name]
        if session.status == "cancelled" or not session.slots or session.course not in plan.courses:
            raise Misuse(f"{name} does not take place in this schedule")
        asked = Asked(plan.courses[session.course], session, on and on.date(), there, who)
        if on is None and not there and not who:
            return _held(plan, present, asked, clock, as_json, [called, source.called])
    return _alternative(plan, present, asked, clock, as_json, workers, seed, [called, source.called])


# What of a session is said beside its dates where it could start elsewhere.
THERE = ("venue", "instructors", "slots")


def known(things: Any, given: str, what: str) -> str:
    """Return the id that is meant.

    Raises:
        Misuse: There is none.
    """
    exact = given if given in things else next((id for id in things if id.lower() == given.lower()), None)
    if exact is not None:
        return str(exact)
    close = get_close_matches(given, list(things), n=1)
    hint = f"; did you mean {close[0]}?" if close else ""
    raise Misuse(f"there is no {what} {given}{hint}")


def _held(
    plan: Programme, present: Schedule, asked: Asked, clock: Clock, as_json: bool, called: list[str]
) -> int:
    from trainplan.alternatives.telling import holding
    from trainplan.alternatives.why import Held, starts, values
    from trainplan.cli.watch import watched
    from trainplan.outcome import Progress
    from trainplan.views.console import standard_error
    from trainplan.views.progress import Ticker

    assert asked.session is not None
    session = asked.session

    def work(report: Report, stop: Event) -> Held:
        report(Progress("", None, None, 0.0, f"looking at every start of {session.id}"))
        return starts(plan, present, session, lambda: clock.searching > 0 and not stop.is_set())

    held = watched(
        work,
        Ticker(standard_error(), clock.seconds),
        clock,
        otherwise=lambda: Held(session, values(plan, present), (), False),
    )
    if as_json:
        _print_held(plan, held)
        return Code.WELL
    from trainplan.cli.advice import advise, command
    from trainplan.views.console import standard_output
    from trainplan.views.why import held as told

    screen = standard_output()
    screen.show(told(plan, held, holding(plan, held), screen))
    other = next((one for one in held.starts if one.session.start not in held.session.days), None)
    if other is not None:
        day = other.session.start.isoformat()
        advise(
            "for what another day would cost",
            command("why", held.session.id, called[1], called[0], "--on", day),
        )
    elif not held.starts:
        advise("for every conflict", command("check", called[1], called[0] or "plan.csv"))
    return Code.WELL


def _print_held(plan: Programme, held: Held) -> None:
    from trainplan.alternatives.telling import holding
    from trainplan.cli.documents import emit, finding
    from trainplan.exports.json_file import record

    emit(
        programme=plan.title,
        session=record(held.session, plan),
        goals=[{"name": name, "value": value} for name, value in zip(plan.goals, held.values, strict=True)],
        starts=[
            {
                "start": one.session.start.isoformat(),
                "end": one.session.end.isoformat(),
                "here": one.here,
                "possible": not one.against,
                "settled": not one.unsettled,
                **{key: value for key, value in record(one.session, plan).items() if key in THERE},
                "findings": [finding(each) for each in one.against],
                "goals": [
                    {"name": name, "value": value}
                    for name, value in zip(plan.goals, one.values, strict=False)
                ],
            }
            for one in held.starts
        ],
        because=holding(plan, held),
        settled=held.whole,
    )


def _alternative(
    plan: Programme,
    present: Schedule,
    asked: Asked,
    clock: Clock,
    as_json: bool,
    workers: int,
    seed: int,
    called: list[str],
) -> int:
    from trainplan.alternatives.why import already, no_start, placements

    same = already(present, asked)
    tried: list[Try] = []
    outcome: Outcome | None = None
    if same is None:
        if placements(plan, asked):
            tried = _tried(plan, present, asked, clock)
            way, outcome = _solve(plan, present, asked, tried, clock, workers, seed)
            tried.sort(key=lambda one: one is not way)
        code = _code(outcome)
    else:
        code = Code.WELL
    nowhere = no_start(plan, asked) if same is None and not tried else None
    if as_json:
        _print(plan, present, asked, tried, outcome, nowhere)
        return code
    from trainplan.cli.advice import advise, command
    from trainplan.views.console import standard_output
    from trainplan.views.why import alternative

    screen = standard_output()
    screen.show(alternative(plan, present, asked, same, tried, outcome, nowhere, screen))
    if same is not None:
        advise("for what keeps it there", command("why", same.id, called[1], called[0]))
    elif code == Code.UNSETTLED:
        advise("give it more time", f"--time-limit {clock.seconds * 5:.0f}")
    elif code == Code.IMPOSSIBLE and asked.session is None:
        advise("to see what would make room", command("explain", called[1], called[0]))
    elif asked.session is not None:
        advise("for every start it could have", command("why", asked.session.id, called[1], called[0]))
    else:
        advise(
            "for every conflict once you have moved it", command("check", called[1], called[0] or "plan.csv")
        )
    return code


def _code(outcome: Outcome | None) -> Code:
    if outcome is None or outcome.status == "infeasible":
        return Code.IMPOSSIBLE
    if outcome.interrupted:
        return Code.INTERRUPTED
    return Code.UNSETTLED if outcome.schedule is None else Code.WELL


def _tried(plan: Programme, present: Schedule, asked: Asked, clock: Clock) -> list[Try]:
    """Return what stands against it in the schedule as it is."""
    from trainplan.alternatives.why import tries
    from trainplan.cli.watch import watched
    from trainplan.views.console import standard_error
    from trainplan.views.progress import Ticker

    return watched(
        lambda report, stop: tries(plan, present, asked), Ticker(standard_error(), clock.seconds), clock
    )


def _solve(
    plan: Programme,
    present: Schedule,
    asked: Asked,
    tried: list[Try],
    clock: Clock,
    workers: int,
    seed: int,
) -> tuple[Try, Outcome]:
    """Return the best schedule that has it, at whichever of the starts that are meant, and that start."""
    from dataclasses import replace

    from trainplan.alternatives.places import with_session
    from trainplan.alternatives.why import best_of
    from trainplan.cli.watch import watched
    from trainplan.outcome import Outcome
    from trainplan.solve import plan_with
    from trainplan.views.console import standard_error
    from trainplan.views.progress import Ticker

    solved: list[tuple[Try, Outcome]] = []
    for number, way in enumerate(tried):
        if number and (clock.left <= 0.1 or solved[-1][1].interrupted):
            # What the starts before were proved to be, this one is not.
            solved.append((way, Outcome("unknown", None, (), (), clock.used, solved[-1][1].interrupted)))
            continue
        wanted = _named(asked, way)
        start = with_session(present, way.fit.session) if not way.against and way.moved is not None else None
        mine = clock.part(1 / (len(tried) - number))
        limits = mine.limits(workers, seed)

        def work(report: Report, stop: Event) -> Outcome:
            return plan_with(
                plan,
                present,
                asked.course.id,
                way.placement,  # noqa: B023  (called before the loop goes on)
                limits,  # noqa: B023
                venue=asked.venue,
                teacher=asked.teacher,
                session=wanted,  # noqa: B023
                start=start,  # noqa: B023
                report=report,
                stop=stop,
            )

        outcome = watched(
            work,
            Ticker(standard_error(), clock.seconds),
            mine,
            otherwise=lambda: Outcome("unknown", None, (), (), clock.used, clock.stopped),
        )
        solved.append((way, outcome))
    best, outcome = best_of(solved)
    return best, replace(outcome, interrupted=solved[-1][1].interrupted)


def _named(asked: Asked, way: Try) -> Session | None:
    """Return the session that is meant, pinned to its new days, and as before to what isn't asked about."""
    from dataclasses import replace

    from trainplan.model import PINS

    named, there = asked.session, way.fit.session
    if named is None:
        return None
    pins = {*named.pin, "date"}
    pins -= {"venue"} if asked.venue else set()
    pins -= {"instructors"} if asked.teacher else set()
    return replace(
        there,
        pin=frozenset(one for one in PINS if one in pins),
        venues=named.venues if "venue" in pins else there.venues,
        instructors=named.instructors if "instructors" in pins else there.instructors,
    )


def _print(
    plan: Programme,
    present: Schedule,
    asked: Asked,
    tried: list[Try],
    outcome: Outcome | None,
    nowhere: Any,
) -> None:
    from trainplan.alternatives.telling import change, differences
    from trainplan.alternatives.why import values
    from trainplan.cli.documents import emit, finding
    from trainplan.exports.json_file import record

    now = dict(zip(plan.goals, values(plan, present), strict=True))
    against = tried[0].against if tried else (nowhere,) if nowhere is not None else ()
    after = outcome.schedule if outcome is not None else None
    emit(
        programme=plan.title,
        status="infeasible" if nowhere is not None else outcome.status if outcome is not None else "optimal",
        course=asked.course.id,
        session=record(tried[0].fit.session, plan) if tried else None,
        moved=tried[0].moved.id if tried and tried[0].moved else None,
        findings=[finding(one) for one in against],
        goals=[
            {"name": goal.name, "now": now.get(goal.name), "value": goal.value, "bound": goal.bound}
            for goal in (outcome.goals if outcome is not None else ())
        ],
        changes=[
            {"session": (old or new).id, "words": change(old, new, plan.periods)}  # type: ignore[union-attr]
            for old, new in (differences(present, after) if after is not None else [])
        ],
        sessions=[record(one, plan) for one in after.sessions] if after is not None else [],
    )
