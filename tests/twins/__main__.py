"""Compare the halves of the rules at length: ``python -m tests.twins 25`` takes 25 of each family."""

from __future__ import annotations

import sys

from tests.twins.brute import EVERY, compare
from tests.twins.families import tinies


def main() -> None:
    """Print what was compared, family by family, and end with 1 if the halves disagree."""
    programmes = schedules = comparisons = disagreements = 0
    for tiny, alone in tinies(range(int(sys.argv[1]) if len(sys.argv) > 1 else 4)):
        results = compare(tiny, alone)
        programmes += 1
        schedules += results[EVERY].schedules
        comparisons += sum(result.schedules for result in results.values())
        for name, result in results.items():
            if result.too_strict or result.too_lax:
                disagreements += 1
                print(f"{tiny.name}: {name}: {result.too_strict[:1]} {result.too_lax[:1]}")
    print(f"{programmes} programmes, {schedules} schedules, {comparisons} verdicts")
    print(f"{disagreements} disagreements")
    sys.exit(bool(disagreements))


if __name__ == "__main__":
    main()
