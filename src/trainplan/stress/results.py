"""Results kept as they come, a line of JSON for each run, so that a stress can go on where it stopped."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping, Set
from dataclasses import asdict, is_dataclass
from dataclasses import fields as dataclass_fields
from pathlib import Path

from trainplan.stress.runs import Result, Setting


class Foreign(Exception):
    """A file holds something else than results of the same stress; the message is one line."""


def fingerprint(setting: Setting) -> str:
    """Return what tells one stress from another: programme, schedule, rates, seed, freeze and limit."""
    parts = (setting.programme, setting.schedule, setting.rates, setting.freeze, setting.limits)
    return hashlib.sha256(_plain(parts).encode("utf-8", "backslashreplace")).hexdigest()[:16]


def _plain(value: object) -> str:
    """Return the same text for equal values in every process; a set has no order of its own."""
    if is_dataclass(value) and not isinstance(value, type):
        told = [(one.name, getattr(value, one.name)) for one in dataclass_fields(value) if one.compare]
        return f"{type(value).__name__}({', '.join(f'{name}={_plain(part)}' for name, part in told)})"
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{key!r}: {_plain(part)}' for key, part in value.items())}}}"
    if isinstance(value, Set):
        return f"{{{', '.join(sorted(map(_plain, value)))}}}"
    if isinstance(value, tuple | list):
        return f"({', '.join(map(_plain, value))})"
    return repr(value)


class Results:
    """A file of results. Its first line says which stress it is of."""

    def __init__(self, path: Path, setting: Setting, *, force: bool = False) -> None:
        """Begin a file, or go on with the one that is there.

        Raises:
            Foreign: It holds something else, and ``force`` is not given.
            OSError: It can't be written.
        """
        self.path = path
        self.done: dict[int, Result] = {}
        self._head = {"stress": fingerprint(setting), "seed": setting.seed}
        raw = path.read_bytes() if path.exists() and path.is_file() and not force else b""
        whole = raw[: raw.rfind(b"\n") + 1]
        if raw:
            self._read(whole)
        if len(whole) < len(raw):
            # The last line was cut short: its run is done anew.
            os.truncate(path, len(whole))
        if not whole:
            path.write_bytes(self._line(self._head))

    def _read(self, whole: bytes) -> None:
        lines = whole.splitlines()
        try:
            if not lines or json.loads(lines[0]) != self._head:
                raise ValueError
            for one in lines[1:]:
                result = Result(**json.loads(one))
                self.done[result.run] = result
        except (ValueError, TypeError) as strange:
            said = "holds no results of this programme, schedule, rates, seed and limits"
            raise Foreign(f"{self.path} {said}: give --force to begin it anew, or another name") from strange

    def add(self, result: Result) -> None:
        """Keep one more; its line reaches the file whole."""
        line = self._line(asdict(result))
        handle = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o666)
        try:
            while line:
                line = line[os.write(handle, line) :]
        finally:
            os.close(handle)
        self.done[result.run] = result

    @staticmethod
    def _line(fields: object) -> bytes:
        return (json.dumps(fields) + "\n").encode("ascii")
