"""A full disk behind a stream, a reader who leaves early, no room for what is to be written."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from trainplan.exports import write

FULL = Path("/dev/full")
full_disk = pytest.mark.skipif(not FULL.exists(), reason="needs /dev/full")


@full_disk
@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("check", "small", "plan.csv"), 0),
        (("generate", "small", "-o", "new.csv"), 0),
        (("replan", "small", "plan.csv", "--today", "2027-02-01", "-o", "new.csv"), 0),
        (("init", "new"), 0),
        (("check", "nowhere"), 2),
        (("generate", "small", "--nonsense"), 2),
    ],
)
def test_progress_that_cannot_be_printed_is_no_reason_to_fail(
    small: Path, shell: Any, words: tuple[str, ...], code: int
) -> None:
    with FULL.open("w") as stream:
        done = shell(*words, stderr=stream)
    assert done.returncode == code
    assert Path(words[-1]).exists() == (code == 0)


@full_disk
@pytest.mark.parametrize(
    "words", [("check", "small", "plan.csv"), ("--help",), ("show", "small", "plan.csv")]
)
@pytest.mark.parametrize("more", [(), ("--json",)])
def test_a_result_that_cannot_be_printed_is_said_to_be(
    small: Path, shell: Any, words: tuple[str, ...], more: tuple[str, ...]
) -> None:
    with FULL.open("w") as stream:
        done = shell(*words, *(more if words[0] != "--help" else ()), stdout=stream)
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1] == "trainplan: can't write the result: No space left on device"


@full_disk
def test_a_file_is_written_whatever_standard_output_says(small: Path, shell: Any) -> None:
    with FULL.open("w") as stream:
        done = shell("generate", "small", "-o", "new.csv", stdout=stream)
    assert done.returncode == 2
    assert "wrote new.csv" in done.stderr
    assert Path("new.csv").read_text().startswith("session,course,")


@pytest.fixture
def fills_up(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Let the disk be full after so many files."""

    def put(good: int) -> None:
        settled, left = os.fsync, [good]

        def fsync(handle: int) -> None:
            if not left[0]:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            left[0] -= 1
            settled(handle)

        monkeypatch.setattr(write.os, "fsync", fsync)

    return put


@pytest.mark.parametrize("target", ["new", "new/below", "new.xlsx"])
def test_init_on_a_full_disk_leaves_nothing(run: Any, small: Path, fills_up: Any, target: str) -> None:
    before = sorted(Path().rglob("*"))
    fills_up(0 if target.endswith(".xlsx") else 3)
    ran = run("init", target)
    assert ran.code == 2
    assert ran.err.splitlines()[-1] == f"trainplan: no room on the disk for {target}: nothing was written"
    assert sorted(Path().rglob("*")) == before


@pytest.mark.parametrize("good", [0, 2])
def test_a_fix_on_a_full_disk_leaves_nothing(run: Any, small: Path, fills_up: Any, good: int) -> None:
    text = (small / "groups.csv").read_text().replace("headcount\n", "headcount,max_away\n")
    text = text.replace("Police,40", "Police,40,4").replace("Customs,30", "Customs,30,30")
    (small / "groups.csv").write_text(text)
    before = sorted(Path().rglob("*"))
    fills_up(good)
    ran = run("explain", "small", "--apply", 1, "-o", "mended")
    assert ran.code == 2
    assert "no room on the disk for mended: nothing was written" in ran.err
    assert sorted(Path().rglob("*")) == before
