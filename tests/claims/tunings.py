"""Each strategy of the engine alone: what has to be set so that it, and no other, answers.

When the engine is rebuilt this is the one file of the guard to change: a name that is no longer there fails.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from importlib import import_module
from typing import Any
from unittest.mock import patch

PLANNER, APART = "trainplan.solve.planner", "trainplan.solve.apart"


def _never(*_: object) -> bool:
    return False


# The name of a way, and what it sets: module, name in it, value.
TUNINGS: Mapping[str, tuple[tuple[str, str, Any], ...]] = {
    "counts": ((PLANNER, "fits", _never),),
    "relaxation": ((PLANNER, "fits", _never), (PLANNER, "GUIDED_VARIABLES", 0)),
    "parts": (
        (PLANNER, "fits", _never),
        (PLANNER, "GUIDED_VARIABLES", 0),
        (PLANNER, "EXACT_VARIABLES", 0),
    ),
    "turns": ((PLANNER, "fits", _never), (PLANNER, "GUIDED_PLACEMENTS", 0)),
    "wide": (
        (PLANNER, "fits", _never),
        (PLANNER, "GUIDED_PLACEMENTS", 0),
        (PLANNER, "EXACT_PLACEMENTS", 0),
    ),
    "coarse": (
        (PLANNER, "fits", _never),
        (PLANNER, "GUIDED_PLACEMENTS", 0),
        (PLANNER, "EXACT_PLACEMENTS", 0),
        ("trainplan.solve.wide.search", "SHARP", -1),
        ("trainplan.solve.wide.search", "SHARPER", -1),
    ),
    "apart": ((APART, "WORTH_SPLITTING", 1), (APART, "WORTH_A_PROCESS", 10**9)),
}


@contextmanager
def tuned(way: str) -> Iterator[None]:
    """Set what makes one strategy answer alone; nothing for a way that has no tuning."""
    with ExitStack() as stack:
        for module, name, value in TUNINGS.get(way, ()):
            stack.enter_context(patch.object(import_module(module), name, value))
        yield
