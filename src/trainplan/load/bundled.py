"""The programmes that come with trainplan."""

from __future__ import annotations

from pathlib import Path


def bundled_names() -> tuple[str, ...]:
    """Return the names of the bundled programmes, sorted."""
    return tuple(sorted(entry.parent.name for entry in _data().glob("*/programme.toml")))


def bundled_folder(name: str) -> Path:
    """Return the folder of a bundled programme.

    Raises:
        LookupError: There is none of that name.
    """
    if name not in bundled_names():
        raise LookupError(name)
    return _data() / name


def _data() -> Path:
    """Return where the programmes lie: beside the installed code, or at the top of the checkout."""
    package = Path(__file__).parents[1]
    installed = package / "data"
    return installed if installed.is_dir() else package.parents[1] / "data"
