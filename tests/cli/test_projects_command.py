"""``planner projects``, and ``planner solve`` with whole works."""

import csv
import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from planner.cli import main
from planner.cli.progress import Progress
from planner.shipped import shipped
from tests.cli.conftest import unexplained

FEW = ("KMK", "AZST", "GAZ", "AMO", "KUZMINES", "SHATURA", "DNEPR")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments])


@pytest.fixture
def few(tmp_path: Path) -> Path:
    """The Soviet economy with a few works only."""
    folder = tmp_path / "few"
    shutil.copytree(shipped("inputs") / "ussr_1928", folder)
    for name in ("projects", "project_goods", "project_rules"):
        with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            header, *rows = list(csv.reader(file))
        at = header.index("other") if "other" in header else 0
        kept = [row for row in rows if row[0] in FEW and row[at] in FEW]
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([header, *kept])
    return folder


def test_projects_prints_and_writes(few: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    result = run("projects", str(few), "--count", "3", "--out", str(out))
    assert result.exit_code == 0, result.output
    for said in (
        "Verdict: outside",
        "Worth of projects",
        "Programmes within 1 % of the best",
        "The list as it was decided",
    ):
        assert said in result.output
    names = {path.name for path in out.iterdir()}
    assert {"projects.csv", "worth.csv", "near_best.csv", "official_list.csv", "summary.json", "manifest.json"} <= names
    assert not unexplained(out)
    summary = json.loads((out / "summary.json").read_text(encoding="utf-8"))
    assert {"GAZ", "AZST"} <= set(summary["in_every_programme_near_the_best"])
    assert summary["value"] <= summary["bound"] <= summary["in_parts"]
    assert run("projects", str(few), "--out", str(out)).exit_code == 6  # it is there already


def test_projects_needs_a_choice_of_projects() -> None:
    result = run("projects", "two_goods")
    assert result.exit_code == 3
    assert "there is no choice of them" in " ".join(result.output.split())


def test_solve_prints_the_programme_and_its_bound(tmp_path: Path) -> None:
    result = run("solve", "--model", "projects", "--out", str(tmp_path / "out"))
    assert result.exit_code == 0, result.output
    assert "no other passes" in result.output
    assert "Kuznetsk works" in result.output
    with (tmp_path / "out" / "projects.csv").open(encoding="utf-8", newline="") as file:
        header = next(csv.reader(file))
    assert {"project", "period", "start", "on_stream", "spent", "made"} <= set(header)


def test_a_stopped_search_writes_what_it_found(tmp_path: Path) -> None:
    arguments = ("solve", "--model", "projects", "--gap", "0", "--time-limit", "0.02", "--out", str(tmp_path / "out"))
    result = run(*arguments)
    if result.exit_code != 0:  # a very fast machine may be done by then
        assert result.exit_code == 5, result.output
        assert "best found so far" in result.output
        assert (tmp_path / "out" / "projects.csv").is_file()


def test_progress_says_nothing_where_nobody_looks(capsys: pytest.CaptureFixture[str]) -> None:
    Progress(0.0)("b\n")
    assert capsys.readouterr().err == ""


def test_progress_is_silent_at_first_and_in_one_line_later(monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr("planner.cli.progress.status", said.append)
    patient, prompt = Progress(60.0), Progress(0.0)
    patient("a\n")
    prompt("b  c\n")
    prompt("\n")
    assert said == ["Searching for 0 s: b c"]
