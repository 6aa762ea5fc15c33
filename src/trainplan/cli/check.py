"""``trainplan check``: every conflict, in the files alone or in a schedule."""

from __future__ import annotations

from collections.abc import Sequence

from trainplan.cli.codes import Code
from trainplan.cli.options import DebugOption, JsonOption, ProgrammeArg, ScheduleArg, SetOption
from trainplan.findings import Finding

NAME = "check"
SHORT = "Find every conflict, in the files alone or in a schedule."
HELP = """\b
Examples:
  trainplan check                              what the bundled programme lacks
  trainplan check my-training                  what yours lacks: venue days, instructors, people
  trainplan check my-training plan.csv         every rule that plan.csv breaks
  trainplan check plan.csv                     the same, with this folder's programme.toml

Find conflicts: without a schedule those that the files alone already show, with one every rule that it
breaks, with the sessions and days concerned. Ends with 1 if there are conflicts.
"""


def run(
    programme: ProgrammeArg = None,
    schedule: ScheduleArg = None,
    sets: SetOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> int:
    """Check and show the findings."""
    from trainplan.cli.files import find_programme, read_programme, read_schedule, tell_apart

    programme, schedule = tell_apart(programme, schedule)
    source = find_programme(programme, sets)
    plan, found = read_programme(source, tell=False)
    if schedule is None:
        from trainplan.shortages import shortages

        found += tuple(shortages(plan))
    else:
        from trainplan.audit import audit

        read, unreadable = read_schedule(schedule, plan)
        found += unreadable + tuple(audit(plan, read))
    if as_json:
        from trainplan.cli.documents import emit, finding

        emit(programme=plan.title, schedule=schedule, findings=[finding(one) for one in found])
    else:
        _show(found, schedule or f"the files of {plan.title}")
        _advise(found, source.words, schedule)
    return Code.CONFLICTS if any(one.severity == "error" for one in found) else Code.WELL


def _show(found: Sequence[Finding], what: str) -> None:
    from trainplan.rules import RULES
    from trainplan.views.console import standard_output
    from trainplan.views.findings import findings, summary

    screen = standard_output()
    screen.show(findings(found, screen, {one.name: one.states for one in RULES}))
    if found and not screen.plain:
        screen.show([""])
    screen.show([summary(found, screen, what)])


def _advise(found: Sequence[Finding], called: tuple[str, ...], schedule: str | None) -> None:
    from trainplan.cli.advice import advise, command

    if not any(one.severity == "error" for one in found):
        if schedule is None:
            advise("to plan it", command("generate", *called, "-o", "plan.csv"))
        else:
            advise("to see it", command("show", *called, schedule))
    elif schedule is None:
        advise(
            "to see what would help",
            command("explain", *called),
            "for as much of it as can be planned",
            command("generate", *called),
        )
    else:
        advise("after mending", command("check", *called, schedule))
