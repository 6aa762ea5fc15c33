"""How long each export takes and how much it weighs: ``export_speed.py PROGRAMME SCHEDULE``.

``python benchmarks/programmes.py big --sessions 1000`` makes a programme, ``big.hidden.csv`` its schedule.
Each export starts from the schedule as read, with a calendar and an audit of its own; the best of ``--times``
runs counts.
"""

from __future__ import annotations

import argparse
import time
from dataclasses import replace
from pathlib import Path

from trainplan.exports import FORMATS
from trainplan.load import load_programme
from trainplan.load.schedule import load_schedule


def main() -> None:
    """Print one line a format."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("programme", type=Path)
    ask.add_argument("schedule", type=Path)
    ask.add_argument("--times", type=int, default=3)
    given = ask.parse_args()
    programme = load_programme(given.programme)[0]
    schedule = load_schedule(given.schedule, programme)[0] if programme is not None else None
    if programme is None or schedule is None:
        raise SystemExit("the programme or its schedule can't be read")
    print(f"{len(schedule.sessions):,} sessions")
    for form in FORMATS:
        best, weight = float("inf"), 0
        for _ in range(given.times):
            fresh = replace(programme)  # another object: nothing that was worked out before is used
            start = time.perf_counter()
            weight = len(form.content(fresh, schedule))
            best = min(best, time.perf_counter() - start)
        print(f"{form.suffix:6} {best:6.2f} s {weight / 1024:8,.0f} KiB")


if __name__ == "__main__":
    main()
