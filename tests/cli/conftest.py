"""Running the command line as a user does: in an empty folder, with stdout and stderr apart."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from planner.cli import main
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
    """Tables of a run whose header is not the one that `planner explain` explains."""
    wrong = []
    for path in sorted(folder.rglob("*.csv")):
        if "program" not in path.relative_to(folder).parts:
            with path.open(encoding="utf-8", newline="") as file:
                header = next(csv.reader(file))
            _, columns = RESULTS.get(path.stem, ("", {}))
            if header != list(columns):
                wrong.append(f"{path.name}: {header} but {list(columns)}")
    return wrong


def left_behind(folder: Path) -> list[str]:
    """Whatever a command left in its folder, hidden drafts included."""
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))
