"""Whatever stands in a file: findings, never an exception. And None exactly where a finding is an error."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from loadcases import GOOD, write

from trainplan.load import load_programme, load_schedule
from trainplan.load.closures import LAYOUT as CLOSURES
from trainplan.load.csvfile import table_of
from trainplan.load.curriculum import LAYOUT as CURRICULUM
from trainplan.load.groups import LAYOUT as GROUPS
from trainplan.load.header import rows_of
from trainplan.load.instructors import LAYOUT as INSTRUCTORS
from trainplan.load.notes import Notes
from trainplan.load.schedule import LAYOUT as SCHEDULE
from trainplan.load.settings import KEYS
from trainplan.load.table import Layout
from trainplan.load.venues import LAYOUT as VENUES
from trainplan.model import Programme

FILES = ("programme.toml", "curriculum.csv", "groups.csv", "venues.csv", "instructors.csv", "closures.csv")
LAYOUTS = (CURRICULUM, GROUPS, VENUES, INSTRUCTORS, CLOSURES)

# Pieces that mean something to some cell, and pieces that break things.
PIECES = st.sampled_from(
    [
        "police", "customs", "CP", "CA", "hall", "lab", "rose", "all", "none", "any", "yes", "no",
        "venue:hall", "site:x", "group:police", "3 days", "1 week", "2 half-days", "0 days", "24",
        "24.0", "-1", "0", "0.2", "20%", "1.0", "police:60", "police:5", "CP +14d", "all CP",
        "CA +1d..2d", "community-policing x2", "x until 2027-02-01", "2027-02-01",
        "2027-02-01..2027-02-05", "03/02/2027", "3021-01-01", "2 Mar", "46448", "mon", "mon; wed",
        "open", "FREQ=WEEKLY;BYDAY=FR", "FREQ=DAILY;COUNT=2", "day", "2027-02-01 day", "date",
        "cancelled", "=1+1", "'=1", "'", "", " ", ";", ":", "..", "…", '"', ",", "\n", "\r", "\t", "\0",
        "é", "\ufeff", "\ud800", "9" * 5000, "💥", "²",
    ]
)  # fmt: skip
CELLS = st.lists(PIECES, max_size=3).map("".join) | st.text(max_size=12)


def quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"'


@st.composite
def tables(draw: st.DrawFn, layout: Layout) -> str:
    """A table with the right columns, mostly, and whatever cells."""
    columns = draw(st.permutations(layout.columns))
    columns = [*layout.required, *columns][: draw(st.integers(len(layout.required), len(columns) + 3))]
    columns = list(dict.fromkeys(columns))
    cell = CELLS.map(quoted) | CELLS
    rows = draw(st.lists(st.lists(cell, min_size=len(columns), max_size=len(columns) + 1), max_size=4))
    return "\n".join(",".join(row) for row in [columns, *rows])


def encoded(text: str) -> bytes:
    return text.encode("utf-8", errors="surrogatepass")


def check(files: dict[str, str | bytes]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        programme, findings = load_programme(write(Path(folder), files))
    assert (programme is None) == any(one.severity == "error" for one in findings)
    assert all(one.place is not None and one.message and one.rule for one in findings)


@given(st.sampled_from(FILES), st.binary(max_size=200))
def test_any_bytes_in_any_file(file: str, raw: bytes) -> None:
    check({file: raw})


@given(st.sampled_from(FILES), st.text(max_size=200))
def test_any_text_in_any_file(file: str, text: str) -> None:
    check({file: text.encode("utf-16", errors="surrogatepass")})


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.file)
@given(data=st.data())
@settings(max_examples=60)
def test_any_cells_under_the_right_header(layout: Layout, data: st.DataObject) -> None:
    check({layout.file: encoded(data.draw(tables(layout)))})


@given(st.data())
@settings(max_examples=60)
def test_any_cells_in_all_files_at_once(data: st.DataObject) -> None:
    check({layout.file: encoded(data.draw(tables(layout))) for layout in LAYOUTS})


VALUES = st.recursive(
    st.sampled_from(
        ["1", "true", "nan", "2027-01-04", "2027-13-01", "08:00", '"mon"', '"LC"', '"dmy"', '"x"', '""']
    ),
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda some: f"[{', '.join(some)}]")
        | inner.map(lambda one: f"{{ day = {one} }}")
    ),
    max_leaves=4,
)


@given(st.dictionaries(st.sampled_from([*KEYS, "other"]), VALUES | st.text(max_size=8)))
def test_any_settings(values: dict[str, str]) -> None:
    check({"programme.toml": encoded("\n".join(f"{name} = {value}" for name, value in values.items()))})


@pytest.fixture(scope="module")
def programme(tmp_path_factory: pytest.TempPathFactory) -> Programme:
    read, _ = load_programme(write(tmp_path_factory.mktemp("good"), GOOD))
    assert read is not None
    return read


def check_schedule(programme: Programme, raw: bytes, suffix: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"mine{suffix}"
        path.write_bytes(raw)
        schedule, findings = load_schedule(path, programme)
    assert schedule is not None or any(one.severity == "error" for one in findings)
    for one in schedule.sessions if schedule else ():
        assert one.id
        assert one.course in programme.courses
        assert list(one.slots) == sorted(set(one.slots))
        assert one.slots
        assert all(seats > 0 for seats in one.groups.values())


@given(st.binary(max_size=200), st.sampled_from([".csv", ".json"]))
def test_any_bytes_as_a_schedule(programme: Programme, raw: bytes, suffix: str) -> None:
    check_schedule(programme, raw, suffix)


@given(data=st.data())
@settings(max_examples=200)
def test_any_cells_in_a_schedule(programme: Programme, data: st.DataObject) -> None:
    check_schedule(programme, encoded(data.draw(tables(SCHEDULE))), ".csv")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | CELLS,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["days", "slots", "groups"]), inner)
    ),
    max_leaves=5,
)


@given(st.lists(st.dictionaries(st.sampled_from([*SCHEDULE.columns, "slots"]), JSON) | JSON, max_size=3))
def test_any_sessions_in_json(programme: Programme, sessions: list[object]) -> None:
    import json

    check_schedule(programme, json.dumps({"sessions": sessions}).encode(), ".json")


PLAIN = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=20)


@given(
    st.lists(st.lists(PLAIN, min_size=2, max_size=2), max_size=5),
    st.sampled_from([",", ";", "\t"]),
    st.sampled_from(["\n", "\r\n", "\r"]),
)
def test_quoted_cells_come_back_as_they_were(rows: list[list[str]], separator: str, end: str) -> None:
    text = end.join(separator.join(map(quoted, row)) for row in [["who", "from"], *rows])
    notes = Notes()
    table = table_of(text, "closures.csv", CLOSURES, notes)
    assert table is not None
    assert notes.findings() == ()
    kept = {number: list(cells) for number, cells in table.rows}
    for number, row in enumerate(rows, 2):
        assert kept.get(number, ["", ""]) == row or not any(cell.strip() for cell in row)
    read = rows_of(table, CLOSURES, notes)
    assert read is not None
    assert [one.number for one in read] == sorted(kept)
