"""A schedule that is written reads back to the same schedule, whatever its texts are."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from builders import TWO_PERIODS, course, group, instructor, programme, venue
from hypothesis import given, settings
from hypothesis import strategies as st

from trainplan.exports import FORMATS
from trainplan.load import load_schedule
from trainplan.model import PINS, Programme, Schedule, Session, Slot
from trainplan.workdays import Calendar

HOSTILE = st.one_of(
    st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20),
    st.sampled_from(
        ["=1+1", "'=1", "''=1", "-", "@x", "+", "'", "\t=1", "\r", 'say "no"', "a;b", "a,b\r\nc"]
    ),
    st.text(st.sampled_from("'=+-@\t\r\n \",;"), max_size=6),
)
IDS = ("hall", "=hall", "'-hall", "Salle Kwéyòl", "[/x]")


def plans(periods: tuple[str, ...]) -> Programme:
    return programme(
        course("CP", {"police": 10, "@customs": 10}),
        course("=IT", {"police": 10}, whole_days=False),
        groups=[group("police"), group("@customs")],
        venues=[venue(id) for id in IDS],
        instructors=[instructor(id) for id in IDS],
        periods=periods,
    )


@st.composite
def cases(draw: st.DrawFn) -> tuple[Programme, Schedule]:
    plan = plans(draw(st.sampled_from([("day",), TWO_PERIODS])))
    slots = [Slot(day, period) for day in Calendar(plan).working for period in range(len(plan.periods))]
    made = []
    for number in range(draw(st.integers(0, 5))):
        used = tuple(sorted(draw(st.sets(st.sampled_from(slots), min_size=1, max_size=12))))
        groups = draw(st.dictionaries(st.sampled_from(list(plan.groups)), st.integers(1, 30)))
        several = st.lists(st.sampled_from(IDS), unique=True, max_size=3).map(tuple)
        made.append(
            Session(
                id=f"{draw(st.sampled_from(['CP', '=IT', '-1', chr(39) + '+']))}-{number:02}",
                course=draw(st.sampled_from(list(plan.courses))),
                start=used[0].day,
                end=used[-1].day,
                slots=used,
                venues=draw(several),
                instructors=draw(several),
                groups=groups,
                seats=draw(st.integers(0, 60)),
                title=draw(HOSTILE),
                status=draw(st.sampled_from(["draft", "published", "cancelled"])),
                pin=draw(st.frozensets(st.sampled_from(PINS))),
            )
        )
    return plan, Schedule.of(made)


READ_BACK = (".csv", ".json", ".xlsx")


@settings(max_examples=150, deadline=None)
@given(cases(), st.sampled_from([one for one in FORMATS if one.suffix in READ_BACK]))
def test_what_is_written_reads_back(case: tuple[Programme, Schedule], form: object) -> None:
    plan, made = case
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"plan{form.suffix}"  # type: ignore[attr-defined]
        path.write_bytes(form.content(plan, made))  # type: ignore[attr-defined]
        back, found = load_schedule(path, plan)
    assert [str(one) for one in found] == []
    assert back == made
