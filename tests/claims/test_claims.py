"""What trainplan claims is what trying everything finds; ``python -m tests.claims`` takes more, for hours.

Which trials are made does not depend on the clock; what a search does in its time may.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.claims.files import read_case
from tests.claims.trial import drawn, judged
from tests.claims.tunings import TUNINGS, tuned

FOUND = Path(__file__).parent / "found"
# What a part of the slice is about, its number, and how many trials it makes: about a quarter of a minute's.
SLICE = (
    *(("generate", part, 20) for part in range(2)),
    ("start", 0, 20),
    ("replan", 0, 32),
    ("explain", 0, 8),
    ("ask", 0, 12),
)


@pytest.mark.parametrize(("about", "part", "trials"), SLICE)
def test_claims_hold_when_everything_is_tried(about, part, trials):
    failures = {}
    tried = 0
    for number in range(trials):
        seed = f"slice-{part}.{number}"
        trial = judged(drawn(seed, about))
        tried += not trial.skipped
        if trial.failures:
            failures[seed] = trial.failures
    assert failures == {}
    assert tried > trials / 2


@pytest.mark.parametrize("name", sorted(one.name for one in FOUND.iterdir()))
def test_what_was_found_once_stays_mended(name):
    trial = judged(read_case(FOUND / name))
    assert trial.failures == []
    assert not trial.skipped


@pytest.mark.parametrize("way", TUNINGS)
def test_each_strategy_can_be_made_to_answer_alone(way):
    with tuned(way):
        pass
