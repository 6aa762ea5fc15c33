"""Small impossible programmes whose smallest causes and cheapest ways out are known."""

from __future__ import annotations

import pytest

from tests.explain.cases import cases, named, read, sets, told
from trainplan.audit import audit
from trainplan.cli.carry import carry_out
from trainplan.explain import combined
from trainplan.load import load_programme
from trainplan.load.later import closures_until
from trainplan.load.plain import read_plain
from trainplan.outcome import Limits
from trainplan.rules import RULES
from trainplan.solve import plan

CASES = list(cases())
RULE_NAMES = {rule.name for rule in RULES}
# What no programme can be impossible for, for no statement of a coordinator's stands behind it.
NEVER = set()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case, tmp_path):
    explanation = told(case, tmp_path)
    assert explanation.verdict == "impossible"
    assert sets(explanation) == case.causes
    assert all(cause.verified for cause in explanation.causes)
    best = explanation.fixes[0]
    assert (best.change.message, best.verified) == (case.fix, True)
    if case.together:
        assert {explanation.fixes[at].change.message for at in explanation.together} == case.together
    assert explanation.rest
    assert explanation.complete


def test_there_are_enough_of_them():
    assert len(CASES) >= 40
    assert sum(len(case.causes) > 1 for case in CASES) >= 10


def test_every_rule_is_to_blame_somewhere():
    blamed = {line.split()[0] for case in CASES for causes in case.causes for line in causes}
    assert blamed == RULE_NAMES - NEVER


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_the_best_fixes_write_is_what_was_solved(case, tmp_path):
    """Carried out, read back, planned: every seat has its place where all causes are mended."""
    explanation = told(case, tmp_path)
    programme, before = read(case, tmp_path)
    plain = read_plain(tmp_path)
    until = closures_until(programme, plain)
    picked = [explanation.fixes[at] for at in explanation.together] or explanation.fixes[:1]
    target = tmp_path / "mended"
    changes = [fix.change for fix in picked]
    carry_out(target, changes, plain, programme, before, until, force=False)
    mended, found = load_programme(target)
    assert not [one for one in found if one.severity == "error"]
    assert mended is not None
    if len(explanation.causes) == 1 or explanation.together:
        _, after = combined(changes, (programme, before))
        outcome = plan(mended, Limits(5.0, workers=1), before=after)
        assert outcome.schedule is not None
        assert not outcome.unplaced
        assert not [one for one in audit(mended, outcome.schedule) if one.severity == "error"]


def test_lines_are_said_with_their_numbers_and_their_place(tmp_path):
    case = next(case for case in CASES if case.name == "cover-days")
    (cause,) = told(case, tmp_path).causes
    said = {named(line): (line.message, str(line.place)) for line in cause.lines}
    assert said["group-cover group:police"] == (
        "at most 1 of police (max_away) may be away on a day",
        "groups.csv row 2, column max_away",
    )
