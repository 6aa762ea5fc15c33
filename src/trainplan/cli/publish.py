"""``trainplan publish``: say in a schedule's file what people have been told."""

from __future__ import annotations

from typing import Annotated

import typer

from trainplan.cli.marking import (
    AllOption,
    Choice,
    CourseOption,
    FromOption,
    GroupOption,
    MarkedOption,
    SessionOption,
    ToOption,
)
from trainplan.cli.options import DebugOption, ForceOption, JsonOption, ProgrammeArg, ScheduleArg

NAME = "publish"
SHORT = "Mark sessions as published."
HELP = """\b
Examples:
  trainplan publish plan.csv                                every session
  trainplan publish plan.csv --to 2027-03-31                those that are over by then
  trainplan publish my-training plan.csv --course CP
  trainplan publish plan.csv --session CP-03 --off          a draft again

Mark sessions in a schedule's .csv file as published: what begins soon replan then moves only if it must.
Several choices narrow each other down; cancelled sessions stay cancelled. Only cells of the column status
change; all else stays as it was written.
"""


def run(
    programme: ProgrammeArg = None,
    schedule: ScheduleArg = None,
    sessions: SessionOption = None,
    courses: CourseOption = None,
    groups: GroupOption = None,
    first: FromOption = None,
    last: ToOption = None,
    every: AllOption = False,
    off: Annotated[bool, typer.Option("--off", help="Make them drafts again.")] = False,
    output: MarkedOption = None,
    force: ForceOption = False,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> int:
    """Change the status of the chosen sessions."""
    from trainplan.cli.marking import mark

    choice = Choice(
        sessions or (), courses or (), groups or (), first and first.date(), last and last.date(), every
    )
    return mark(
        programme,
        schedule,
        choice,
        output,
        force,
        as_json,
        command=NAME,
        column="status",
        cell=lambda one: "draft" if off else "published",
        now=lambda one: one.status,
        done="made drafts" if off else "published",
    )
