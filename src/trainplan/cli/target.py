"""Where a schedule is to be written: all that can be refused is refused before any work is done."""

from __future__ import annotations

import sys
from difflib import get_close_matches
from pathlib import Path
from typing import NamedTuple

from trainplan.cli.codes import Misuse
from trainplan.exports import FORMATS, Format, format_of
from trainplan.exports.whom import Whose, everybody
from trainplan.exports.write import refuse_early, write_whole
from trainplan.model import Programme, Schedule
from trainplan.views.console import fall_silent, standard_error
from trainplan.views.text import shown

MOST_BYTES = 50_000_000  # of a calendar that is to be replaced


class Target(NamedTuple):
    """A file (None is standard output), its format, and whether it may replace what is there."""

    path: Path | None
    format: Format
    force: bool
    whose: Whose | None = None

    def write(self, programme: Programme, schedule: Schedule) -> None:
        """Write ``schedule`` and say so on stderr.

        A calendar that replaces an older one is told of it, so that only what changed counts as changed.

        Raises:
            Unwritable: It can't be done; nothing was written.
        """
        if self.format.personal is not None:
            part = self.whose.of(programme, schedule) if self.whose is not None else schedule
            self.write_bytes(self.format.personal(programme, part, self._former(), self.whose))
        else:
            self.write_bytes(self.format.content(programme, schedule))

    def write_bytes(self, content: bytes) -> None:
        """Write ``content`` and say so on stderr.

        Raises:
            Unwritable: It can't be done; nothing was written.
        """
        if self.path is None:
            _pour(content)
            return
        write_whole(self.path, content, force=self.force)
        standard_error().write(f"wrote {shown(str(self.path))}\n")

    def _former(self) -> bytes | None:
        """Return what stands in the file that is to be replaced."""
        if self.path is None or not self.force or not self.path.is_file():
            return None
        try:
            with self.path.open("rb") as file:
                return file.read(MOST_BYTES)
        except OSError:
            return None  # writing will say what is wrong with it


def find_target(output: Path, named: str | None, *, force: bool, as_json: bool) -> Target:
    """Return where to write.

    Raises:
        Misuse: The format is not known, or two things want standard output.
        Unwritable: The file exists, or its folder does not.
    """
    stdout = str(output) == "-"
    known = "; ".join(f"{one.suffix} {one.states}" for one in FORMATS)
    wanted = named if named is not None else output.suffix or (".csv" if stdout else "")
    form = format_of(wanted)
    if form is None:
        what = f"no format {wanted}" if wanted else f"{output} does not say its format"
        raise Misuse(f"{what}: known are {known}")
    if stdout and as_json:
        raise Misuse("-o - and --json both want standard output: leave one of them out")
    if stdout:
        return Target(None, form, force)
    refuse_early(output, force=force)
    return Target(output, form, force)


def for_whom(target: Target, programme: Programme, asked: str) -> Target:
    """Return ``target`` for somebody alone.

    Args:
        target: Where the whole schedule would go.
        programme: Says who there is.
        asked: ``group:police``, ``instructor:JB`` or ``venue:LT``.

    Raises:
        Misuse: There is nobody of that name, or the format is not a calendar.
    """
    if target.format.personal is None:
        raise Misuse(
            f"--for makes a calendar of one's own: give it a file that ends in .ics "
            f"({target.format.suffix} holds the whole schedule)"
        )
    known = everybody(programme)
    if asked not in known:
        close = get_close_matches(asked, known, 1)
        hint = f"did you mean {close[0]}?" if close else f"e.g. {', '.join(list(known)[:3])}"
        raise Misuse(f"--for {asked}: there is no such group, instructor or venue; {hint}")
    return target._replace(whose=known[asked])


def _pour(content: bytes) -> None:
    if sys.stdout is None:  # started with it closed
        return
    # As bytes, so that line ends stay as they are.
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        fall_silent(sys.stdout)
