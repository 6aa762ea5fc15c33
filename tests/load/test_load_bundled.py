"""Where the bundled programmes lie, what importing costs, and names that two rooms keep."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from trainplan.goals import GOALS
from trainplan.load import bundled, keyvalues


def test_an_installed_package_has_its_own_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "trainplan"
    for name in ("one", "two"):
        (package / "data" / name).mkdir(parents=True)
    (package / "data" / "one" / "programme.toml").write_text("")
    monkeypatch.setattr(bundled, "__file__", str(package / "load" / "bundled.py"))
    assert bundled.bundled_names() == ("one",)
    assert bundled.bundled_folder("one") == package / "data" / "one"
    with pytest.raises(LookupError, match="two"):
        bundled.bundled_folder("two")


def test_an_editable_install_reads_the_checkout() -> None:
    assert "saint-lucia" in bundled.bundled_names()
    assert (bundled.bundled_folder("saint-lucia") / "programme.toml").is_file()


def test_the_goals_that_may_be_asked_for_are_those_that_there_are() -> None:
    assert set(GOALS) - {"changes"} == set(keyvalues.GOALS)


def test_importing_loads_nothing_heavy() -> None:
    code = "import sys, trainplan.load; print([name for name in sys.argv[1:] if name in sys.modules])"
    heavy = [
        "holidays",
        "dateutil",
        "ortools",
        "rich",
        "typer",
        "pydantic",
        "difflib",
        "json",
        "tomllib",
        "zoneinfo",
    ]
    done = subprocess.run([sys.executable, "-c", code, *heavy], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
