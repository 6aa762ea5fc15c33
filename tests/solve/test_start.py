"""Starting from a schedule: its pins are kept, its names too, and the plan is no worse."""

from __future__ import annotations

import pytest
from builders import course, group, programme, schedule, session, venue

from trainplan.attendance import Dealing
from trainplan.outcome import Limits
from trainplan.rules import group_attendance
from trainplan.solve import plan
from trainplan.solve.warm import sound

MADE = programme(
    course("CP", "police:20", features="", max_class=10),
    groups=[group("police", 20)],
    venues=[venue("LT", 10), venue("lab", 10)],
)
QUICK = Limits(10.0, workers=1)


def places(outcome: object) -> dict[str, str]:
    return {one.id: str(one.start) for one in outcome.schedule.live}  # type: ignore[attr-defined]


def test_what_is_pinned_stays_and_the_rest_is_bettered() -> None:
    start = schedule(
        session("CP-05", "03-29", venue="LT", pin="date"),
        session("CP-07", "03-30", venue="lab"),
    )
    outcome = plan(MADE, QUICK, start=start)
    assert places(outcome) == {"CP-05": "2027-03-29", "CP-07": "2027-03-01"}
    assert outcome.schedule is not None
    pins = {one.id: set(one.pin) for one in outcome.schedule.live}
    assert pins == {"CP-05": {"date"}, "CP-07": set()}


def test_the_best_keeps_its_names() -> None:
    start = schedule(session("CP-08", "03-01", venue="lab"), session("CP-03", "03-01", venue="LT"))
    outcome = plan(MADE, QUICK, start=start)
    assert outcome.schedule is not None
    assert {one.id: one.venues for one in outcome.schedule.live} == {"CP-08": ("lab",), "CP-03": ("LT",)}


def test_a_start_that_breaks_rules_is_only_a_hint() -> None:
    start = schedule(
        session("CP-01", "03-06", venue="LT"), session("CP-02", "03-02", "police:15", venue="LT")
    )
    outcome = plan(MADE, QUICK, start=start)
    assert outcome.status == "optimal"
    assert set(places(outcome).values()) == {"2027-03-01"}


def test_a_start_whose_people_were_not_dealt_out_is_only_a_hint(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing it says of itself would hold, the seats that it has among it."""
    start = schedule(session("CP-01", "03-01", venue="LT"), session("CP-02", "03-01", venue="lab"))
    assert sound(MADE, start, schedule()) is not None
    monkeypatch.setattr(group_attendance, "deal", lambda *_, **__: Dealing(None))
    assert sound(MADE, start, schedule()) is None


def test_a_pin_that_breaks_a_rule_is_named() -> None:
    outcome = plan(MADE, QUICK, start=schedule(session("CP-01", "03-06", venue="LT", pin="date")))
    assert outcome.status == "infeasible"
    assert "course-days" in {one.rule for one in outcome.because}
