"""docs/errors.md: every code, nothing but codes, and as its writer would write it now."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

from trainplan.load.codes import CODES

DOCS = Path(__file__).parents[1] / "docs"


def test_the_page_is_what_its_writer_writes() -> None:
    spec = importlib.util.spec_from_file_location("write_errors", DOCS / "write_errors.py")
    assert spec is not None
    assert spec.loader is not None
    writer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(writer)
    page = (DOCS / "errors.md").read_text(encoding="utf-8")
    assert page == writer.page(), "run: python docs/write_errors.py"
    assert set(writer.TEACH) == set(CODES)
    assert len(writer.met()) >= 60


def test_every_code_is_explained_once() -> None:
    page = (DOCS / "errors.md").read_text(encoding="utf-8")
    assert re.findall(r"^## (\S+)$", page, flags=re.M) == list(CODES)
    assert page.count("\nRight: ") == len(CODES)
