"""One trial: a case, and whatever is wrong with the answers to it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from random import Random

from tests.claims import generate
from tests.claims.brute import TooLarge
from tests.claims.claim import Failure
from tests.claims.files import Case
from tests.claims.programmes import draw, kinds


@dataclass
class Trial:
    """What became of a case.

    Attributes:
        failures: What is wrong.
        tried: Counts of ways and kinds.
        skipped: Why it was not tried, empty if it was.
    """

    failures: list[Failure] = field(default_factory=list)
    tried: Counter[str] = field(default_factory=Counter)
    skipped: str = ""


def about_all() -> list[str]:
    """Return what a trial can be about."""
    return ["generate"]


def drawn(seed: str, about: str = "") -> Case:
    """Return the case of a seed, about whatever comes up or about what is asked for."""
    chance = Random(f"case {seed}")
    about = about or chance.choice(about_all())
    number = 0
    while (files := draw(f"{seed} {number}")).load() is None:
        number += 1
    return Case(files, None, {"about": "generate", "seed": seed, "ways": generate.chosen(chance, 4)})


def judged(case: Case) -> Trial:
    """Ask and compare."""
    trial = Trial()
    programme = case.files.load()
    if programme is None:
        trial.skipped = "refused"
        return trial
    ways = list(case.ask["ways"])
    try:
        trial.failures += generate.judge(case, ways, programme, case.schedule(programme))
    except TooLarge:
        trial.skipped = "too large"
        return trial
    trial.tried.update(f"way: {way}" for way in ways)
    trial.tried.update(f"kind: {kind}" for kind in set(kinds(case.files)))
    return trial
