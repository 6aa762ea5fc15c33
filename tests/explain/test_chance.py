"""Random programmes: what is said is what trying everything finds; ``python -m tests.explain`` takes more."""

from __future__ import annotations

import pytest

from tests.explain.chance import judged


@pytest.mark.parametrize("seed", range(16))
def test_an_explanation_holds_when_everything_is_tried(seed):
    verdict = judged(seed)
    assert verdict.faults == []
    assert verdict.minimal == verdict.verified == verdict.causes


# 79: of a course that another comes after as a whole only a pinned session must be held.
@pytest.mark.parametrize("seed", [*range(5), 79])
def test_so_it_does_where_dates_shift(seed):
    verdict = judged(seed, shifting=True)
    assert verdict.faults == []
    assert verdict.minimal == verdict.verified == verdict.causes
