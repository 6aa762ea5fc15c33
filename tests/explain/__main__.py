"""Explain random programmes and try everything: ``python -m tests.explain 200`` takes 200 impossible ones."""

from __future__ import annotations

import sys
import time

from tests.explain.chance import impossible


def main() -> None:
    """Print what was explained and how much of it held; end with 1 if anything did not."""
    began = time.monotonic()
    verdicts = []
    for verdict in impossible(int(sys.argv[1]) if len(sys.argv) > 1 else 20):
        verdicts.append(verdict)
        for fault in verdict.faults:
            print(f"{verdict.seed}: {fault}", flush=True)
    no = [one for one in verdicts if one.impossible]
    causes = sum(one.causes for one in no)
    print(f"{len(no)} impossible programmes, {len(verdicts) - len(no)} possible ones")
    print(f"{causes} causes: {sum(one.verified for one in no)} called verified, ", end="")
    print(f"{sum(one.sound for one in no)} impossible alone, {sum(one.minimal for one in no)} smallest")
    print(f"{sum(len(one.told.causes) > 1 for one in no)} programmes with several causes")
    print(f"{sum(one.fixes for one in no)} verified fixes tried, {sum(one.working for one in no)} work")
    print(f"{time.monotonic() - began:.0f} s")
    sys.exit(any(one.faults for one in verdicts))


if __name__ == "__main__":
    main()
