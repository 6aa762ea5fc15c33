"""The short form of benchmarks/fuzz_readers.py: the same inputs in every run, dozens for each reader."""

from __future__ import annotations

import importlib.util
from collections import Counter
from pathlib import Path

HARNESS = Path(__file__).parents[2] / "benchmarks" / "fuzz_readers.py"


def test_no_reader_is_thrown_by_what_it_is_given() -> None:
    spec = importlib.util.spec_from_file_location("fuzz_readers", HARNESS)
    assert spec is not None
    assert spec.loader is not None
    harness = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(harness)
    counts: Counter[str] = Counter()
    for name, number, fault in harness.tried(900, seed=0):
        assert fault is None, (name, number, fault)
        counts[name] += 1
    assert len(counts) == 10
    assert min(counts.values()) >= 50


def test_strings_that_have_gone_are_no_surprise(tmp_path: Path) -> None:
    """Found by the long form: a workbook whose table of shared texts holds none."""
    import zipfile

    from trainplan.load import load_programme

    with zipfile.ZipFile(tmp_path / "mine.xlsx", "w") as archive:
        archive.writestr("xl/sharedStrings.xml", "<sst/>")
    assert [one.rule for one in load_programme(tmp_path / "mine.xlsx")[1]] == ["bad-workbook"]


def test_an_encoding_that_nobody_knows_is_no_surprise(tmp_path: Path) -> None:
    """Found by the long form too."""
    import zipfile

    from trainplan.load import load_programme

    with zipfile.ZipFile(tmp_path / "mine.xlsx", "w") as archive:
        archive.writestr("xl/styles.xml", "<?xml version='1.0' encoding='ETF-8'?><styleSheet/>")
    assert [one.rule for one in load_programme(tmp_path / "mine.xlsx")[1]] == ["bad-workbook"]
