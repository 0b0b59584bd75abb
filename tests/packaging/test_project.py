"""What the project says of itself, in one place each; and how large it may be."""

import re
import tomllib
from pathlib import Path

import pytest

from planner.cli import COMMANDS
from planner.cli.exit_codes import Exit
from planner.formulation.objectives import OBJECTIVES
from planner.shipped import ECONOMIES
from tests.packaging.lowest import declared, lowest

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
README = (ROOT / "README.md").read_text(encoding="utf-8")
CHANGES = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
SKIPPED = {
    ".git",
    ".venv",
    ".venv-min",
    "__pycache__",
    "build",
    "dist",
    ".pytest_cache",
    ".mypy_cache",
    ".ruff_cache",
    ".hypothesis",
}
KB, MB = 1_000, 1_000_000


def files(folder: str = ".") -> list[Path]:
    """Files of the project in a folder; of outputs the reference run alone."""
    found = [
        path
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and not SKIPPED & set(path.relative_to(ROOT).parts)
    ]
    return [
        p
        for p in found
        if "outputs" not in p.relative_to(ROOT).parts[:1] or "reference" in p.parts or p.suffix == ".md"
    ]


def size(found: list[Path]) -> int:
    return sum(path.stat().st_size for path in found)


def test_inputs_and_data_of_tests_stay_small():
    assert size(files("inputs")) <= 4 * MB
    assert size([path for path in files("tests") if path.suffix != ".py"]) <= 2 * MB


def test_no_file_is_large():
    assert not [path for path in files() if path.stat().st_size > 500 * KB]


def test_charts_of_the_reference_run_are_small():
    large = [path.name for path in files("outputs/reference/charts") if path.stat().st_size > 60 * KB]
    assert not large, "planner feasibility --out outputs/reference --overwrite draws them anew"


def test_the_first_page_names_every_command_and_no_other():
    table = README.partition("| command |")[2].partition("\n\n")[0]
    named = {
        word.removeprefix("planner ").split()[0]
        for row in table.splitlines()[2:]
        for word in re.findall("`([^`]*)`", row.split("|")[1])
    }
    assert named == set(COMMANDS)


def test_the_first_page_counts_as_it_should():
    words = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven")
    assert f"any of {words[len(OBJECTIVES)]} objectives" in README


def test_the_first_page_is_short():
    assert README.count("\n") <= 145


def test_the_changelog_names_every_command_and_shipped_economy():
    assert not [name for name in COMMANDS if f"`{name}`" not in CHANGES and f"`planner {name}`" not in CHANGES]
    assert not [name for name in ECONOMIES if f"`{name}`" not in CHANGES]
    assert CHANGES.index("## Unreleased") < CHANGES.index(f"## {PROJECT['version']}")


@pytest.mark.parametrize("code", Exit)
def test_every_exit_code_is_said_by_the_help(code):
    from click.testing import CliRunner

    from planner.cli import main

    said = " ".join(CliRunner().invoke(main, ["--help"]).stdout.split())
    assert f"{code.value} {code.says}" in said


def test_version_and_licence_are_said_once_more_and_the_same():
    cited = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert f"version: {PROJECT['version']}\n" in cited
    assert PROJECT["license"] == "MIT AND CC-BY-4.0"
    assert (ROOT / "LICENSE").read_text(encoding="utf-8").startswith("MIT License")
    assert "CC-BY-4.0" in (ROOT / "inputs" / "LICENSE").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ECONOMIES)
def test_a_shipped_economy_names_its_licence_and_sources(name):
    from planner.economy.reading.datapackage import datapackage

    found = datapackage(ROOT / "inputs" / name)
    assert found["licenses"] == [{"name": "CC-BY-4.0"}]
    assert found["sources"]
    assert all(source["title"] for source in found["sources"])


def test_every_dependency_has_a_lowest_version_that_can_be_tried():
    texts = declared()
    assert len(lowest(texts)) == len({re.split(r"[\[>=<]", text)[0] for text in texts})
