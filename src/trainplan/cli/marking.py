"""What ``pin`` and ``publish`` share: choosing rows of a schedule's file, and changing one cell in each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from trainplan.cli.codes import Code, Misuse, Refused
from trainplan.cli.options import a_day

if TYPE_CHECKING:
    from trainplan.model import Programme, Schedule, Session

SessionOption = Annotated[
    list[str] | None,
    typer.Option("--session", metavar="ID", help="This session; may be given again.", show_default=False),
]
CourseOption = Annotated[
    list[str] | None,
    typer.Option("--course", metavar="ID", help="Sessions of this course.", show_default=False),
]
GroupOption = Annotated[
    list[str] | None,
    typer.Option(
        "--group",
        metavar="ID",
        help="Sessions with seats of this group, or of a part of it.",
        show_default=False,
    ),
]
FromOption = Annotated[
    datetime | None,
    typer.Option("--from", parser=a_day, metavar="DATE", help="Sessions that start then or later."),
]
ToOption = Annotated[
    datetime | None,
    typer.Option("--to", parser=a_day, metavar="DATE", help="Sessions that end then or earlier."),
]
AllOption = Annotated[bool, typer.Option("--all", help="Every session.")]
MarkedOption = Annotated[
    Path | None,
    typer.Option(
        "-o",
        "--output",
        metavar="FILE",
        help="Write to FILE and leave SCHEDULE as it is.",
        show_default=False,
    ),
]


class Choice(NamedTuple):
    """Which sessions are meant: all that fit each of the kinds that are given."""

    sessions: Sequence[str]
    courses: Sequence[str]
    groups: Sequence[str]
    first: date | None
    last: date | None
    every: bool

    @property
    def empty(self) -> bool:
        """Whether nothing was chosen at all."""
        return not (self.sessions or self.courses or self.groups or self.first or self.last or self.every)


def chosen(choice: Choice, programme: Programme, schedule: Schedule) -> list[Session]:
    """Return the sessions that are meant, the cancelled left out.

    Raises:
        Misuse: An id is not known.
    """
    from trainplan.load.register import Register

    wrongs: list[str] = []

    def known(what: str, file: str, names: Sequence[str], table: Sequence[str]) -> set[str]:
        register = Register(what, file, table)
        wrongs.extend(f"--{what} {register.unknown(one).text}" for one in names if register.find(one) is None)
        return {id for one in names if (id := register.find(one)) is not None}

    ids = known("session", "the schedule", choice.sessions, [one.id for one in schedule.sessions])
    courses = known("course", "curriculum.csv", choice.courses, list(programme.courses))
    named = known("group", "groups.csv", choice.groups, list(programme.groups))
    if wrongs:
        raise Misuse("; ".join(wrongs))
    groups = {part for group in named for part in programme.parts(group)} | named
    return [
        one
        for one in schedule.live
        if (not choice.sessions or one.id in ids)
        and (not choice.courses or one.course in courses)
        and (not choice.groups or not groups.isdisjoint(one.groups))
        and (choice.first is None or one.start >= choice.first)
        and (choice.last is None or one.end <= choice.last)
    ]


def mark(
    programme: str | None,
    schedule: str | None,
    choice: Choice,
    output: Path | None,
    force: bool,
    as_json: bool,
    *,
    command: str,
    column: str,
    cell: Callable[[Session], str],
    now: Callable[[Session], str],
    done: str,
) -> int:
    """Change one cell in the row of each chosen session, in a whole file or not at all.

    Args:
        programme: As given on the command line.
        schedule: As given on the command line.
        choice: Which sessions.
        output: A file to write in the place of the schedule's own.
        force: Whether ``output`` may exist.
        as_json: Say it as JSON.
        command: The command's name, for messages.
        column: The column to change.
        cell: What a session's cell is to hold.
        now: What it holds.
        done: What has become of the sessions, such as ``pinned``.
    """
    from trainplan.cli.advice import advise
    from trainplan.cli.advice import command as typed
    from trainplan.cli.files import find_programme, read_programme, read_schedule, tell_apart
    from trainplan.exports.edit_csv import Unchangeable, changed
    from trainplan.exports.write import refuse_early, write_whole
    from trainplan.views.console import standard_output
    from trainplan.views.text import shown
    from trainplan.words import many

    programme, schedule = tell_apart(programme, schedule)
    if schedule is None:
        raise Misuse(f"{command} needs a schedule: trainplan {command} [PROGRAMME] SCHEDULE --session ID")
    path = Path(schedule)
    if path.suffix.lower() != ".csv":
        raise Misuse(f"{command} changes a .csv file; trainplan export {path} -o plan.csv makes one")
    if output is not None:
        refuse_early(output, force=force)
    source = find_programme(programme)
    plan, _ = read_programme(source, tell=not as_json)
    read, found = read_schedule(schedule, plan)
    if any(one.severity == "error" for one in found):
        raise Refused(schedule, [one for one in found if one.severity == "error"])
    sessions = chosen(choice, plan, read)
    differ = [one for one in sessions if cell(one) != now(one) and one.place is not None]
    raw = path.read_bytes()
    if differ:
        try:
            values = {one.place.row: cell(one) for one in differ if one.place is not None}
            content = changed(raw, column, values)
        except Unchangeable as problem:
            raise Misuse(f"{schedule} {problem}: nothing was written") from problem
        _prove(content, path, plan, read, {one.id: cell(one) for one in differ}, now)
    else:
        content = raw
    where = output or path
    if differ or output is not None:
        write_whole(where, content, force=force or output is None)
    if as_json:
        from trainplan.cli.documents import emit

        emit(sessions=[one.id for one in sessions], changed=[one.id for one in differ], file=str(where))
        return Code.WELL
    left = len(sessions) - len(differ)
    again = f"; {many(left, 'session')} already so" if left else ""
    standard_output().write(f"{many(len(differ), 'session')} {done} in {shown(str(where))}{again}.\n")
    advise("to look at it", typed("show", *source.words, str(where), "--by", "sessions"))
    return Code.WELL


def _prove(
    content: bytes,
    path: Path,
    programme: Programme,
    before: Schedule,
    wanted: dict[str, str],
    now: Callable[[Session], str],
) -> None:
    """Read the new file: every session must be as it was, but for what was to change."""
    import tempfile

    from trainplan.load import load_schedule
    from trainplan.outcome import Fault

    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / path.name
        copy.write_bytes(content)
        after, _ = load_schedule(copy, programme)
    right = after is not None and len(after.sessions) == len(before.sessions)
    if right and after is not None:
        for old, new in zip(before.sessions, after.sessions, strict=True):
            same = (old.id, old.course, old.slots, old.venues, old.instructors, old.groups, old.title)
            right &= same == (
                new.id, new.course, new.slots, new.venues, new.instructors, new.groups, new.title
            )  # fmt: skip
            right &= now(new) == wanted.get(old.id, now(old))
    if not right:
        raise Fault(f"{path.name} would not read as intended after the change; nothing was written")
