"""Running the command line as a user does: in an empty folder, with stdout and stderr apart."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from planner.cli import main


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """``run("solve", "two_goods")`` in an empty folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "140")

    def invoke(*arguments: str) -> Result:
        return CliRunner().invoke(main, list(arguments))

    return invoke


def left_behind(folder: Path) -> list[str]:
    """Whatever a command left in its folder, hidden drafts included."""
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))
