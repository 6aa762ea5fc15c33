"""A roster is counted over by itself: whatever dealt it may be wrong."""

from __future__ import annotations

import builders as b
import pytest

from trainplan import attendance
from trainplan.attendance import deal
from trainplan.attendance.puzzle import Puzzle
from trainplan.attendance.roster import holds
from trainplan.attendance.settle import Answer
from trainplan.audit import audit
from trainplan.model import After

MADE = b.programme(
    b.course("CP", "police:4; customs:2"),
    b.course("RS", "police:4", after=(After("CP", at_least=2, at_most=9),)),
    b.course("CY", "police:4; customs:2", after=(After("RS", all=True),)),
    groups=[b.group("police", 4), b.group("customs", 2)],
)
SESSIONS = [
    b.session("CP-01", "03-01", "police:2; customs:2"),
    b.session("CP-02", "03-03", "police:2"),
    b.session("RS-01", "03-08", "police:3"),
    b.session("CY-01", "03-08", "police:1"),
]
SOUND = {"CP-01": (0, 1), "CP-02": (2, 3), "RS-01": (0, 1, 2), "CY-01": (3,)}


def test_a_sound_one_holds() -> None:
    assert holds(MADE, "police", SESSIONS, SOUND)
    assert holds(MADE, "customs", SESSIONS, {"CP-01": (0, 1)})


@pytest.mark.parametrize(
    ("why", "other"),
    [
        ("a seat is empty", {"RS-01": (0, 1)}),
        ("nobody is there", {"CY-01": ()}),
        ("one too many", {"CY-01": (3, 2)}),
        ("one person has two seats", {"CP-01": (0, 0)}),
        ("nobody has that number", {"CP-02": (2, 4)}),
        ("nor that one", {"CP-02": (2, -1)}),
        ("one takes a course twice", {"CP-02": (0, 3), "RS-01": (0, 1, 3), "CY-01": (2,)}),
        ("one is in two places", {"CY-01": (0,)}),
        ("one has not taken what comes before", {"CP-01": (0, 3)}),
    ],
)
def test_a_wrong_one_does_not(why: str, other: dict[str, tuple[int, ...]]) -> None:
    assert not holds(MADE, "police", SESSIONS, SOUND | other), why


@pytest.mark.parametrize("later", ["02-28", "03-03", "03-04", "03-13", "03-31"])
def test_order_and_lags_are_counted_in_days(later: str) -> None:
    sessions = [*SESSIONS[:2], b.session("RS-01", later, "police:3"), b.session("CY-01", "03-30", "police:1")]
    assert not holds(MADE, "police", sessions, SOUND)


def test_half_a_day_later_is_later() -> None:
    made = b.programme(
        b.course("CP", "police:4"),
        b.course("RS", "police:4", after=(After("CP"),)),
        periods=b.TWO_PERIODS,
    )
    morning, afternoon = (
        [b.session("CP-01", f"03-01 {first}", "police:4", periods=2), *rest]
        for first, rest in (
            ("am", [b.session("RS-01", "03-01 pm", "police:4", periods=2)]),
            ("pm", [b.session("RS-01", "03-01 am", "police:4", periods=2)]),
        )
    )
    everybody = {"CP-01": (0, 1, 2, 3), "RS-01": (0, 1, 2, 3)}
    assert holds(made, "police", morning, everybody)
    assert not holds(made, "police", afternoon, everybody)


def first_seats(whole: Puzzle, effort: int) -> Answer:
    """Have the same people everywhere, wherever they sit already."""
    return Answer(True, [list(range(need)) for need in whole.needs])


def test_what_deals_wrongly_settles_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert deal(MADE, "police", SESSIONS).possible
    monkeypatch.setattr(attendance, "settle", first_seats)
    assert deal(MADE, "police", SESSIONS).possible is None
    found = [one for one in audit(MADE, b.schedule(*SESSIONS)) if one.rule == "group-attendance"]
    assert [one.severity for one in found] == ["warning"]
    assert "not settled" in found[0].message
