"""The schedule as a workbook, read back by another program's reader and as the XML that it is."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import Any

import builders as b
import pytest
from python_calamine import CalamineWorkbook

from trainplan.exports.write import Unwritable
from trainplan.exports.xlsx_file import content
from trainplan.load import load_schedule
from trainplan.model import Programme, Schedule

HOSTILE = ("=1+1", "[/x]", "<script>alert(1)</script>", "@x", "https://a.example/", "é😀\u202eabc", "x" * 200)


def small() -> tuple[Programme, Schedule]:
    plan = b.programme(
        b.course("CP", "north:20", title="Policing", length=3, features="classroom"),
        b.course("IT", "south:8"),
        groups=[
            b.group("police", 60, 20),
            b.group("north", 40, 20, part_of="police"),
            b.group("south", 20, 5, part_of="police"),
        ],
        venues=[b.venue("hall", title="Hall")],
        instructors=[b.instructor("ann")],
        closures=[b.closure("all", "", "03-10", reason="Flood")],
    )
    return plan, b.schedule(
        b.session("CP-01", "03-05; 03-08..03-09", "north:20", venue="hall", instructors="ann"),
        b.session("IT-01", "03-11", "south:8"),
        b.session("IT-02", "03-12", "south:8", status="cancelled"),
    )


def sheets(raw: bytes) -> dict[str, list[list[Any]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(raw))
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}


def parts(raw: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(raw)) as packed:
        return {name: packed.read(name).decode() for name in packed.namelist()}


def test_there_is_a_sheet_for_each_thing_that_has_sessions() -> None:
    assert list(sheets(content(*small()))) == [
        "overview",
        "gantt",
        "sessions",
        "cover",
        "findings",
        "group police",
        "group north",
        "group south",
        "venue hall",
        "instructor ann",
    ]


def test_the_chart_has_a_letter_in_every_day_of_every_session() -> None:
    chart = sheets(content(*small()))["gantt"]
    days = chart[2][3:]
    assert days[:3] == [1.0, 2.0, 3.0]
    assert len(days) == 31
    drawn = {row[0]: [int(day) for day, mark in zip(days, row[3:], strict=True) if mark] for row in chart[3:]}
    assert drawn == {"CP-01": [5, 8, 9], "IT-01": [11], "IT-02": [12]}
    assert {mark for mark in chart[3][3:] if mark} == {"C"}


def test_the_cover_sheet_counts_people_away_against_the_limit() -> None:
    cover = sheets(content(*small()))["cover"]
    assert cover[0][1:] == ["police", "north", "south"]
    assert cover[1][1:] == [20.0, 20.0, 5.0]
    assert cover[2][1:] == [20.0, 20.0, 8.0]  # the formulas' values, for readers that don't compute
    by_day = {str(row[0]): row[1:] for row in cover[3:]}
    assert by_day["2027-03-05"] == [20.0, 20.0, ""]
    assert by_day["2027-03-11"] == [8.0, "", 8.0]
    assert "2027-03-10" not in by_day  # the flood
    rules = re.findall(r"<cfRule[^>]*><formula>([^<]*)", parts(content(*small()))["xl/worksheets/sheet4.xml"])
    assert rules == ["B4&gt;B$2", 'AND(B4&lt;&gt;"",B4=B$2)', "B3&gt;B$2"]


def test_findings_are_told() -> None:
    found = sheets(content(*small()))["findings"]
    assert found[0] == ["severity", "rule", "what", "involved", "place"]
    assert ["group-cover", "IT-01"] in [[row[1], row[3]] for row in found[1:]]


def test_sheets_print_on_a4_landscape_with_panes_frozen_and_filters() -> None:
    made = parts(content(*small()))
    pages = {name: text for name, text in made.items() if name.startswith("xl/worksheets/sheet")}
    assert len(pages) == 10
    for text in pages.values():
        assert 'paperSize="9"' in text
        assert 'orientation="landscape"' in text
        assert 'state="frozen"' in text
    assert '<autoFilter ref="A1:L4"/>' in pages["xl/worksheets/sheet3.xml"]
    assert not re.search(r"<f>(?!MAX\()", "".join(pages.values()))


def test_a_day_off_is_shaded_and_named() -> None:
    made = parts(content(*small()))
    assert any("Flood" in text for name, text in made.items() if "comments" in name)


def test_the_same_schedule_makes_the_same_bytes() -> None:
    assert content(*small()) == content(*small())


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_is_run_or_linked(tmp_path: Path, text: str) -> None:
    plan = b.programme(b.course("CP", {text: 10}, title=text), venues=[b.venue(text, title=text)], title=text)
    one = b.session("CP-01", "03-01", {text: 10}, venue=text, title=text)
    raw = content(plan, b.schedule(one))
    made = parts(raw)
    assert "<hyperlink" not in "".join(made.values())
    assert not re.search(r"<f>(?!MAX\()", "".join(made.values()))
    names = list(sheets(raw))
    assert all(len(name) <= 31 for name in names)
    assert len({name.casefold() for name in names}) == len(names)
    path = tmp_path / "plan.xlsx"
    path.write_bytes(raw)
    back, _ = load_schedule(path, plan)
    assert back is not None
    assert back.sessions[0].title == text


def test_ids_that_differ_in_what_a_sheet_may_not_be_called_get_two_sheets() -> None:
    ids = ["a/b", "a?b", "x" * 40 + "1", "x" * 40 + "2"]
    plan = b.programme(b.course("CP", "p:10"), venues=[b.venue(id) for id in ids])
    made = b.schedule(
        *(b.session(f"CP-0{at}", f"03-0{at + 1}", "p:1", venue=id) for at, id in enumerate(ids))
    )
    assert len([name for name in sheets(content(plan, made)) if name.startswith("venue")]) == 4


def test_an_empty_schedule_and_one_with_unknown_names_are_written_too() -> None:
    plan = b.programme(b.course("CP", "p:10"))
    assert len(sheets(content(plan, b.schedule()))["sessions"]) == 1
    far = b.session("XX-01", "2207-03-01", "nobody:3", venue="void", instructors="ghost")
    made = sheets(content(plan, b.schedule(far)))
    assert "venue void" in made
    assert made["gantt"][3][-1] == "X"


def test_a_text_longer_than_a_cell_is_one_clear_line() -> None:
    plan = b.programme(b.course("CP", "p:10"))
    with pytest.raises(Unwritable, match="can't hold 40,000 characters"):
        content(plan, b.schedule(b.session("CP-01", "03-01", "p:10", title="x" * 40_000)))


def test_halves_of_days_are_told_apart() -> None:
    plan = b.programme(b.course("CP", "p:10", whole_days=False), periods=b.TWO_PERIODS)
    made = sheets(content(plan, b.schedule(b.session("CP-01", "03-01 pm; 03-02 am", "p:10", periods=2))))
    assert made["sessions"][1][5] == "2027-03-01 afternoon..2027-03-02 morning"
