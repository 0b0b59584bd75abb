"""Running the command line as a user does: in an empty folder, with stdout and stderr apart."""

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from planner.cli import main
from planner.reporting.dictionary.documents import MANIFEST, PROGRAM, SUMMARY, TWO_SIDED
from planner.reporting.dictionary.glossary import RESULTS


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """``run("solve", "two_goods")`` in an empty folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "140")

    def invoke(*arguments: str) -> Result:
        return CliRunner().invoke(main, list(arguments))

    return invoke


def unexplained(folder: Path) -> list[str]:
    """Tables of a run whose header, and JSON files whose keys, are not those that `planner explain` explains."""
    wrong = []
    for path in sorted(folder.rglob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            header = next(csv.reader(file))
        name = f"program/{path.stem}" if path.parent.name == "program" else path.stem
        _, columns = (
            TWO_SIDED if name == "prices" and "one_more" in header else {**RESULTS, **PROGRAM}.get(name, ("", {}))
        )
        if header != list(columns):
            wrong.append(f"{path.name}: {header} but {list(columns)}")
    for name, known in (("summary", SUMMARY), ("manifest", MANIFEST)):
        path = folder / f"{name}.json"
        keys = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
        wrong += [f"{path.name}: {key}" for key in keys if key not in known]
    return wrong


def left_behind(folder: Path) -> list[str]:
    """Whatever a command left in its folder, hidden drafts included."""
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))
