"""``trainplan show``: a schedule on the terminal."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Annotated

import typer

from trainplan.cli.codes import Code, Misuse
from trainplan.cli.options import DebugOption, JsonOption, ProgrammeArg, ScheduleArg, SetOption, a_day

NAME = "show"
SHORT = "Show a schedule on the terminal."
HELP = """\b
Examples:
  trainplan show plan.csv                                   month by month
  trainplan show my-training plan.csv --by sessions         as a list
  trainplan show plan.csv --by timeline --rows venues       rooms down, weeks across
  trainplan show plan.csv --by group                        who is away, against what can be spared
  trainplan show plan.csv --from 2027-03-01 --to 2027-04-30

Show a schedule. A programme that is left out is this folder's programme.toml, else the bundled one.
"""


class By(StrEnum):
    """Ways to look at a schedule."""

    CALENDAR = "calendar"
    TIMELINE = "timeline"
    COURSE = "course"
    GROUP = "group"
    VENUE = "venue"
    INSTRUCTOR = "instructor"
    SESSIONS = "sessions"


class Rows(StrEnum):
    """What a timeline has a row for."""

    COURSES = "courses"
    VENUES = "venues"
    INSTRUCTORS = "instructors"
    GROUPS = "groups"


def run(
    programme: ProgrammeArg = None,
    schedule: ScheduleArg = None,
    by: Annotated[By, typer.Option("--by", help="How to show it.")] = By.CALENDAR,
    rows: Annotated[
        Rows | None, typer.Option("--rows", help="What a timeline has a row for.  [default: courses]")
    ] = None,
    first: Annotated[
        datetime | None,
        typer.Option("--from", parser=a_day, metavar="DATE", help="First date to show, as 2027-03-02."),
    ] = None,
    last: Annotated[
        datetime | None, typer.Option("--to", parser=a_day, metavar="DATE", help="Last date to show.")
    ] = None,
    sets: SetOption = None,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> int:
    """Show the sessions; rows that can't be read are said on stderr."""
    from trainplan.cli.files import find_programme, read_programme, read_schedule, tell_apart
    from trainplan.views.sessions import within

    programme, schedule = tell_apart(programme, schedule)
    if schedule is None:
        raise Misuse("show needs a schedule: trainplan show [PROGRAMME] SCHEDULE")
    if rows and by is not By.TIMELINE:
        raise Misuse(f"--rows goes with a timeline: --by timeline --rows {rows}")
    start, end = first and first.date(), last and last.date()
    if start and end and start > end:
        raise Misuse(f"--from {start} is after --to {end}")
    plan, remarks = read_programme(find_programme(programme, sets), tell=not as_json)
    read, unreadable = read_schedule(schedule, plan)
    if as_json:
        from trainplan.cli.documents import emit, finding
        from trainplan.exports.json_file import record

        emit(
            programme=plan.title,
            sessions=[record(one, plan) for one in within(read, start, end)],
            findings=[finding(one) for one in remarks + unreadable],
        )
    else:
        from trainplan.views import diaries
        from trainplan.views.console import standard_error, standard_output
        from trainplan.views.month_grid import month_grid
        from trainplan.views.refusal import remarks as told
        from trainplan.views.sessions import sessions
        from trainplan.views.timeline import timeline

        screen = standard_output()
        if by is By.TIMELINE:
            blocks = timeline(plan, read, screen, start, end, (rows or Rows.COURSES).value)
        else:
            view = {
                By.CALENDAR: month_grid,
                By.COURSE: diaries.courses,
                By.GROUP: diaries.groups,
                By.VENUE: diaries.venues,
                By.INSTRUCTOR: diaries.instructors,
                By.SESSIONS: sessions,
            }[by]
            blocks = view(plan, read, screen, start, end)
        screen.show(blocks)
        error = standard_error()
        error.show(told(unreadable, error))
    return Code.CONFLICTS if any(one.severity == "error" for one in unreadable) else Code.WELL
