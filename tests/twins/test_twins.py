"""The two halves of every rule agree on every schedule of many tiny programmes."""

from __future__ import annotations

from random import Random

import pytest

from tests.twins.brute import compare
from tests.twins.families import FAMILIES
from trainplan.rules import RULES

SEEDS = range(4)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.__name__)
def test_what_check_accepts_is_what_post_admits(family, seed):
    tiny = family(Random(f"{family.__name__} {seed}"))
    for name, result in compare(tiny, FAMILIES[family]).items():
        assert not result.too_strict, f"{name}: the board refuses {dict(result.too_strict[0])}"
        assert not result.too_lax, f"{name}: the check refuses all of {dict(result.too_lax[0])}"


def test_every_rule_is_compared_alone():
    named = " & ".join(name for names in FAMILIES.values() for name in names)
    assert set(named.split(" & ")) == {rule.name for rule in RULES}
