"""Kill a writer at random moments, and see that the file it was replacing is old or new, never between.

``python benchmarks/kill_writers.py --runs 200 --seed 1`` says how often the old file, and how often the new
one, was found whole; anything else is a fault.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

# The writer says how far it is, so that the moment of death can be drawn from all of its work.
WRITER = """
import sys
from pathlib import Path
from trainplan.exports.write import write_whole
path, size = Path(sys.argv[1]), int(sys.argv[2])
number = int(sys.argv[3])
while True:
    number += 1
    content = (b"%09d" % number) * size
    print("ready", flush=True)
    write_whole(path, content, force=True)
"""
SIZE = 400_000  # nine bytes each


def whole(raw: bytes) -> bool:
    """Say whether a file holds one number over and over, as each writing of it does."""
    return len(raw) == 9 * SIZE and raw == raw[:9] * SIZE


def killed(runs: int, seed: int) -> Counter[str]:
    """Return how many runs left the file as it was before the last writing, after it, or torn."""
    chance = random.Random(seed)
    found: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "plan.csv"
        path.write_bytes(b"%09d" % 0 * SIZE)
        for run in range(1, runs + 1):
            before = hashlib.sha256(path.read_bytes()).digest()
            # Each run's numbers are its own, so that the old file and the new can't be taken for one another.
            words = [sys.executable, "-c", WRITER, str(path), str(SIZE), str(run * 1000)]
            writer = subprocess.Popen(words, stdout=subprocess.PIPE)
            try:
                if writer.stdout is None or not writer.stdout.readline():
                    raise RuntimeError("the writer did not begin")
                time.sleep(chance.uniform(0, 0.03))
            finally:
                writer.send_signal(signal.SIGKILL)
                writer.communicate()
            raw = path.read_bytes()
            same = hashlib.sha256(raw).digest() == before
            found["torn" if not whole(raw) else "old" if same else "new"] += 1
            for left in Path(scratch).glob(".*.part"):
                found["left a part behind"] += 1
                left.unlink()
    return found


def main() -> int:
    """Kill, tell, and end with 1 if a file was torn."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    found = killed(asked.runs, asked.seed)
    print(", ".join(f"{name}: {count}" for name, count in sorted(found.items())))
    return 1 if found["torn"] else 0


if __name__ == "__main__":
    raise SystemExit(main())
