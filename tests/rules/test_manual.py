"""The manual is the rules' own word, every example in it really happens, and every rule has its cases."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest
from rulecases import Case

from trainplan.goals import GOALS
from trainplan.rules import RULES
from trainplan.rules.base import Rule

HERE = Path(__file__).parent
DOCS = HERE.parents[1] / "docs"

NAMES = """
venue-clash venue-capacity venue-features venue-closed instructor-clash instructor-qualified instructor-closed
instructor-load instructor-roles group-cover group-closed group-attendance class-size class-mix course-window
course-days course-order course-parallel demand pinned
"""


def load(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"loaded_{path.stem}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def cases(rule: Rule) -> tuple[Case, ...]:
    found: tuple[Case, ...] = load(HERE / f"test_{rule.name.replace('-', '_')}.py").CASES
    return found


writer = load(DOCS / "write_rules.py")


def test_every_rule_of_the_contract_stands_in_the_table_once() -> None:
    assert sorted(rule.name for rule in RULES) == sorted(NAMES.split())


def test_rules_that_only_forbid_single_choices_come_first() -> None:
    assert [rule.name for rule in RULES][:8] == [
        "course-days",
        "course-window",
        "venue-features",
        "venue-closed",
        "group-closed",
        "instructor-qualified",
        "instructor-closed",
        "class-mix",
    ]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_lives_in_the_file_of_its_name(rule: Rule) -> None:
    file = rule.name.replace("-", "_")
    assert type(rule).__module__ == f"trainplan.rules.{file}"
    assert type(rule).__name__.lower() == file.replace("_", "")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_has_one_to_blame_and_a_bystander(rule: Rule) -> None:
    def splits(case: Case) -> bool:
        live = {session.id for session in case.schedule.live}
        blamed = {id for one in case.breaches for id in one.sessions.split("; ")}
        return bool(live & blamed) and bool(live - blamed)

    assert any(splits(case) for case in cases(rule))
    assert any(not case.breaches for case in cases(rule))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_the_breach_in_the_manual_is_one_that_the_cases_show(rule: Rule) -> None:
    told = writer.sections(rule, ("Breach", "What to do"))
    assert told["Breach"] in [one.message for case in cases(rule) for one in case.breaches]
    assert told["What to do"].endswith(".")
    assert rule.states.endswith(".")


@pytest.mark.parametrize("goal", GOALS.values(), ids=lambda goal: goal.name)
def test_a_goal_has_an_example(goal: object) -> None:
    assert writer.sections(goal, ("Example",))["Example"].endswith(".")


def test_a_missing_section_is_noticed() -> None:
    with pytest.raises(LookupError, match="What to do"):
        writer.sections(GOALS["seats"], ("What to do",))


def test_the_manual_is_fresh() -> None:
    page = (DOCS / "rules.md").read_text(encoding="utf-8")
    assert page == writer.manual(), "run python docs/write_rules.py"
