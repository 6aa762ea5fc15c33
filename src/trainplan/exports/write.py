"""Writing a file whole or not at all, so that a crash or a full disk never costs the file that was there."""

from __future__ import annotations

import errno
import os
import re
import secrets
import shutil
import stat
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

STALE_SECONDS = 3600


class Unwritable(Exception):
    """A file can't be written; the message is one line that says why and what to do."""


def refuse_early(path: Path, *, force: bool) -> None:
    """Find out what would keep ``path`` from being written, before a long computation and not after it.

    Raises:
        Unwritable: The file exists and ``force`` is not given, or its folder is missing or closed to us.
    """
    path = _real(path)
    try:
        _look(path, force)
    except OSError as trouble:
        raise Unwritable(_why(path, trouble)) from trouble


def _look(path: Path, force: bool) -> None:
    if path.is_dir():
        raise Unwritable(f"{path} is a folder: name a file in it")
    if _special(path):
        return
    if path.exists() and not force:
        raise Unwritable(_exists(path))
    if not path.parent.is_dir():
        raise Unwritable(_no_folder(path))
    if not os.access(path.parent, os.W_OK | os.X_OK):
        raise Unwritable(f"no permission to write in {path.parent}")


def write_whole(path: Path, content: bytes, *, force: bool = False) -> None:
    """Write ``content`` to ``path``, or leave everything as it was.

    It goes into a temporary file beside the target, is flushed to the disk, and only then takes the
    target's name. A file that is replaced hands down its permissions; a link stays a link. Something that
    is no plain file (a pipe, ``/dev/null``) is written to as it is.

    Args:
        path: The file to write.
        content: All of it.
        force: Replace a file that exists.

    Raises:
        Unwritable: It can't be done.
    """
    path = _real(path)
    try:
        if _special(path):
            path.write_bytes(content)
        else:
            _replace(path, content, force)
    except FileExistsError as there:
        raise Unwritable(_exists(path)) from there
    except OSError as trouble:
        raise Unwritable(_why(path, trouble)) from trouble


def write_all(folder: Path, files: Mapping[str, bytes], *, force: bool = False) -> None:
    """Write several files into one folder, which is made if need be, or leave everything as it was.

    A new folder is filled beside its place and then takes its name. In one that exists all files are written
    beside their places before the first takes its name.

    Args:
        folder: Where to.
        files: The content of each, by name.
        force: Replace files that exist.

    Raises:
        Unwritable: It can't be done.
    """
    folder = _real(folder)
    new = [one for one in (folder, *folder.parents) if not one.exists()]
    try:
        if new:
            _new_folder(folder, files)
        else:
            _fill(folder, files, force)
    except FileExistsError as there:
        raise Unwritable(_exists(Path(str(there.filename2 or there.filename)))) from there
    except OSError as trouble:
        raise Unwritable(_why(folder, trouble)) from trouble
    finally:
        # Only those that are empty go.
        for one in new:
            with suppress(OSError):
                one.rmdir()


def _new_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    part = folder.with_name(f"{_part_stem(folder)}{secrets.token_hex(6)}.part")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        part.mkdir()
    except OSError as trouble:
        raise Unwritable(f"can't make the folder {folder}: {trouble.strerror}") from trouble
    try:
        _fill(part, files, force=False)
        part.rename(folder)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise
    _settle(folder.parent)


def _fill(folder: Path, files: Mapping[str, bytes], force: bool) -> None:
    parts: dict[Path, Path] = {}
    placed: list[Path] = []
    try:
        for name, content in files.items():
            path = _real(folder / name)
            if path.exists() and not force:
                raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
            parts[path] = _beside(path, content)
        for path, part in parts.items():
            _take_name(part, path, force)
            placed.append(path)
    except BaseException:
        for left in (*parts.values(), *(() if force else placed)):
            with suppress(OSError):
                left.unlink()
        raise
    _settle(folder)


def _replace(path: Path, content: bytes, force: bool) -> None:
    part = _beside(path, content)
    try:
        _take_name(part, path, force)
    except BaseException:
        with suppress(OSError):
            part.unlink()
        raise
    _settle(path.parent)


def _beside(path: Path, content: bytes) -> Path:
    """Write a temporary file beside ``path``, flushed to the disk; return it."""
    # Not mkstemp: a file made this way has the permissions that the person's umask gives new files.
    _sweep(path)
    part = path.with_name(f"{_part_stem(path)}{secrets.token_hex(6)}.part")
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            if path.exists():
                _hand_down(path, part)
            os.fsync(file.fileno())
    except BaseException:
        with suppress(OSError):
            part.unlink()
        raise
    return part


def _part_stem(path: Path) -> str:
    return f".{path.name[:80]}."


def _sweep(path: Path) -> None:
    """Clear away what a writer of the same file left when it was killed; nobody takes so long to write."""
    stem = _part_stem(path)
    parts = re.compile(re.escape(stem) + "[0-9a-f]{12}[.]part")
    with suppress(OSError):
        for left in path.parent.iterdir():
            if parts.fullmatch(left.name) and left.stat().st_mtime < time.time() - STALE_SECONDS:
                left.unlink()


def _take_name(part: Path, path: Path, force: bool) -> None:
    if not force:
        # A hard link refuses an existing name in the same breath; a look beforehand could come too early.
        try:
            os.link(part, path)
        except FileExistsError:
            raise
        except OSError:
            if path.exists():
                raise FileExistsError(path) from None
        else:
            part.unlink()
            return
    part.replace(path)


def _hand_down(old: Path, new: Path) -> None:
    before = old.stat()
    with suppress(OSError, AttributeError):
        os.chown(new, before.st_uid, before.st_gid)
    new.chmod(stat.S_IMODE(before.st_mode))


def _settle(folder: Path) -> None:
    # The new name itself must reach the disk too; not every system lets a folder be flushed.
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _real(path: Path) -> Path:
    return Path(os.path.realpath(path)) if os.path.islink(path) else path  # noqa: PTH114 - it never raises


def _special(path: Path) -> bool:
    try:
        mode = path.stat().st_mode
    except OSError:
        return False
    return not stat.S_ISREG(mode) and not stat.S_ISDIR(mode)


def _exists(path: Path) -> str:
    return f"{path} exists already: give --force to replace it, or another name"


def _no_folder(path: Path) -> str:
    return f"there is no folder {path.parent}: make it first, or write somewhere else"


def _why(path: Path, trouble: OSError) -> str:
    left = "nothing was written"
    if trouble.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return f"no room on the disk for {path}: {left}"
    if trouble.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"no permission to write {path}, or another program has it open: {left}"
    if trouble.errno == errno.ENOENT:
        return _no_folder(path)
    if trouble.errno == errno.ENAMETOOLONG:
        return f"the name {path.name[:40]}… is too long for this disk: {left}"
    return f"can't write {path} ({trouble.strerror or trouble}): {left}"
