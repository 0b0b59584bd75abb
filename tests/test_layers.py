"""The floors of the house: data flows one way, no import runs back up, and each foreign solver has one door."""

import ast
import sys
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path

import pytest

import planner

ROOT = Path(planner.__file__).parent
ROOMS = (
    "language",
    "files",
    "shipped",
    "asked",
    "program",
    "economy",
    "solver",
    "formats",
    "proof",
    "diagnosis",
    "formulation",
    "analysis/shares",
    "analysis/feasibility",
    "analysis/chains",
    "analysis/projects",
    "analysis/sensitivity",
    "analysis/frontier",
    "analysis/uncertainty",
    "analysis/execution",
    "analysis/money",
    "reporting",
    "answers",
    "cli",
)
MOST = 20  # files of a folder
DOORS = {"highspy": {"solver/engine.py"}, "pulp": {"solver/gateway.py"}, "clarabel": set()}


@cache
def imports(path: Path, late: bool = True) -> set[str]:
    """Full names of modules a file imports; ``late``: inside functions too. What is imported for types alone does not count."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            node.body = []
        if not late and isinstance(node, ast.FunctionDef):
            node.body = [ast.Pass()]
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def room(name: str) -> str:
    """The room of a module, by its dotted name or its path; empty for the door of the house and what is outside it."""
    parts = name.replace("/", ".").removesuffix(".py").split(".")
    for at in (parts[:2], parts[:1]):
        if "/".join(at) in ROOMS:
            return "/".join(at)
    return ""


FILES = {
    path.relative_to(ROOT).as_posix(): path
    for path in sorted(ROOT.rglob("*.py"))
    if not {"shipped_data", "docs"} & set(path.parts)
}
AT_THE_DOOR = {"__init__.py", "__main__.py", "analysis/__init__.py"}


def test_every_file_has_a_room():
    assert {name for name in FILES if not room(name)} == AT_THE_DOOR


@pytest.mark.parametrize("floor", ROOMS)
def test_no_import_runs_back_up(floor):
    above = set(ROOMS[ROOMS.index(floor) + 1 :])
    wrong = [
        f"{name} imports {imported}"
        for name, path in FILES.items()
        if room(name) == floor
        for imported in imports(path)
        if imported.startswith("planner.") and room(imported.removeprefix("planner.")) in above
    ]
    assert not wrong


def modules() -> dict[str, set[str]]:
    """What every module imports of the house, by dotted name."""
    names = {
        f"planner.{name}".removesuffix(".py").removesuffix("/__init__").replace("/", "."): path
        for name, path in FILES.items()
    }
    return {name: imports(path, late=False) & set(names) - {name} for name, path in names.items()}


def test_no_circles():
    """Modules that import one another when they are read; what is imported inside a function is read later."""
    left = modules()
    while True:
        done = {name for name, uses in left.items() if not uses & set(left)}
        if not done:
            break
        left = {name: uses for name, uses in left.items() if name not in done}
    assert {name: sorted(uses & set(left)) for name, uses in left.items()} == {}


def test_folders_stay_small():
    counts = Counter(path.parent.relative_to(ROOT).as_posix() for path in FILES.values())
    assert {folder: count for folder, count in counts.items() if count > MOST} == {}


def test_the_program_layer_knows_no_economics():
    wrong = [
        f"{name} imports {imported}"
        for name, path in FILES.items()
        if room(name) == "program"
        for imported in imports(path)
        if imported.startswith("planner.")
        and room(imported.removeprefix("planner.")) not in ("program", "files", "language", "")
    ]
    assert not wrong


def test_each_solver_has_one_door():
    for module, allowed in DOORS.items():
        users = {name for name, path in FILES.items() if any(found.split(".")[0] == module for found in imports(path))}
        assert users <= allowed, module


def test_the_verifier_uses_the_standard_library_alone():
    assert not {name.split(".")[0] for name in imports(FILES["proof/verify.py"])} - set(sys.stdlib_module_names)


def test_no_two_classes_share_a_name():
    places = defaultdict(list)
    for path in sorted(ROOT.rglob("*.py")):
        if "docs" not in path.relative_to(ROOT).parts:
            for statement in ast.parse(path.read_text(encoding="utf-8")).body:
                if isinstance(statement, ast.ClassDef) and not statement.name.startswith("_"):
                    places[statement.name].append(path.relative_to(ROOT).as_posix())
    assert not {name: where for name, where in places.items() if len(where) > 1}
