"""The gallery shows what the views draw today, and its pictures fetch nothing."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).parents[1] / "docs" / "write_gallery.py"


@pytest.fixture(scope="module")
def gallery() -> ModuleType:
    spec = importlib.util.spec_from_file_location("write_gallery", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_gallery_is_up_to_date(gallery: ModuleType) -> None:
    found = gallery.pictures()
    stale = [
        path.name for path, text in found.items() if not path.exists() or path.read_text("utf-8") != text
    ]
    assert stale == [], "python docs/write_gallery.py"
    assert {path for path in found if path.suffix == ".svg"} == set(gallery.PICTURES.iterdir())


def test_pictures_fetch_nothing(gallery: ModuleType) -> None:
    for text in gallery.pictures().values():
        links = re.findall(r"https?://[^\s\"')]+", text)
        assert set(links) <= {"http://www.w3.org/2000/svg", "https://www.textualize.io"}
        assert "@font-face" not in text
