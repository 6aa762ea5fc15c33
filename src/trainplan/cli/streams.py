"""Standard output and error, made fit for any text before anything is said."""

from __future__ import annotations

import sys


def prepare_streams() -> None:
    """Let no title stop the program half-way: what the encoding can't hold is written as an escape."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")
