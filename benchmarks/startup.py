"""How long the smallest commands take as whole processes: ``python benchmarks/startup.py``.

Seconds by the clock, the median, the shortest and the longest of seven runs each, taken in turn so that a
busy moment strikes them all; ``python -c pass`` is what Python itself takes. Memory is the largest, in MiB.
"""

from __future__ import annotations

import argparse
import statistics
import sys

from harness import TRAINPLAN, Ran, run, table

COMMANDS = {
    "python -c pass": (sys.executable, "-c", "pass"),
    "trainplan --help": (*TRAINPLAN, "--help"),
    "trainplan check": (*TRAINPLAN, "check", "saint-lucia"),
}


def main() -> None:
    """Run each command once unseen, so that files are in memory, then time them."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--times", type=int, default=7, metavar="N", help="runs of each (default 7)")
    times = parser.parse_args().times
    for command in COMMANDS.values():
        run(command, patience=60)
    rans: dict[str, list[Ran]] = {name: [] for name in COMMANDS}
    for _ in range(times):
        for name, command in COMMANDS.items():
            rans[name].append(run(command, patience=60))
    lines = []
    for name, mine in rans.items():
        seconds = [one.seconds for one in mine]
        lines.append(
            (
                name,
                f"{statistics.median(seconds):.3f}",
                f"{min(seconds):.3f}",
                f"{max(seconds):.3f}",
                f"{max(one.mib for one in mine):.0f}",
                " ".join(sorted({str(one.code) for one in mine})),
            )
        )
    print(table(("<command", "median s", "best s", "worst s", "MiB", "exit"), lines))


if __name__ == "__main__":
    main()
