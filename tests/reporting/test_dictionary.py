"""Every column of every table and every key of every JSON file that a run writes stands in the dictionary of results."""

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from planner.cli import main
from planner.reporting.dictionary.documents import MANIFEST, PROGRAM, SUMMARY, TWO_SIDED
from planner.reporting.dictionary.results_dictionary import results_dictionary
from tests.answers.chain.after import written
from tests.cli.conftest import unexplained

MODEL = Path(__file__).parents[1] / "instances" / "itest2.mps"
COMMANDS = {
    "solve": ("solve", "two_goods", "--model", "then_consumption", "--plan", "cautious"),
    "feasibility": ("feasibility", "two_goods"),
    "ladder": ("feasibility", "two_goods", "--plan", "all"),
    "backtest": ("backtest", "two_goods", "--floor", "base"),
    "join": ("join", "two_goods", "AFTER", "--draws", "1", "--workers", "1"),
    "after": ("solve", "AFTER"),
    "sensitivity": ("sensitivity", "two_goods", "--curve", "capacities:furnaces:initial=0.5:2"),
    "frontier": ("frontier", "output:corn:2", "output:iron:2", "two_goods"),
    "bracket": ("solve", "two_goods", "--model", "attainment", "--method", "first-order"),
    "near-optimal": ("near-optimal", "two_goods"),
    "regions": ("regions", "two_regions"),
    "in_regions": ("feasibility", "two_regions"),
    "claims": ("claims", "two_goods"),
    "money": ("money", "two_goods_money", "--level", "1"),
    "uncertainty": ("uncertainty", "two_goods", "--samples", "8", "--workers", "1", "--given", "backtest"),
    "indices": ("uncertainty", "two_goods", "--samples", "8", "--design", "sobol", "--workers", "1"),
    "execute": (
        "execute",
        "two_goods",
        "--tautness",
        "0.8:1.2:3",
        "--rule",
        "noise=0.05",
        "--draws",
        "2",
        "--workers",
        "1",
    ),
    "diagnose": ("diagnose", str(MODEL)),
}
PROJECTS_ONLY = {
    "bound",
    "gap",
    "in_parts",
    "by_the_unit",
    "verdict_rests_on",
    "prices_hold",
    "programme",
    "search",
    "in_every_programme_near_the_best",
    "worth",
    "official_list",
}  # a run of projects takes its time; tests/cli/test_projects_command.py holds them


@pytest.fixture(scope="module")
def runs(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("runs")
    later = str(written(tmp_path_factory.mktemp("later")))
    for name, given in COMMANDS.items():
        arguments = [later if one == "AFTER" else one for one in given]
        done = CliRunner().invoke(main, [*arguments, "--out", str(folder / name)])
        assert done.exit_code == (4 if name == "diagnose" else 0), done.output
    return folder


@pytest.mark.parametrize("name", COMMANDS)
def test_what_is_written_is_explained(runs, name):
    assert not unexplained(runs / name)


@pytest.mark.parametrize(("file", "known"), [("summary.json", SUMMARY), ("manifest.json", MANIFEST)])
def test_what_is_explained_is_written(runs, file, known):
    found = {key for path in runs.rglob(file) for key in json.loads(path.read_text(encoding="utf-8"))}
    assert set(known) - found <= PROJECTS_ONLY


def test_the_page_has_every_column(runs):
    page = results_dictionary()
    for path in runs.rglob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            header = next(csv.reader(file))
        name = f"program/{path.stem}" if path.parent.name == "program" else path.stem
        part = page.partition(f"### {name}\n")[2].partition("\n###")[0] + (page if name == "prices" else "")
        assert not [column for column in header if f"| `{column}` |" not in part], name


def test_words_of_the_other_tables_are_no_others(runs):
    with (runs / "sensitivity" / "prices.csv").open(encoding="utf-8", newline="") as file:
        assert next(csv.reader(file)) == list(TWO_SIDED[1])
    assert {path.stem for path in (runs / "feasibility" / "program").iterdir()} == {name[8:] for name in PROGRAM}
