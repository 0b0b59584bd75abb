"""Published models as packages under ``inputs/``: each optimum to the digits in print, from the tables alone."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner

import planner
from planner.cli import main
from planner.economy import load
from planner.formulation import load_question
from planner.shipped import shipped

OPTIMA = [  # economy, model, what is in print, and how many digits stand behind the point there
    ("steel_mill", "profit", 515033.0, 0),
    ("leontief_trade", "surplus", 435431.2e3, -2),
    ("lathes_1939", "complete_sets", 86.7, 1),
    ("mahalanobis", "allocation", 1866.7, 1),
    ("mahalanobis", "most_income", 5040.0, 0),
    ("feldman", "consumption_in_the_end", 80 + 20 * ((1 + 0.5 / 3) ** 14 - 1), 9),  # the closed form
    ("turkpow", "least_cost_of_power", 12657.7708, 4),
    ("williams_farm", "farm_profit", 121719.1729, 4),
    ("williams_manpower", "fewest_dismissals", 841.796875, 6),
    ("williams_manpower", "least_cost", 498677.29, 2),
    ("williams_mining", "most_profit", 146.861974364, 9),  # in millions
    ("williams_power", "least_cost_of_a_day", 1002540.0, 0),
    ("mexss", "least_outlays", 538.8112, 4),
    ("dantzig", "least_freight", 153.675, 3),
]


@pytest.mark.parametrize(("economy", "model", "printed", "digits"), OPTIMA)
def test_optimum_is_the_one_in_print(economy: str, model: str, printed: float, digits: int, tmp_path: Path) -> None:
    run = tmp_path / "run"
    done = CliRunner().invoke(main, ["solve", economy, "--model", model, "--gap", "0", "--out", str(run)])
    assert done.exit_code == 0, done.output
    assert json.loads((run / "summary.json").read_text())["value"] == pytest.approx(
        printed, abs=0.51 * 10.0**-digits, rel=0
    )
    assert json.loads((run / "manifest.json").read_text())["solve"]["residuals"]["relative"] < 1e-8


@pytest.mark.parametrize("economy", sorted({economy for economy, *_ in OPTIMA}))
def test_no_objective_of_a_published_model_holds_a_fact(economy: str) -> None:
    """Weights of an own objective are facts in disguise: prices stand in the tables."""
    folder = shipped("inputs") / economy
    files = sorted((folder / "models").glob("*.toml"))
    assert files
    assert load(economy).warnings == ()
    for file in files:
        question = load_question(file.stem, folder)
        assert question.files[0] == file.resolve()
        assert {abs(term.weight) for term in question.terms} <= {1.0}


def test_trade_of_the_open_economy_in_detail() -> None:
    made = planner.solve("leontief_trade").tables["activities"].set_index("activity")["level"]
    assert made.to_dict() == pytest.approx(
        {"steel": 393958.333, "autos": 475833.333, "electronics": 74375.0, "plastics": 60000.0}, abs=1e-3
    )


def test_the_draft_frame_divides_investment_as_in_print() -> None:
    level = planner.solve("mahalanobis").tables["activities"].set_index("activity")["level"]
    printed = {"investment_goods": 1866.7, "factories": 957.9, "households": 1178.1, "services": 1597.4}
    assert level.to_dict() == pytest.approx(printed, abs=0.051)


def test_no_place_is_built_on_the_farm_and_no_year_ends_in_the_red() -> None:
    answer = planner.solve("williams_farm")
    assert answer.headline.endswith("121,719.1729 pounds.")
    assert answer.solution.block("construction_start").max() == pytest.approx(0.0, abs=1e-7)
    payments = answer.tables["payments"]
    signed = payments["amount"].where(payments["kind"] == "revenue", -payments["amount"])
    assert signed.groupby(payments["period"]).sum().min() >= -1e-6


def test_sets_of_parts_are_whole_where_only_whole_ones_count() -> None:
    assert planner.solve("lathes_1939", scenario="whole_sets", gap=0.0).value == pytest.approx(86.0)


@pytest.mark.parametrize(
    "economy", sorted({economy for economy, *_ in OPTIMA} | {"leontief", "three_regions", "williams"})
)
def test_a_page_tells_how_many_rows_its_model_takes_and_what_the_planner_adds(economy: str) -> None:
    """Rows of data, sources aside, and rows and terms of the program of the question that is asked by default."""
    folder = shipped("inputs") / economy
    page = (folder / "README.md").read_text()
    said = re.search(r"([\d,]+) rows of data; the program has ([\d,]+) rows and ([\d,]+) terms", page)
    assert said is not None
    assert "**What the planner adds**" in page
    tables = [pd.read_csv(file) for file in folder.glob("*.csv") if file.stem != "sources"]
    program = planner.pose(economy).program
    found = sum(map(len, tables)), program.shape[0], program.matrix.nnz
    assert [int(number.replace(",", "")) for number in said.groups()] == list(found)
