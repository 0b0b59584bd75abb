"""Text of the data is text: whatever names, titles and units say, it is shown and kept as written, and never obeyed."""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner, Result

from planner.cli import main
from planner.files import from_text
from planner.shipped import shipped
from tests.reporting.reading import Reader

TITLE = "</script><script>alert(1)</script> &amp; <b>"  # of the economy
PLAN = "=cmd() [/] \x1b[31mred\x1b]0;title\x07"
CORN = "[as] [bold]corn[/bold] %s {0} $\\alpha$_^"
IRON = "\u202eiron\u2066 \"quoted\", 'also'"
FARMS = "farm " * 60
WORKERS = "рабочие 工人 🜚"
UNIT = "[/t]"
COMMANDS = {
    "check": ["check", "mine"],
    "solve": ["solve", "mine"],
    "feasibility": ["feasibility", "mine", "--against", ""],
    "ladder": ["feasibility", "mine", "--plan", "all"],
    "near-optimal": ["near-optimal", "mine"],
    "execute": ["execute", "mine"],
    "sensitivity": ["sensitivity", "mine"],
    "frontier": ["frontier", "output:iron:2", "output:corn:2", "mine"],
    "uncertainty": ["uncertainty", "mine", "--samples", "8", "--workers", "1"],
    "backtest": ["backtest", "mine"],
    "report": ["report", "feasibility"],
    "verify": ["verify", "feasibility", "--rebuild"],
    "export": ["export", "mine", "--format", "lp", "--out", "mine.lp"],
    "diagnose": ["diagnose", "mine.lp"],
}


def rewrite(file: Path, **changed: str) -> None:
    """Name cells by ``column_label``, the label being that of the first column; units everywhere."""
    with file.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    for row in rows:
        label = next(iter(row.values()))
        for column, cell in row.items():
            row[column] = changed.get(f"{column}_{label}", cell)
            if column == "unit":
                row[column] = re.sub(r"\bt\b", lambda _: UNIT, cell)
    with file.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, rows[0])
        writer.writeheader()
        writer.writerows(rows)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An economy of which every text is hostile, and nothing else unusual."""
    folder = tmp_path_factory.mktemp("hostile")
    shutil.copytree(shipped("inputs") / "two_goods", folder / "mine")
    for file in (folder / "mine").rglob("*.csv"):
        rewrite(
            file, title_ambitious=PLAN, name_corn=CORN, name_iron=IRON, name_farms=FARMS.strip(), name_workers=WORKERS
        )
    heading = folder / "mine" / "economy.toml"
    text = re.sub(r"^title *=.*$", lambda _: f"title = {json.dumps(TITLE)}", heading.read_text(), flags=re.MULTILINE)
    heading.write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def answered(folder: Path) -> dict[str, Result]:
    results = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setenv("COLUMNS", "120")
        for name, command in COMMANDS.items():
            out = [] if name in ("check", "report", "verify", "export", "diagnose") else ["--out", name]
            results[name] = CliRunner().invoke(main, [*command, *out])
    return results


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_answers_and_obeys_nothing(name: str, answered: dict[str, Result]) -> None:
    result = answered[name]
    assert result.exit_code == 0, result.output
    said = result.stdout + result.stderr
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", said)


@pytest.mark.parametrize("name", ["solve", "feasibility", "near-optimal"])
def test_no_word_is_lost_on_the_screen(name: str, answered: dict[str, Result]) -> None:
    said = " ".join(answered[name].stdout.split())
    for text in ("=cmd() [/] ", "</script><script>alert(1)</script> &amp; <b>", "[bold]corn[/bold]", UNIT):
        assert text in said


def cells(file: Path) -> set[str]:
    with file.open(encoding="utf-8", newline="") as lines:
        return {from_text(cell) for row in csv.reader(lines) for cell in row}


def test_no_cell_of_a_table_is_a_formula_and_none_is_lost(folder: Path, answered: dict[str, Result]) -> None:
    files = [file for name in answered if (folder / name).is_dir() for file in (folder / name).rglob("*.csv")]
    assert len(files) > 20
    for file in files:
        with file.open(encoding="utf-8", newline="") as lines:
            for row in csv.reader(lines):
                assert not any(cell.startswith(("=", "@", "\t", "\r")) for cell in row), file
    assert UNIT in cells(folder / "solve" / "targets.csv")


def test_the_page_and_its_charts_are_text(folder: Path, answered: dict[str, Result]) -> None:
    page = (folder / "feasibility" / "report.html").read_text(encoding="utf-8")
    assert "<script>alert" not in page
    policy = re.search(r'http-equiv="Content-Security-Policy"[^>]*content="([^"]*)"', page)
    assert policy is not None
    assert "unsafe-inline" not in policy.group(1)
    words = " ".join(" ".join(Reader(page).words).split())
    assert "</script><script>alert(1)</script> &amp; <b>" in words
    assert "=cmd() [/] " in words
    for chart in (folder / "feasibility").rglob("*.svg"):
        ElementTree.fromstring(chart.read_bytes())


def test_a_code_page_without_the_signs_shows_them_otherwise(folder: Path) -> None:
    command = [sys.executable, "-m", "planner", "near-optimal", "mine", "--out", "page", "--overwrite"]
    settings = os.environ | {"PYTHONIOENCODING": "cp1252", "COLUMNS": "120"}
    done = subprocess.run(command, cwd=folder, capture_output=True, env=settings, check=False)
    assert done.returncode == 0, done.stderr
    assert b"\\u0440\\u0430\\u0431" in done.stdout.lower()


@pytest.mark.parametrize(
    "text",
    ["[" * 5000 + "]" * 5000, "a" + ".a" * 5000 + " = 1", "title = " + '"' * 3 + "x" * 10, "\x00", "title = \ud800"],
)
def test_a_strange_heading_is_an_error_and_no_crash(text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(shipped("inputs") / "two_goods", "mine")
    Path("mine/economy.toml").write_bytes(text.encode("utf-8", "surrogatepass"))
    Path("mine.toml").write_bytes(text.encode("utf-8", "surrogatepass"))
    for command in (["check", "mine"], ["solve", "mine"], ["solve", "two_goods", "--model", "mine.toml"]):
        result = CliRunner().invoke(main, command)
        assert result.exit_code == 3, result.output


@pytest.mark.parametrize(
    "name", ["../above", "/tmp/above", "a/../../above", "..", "con", "x" * 300, "\x1b[31m", "a\nb"]
)
def test_a_name_leads_nowhere_else(name: str, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A plan's name is part of the name of a folder: it stays below the folder of results, whatever it says."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(shipped("inputs") / "two_goods", "mine")
    for table in ("plans", "targets"):
        file = Path("mine", f"{table}.csv")
        with file.open(encoding="utf-8", newline="") as lines:
            rows = [[name if cell == "ambitious" else cell for cell in row] for row in csv.reader(lines)]
        with file.open("w", encoding="utf-8", newline="") as lines:
            csv.writer(lines).writerows(rows)
    result = CliRunner().invoke(main, ["solve", "mine", "--plan", name])
    assert result.exit_code in (0, 3), result.output
    assert {path.name for path in tmp_path.iterdir()} <= {"mine", "outputs"}
    assert not (tmp_path.parent / "above").exists()
