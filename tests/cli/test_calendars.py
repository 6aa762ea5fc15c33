"""``export -o FILE.ics``: a calendar that is written anew, and calendars of one's own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import vobject


def events(path: str) -> dict[str, Any]:
    read = vobject.readOne(Path(path).read_bytes().decode())
    return {one.summary.value.split()[0]: one for one in read.contents["vevent"]}


def test_a_calendar_written_anew_raises_what_moved(run: Any, small: Path) -> None:
    assert run("export", "small", "plan.csv", "-o", "plan.ics").code == 0
    first = Path("plan.ics").read_bytes()
    assert run("export", "small", "plan.csv", "-o", "plan.ics").code == 2
    assert run("export", "small", "plan.csv", "-o", "plan.ics", "--force").code == 0
    assert Path("plan.ics").read_bytes() == first
    Path("plan.csv").write_text(Path("plan.csv").read_text().replace("2027-03-02", "2027-03-04"))
    assert run("export", "small", "plan.csv", "-o", "plan.ics", "--force").code == 0
    after = events("plan.ics")
    assert (after["CP"].sequence.value, after["IT"].sequence.value) == ("0", "1")


def test_a_calendar_of_ones_own(run: Any, small: Path) -> None:
    assert run("export", "small", "plan.csv", "-o", "police.ics", "--for", "group:police").code == 0
    assert list(events("police.ics")) == ["CP"]


def test_a_calendar_for_nobody_is_refused(run: Any, small: Path) -> None:
    ran = run("export", "small", "plan.csv", "-o", "police.ics", "--for", "group:polise")
    assert ran.code == 2
    assert "did you mean group:police?" in ran.err
    assert not Path("police.ics").exists()


def test_only_a_calendar_is_for_somebody_alone(run: Any, small: Path) -> None:
    ran = run("export", "small", "plan.csv", "-o", "police.csv", "--for", "group:police")
    assert ran.code == 2
    assert "ends in .ics" in ran.err
    assert not Path("police.csv").exists()
