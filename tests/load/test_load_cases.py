"""Every hand-written bad file meets exactly the findings that stand beside it."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from loadcases import Case, cases, lack, meet

import trainplan.load
from trainplan.load.codes import CODES

ALL = list(cases())
SOURCES = Path(trainplan.load.__file__).parent


@pytest.mark.parametrize("case", [pytest.param(case, id=f"{file}: {case.title}") for file, case in ALL])
def test_case(case: Case, tmp_path: Path) -> None:
    assert meet(case, tmp_path) == case.expected
    if case.lacks:
        assert lack(tmp_path) == case.lacks


def test_every_case_expects_something_and_has_a_title_of_its_own() -> None:
    assert all(case.expected or case.lacks for _, case in ALL)
    titles = [(file, case.title) for file, case in ALL]
    assert len(set(titles)) == len(titles) >= 60


def test_the_table_of_codes_holds_exactly_the_codes_that_are_used() -> None:
    used = set()
    for path in SOURCES.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            named = (
                isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Reason"
            )
            if named and isinstance(node.args[0], ast.Constant) and node.args[0].value:
                used.add(node.args[0].value)
    assert used == set(CODES)


def test_codes_are_kebab_words_and_sentences() -> None:
    for code, meaning in CODES.items():
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", code)
        assert meaning.endswith(".")


def test_all_but_damage_to_bytes_is_met_by_a_case() -> None:
    met = {line.split()[0] for _, case in ALL for line in case.expected}
    # These need bytes that no text file of cases can hold, or sizes that it should not.
    elsewhere = {"not-text", "encoding", "unreadable-file", "too-large", "long-cell"}
    # These need a workbook: see test_load_workbook.py.
    elsewhere |= {"not-workbook", "bad-workbook", "locked-workbook", "missing-sheet", "repeated-sheet"}
    elsewhere |= {"merged-cells", "cell-error"}
    elsewhere |= {"bad-set"}  # said of a command line: see test_load_overrides.py
    assert met | elsewhere == set(CODES)
    assert not met & elsewhere
