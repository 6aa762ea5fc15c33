"""What a search says of itself while it goes on: asked at any moment, the answer is sound and true."""

from __future__ import annotations

from collections.abc import Callable

import builders as b
import pytest
from tailored import made

from trainplan.audit import audit
from trainplan.model import Programme
from trainplan.outcome import Limits, Outcome, Progress
from trainplan.solve import apart, plan, planner, replan
from trainplan.solve.answer import HURRIED

LIMITS = Limits(1.0, seed=1, reproducible=True)
Asked = list[Outcome]


def asking() -> tuple[Asked, Callable[[Progress], None]]:
    """Return a report that asks what there is so far with each sign of progress, and the answers."""
    answers: Asked = []
    known: list[Callable[[], object]] = []

    def report(progress: Progress) -> None:
        known.extend([progress.so_far] if progress.so_far is not None else [])
        said = known[-1]() if known else None
        if isinstance(said, Outcome):
            answers.append(said)

    return answers, report


def holds(programme: Programme, answers: Asked, final: Outcome) -> None:
    """Hold each answer against the rules, and its bounds against the schedule found in the end."""
    assert final.schedule is not None
    values = [goal.value for goal in final.goals]
    for one in answers:
        assert one.schedule is not None
        errors = {found.rule for found in audit(programme, one.schedule) if found.severity == "error"}
        assert errors <= {"demand"}
        assert {seats.because for seats in one.unplaced} <= {HURRIED}
        so_far = [goal.value for goal in one.goals]
        assert so_far >= values
        for at, goal in enumerate(one.goals):
            if so_far[:at] == values[:at]:
                assert goal.bound <= values[at]


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("wide", [False, True])
def test_asked_at_any_moment_it_is_sound(monkeypatch: pytest.MonkeyPatch, seed: int, wide: bool) -> None:
    programme, sessions = made(seed)
    if not sessions:
        pytest.skip("no programme by chance")
    if wide:
        monkeypatch.setattr(planner, "GUIDED_PLACEMENTS", -1)
        monkeypatch.setattr(planner, "EXACT_PLACEMENTS", -1)
    answers, report = asking()
    final = plan(programme, LIMITS, report=report)
    holds(programme, answers, final)


def test_there_is_an_answer_before_the_end() -> None:
    answers, report = asking()
    programme = b.programme(
        b.course("AA", "police:20; fire:10", max_class=10, features=""),
        b.course("BB", "police:20", length=2, max_class=10, features=""),
        venues=[b.venue("hall", 10)],
    )
    final = plan(programme, LIMITS, report=report)
    assert answers
    holds(programme, answers, final)


def test_of_independent_parts_those_not_planned_yet_are_put_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "WORTH_SPLITTING", 1)
    programme = b.programme(
        b.course("AA", "police:20", max_class=10, features="one"),
        b.course("BB", "fire:10", length=2, max_class=10, features="two"),
        groups=[b.group("police", 20), b.group("fire", 10)],
        venues=[b.venue("hall", 10, features="one"), b.venue("lab", 10, features="two")],
    )
    answers, report = asking()
    final = plan(programme, LIMITS, report=report)
    assert [len({one.course for one in each.schedule.live}) for each in answers if each.schedule] == [
        2
    ] * len(answers)
    assert answers
    holds(programme, answers, final)


def test_a_replan_has_an_answer_too() -> None:
    programme = b.programme(
        b.course("AA", "police:10", features=""),
        b.course("BB", "fire:10", features=""),
        venues=[b.venue("hall", 10, available_until="03-01"), b.venue("lab", 10)],
    )
    before = b.schedule(
        b.session("AA-01", "03-02", venue="hall"), b.session("BB-01", "03-01", "fire:10", venue="lab")
    )
    answers, report = asking()
    final = replan(programme, before, LIMITS, report=report)
    assert answers
    assert final.schedule is not None
    assert all(audit(programme, one.schedule) is not None for one in answers if one.schedule)
