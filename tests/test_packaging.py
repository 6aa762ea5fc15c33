"""What is packed: the wheel carries the programmes, the type marker and the command, and works on its own."""

from __future__ import annotations

import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
DATA = ROOT / "data"
IDS = sorted(path.name for path in DATA.iterdir() if path.is_dir())


def build(kind: str, source: Path, into: Path) -> Path:
    """Build with the project's own back end, which needs no network."""
    command = [sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", str(into)]
    subprocess.run(command, cwd=source, check=True, capture_output=True)
    (made,) = into.iterdir()
    return made


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build("wheel", ROOT, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel laid out as an installer would, far from the checkout."""
    site = tmp_path_factory.mktemp("site")
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(site)
    return site


def files(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not any(part == "__pycache__" or part.startswith(".") for part in path.parts)
    }


def test_the_wheel_carries_each_programme_whole(installed: Path) -> None:
    assert files(installed / "trainplan" / "data") == files(DATA)


def test_the_wheel_carries_the_code_its_types_and_its_licence(installed: Path) -> None:
    packed, source = files(installed / "trainplan"), files(ROOT / "src" / "trainplan")
    assert {name: packed.get(name) for name in source} == source
    assert "py.typed" in packed
    (licence,) = installed.glob("*.dist-info/licenses/LICENSE")
    assert licence.read_bytes() == (ROOT / "LICENSE").read_bytes()


def test_the_wheel_names_the_command_and_the_version(installed: Path) -> None:
    (points,) = installed.glob("*.dist-info/entry_points.txt")
    assert "trainplan = trainplan.__main__:main" in points.read_text()
    stated = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    (metadata,) = installed.glob("*.dist-info/METADATA")
    assert f"\nVersion: {stated}\n" in metadata.read_text()
    program = "import trainplan; print(trainplan.__version__, trainplan.__file__)"
    version, file = run(program, installed).stdout.split()
    assert version == stated
    assert Path(file).is_relative_to(installed)


def run(program: str, site: Path | None, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a Python text away from the checkout, with ``site`` before everything else that is installed."""
    first = f"import sys; sys.path.insert(0, {str(site)!r})\n" if site is not None else ""
    return subprocess.run(
        [sys.executable, "-c", first + program, *arguments],
        cwd=site or ROOT.anchor,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_the_wheel_reads_its_own_data(installed: Path) -> None:
    program = "from trainplan.load import bundled as b; print(*map(b.bundled_folder, b.bundled_names()))"
    found = run(program, installed).stdout.split()
    assert found == [str(installed / "trainplan" / "data" / name) for name in IDS]


def test_the_installed_command_takes_the_bundled_programme_where_it_is_given_none(installed: Path) -> None:
    done = run("from trainplan.cli.main import run; run()", installed, "check")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Saint Lucia security training" in done.stdout
    assert "bundled programme saint-lucia" in done.stderr


def test_an_editable_install_reads_the_programmes_of_the_checkout() -> None:
    program = "from trainplan.load import bundled as b; print(*map(b.bundled_folder, b.bundled_names()))"
    found = run(program, None).stdout.split()
    assert found == [str(DATA / name) for name in IDS]


def test_a_wheel_from_the_source_archive_is_the_same(installed: Path, tmp_path: Path) -> None:
    archive = build("sdist", ROOT, tmp_path / "sdist")
    with tarfile.open(archive) as packed:
        packed.extractall(tmp_path, filter="data")
    (source,) = tmp_path.glob("trainplan-*")
    again = build("wheel", source, tmp_path / "wheel")
    with zipfile.ZipFile(again) as packed:
        names = {name for name in packed.namelist() if not name.endswith("RECORD")}
    assert names == {name for name in files(installed) if not name.endswith("RECORD")}
