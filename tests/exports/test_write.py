"""Whole or not at all."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from trainplan.exports import write
from trainplan.exports.write import Unwritable, refuse_early, write_all, write_whole


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_new_file_has_the_permissions_of_new_files(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write_whole(tmp_path / "plan.csv", b"new")
    finally:
        os.umask(before)
    assert (tmp_path / "plan.csv").read_bytes() == b"new"
    assert (tmp_path / "plan.csv").stat().st_mode & 0o777 == 0o640
    assert names(tmp_path) == ["plan.csv"]


def test_an_existing_file_needs_force(tmp_path: Path) -> None:
    path = tmp_path / "plan.csv"
    path.write_bytes(b"old")
    for refuse in (lambda: write_whole(path, b"new"), lambda: refuse_early(path, force=False)):
        with pytest.raises(Unwritable, match="exists already: give --force"):
            refuse()
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == ["plan.csv"]


def test_a_file_that_appeared_meanwhile_is_not_run_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "plan.csv"
    settled = os.fsync

    def somebody_else_is_quicker(handle: int) -> None:
        settled(handle)
        path.write_bytes(b"theirs")

    monkeypatch.setattr(write.os, "fsync", somebody_else_is_quicker)
    with pytest.raises(Unwritable, match="exists already"):
        write_whole(path, b"ours")
    assert path.read_bytes() == b"theirs"
    assert names(tmp_path) == ["plan.csv"]


def test_disks_without_links_do_as_well(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(old: Path, new: Path) -> None:
        raise OSError(errno.EOPNOTSUPP, "not here")

    monkeypatch.setattr(write.os, "link", no_links)
    write_whole(tmp_path / "plan.csv", b"new")
    assert (tmp_path / "plan.csv").read_bytes() == b"new"
    with pytest.raises(Unwritable, match="exists already"):
        write_whole(tmp_path / "plan.csv", b"newer")
    assert names(tmp_path) == ["plan.csv"]


def test_force_replaces_and_hands_permissions_down(tmp_path: Path) -> None:
    path = tmp_path / "plan.csv"
    path.write_bytes(b"old")
    path.chmod(0o604)
    write_whole(path, b"new", force=True)
    assert path.read_bytes() == b"new"
    assert path.stat().st_mode & 0o777 == 0o604


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    real = tmp_path / "elsewhere" / "plan.csv"
    real.write_bytes(b"old")
    link = tmp_path / "plan.csv"
    link.symlink_to(real)
    write_whole(link, b"new", force=True)
    assert link.is_symlink()
    assert real.read_bytes() == b"new"


@pytest.mark.parametrize(
    ("trouble", "says"),
    [
        (errno.ENOSPC, "no room on the disk"),
        (errno.EDQUOT, "no room on the disk"),
        (errno.EACCES, "no permission"),
        (errno.EIO, "can't write"),
    ],
)
def test_trouble_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, trouble: int, says: str
) -> None:
    path = tmp_path / "plan.csv"
    path.write_bytes(b"old")

    def fails(handle: int) -> None:
        raise OSError(trouble, os.strerror(trouble))

    monkeypatch.setattr(write.os, "fsync", fails)
    with pytest.raises(Unwritable, match=says) as refused:
        write_whole(path, b"new", force=True)
    assert "nothing was written" in str(refused.value)
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == ["plan.csv"]


def test_a_disk_that_is_really_full(tmp_path: Path) -> None:
    path = tmp_path / "plan.csv"
    path.write_bytes(b"old")
    program = f"""
        import resource
        from pathlib import Path
        from trainplan.exports.write import Unwritable, write_all, write_whole
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
        try:
            write_whole(Path({str(path)!r}), b"x" * 100_000, force=True)
        except Unwritable as why:
            print(why)
    """
    ran = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(program)], capture_output=True, text=True, check=True
    )
    assert "no room on the disk" in ran.stdout
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == ["plan.csv"]


def test_a_missing_folder_and_a_folder_in_the_way(tmp_path: Path) -> None:
    missing = tmp_path / "not-there" / "plan.csv"
    for refuse in (lambda: write_whole(missing, b""), lambda: refuse_early(missing, force=True)):
        with pytest.raises(Unwritable, match="there is no folder"):
            refuse()
    with pytest.raises(Unwritable, match="is a folder"):
        refuse_early(tmp_path, force=True)
    with pytest.raises(Unwritable):
        write_whole(tmp_path, b"", force=True)


def test_a_pipe_is_written_to_as_it_is(tmp_path: Path) -> None:
    refuse_early(Path(os.devnull), force=False)
    write_whole(Path(os.devnull), b"gone")
    assert not Path(os.devnull).is_file()


def test_a_name_that_is_too_long(tmp_path: Path) -> None:
    with pytest.raises(Unwritable, match="too long"):
        write_whole(tmp_path / ("x" * 300 + ".csv"), b"")
    with pytest.raises(Unwritable, match="too long"):
        refuse_early(tmp_path / ("x" * 300 + ".csv"), force=False)
    assert names(tmp_path) == []


def test_a_device_that_is_always_full() -> None:
    with pytest.raises(Unwritable, match="no room on the disk"):
        write_whole(Path("/dev/full"), b"x")


def test_what_a_killed_writer_left_is_cleared_away_later(tmp_path):
    target = tmp_path / "plan.csv"
    stale = tmp_path / ".plan.csv.0123456789ab.part"
    fresh = tmp_path / ".plan.csv.ba9876543210.part"
    others = tmp_path / ".other.csv.0123456789ab.part"
    for left in (stale, fresh, others):
        left.write_bytes(b"half")
    for left in (stale, others):
        os.utime(left, (0, 0))
    write_whole(target, b"whole")
    # A fresh one may be another writer's, at work this moment.
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted((others.name, fresh.name, target.name))


FILES = {"one.csv": b"1", "two.csv": b"2", "three.csv": b"3"}


def everything(folder: Path) -> list[str]:
    return sorted(str(one.relative_to(folder)) for one in folder.rglob("*"))


@pytest.mark.parametrize("there", [False, True])
def test_files_of_a_folder_are_written_together(tmp_path: Path, there: bool) -> None:
    folder = tmp_path / "a" / "b"
    if there:
        folder.mkdir(parents=True)
    write_all(folder, FILES)
    assert everything(tmp_path) == ["a", "a/b", "a/b/one.csv", "a/b/three.csv", "a/b/two.csv"]
    assert (folder / "two.csv").read_bytes() == b"2"
    with pytest.raises(Unwritable, match=r"one[.]csv exists already"):
        write_all(folder, {"new.csv": b"", **FILES})
    write_all(folder, {"new.csv": b"0", "two.csv": b"22"}, force=True)
    assert names(folder) == ["new.csv", "one.csv", "three.csv", "two.csv"]
    assert (folder / "two.csv").read_bytes() == b"22"


@pytest.mark.parametrize("there", [False, True])
@pytest.mark.parametrize("good", [0, 1, 2])
def test_where_one_file_does_not_fit_there_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there: bool, good: int
) -> None:
    folder = tmp_path / "a" / "b"
    if there:
        folder.mkdir(parents=True)
        (folder / "two.csv").write_bytes(b"old")
    before = everything(tmp_path)
    settled, left = os.fsync, [good]

    def fills_up(handle: int) -> None:
        if not left[0]:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        left[0] -= 1
        settled(handle)

    monkeypatch.setattr(write.os, "fsync", fills_up)
    with pytest.raises(Unwritable, match=r"no room on the disk .*: nothing was written"):
        write_all(folder, FILES, force=True)
    assert everything(tmp_path) == before
    assert not there or (folder / "two.csv").read_bytes() == b"old"


def test_a_name_taken_meanwhile_undoes_the_rest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    linked = os.link

    def taken(old: Path, new: Path) -> None:
        if new.name == "two.csv":
            new.write_bytes(b"theirs")
        linked(old, new)

    monkeypatch.setattr(write.os, "link", taken)
    with pytest.raises(Unwritable, match=r"two[.]csv exists already"):
        write_all(tmp_path, FILES)
    assert names(tmp_path) == ["two.csv"]
    assert (tmp_path / "two.csv").read_bytes() == b"theirs"


def test_a_folder_that_cannot_be_made_leaves_none_above_it(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(Unwritable, match="can't make the folder"):
        write_all(tmp_path / "file" / "below", FILES)
    assert everything(tmp_path) == ["file"]
