"""The floors of the house: a file imports only from floors below its own.

Imports inside functions and those for type checkers count too: what leans on an upper floor leans on it
wherever the line stands. Files of one room may import each other.
"""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "src" / "trainplan"

FLOORS: tuple[tuple[str, ...], ...] = (
    ("trainplan", "model", "findings", "words"),
    ("workdays", "outcome", "attendance", "parallel"),
    ("aside",),
    ("within",),
    ("load", "rules", "goals"),
    ("audit", "shortages", "reasons", "solve"),
    ("alternatives", "bottlenecks", "compare", "explain", "portrait", "replan", "scenarios", "stress"),
    ("views", "exports"),
    ("cli",),
    ("__main__",),
)
FLOOR = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}

# Doors between two rooms of one floor, from one that uses to one that is used. Each with its reason;
# a door that nobody uses any longer is walled up by `test_every_door_is_used`.
DOORS: dict[tuple[str, str], str] = {
    ("model", "findings"): "a noun remembers the place in the file that it came from",
    ("goals", "rules"): "a goal's solver half speaks to the same board that the rules speak to",
    ("solve", "audit"): "nothing leaves the solver unaudited; the audit knows nothing of the solver",
    ("solve", "reasons"): "seats left over are given their reason in the words of the arithmetic",
    ("solve", "shortages"): "what arithmetic settles needs no search",
    ("stress", "replan"): "a stress is many replans",
    ("reasons", "shortages"): "one shortage is worded the same before a plan and after it",
}

# Who may load what from outside.
ONLY_IN = {"ortools": ("solve", "it costs half a second and more, and the two halves of a rule stay blind")}


def room_of(module: str) -> str:
    """``trainplan.load.folder`` stands in ``load``; names of the package itself in ``trainplan``."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else parts[0]


def imported(tree: ast.AST, package: str) -> Iterator[tuple[int, str]]:
    """Yield line and full module name of everything that a file imports, wherever it does so."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                above = package.split(".")[: len(package.split(".")) - node.level + 1]
                base = ".".join([*above, base] if base else above)
            if base == "trainplan":
                for alias in node.names:
                    known = alias.name in FLOOR
                    yield node.lineno, f"{base}.{alias.name}" if known else base
            else:
                yield node.lineno, base
        elif isinstance(node, ast.Call) and "import" in ast.unparse(node.func):
            for argument in node.args[:1]:
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                    yield node.lineno, argument.value


def imports(package: Path) -> Iterator[tuple[str, str, str]]:
    """Yield ``file:line``, the file's module and the module imported, for every file of the package."""
    for path in sorted(package.rglob("*.py")):
        inside = path.relative_to(package.parent).with_suffix("")
        own = ".".join(inside.parts).removesuffix(".__init__")
        folder = ".".join(inside.parts[:-1])
        for line, module in imported(ast.parse(path.read_text(encoding="utf-8")), folder):
            yield f"{path.relative_to(package.parent.parent)}:{line}", own, module


def breaches(package: Path) -> list[str]:
    """Every import that goes sideways or up, as ``file:line: what and why not``."""
    found: list[str] = []
    for where, own, module in imports(package):
        room, used = room_of(own), room_of(module)
        outside = module.split(".")[0]
        if room not in FLOOR:
            found.append(f"{where}: {room} stands on no floor")
        elif outside in ONLY_IN and room != ONLY_IN[outside][0]:
            found.append(f"{where}: {outside} belongs in {ONLY_IN[outside][0]}/ alone: {ONLY_IN[outside][1]}")
        elif outside != "trainplan" or used == room or (room, used) in DOORS or used == "trainplan":
            continue
        elif FLOOR.get(used, len(FLOORS)) >= FLOOR[room]:
            found.append(f"{where}: {room} (floor {FLOOR[room]}) imports {module}, which is not below it")
    return found


def test_no_file_imports_sideways_or_up() -> None:
    assert breaches(PACKAGE) == []


def test_every_door_is_used() -> None:
    used = {(room_of(own), room_of(module)) for _, own, module in imports(PACKAGE)}
    assert set(DOORS) <= used, f"no import goes through {sorted(set(DOORS) - used)}"


def test_every_room_is_there() -> None:
    rooms = {
        path.stem if path.is_file() else path.name
        for path in PACKAGE.iterdir()
        if path.suffix == ".py" or (path.is_dir() and any(path.glob("*.py")))
    }
    assert rooms - {"__init__"} == set(FLOOR) - {"trainplan"}


@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("model.py", "from trainplan.workdays import Calendar"),
        ("model.py", "from trainplan import workdays"),
        ("model.py", "import trainplan.cli.main"),
        ("rules/cover.py", "from ..solve.board import Board"),
        ("rules/cover.py", "from ..load import folder"),
        ("rules/cover.py", "from .. import audit"),
        ("rules/cover.py", "import ortools.sat.python.cp_model as cp"),
        ("goals/cost.py", "def post():\n    from trainplan.solve import plan"),
        ("audit.py", "from trainplan.solve import plan"),
        ("views/calendar.py", "if TYPE_CHECKING:\n    from trainplan.exports import write"),
        ("exports/html.py", "importlib.import_module('trainplan.views')"),
        ("exports/html.py", "from ortools.sat.python import cp_model"),
        ("attic.py", "import json"),
        ("load/folder.py", "from trainplan.attic import dust"),
    ],
)
def test_a_planted_import_is_refused_with_its_line(tmp_path: Path, file: str, line: str) -> None:
    path = tmp_path / "src" / "trainplan" / file
    path.parent.mkdir(parents=True)
    path.write_text(f'"""Planted."""\n\n{line}\n', encoding="utf-8")
    found = breaches(path.parents[len(Path(file).parts) - 1])
    last = 3 + line.count("\n")
    assert [text.split(": ")[0] for text in found] == [f"src/trainplan/{file}:{last}"]


@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("load/folder.py", "from .rows import read\nfrom trainplan.load import cells"),
        ("load/folder.py", "from trainplan.model import Programme\nfrom trainplan.workdays import Calendar"),
        ("solve/planner.py", "from trainplan.audit import audit\nfrom ortools.sat.python import cp_model"),
        ("cli/main.py", "from trainplan import __version__, views\nimport rich"),
        ("views/calendar.py", "import trainplan.words as words"),
    ],
)
def test_imports_downstairs_are_fine(tmp_path: Path, file: str, line: str) -> None:
    path = tmp_path / "src" / "trainplan" / file
    path.parent.mkdir(parents=True)
    path.write_text(f"{line}\n", encoding="utf-8")
    assert breaches(path.parents[len(Path(file).parts) - 1]) == []


def test_everything_but_the_engine_is_imported_without_the_solver() -> None:
    modules = sorted({own for _, own, _ in imports(PACKAGE) if room_of(own) != "solve"})
    assert "trainplan.cli.main" in modules
    program = (
        "import importlib, sys\n"
        f"for name in {[*modules, 'trainplan.solve']!r}:\n"
        "    importlib.import_module(name)\n"
        "print(*sorted({'ortools', 'numpy', 'pandas'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert done.stdout.strip() == ""
