"""Where ``trainplan`` and ``python -m trainplan`` begin.

The commands are imported inside, so that a Ctrl-C in the first moments ends like one later on.
"""

from __future__ import annotations

import sys

INTERRUPTED = 130


def main() -> None:
    """Run the command line."""
    try:
        from trainplan.cli.main import run

        run()
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)


if __name__ == "__main__":
    main()
