"""Carrying fixes out: a new folder or workbook with the changed programme, proved by reading it back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from trainplan.cli.codes import Misuse
from trainplan.explain import Change, combined
from trainplan.explain.draft import ClosuresUntil
from trainplan.load.plain import Plain
from trainplan.model import Programme, Schedule
from trainplan.outcome import Fault

SCHEDULE = "schedule.csv"


def refuse_target(target: Path, *, force: bool) -> None:
    """Refuse what can't be written to, before any work is done.

    Raises:
        Misuse: It is a file, or a folder that is not empty.
        Unwritable: It is a workbook that exists.
    """
    from trainplan.exports.write import refuse_early

    if _is_book(target):
        refuse_early(target, force=force)
    elif target.exists() and not target.is_dir():
        raise Misuse(f"{target} is a file: name a folder")
    elif target.is_dir() and any(target.iterdir()) and not force:
        raise Misuse(f"{target} is not empty: give --force to write into it, or name another folder")


def carry_out(
    target: Path,
    changes: Sequence[Change],
    plain: Plain,
    programme: Programme,
    before: Schedule | None,
    closures_until: ClosuresUntil,
    *,
    force: bool,
) -> list[str]:
    """Write the programme with ``changes``; return what was written.

    An earlier schedule is written beside it, its pins changed, if a change is about them.

    Raises:
        Unwritable: It can't be done; nothing was written.
        Fault: Read back, it is not the changed programme.
    """
    from trainplan.exports.changed import changed
    from trainplan.exports.csv_file import content as schedule_content
    from trainplan.exports.write import refuse_early, write_all

    new, after = combined(changes, (programme, before))
    old = replace(programme, closures=closures_until(new.ends))
    result = changed(plain, old, new)
    if _is_book(target):
        files = {target.name: _book(result)}
        folder = target.parent
    else:
        files, folder = _files(result), target
    _prove(files, new)
    if after is not None and after != before:
        beside = f"{target.stem}-{SCHEDULE}" if _is_book(target) else SCHEDULE
        if _is_book(target):
            refuse_early(folder / beside, force=force)
        files[beside] = schedule_content(new, after)
    write_all(folder, files, force=force)
    return list(files)


def _is_book(target: Path) -> bool:
    return target.suffix.lower() == ".xlsx" and not target.is_dir()


def _files(plain: Plain) -> dict[str, bytes]:
    from trainplan.cli.starter import commented
    from trainplan.exports.csv_file import grid_content

    tables = {name: grid_content(grid) for name, grid in plain.grids.items() if name != SCHEDULE}
    return {"programme.toml": commented(plain.settings).encode("utf-8"), **tables}


def _book(plain: Plain) -> bytes:
    from trainplan.exports.programme_book import Unfit, content

    try:
        return content(plain)
    except Unfit as why:
        raise Misuse(f"it can't be written as a workbook: {why}") from why


def _prove(files: Mapping[str, bytes], new: Programme) -> None:
    """Read the files back before anybody sees them: they have to say what was solved and checked."""
    from trainplan.load import load_programme

    with TemporaryDirectory() as folder:
        for name, content in files.items():
            (Path(folder) / name).write_bytes(content)
        book = next((name for name in files if name.lower().endswith(".xlsx")), "")
        back, found = load_programme(Path(folder) / book if book else Path(folder))
    errors = [str(one) for one in found if one.severity == "error"]
    if back is None or errors:
        raise Fault(
            f"the changed programme can't be read back: {errors[0] if errors else 'nothing is there'}"
        )
    wanted = replace(new, closures=tuple(one for one in new.closures if one.blocks))
    back = replace(back, closures=tuple(one for one in back.closures if one.blocks))
    if _shape(back) != _shape(wanted):
        raise Fault("the changed programme, read back, is not what was solved")


def _shape(programme: Programme) -> object:
    """Return what has to be the same: closures by the days they close, whatever the rows."""
    closed: dict[object, set[object]] = {}
    for one in programme.closures:
        closed.setdefault((one.whom, one.id, one.opens, one.reason), set()).update(one.blocks)
    return replace(programme, closures=()), closed
