"""On a gated board, rules bind by their gates alone: with all of them closed nothing is ruled out."""

from __future__ import annotations

from random import Random

import pytest

from tests.twins import families
from tests.twins.brute import admitted, counted, gated, in_reach, schedules
from trainplan.rules import RULES

# Families whose rules need few helping variables, which would be free here and enumerated over and over.
PLAIN = [families.rooms, families.like_rooms, families.cover]


@pytest.mark.parametrize("family", PLAIN, ids=lambda family: family.__name__)
def test_closed_gates_rule_nothing_out(family):
    tiny = family(Random(f"gates {family.__name__}"))
    board = gated(tiny)
    everything = {counts for one in schedules(tiny) if in_reach(tiny, counts := counted(tiny, board, one))}
    assert admitted(tiny, board, RULES, gates=0) == everything


@pytest.mark.parametrize("family", families.FAMILIES, ids=lambda family: family.__name__)
def test_every_posted_constraint_has_a_gate(family):
    tiny = family(Random(f"gates {family.__name__}"))
    board = gated(tiny)
    for rule in RULES:
        rule.post(board)
        literals = {gate.index for gate in board.gates.values()}
        for number, constraint in enumerate(board.model.proto.constraints):
            if number not in board.structural:
                assert literals & set(constraint.enforcement_literal), rule.name
