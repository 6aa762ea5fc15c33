"""Finding and reading what a command was given: which programme, which schedule."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import NamedTuple

from trainplan.cli.codes import Misuse, Refused
from trainplan.findings import Finding
from trainplan.load import load_programme, load_schedule
from trainplan.load.bundled import bundled_folder, bundled_names
from trainplan.load.workbook import SUFFIXES, workbook_holds_programme
from trainplan.model import Programme, Schedule
from trainplan.views.console import standard_error
from trainplan.views.refusal import remarks
from trainplan.views.text import shown

DEFAULT = "saint-lucia"
SCHEDULES = (".csv", ".json")


class Source(NamedTuple):
    """Where a programme is, and what the person would call it in the next command.

    Attributes:
        path: Its folder or workbook.
        called: As it was given.
        sets: What is set in the place of its cells, ``groups.police.max_away=25%``.
    """

    path: Path
    called: str
    sets: tuple[str, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """What the next command must be given to read the same programme."""
        return (self.called, *(word for one in self.sets for word in ("--set", one)))


def tell_apart(programme: str | None, schedule: str | None) -> tuple[str | None, str | None]:
    """Return programme and schedule; where only one thing is given, by what it is."""
    if programme is not None and schedule is None and is_schedule(programme):
        return None, programme
    if programme is not None and schedule is not None and is_schedule(programme):
        raise Misuse(f"the programme comes first, then the schedule: {programme} is no programme")
    return programme, schedule


def find_programme(given: str | None, sets: Sequence[str] | None = None) -> Source:
    """Return the programme that is meant; where that is not plain from ``given``, say so on stderr.

    Args:
        given: A folder, a file, a bundled name, or None.
        sets: What ``--set`` asks for.

    Raises:
        Misuse: There is no such programme.
    """
    return _found(given)._replace(sets=tuple(sets or ()))


def _found(given: str | None) -> Source:
    if given is None:
        if Path("programme.toml").is_file():
            _say("using ./programme.toml")
            return Source(Path(), "")
        _say(f"using the bundled programme {DEFAULT}")
        return Source(bundled_folder(DEFAULT), "")
    path = Path(given)
    if path.is_dir():
        return Source(path, given)
    if path.is_file():
        if path.name == "programme.toml":
            return Source(path.parent, given)
        if path.suffix.lower() in SUFFIXES:
            return Source(path, given)
        raise Misuse(f"{given} is no programme: give its folder, its programme.toml or its workbook (.xlsx)")
    if given in bundled_names():
        _say(f"using the bundled programme {given}")
        return Source(bundled_folder(given), given)
    close = get_close_matches(given, bundled_names(), n=1)
    hint = f"did you mean {close[0]}?" if close else f"bundled are {', '.join(bundled_names())}"
    raise Misuse(f"no programme {given}: it is no folder here, and not bundled ({hint})")


def read_programme(source: Source, *, tell: bool = True) -> tuple[Programme, tuple[Finding, ...]]:
    """Return the programme and the warnings of reading it; ``tell`` shows these on stderr at once.

    Raises:
        Refused: It can't be read.
    """
    programme, found = load_programme(source.path, source.sets)
    if programme is None or any(one.severity == "error" for one in found):
        raise Refused(source.called or str(source.path.resolve().name), found)
    if tell:
        _remark(found)
    return programme, tuple(found)


def read_schedule(given: str, programme: Programme) -> tuple[Schedule, tuple[Finding, ...]]:
    """Return the schedule as far as it can be read, and what can't.

    Raises:
        Misuse: There is no such file.
        Refused: Nothing of it can be read.
    """
    path = Path(given)
    if not path.exists():
        raise Misuse(f"there is no file {given}")
    if path.is_dir():
        raise Misuse(f"{given} is a folder: give the schedule's file")
    schedule, found = load_schedule(path, programme)
    if schedule is None:
        raise Refused(given, found)
    return schedule, tuple(found)


def is_schedule(given: str) -> bool:
    """Say whether ``given`` is called as a schedule's file is, there or not."""
    path = Path(given)
    if path.suffix.lower() in SUFFIXES:
        return path.is_file() and not workbook_holds_programme(path)
    return path.suffix.lower() in SCHEDULES and not path.is_dir()


def _say(text: str) -> None:
    standard_error().write(f"{shown(text)}\n")


def _remark(found: Sequence[Finding]) -> None:
    screen = standard_error()
    screen.show(remarks(found, screen))
