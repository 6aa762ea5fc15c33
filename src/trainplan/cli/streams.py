"""Standard output and error, made fit for any text before anything is said."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import NoReturn


def prepare_streams() -> None:
    """Let no title stop the program half-way: what the encoding can't hold is written as an escape."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")


def end(code: int) -> NoReturn:
    """End the process with an exit code, whatever threads were left behind."""
    from trainplan.aside import Along

    if not Along.left:
        sys.exit(code)
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError, AttributeError):
            stream.flush()
    os._exit(code)
