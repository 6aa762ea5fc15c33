"""``trainplan compare``: two schedules side by side, or one under two programmes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from trainplan.cli.codes import Code, Misuse
from trainplan.cli.options import DebugOption, JsonOption, SetOption

if TYPE_CHECKING:
    from trainplan.cli.files import Source
    from trainplan.compare import Comparison, Side
    from trainplan.model import Programme

NAME = "compare"
SHORT = "Hold two schedules against each other, or one against two programmes."
HELP = """\b
Examples:
  trainplan compare plan.csv edited.csv                     with this folder's programme.toml
  trainplan compare my-training plan.csv edited.csv
  trainplan compare my-training next-year plan.csv          one schedule under two programmes
  trainplan compare my-training next-year plan.csv new.csv  each under its own
  trainplan compare my-training plan.csv --set groups.police.max_away=20%

Show the sessions that differ, each goal on both sides, how many of each group are away and how busy rooms
and instructors are, and which conflicts the second has gained or lost. --set changes the programme of the
second side alone. Plans nothing. Ends with 1 if the second has conflicts that the first has not.
"""
USAGE = "trainplan compare [PROGRAMME [PROGRAMME]] SCHEDULE [SCHEDULE]"


def run(
    given: Annotated[
        list[str],
        typer.Argument(
            metavar="[PROGRAMME [PROGRAMME]] SCHEDULE [SCHEDULE]",
            help="A programme or two, then a schedule or two (.csv, .xlsx, .json).",
            show_default=False,
        ),
    ],
    sets: SetOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> int:
    """Read both sides and show what differs."""
    from trainplan.cli.files import find_programme, is_schedule, read_programme, read_schedule
    from trainplan.compare import Side, compare

    programmes = [one for one in given if not is_schedule(one)]
    schedules = [one for one in given if is_schedule(one)]
    _check(given, programmes, schedules, sets or [])
    source = find_programme(programmes[0] if programmes else None)
    other = find_programme(programmes[1]) if len(programmes) > 1 else source
    sources = (source, other._replace(sets=tuple(sets or ())))
    sides = []
    for number, one in enumerate(sources):
        plan, _ = read_programme(one, tell=not as_json and (number == 0 or one != sources[0]))
        schedule, unreadable = read_schedule(schedules[number % len(schedules)], plan)
        sides.append(Side(plan, schedule, unreadable))
    first, second = sides
    compared = compare(first, second)
    files = schedules[0], schedules[-1]
    if as_json:
        from trainplan.cli.documents import emit

        emit(**_document(compared, first, second, files))
    else:
        _show(compared, (first.programme, second.programme), files, sources)
    worse = any(one.severity == "error" for one in compared.gained)
    return Code.CONFLICTS if worse else Code.WELL


def _check(given: list[str], programmes: list[str], schedules: list[str], sets: list[str]) -> None:
    if not schedules:
        raise Misuse(f"compare needs a schedule: {USAGE}")
    if len(programmes) > 2 or len(schedules) > 2:
        raise Misuse(f"compare takes two programmes and two schedules at most: {USAGE}")
    if given != [*programmes, *schedules]:
        raise Misuse(f"programmes come first, then schedules: {USAGE}")
    if len(programmes) < 2 and len(schedules) < 2 and not sets:
        said = "one schedule and one programme can't differ: give a second of either, or --set"
        raise Misuse(f"{said} ({USAGE})")


def _show(
    compared: Comparison,
    programmes: tuple[Programme, Programme],
    files: tuple[str, str],
    sources: tuple[Source, Source],
) -> None:
    from trainplan.cli.advice import advise, command
    from trainplan.rules import RULES
    from trainplan.views.comparison import comparison
    from trainplan.views.console import standard_output

    screen = standard_output()
    states = {one.name: one.states for one in RULES}
    screen.show(comparison(compared, programmes, _called(files, sources), screen, states))
    conflicts = any(one.severity == "error" for one in compared.gained)
    name = "check" if conflicts else "show"
    purpose = "to see every conflict of the second" if conflicts else "to see the second"
    advise(purpose, command(name, *sources[1].words, files[1]))


def _called(files: tuple[str, str], sources: tuple[Source, Source]) -> tuple[str, str]:
    """Return what tells the two sides apart."""
    if files[0] != files[1]:
        return files
    if sources[0].called != sources[1].called:
        return f"{files[0]} in {sources[0].called}", f"{files[1]} in {sources[1].called}"
    return files[0], f"{files[1]} with {' '.join(sources[1].sets)}"


def _document(compared: Comparison, first: Side, second: Side, files: tuple[str, str]) -> dict[str, Any]:
    from dataclasses import asdict

    from trainplan.cli.documents import finding
    from trainplan.exports.json_file import record

    return {
        "programme": [first.programme.title, second.programme.title],
        "schedules": list(files),
        "same": compared.same,
        "sessions": [
            {
                "session": one.id,
                "kinds": list(one.kinds),
                "before": one.before and record(one.before, first.programme),
                "after": one.after and record(one.after, second.programme),
            }
            for one in compared.sessions
        ],
        "goals": [
            {"name": one.name, "values": list(one.values), "words": list(one.words), "counts": one.counts}
            for one in compared.goals
        ],
        **{
            kind: {id: [load and asdict(load) for load in pair] for id, pair in loads.items()}
            for kind, loads in (
                ("groups", compared.groups),
                ("venues", compared.venues),
                ("instructors", compared.instructors),
            )
        },
        "gained": [finding(one) for one in compared.gained],
        "lost": [finding(one) for one in compared.lost],
    }
