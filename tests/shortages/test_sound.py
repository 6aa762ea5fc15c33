"""No false alarm: what has a schedule that breaks no rule has no shortage."""

from __future__ import annotations

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tailored import made

from trainplan.shortages import shortages


@settings(max_examples=250)
@given(st.integers(0, 10**9))
def test_what_has_a_schedule_has_no_shortage(seed: int) -> None:
    programme, sessions = made(seed)
    assume(sessions)
    assert [one.message for one in shortages(programme) if one.severity == "error"] == []
