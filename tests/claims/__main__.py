"""Hold what trainplan claims against brute force: ``python -m tests.claims --minutes 10 --seed 1``.

Trials run in a process of their own, so that one that hangs or dies is a failure and not the end.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.claims.claim import Failure
from tests.claims.files import Case
from tests.claims.trial import ABOUT, drawn
from tests.claims.worker import Worker


def main() -> None:
    """Try until the time is up; print what was tried; end with 1 if anything failed."""
    parser = argparse.ArgumentParser(prog="python -m tests.claims", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--once", metavar="SEED", help="try one seed again, as it is named in a failure")
    parser.add_argument("--about", choices=ABOUT, help="only trials of this kind")
    parser.add_argument("--out", type=Path, help="where failures are written")
    parser.add_argument("--no-shrink", action="store_true")
    told = parser.parse_args()
    out = told.out or Path(tempfile.mkdtemp(prefix="claims-"))
    until = time.monotonic() + told.minutes * 60
    worker, tried, skipped, failed, number = Worker(), Counter[str](), Counter[str](), 0, 0
    while number == 0 or (not told.once and time.monotonic() < until):
        seed = told.once or f"{told.seed}.{number}"
        trial = worker.judge(seed, told.about or "")
        number += 1
        tried += trial.tried
        if trial.skipped:
            skipped[trial.skipped] += 1
        seen = set()
        for failure in trial.failures:
            print(f"{seed}: {failure.way}: {failure.kind}: {failure.text}", flush=True)
            if failure.kind in seen:
                continue
            seen.add(failure.kind)
            failed += 1
            case, failures = drawn(seed, told.about or ""), [failure]
            if not told.no_shrink and failure.kind != "hang":
                case, failures = worker.shrink(case, failure)
            _write(out / f"{seed}-{failure.kind}", case, seed, failures)
    worker.end()
    print(f"{number} trials, {sum(skipped.values())} skipped ({dict(skipped)}), {failed} failures")
    for what, count in sorted(tried.items()):
        print(f"{count:7,}  {what}")
    if failed:
        print(f"failures are in {out}; try one again with --once SEED")
    sys.exit(bool(failed))


def _write(folder: Path, case: Case, seed: str, failures: list[Failure]) -> None:
    case.write(folder)
    lines = [f"{one.way}: {one.kind}: {one.text}\n" for one in failures]
    lines.append(f"python -m tests.claims --once {seed}\n")
    (folder / "failure.txt").write_text("".join(lines), "utf-8")


if __name__ == "__main__":
    main()
