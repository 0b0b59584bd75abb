"""Data flows one way; no import runs back up, and each foreign solver has one door."""

import ast
from functools import cache
from pathlib import Path

import planner

ROOT = Path(planner.__file__).parent
LAYERS = ("economy", "formulation", "solver", "formats", "diagnosis", "feasibility", "sensitivity", "report", "cli")
BESIDE = {
    "files",
    "printable",
    "program",
    "signals",
    "toml",
    "shipped",
    "verify",
    "wording",
    "planning",
    "assessing",
    "__init__",
    "__main__",
}


@cache
def imports(path: Path) -> set[str]:
    """Full names of modules a file imports, inside functions too; what is imported for types alone does not count."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            node.body = []
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def files() -> list[tuple[str, Path]]:
    """Every file with the layer it belongs to."""
    return [(path.relative_to(ROOT).parts[0].removesuffix(".py"), path) for path in sorted(ROOT.rglob("*.py"))]


def test_every_file_belongs_somewhere():
    assert {layer for layer, _ in files()} <= set(LAYERS) | BESIDE


def test_no_import_runs_back_up():
    wrong = []
    for layer, path in files():
        if layer not in LAYERS:
            continue
        above = set(LAYERS[LAYERS.index(layer) + 1 :]) | ({"planning", "assessing"} if layer in LAYERS[:3] else set())
        for name in imports(path):
            parts = name.split(".")
            if parts[0] == "planner" and len(parts) > 1 and parts[1] in above:
                wrong.append(f"{path.relative_to(ROOT)} imports {name}")
    assert not wrong


def test_the_program_layer_knows_no_economics():
    wrong = [
        f"{path.name} imports {name}"
        for layer, path in files()
        if layer == "program"
        for name in imports(path)
        if name.startswith("planner.") and not name.startswith(("planner.program", "planner.files"))
    ]
    assert not wrong


def test_the_grammar_of_counts_knows_nothing_of_what_is_counted():
    assert not [name for name in imports(ROOT / "wording.py") if name.startswith("planner")]


def test_each_solver_has_one_door():
    doors = {"highspy": {"engine.py"}, "pulp": {"gateway.py"}, "clarabel": set()}
    for module, allowed in doors.items():
        users = {path.name for _, path in files() if any(name.split(".")[0] == module for name in imports(path))}
        assert users <= allowed, module


def test_the_verifier_uses_the_standard_library_alone():
    import sys

    outside = {name.split(".")[0] for name in imports(ROOT / "verify.py")} - set(sys.stdlib_module_names)
    assert not outside
