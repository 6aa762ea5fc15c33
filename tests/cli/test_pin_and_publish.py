"""``trainplan pin`` and ``publish``: only the cells that are meant change, and nothing at all if in doubt."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

# A remark of her own, quotes where none are needed, a blank line, mixed line ends, no line end at the end.
OWN = (
    b"remark,session,course,start,venue,groups,seats,status\r\n"
    b'"=1+1, [/x]",CP-01,CP,2027-03-01,hall,police:20,20,\n'
    b"\n"
    b'<script>,"IT-01",IT,2027-03-02,lab,customs:10,10,"draft"'
)


@pytest.fixture
def own(small: Path) -> Path:
    path = Path("own.csv")
    path.write_bytes(OWN)
    return path


def test_publish_changes_the_status_and_not_a_byte_more(run: Any, small: Path, own: Path) -> None:
    ran = run("publish", "small", "own.csv", "--session", "it-01")
    assert (ran.code, ran.out) == (0, "1 session published in own.csv.\n")
    assert own.read_bytes() == OWN.replace(b'"draft"', b"published")
    ran = run("publish", "small", "own.csv")
    assert ran.out == "1 session published in own.csv; 1 session already so.\n"
    assert own.read_bytes() == OWN.replace(b'"draft"', b"published").replace(b"20,20,", b"20,20,published")


def test_a_missing_column_comes_last(run: Any, small: Path, own: Path) -> None:
    run("pin", "small", "own.csv", "--course", "CP", "--what", "date", "--what", "venue")
    assert own.read_bytes() == OWN.replace(b"status\r\n", b"status,pin\r\n").replace(
        b"20,20,\n", b"20,20,,date; venue\n"
    )
    run("pin", "small", "own.csv", "--course", "CP", "--what", "seats", "--what", "instructors")
    assert b"20,20,,all\n" in own.read_bytes()
    run("pin", "small", "own.csv", "--all", "--off", "--what", "seats")
    assert b"20,20,,date; venue; instructors\n" in own.read_bytes()


@pytest.mark.parametrize(
    ("words", "pinned"),
    [
        (("--all",), ["CP-01", "IT-01"]),
        (("--group", "customs"), ["IT-01"]),
        (("--from", "2027-03-02"), ["IT-01"]),
        (("--to", "2027-03-02"), ["IT-01"]),
        (("--to", "2027-03-03", "--course", "CP"), ["CP-01"]),
        (("--group", "customs", "--course", "CP"), []),
    ],
)
def test_choices_narrow_each_other_down(
    run: Any, small: Path, own: Path, words: tuple[str, ...], pinned: list[str]
) -> None:
    document = run("pin", "small", "own.csv", *words, "--json").document
    assert document["changed"] == pinned


def test_semicolons_tabs_and_other_encodings(run: Any, small: Path, own: Path) -> None:
    for encoding, separator in (("utf-8-sig", ";"), ("utf-16", "\t"), ("cp1252", ",")):
        text = f"sep={separator}\r\nsession,course,start,title\r\nCP-01,CP,2027-03-01,Café\r\n"
        own.write_bytes(text.replace(",", separator).replace("sep=,", f"sep={separator}").encode(encoding))
        assert run("pin", "small", "own.csv", "--session", "CP-01", "--what", "date").code == 0
        after = own.read_bytes().decode(encoding)
        assert after.endswith(f"Café{separator}date\r\n"), encoding


def test_another_file_may_be_written(run: Any, small: Path, own: Path) -> None:
    assert run("publish", "small", "own.csv", "-o", "new.csv").code == 0
    assert own.read_bytes() == OWN
    assert Path("new.csv").read_bytes().count(b"published") == 2
    ran = run("publish", "small", "own.csv", "-o", "new.csv")
    assert ran.code == 2
    assert "exists already" in ran.err


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("pin", "small", "own.csv"), "pin needs to know which"),
        (("pin", "small", "own.csv", "--session", "CP-9"), '"CP-9" is no session of the schedule'),
        (("publish", "small", "own.csv", "--course", "X", "--group", "Y"), '--group "Y" is no group'),
        (("publish", "small"), "publish needs a schedule"),
        (("publish", "small", "none.csv"), "there is no file none.csv"),
        (("publish", "small", "plan.json"), "changes a .csv file"),
    ],
)
def test_refused_and_nothing_written(
    run: Any, small: Path, own: Path, words: tuple[str, ...], says: str
) -> None:
    ran = run(*words)
    assert (ran.code, ran.out) == (2, "")
    assert says in ran.err
    assert own.read_bytes() == OWN


def test_a_file_with_mistakes_is_left_alone(run: Any, small: Path, own: Path) -> None:
    own.write_bytes(OWN.replace(b"lab", b"lap"))
    ran = run("publish", "small", "own.csv")
    assert ran.code == 2
    assert "lap" in ran.err
    assert b"published" not in own.read_bytes()


def test_cancelled_sessions_stay_cancelled(run: Any, small: Path, own: Path) -> None:
    own.write_bytes(OWN.replace(b'"draft"', b"cancelled"))
    assert run("publish", "small", "own.csv", "--json").document["changed"] == ["CP-01"]
    assert b"cancelled" in own.read_bytes()
