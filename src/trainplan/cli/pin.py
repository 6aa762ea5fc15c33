"""``trainplan pin``: say in a schedule's file what no plan may move."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from trainplan.cli.codes import Misuse
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

if TYPE_CHECKING:
    from trainplan.model import Pin, Session

NAME = "pin"
SHORT = "Pin sessions, so that no plan moves them."
HELP = """\b
Examples:
  trainplan pin plan.csv --session CP-03                    all of CP-03 stays as it is
  trainplan pin plan.csv --course CP --what date            the days of every CP session
  trainplan pin my-training plan.csv --group fire --to 2027-03-31 --what date --what venue
  trainplan pin plan.csv --all --off                        take all pins out again

Pin sessions in a schedule's .csv file: generate --start-from and replan then leave what is pinned as it is.
Several choices narrow each other down. Only cells of the column pin change; all else stays as it was written.
"""


class What(StrEnum):
    """What can be pinned."""

    DATE = "date"
    VENUE = "venue"
    INSTRUCTORS = "instructors"
    SEATS = "seats"
    ALL = "all"


def run(
    programme: ProgrammeArg = None,
    schedule: ScheduleArg = None,
    sessions: SessionOption = None,
    courses: CourseOption = None,
    groups: GroupOption = None,
    first: FromOption = None,
    last: ToOption = None,
    every: AllOption = False,
    what: Annotated[
        list[What] | None,
        typer.Option("--what", help="What of them; may be given again. Left out: all.", show_default=False),
    ] = None,
    off: Annotated[bool, typer.Option("--off", help="Take these pins out instead.")] = False,
    output: MarkedOption = None,
    force: ForceOption = False,
    as_json: JsonOption = False,
    debug: DebugOption = False,
) -> int:
    """Change the pins of the chosen sessions."""
    from trainplan.cli.marking import mark
    from trainplan.exports.csv_file import pins
    from trainplan.model import PINS

    choice = Choice(
        sessions or (), courses or (), groups or (), first and first.date(), last and last.date(), every
    )
    if choice.empty:
        raise Misuse("pin needs to know which: --session, --course, --group, --from, --to, or --all")
    named = {one.value for one in what or [What.ALL]}
    fields: frozenset[Pin] = frozenset(one for one in PINS if one in named or "all" in named)
    return mark(
        programme,
        schedule,
        choice,
        output,
        force,
        as_json,
        command=NAME,
        column="pin",
        cell=lambda one: pins(one.pin - fields if off else one.pin | fields),
        now=_now,
        done="unpinned" if off else "pinned",
    )


def _now(session: Session) -> str:
    from trainplan.exports.csv_file import pins

    return pins(session.pin)
