"""How many runs of ``stress`` a minute: on one process, on two, and on a dask cluster of two workers.

``python benchmarks/stress_speed.py PROGRAMME SCHEDULE --runs 20`` prints a line for each. The hidden schedule
that ``benchmarks/programmes.py`` writes beside a programme will do.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path
from statistics import median
from threading import Event

from trainplan.load import load_programme, load_schedule
from trainplan.outcome import Limits
from trainplan.stress import Rates, Setting, stress


def main() -> None:
    """Time the same runs three times."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("programme", type=Path)
    parser.add_argument("schedule", type=Path)
    parser.add_argument("--runs", type=int, default=20)
    parser.add_argument("--time-limit", type=float, default=10.0, help="seconds for each replan")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    programme, _ = load_programme(asked.programme)
    assert programme is not None, "the programme can't be read"
    schedule, _ = load_schedule(asked.schedule, programme)
    assert schedule is not None, "the schedule can't be read"
    limits = Limits(asked.time_limit, 1, asked.seed)
    setting = Setting(programme, schedule, Rates(), asked.seed, limits, 14, 0)

    def timed(name: str, processes: int, cluster: str | None = None) -> None:
        began = time.monotonic()
        runs = range(1, asked.runs + 1)
        results = list(stress(setting, runs, processes=processes, stop=Event(), cluster=cluster))
        taken = time.monotonic() - began
        each = median(one.seconds for one in results)
        print(
            f"{name}: {len(results)} runs in {taken:.1f} s, {60 * len(results) / taken:.1f} a minute,"
            f" median replan {each:.1f} s, {sum(one.people for one in results)} people moved",
            flush=True,
        )

    timed("1 process", 1)
    timed("2 processes", 2)
    try:
        from distributed import LocalCluster
    except ImportError:
        print("cluster: distributed is not installed")
        return
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        timed("cluster of 2 workers", 1, cluster.scheduler_address)


if __name__ == "__main__":
    main()
