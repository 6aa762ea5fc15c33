"""One trial: a case, and whatever is wrong with the answers to it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random

from tests.claims import explanations, generate, questions, replans
from tests.claims.brute import TooLarge
from tests.claims.claim import Failure
from tests.claims.edits import changed, edited, events
from tests.claims.files import Case, Files, Rows, rows_of
from tests.claims.programmes import Drawing, draw, kinds
from trainplan.outcome import Limits


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


ABOUT = ("generate", "start", "replan", "explain", "ask")
SHARES = (4, 2, 4, 2, 2)


def drawn(seed: str, about: str = "") -> Case:
    """Return the case of a seed, about whatever comes up or about what is asked for."""
    chance = Random(f"case {seed}")
    about = about or chance.choices(ABOUT, SHARES)[0]
    number = 0
    while (files := draw(f"{seed} {number}")).load() is None:
        number += 1
    if about == "generate":
        return Case(files, None, {"about": about, "seed": seed, "ways": generate.chosen(chance, 4)})
    if about == "explain" and chance.random() < 0.7:
        return Case(files, None, {"about": about, "seed": seed, "ways": ["explain"]})
    plan = _planned(files, chance)
    number = 0
    if chance.random() < 0.4:
        while (later := changed(files, f"{seed} {number}")).load() is None:
            number += 1
        files = later
    if about == "explain":
        rows = edited(plan, files, chance, pins=0.6, hands=0.2)
        return Case(files, rows, {"about": about, "seed": seed, "ways": ["explain"]})
    if about == "ask":
        rows = edited(plan, files, chance, pins=0.2, hands=chance.choice((0.0, 0.1)))
        ways = chance.sample(list(questions.WAYS), 2)
        return Case(files, rows, {"about": about, "seed": seed, "ways": ways})
    if about == "start":
        rows = edited(plan, files, chance, pins=0.5, hands=chance.choice((0.0, 0.2)))
        return Case(files, rows, {"about": about, "seed": seed, "ways": generate.chosen(chance, 4)})
    rows = edited(plan, files, chance, pins=chance.choice((0.0, 0.15)), hands=chance.choice((0.0, 0.0, 0.15)))
    fresh = Drawing(f"events {seed}")
    fresh.starts = date.fromisoformat(files.settings["starts"])
    fresh.ends = date.fromisoformat(files.settings["ends"])
    today = fresh.day() if chance.random() < 0.5 else (fresh.starts - timedelta(days=1)).isoformat()
    ask = {
        "about": about,
        "seed": seed,
        "today": today,
        "freeze": chance.choice((0, 0, 1, 3, 14)),
        "events": events(files, rows, chance, fresh),
        "ways": ["replan", chance.choice(replans.WAYS[1:])],
    }
    return Case(files, rows, ask)


def _planned(files: Files, chance: Random) -> Rows:
    """Return a sound schedule of a programme as rows, the best one or another."""
    from trainplan.solve import plan

    programme = files.load()
    assert programme is not None
    odd = chance.random() < 0.4
    planned = replace(programme, goals=("seats", "finish")) if odd else programme
    try:
        schedule = plan(planned, Limits(0.5, workers=1)).schedule
    except Exception:  # other trials find this out
        schedule = None
    return () if schedule is None else rows_of(programme, schedule)


def judged(case: Case) -> Trial:
    """Ask and compare."""
    trial = Trial()
    programme = case.files.load()
    if programme is None:
        trial.skipped = "refused"
        return trial
    ways, about = list(case.ask["ways"]), case.ask["about"]
    before, found = case.schedule(programme)
    if about in ("start", "explain", "ask") and any(one.severity == "error" for one in found):
        trial.skipped = "schedule refused"
        return trial
    try:
        if about == "replan":
            assert before is not None
            if any(one.severity == "error" and one.rule != "unknown-id" for one in found):
                trial.skipped = "schedule refused"
                return trial
            trial.failures += replans.judge(case, ways, programme, before)
        elif about == "ask":
            assert before is not None
            for way in ways:
                trial.failures += questions.judge(way, case, programme, before)
        elif about == "explain":
            trial.failures += explanations.judge(programme, before)
        else:
            trial.failures += generate.judge(case, ways, programme, before)
    except TooLarge:
        trial.skipped = "too large"
        return trial
    except replans.Refused:
        trial.skipped = "events refused"
        return trial
    trial.tried.update(f"way: {way}" if about == "generate" else f"way: {about}: {way}" for way in ways)
    trial.tried.update(f"kind: {kind}" for kind in set(kinds(case.files)))
    trial.tried.update(
        f"event: {' '.join(one.partition(':')[2].split()[1:2])}" for one in case.ask.get("events", ())
    )
    trial.tried[f"about: {about}"] += 1
    return trial
