"""Where ``trainplan`` and ``python -m trainplan`` begin.

The commands are imported inside, so that a Ctrl-C in the first moments ends like one later on.
"""

from __future__ import annotations

import gc
import sys
import time

BEGAN = time.monotonic()
INTERRUPTED = 130
# Objects made between two looks for rings of garbage, and so on for older ones. Nearly all that is read stays
# until the end: with Python's own numbers a quarter of the time of a large check goes into looking at it.
RINGS = (200_000, 20, 50)


def main() -> None:
    """Run the command line."""
    gc.set_threshold(*RINGS)
    try:
        from trainplan.cli.main import run

        run(BEGAN)
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)


if __name__ == "__main__":
    main()
