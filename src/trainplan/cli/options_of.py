"""``trainplan options``: where one more session, or make-up seats, could be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from trainplan.cli.codes import Code, Misuse
from trainplan.cli.options import DebugOption, JsonOption, SeedOption, SetOption, TimeOption, WorkersOption

if TYPE_CHECKING:
    from trainplan.alternatives.places import Asked, Place, Places
    from trainplan.cli.present import Clock
    from trainplan.model import Programme, Schedule
    from trainplan.outcome import Outcome

NAME = "options"
SHORT = "List places for one more session, or for make-up seats."
HELP = """\b
Examples:
  trainplan options CP marine 12 plan.csv              places for 12 more of marine in CP
  trainplan options CA finance my-training plan.csv    for the seats that plan.csv leaves out
  trainplan options CP police 6 plan.csv               of an umbrella: for each of its parts

List the places for seats that a schedule lacks, or for people who have to make a course up: first free seats
and free days without moving anybody, then, where you ask for it with --moving or there is none, what moving
the fewest would give. Ends with 3 if it is proved that there is no place at all, 4 if that was not settled
in time.
"""
MOST = 8
LEAST = 0.1  # seconds; less is not worth asking the engine for


def run(
    course: Annotated[str, typer.Argument(metavar="COURSE", help="A course.", show_default=False)],
    group: Annotated[
        str,
        typer.Argument(metavar="GROUP", help="A group that takes it, or an umbrella.", show_default=False),
    ],
    rest: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[SEATS] [PROGRAMME] [SCHEDULE]",
            help="How many seats: left out, those that the schedule lacks, else a smallest class. Then "
            "programme and schedule, as for show.",
            show_default=False,
        ),
    ] = None,
    most: Annotated[int, typer.Option("--most", metavar="N", min=1, help="Places to list.")] = MOST,
    moving: Annotated[
        bool, typer.Option("--moving", help="Also say what moving the fewest would give.")
    ] = False,
    seconds: TimeOption = 60.0,
    workers: WorkersOption = 0,
    seed: SeedOption = 0,
    sets: SetOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> int:
    """Enumerate, audit, rank; then ask the engine."""
    from trainplan.alternatives.places import asked_for, missing_seats
    from trainplan.cli.files import find_programme, read_programme, tell_apart
    from trainplan.cli.present import Clock, present_schedule
    from trainplan.cli.why import known

    clock = Clock(seconds)
    number, words = _split(rest or [])
    programme, schedule = tell_apart(*(*words, None, None)[:2])
    source = find_programme(programme, sets)
    plan, _ = read_programme(source, tell=not as_json)
    clock.read(plan)
    row = plan.courses[known(plan.courses, course, "course")]
    whom = known(plan.groups, group, "group")
    takers = [part for part in plan.parts(whom) if part in row.seats]
    if not takers:
        raise Misuse(f"{row.id} is not for {whom}; it is for {', '.join(row.seats)}")
    present, called = present_schedule(schedule, plan, source, clock, workers, seed)
    found: list[Places] = []
    for part in takers:
        seats = number or missing_seats(plan, present, row.id, part) or row.min_class
        asked = asked_for(plan, present, row.id, part, seats)
        found.append(_places(asked, present, most, clock))
    shown = _ranked(found, most)
    nearest: list[tuple[Asked, Outcome, bool]] = []
    if moving or not shown:
        for one in found:
            nearest.append(
                (one.asked, *_solve(present, one.asked, clock, len(found) - len(nearest), workers, seed))
            )
            if nearest[-1][1].interrupted:
                break
    code = _code(shown, [outcome for _, outcome, _ in nearest])
    if as_json:
        _print(plan, present, found, shown, nearest)
        return code
    from trainplan.cli.advice import advise, command
    from trainplan.views.console import standard_output
    from trainplan.views.places import options

    screen = standard_output()
    screen.show(options(plan, present, found, shown, nearest, screen))
    if code == Code.UNSETTLED:
        advise("give it more time", f"--time-limit {clock.seconds * 5:.0f}")
    elif shown and not nearest:
        words = [str(number)] if number else []
        again = command("options", row.id, whom, *words, source.called, called, "--moving")
        advise("to see what moving the fewest would give", again)
    else:
        advise("once it is in the file", command("check", source.called, called or "plan.csv"))
    return code


def _split(rest: list[str]) -> tuple[int, list[str]]:
    """Return the seats, 0 where none are given, and what follows."""
    if rest and rest[0].lstrip("+-").isdecimal():
        if int(rest[0]) < 1:
            raise Misuse(f"{rest[0]} seats: give a number, 1 or more")
        number, rest = int(rest[0]), rest[1:]
    else:
        number = 0
    if len(rest) > 2:
        raise Misuse(f"too much on the line: {rest[2]} (options COURSE GROUP [SEATS] [PROGRAMME] [SCHEDULE])")
    return number, rest


def _ranked(found: list[Places], most: int) -> list[tuple[Asked, Place]]:
    every = [(one.asked, place) for one in found for place in one.best]
    every.sort(key=lambda pair: (pair[1].values, pair[1].session.start, pair[1].session.id))
    return every[:most]


def _places(asked: Asked, present: Schedule, most: int, clock: Clock) -> Places:
    """Return where the seats could be without moving anybody, as far as there is time to look."""
    from trainplan.alternatives.places import Places, places
    from trainplan.cli.watch import watched
    from trainplan.views.console import standard_error
    from trainplan.views.progress import Ticker

    return watched(
        lambda report, stop: places(asked, present, most, lambda: clock.searching > 0 and not stop.is_set()),
        Ticker(standard_error(), clock.seconds),
        clock,
        otherwise=lambda: Places(asked, (), 0, (), 0, False),
    )


def _solve(
    present: Schedule, asked: Asked, clock: Clock, parts: int, workers: int, seed: int
) -> tuple[Outcome, bool]:
    from trainplan.alternatives.places import may_lack
    from trainplan.cli.watch import watched
    from trainplan.outcome import Outcome
    from trainplan.solve import plan_near
    from trainplan.views.console import standard_error
    from trainplan.views.progress import Ticker

    if clock.left <= LEAST:
        return Outcome("unknown", None, (), (), clock.used, clock.stopped), False
    part = clock.part(1 / parts)
    limits = part.limits(workers, seed)
    lacking = may_lack(asked, present)

    def work(report: Any, stop: Any) -> tuple[Outcome, bool]:
        return plan_near(asked.programme, present, lacking, limits, report=report, stop=stop)

    return watched(
        work,
        Ticker(standard_error(), clock.seconds),
        part,
        otherwise=lambda: (Outcome("unknown", None, (), (), clock.used, clock.stopped), False),
    )


def _code(shown: list[tuple[Asked, Place]], outcomes: list[Outcome]) -> Code:
    if any(one.interrupted for one in outcomes):
        return Code.INTERRUPTED
    if shown or any(one.schedule is not None for one in outcomes):
        return Code.WELL
    if outcomes and all(one.status == "infeasible" for one in outcomes):
        return Code.IMPOSSIBLE
    return Code.UNSETTLED


def _print(
    plan: Programme,
    present: Schedule,
    found: list[Places],
    shown: list[tuple[Asked, Place]],
    nearest: list[tuple[Asked, Outcome, bool]],
) -> None:
    from trainplan.alternatives.telling import change, differences
    from trainplan.alternatives.why import values
    from trainplan.cli.documents import emit
    from trainplan.exports.json_file import record

    now = values(plan, present)
    emit(
        programme=plan.title,
        course=found[0].asked.course,
        asked=[
            {
                "group": one.asked.group,
                "seats": one.asked.seats,
                "missing": one.asked.missing,
                "again": one.asked.again,
                "free": one.free,
                "starts": one.starts,
                "settled": one.whole,
                "blocked": [{"rule": rule, "starts": count} for rule, count in one.blocked],
            }
            for one in found
        ],
        options=[
            {
                "group": asked.group,
                "existing": place.existing,
                "session": record(place.session, plan),
                "goals": [
                    {"name": name, "now": before, "value": value}
                    for name, before, value in zip(plan.goals, now, place.values, strict=True)
                ],
                "settled": not place.unsettled,
            }
            for asked, place in shown
        ],
        moving=[
            {
                "group": asked.group,
                "status": outcome.status,
                "proved": proved,
                "goals": [{"name": goal.name, "value": goal.value} for goal in outcome.goals],
                "changes": [
                    {"session": (old or new).id, "words": change(old, new, plan.periods)}  # type: ignore[union-attr]
                    for old, new in (differences(present, outcome.schedule) if outcome.schedule else [])
                ],
                "sessions": [record(one, plan) for one in outcome.schedule.sessions]
                if outcome.schedule
                else [],
            }
            for asked, outcome, proved in nearest
        ],
    )
