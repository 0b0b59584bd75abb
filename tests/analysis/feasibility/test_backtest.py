"""The back-test of anybody's economy: under its own scenario and floor, and silent about what nobody knows."""

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from click.testing import CliRunner

from planner.analysis.feasibility.backtest import NO_FACTS, backtest
from planner.answers.pose import question_about
from planner.cli import main
from planner.economy import DataError, load
from planner.reporting.dictionary.glossary import RESULTS


def answered(economy: str, out: Path, *more: str) -> tuple[dict[str, Any], pd.DataFrame, str]:
    result = CliRunner().invoke(main, ["backtest", economy, "--out", str(out), *more])
    assert result.exit_code == 0, result.output
    summary = json.loads((out / "summary.json").read_text(encoding="utf-8"))
    return summary, pd.read_csv(out / "backtest.csv"), result.stdout


def package(folder: Path, heading: str = "", actuals: str = "output,corn,1,a,8,t,yes\n") -> str:
    """Corn from land, 10 t at most a year; three years and no facts but those given."""
    files = {
        "economy.toml": f'schema = 1\ntitle = "Corn"\nbase_period = "0"\nperiods = ["1", "2", "3"]\n{heading}',
        "products.csv": "product,unit\ncorn,t\n",
        "activities.csv": "activity,product\nfarming,corn\n",
        "coefficients.csv": "activity,item,role,value\nfarming,land,resource,1\n",
        "resources.csv": "resource,unit,kind\nland,ha,land\n",
        "supply.csv": "resource,period,value\nland,*,10\n",
        "consumption.csv": "product,per_head\ncorn,0.05\n",
        "population.csv": "period,value\n*,100\n",
        "actuals.csv": f"measure,item,period,series,value,unit,preferred\n{actuals}",
        "scenarios/dry/scenario.toml": 'title = "Dry"\n',
        "scenarios/dry/supply.csv": "resource,period,value\nland,*,4\n",
    }
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder.as_posix()


def test_the_floor_is_that_of_the_package(tmp_path: Path) -> None:
    """At the base level households eat 5 t; 8 t of 10 were made: 125 %. In the dry years 4 t are too few even for them."""
    summary, table, _ = answered(package(tmp_path / "plain"), tmp_path / "one")
    assert (summary["floor"], summary["scenario"]) == ("base", None)
    assert table.loc[0, "attainment"] == pytest.approx(1.25)
    dry = package(tmp_path / "dry", '[backtest]\nscenario = "dry"\n')
    summary, table, _ = answered(dry, tmp_path / "two")
    assert (summary["floor"], summary["scenario"]) == ("base", "dry")
    assert set(table["fits"]) == {"empty set", NO_FACTS}
    low = package(tmp_path / "low", '[backtest]\nscenario = "dry"\nfloor = 0.5\n')
    summary, table, _ = answered(low, tmp_path / "three")
    assert summary["floor"] == 0.5
    assert table.loc[0, "attainment"] == pytest.approx(0.5)
    assert answered(low, tmp_path / "four", "--floor", "0.25", "--scenario", "base")[0]["floor"] == 0.25


def test_a_year_of_which_nothing_is_known_says_so(tmp_path: Path) -> None:
    economy = package(tmp_path / "corn", actuals="output,corn,2,a,8,t,yes\n")
    summary, table, shown = answered(economy, tmp_path / "run")
    central = table[table["corner"] == "central"].set_index("span")
    assert central["kind"].tolist() == [NO_FACTS, "hold-out", NO_FACTS] * 2
    assert central["figures"].tolist() == [0, 1, 1, 0, 1, 0]
    assert central["fits"].tolist() == [NO_FACTS, "yes", "yes", NO_FACTS, "yes", NO_FACTS]
    assert central["attainment"].isna().tolist() == [True, False, False, True, False, True]
    assert summary["corners"]["central"]["does_not_fit"] == []
    assert summary["corners"]["central"]["without_facts"] == ["to 1", "1 alone", "3 alone"]
    assert "undecided" not in shown
    assert "no facts: no output figure of the period is known" in " ".join(shown.split())
    page = CliRunner().invoke(main, ["report", str(tmp_path / "run")])
    assert page.exit_code == 0
    text = (tmp_path / "run/report.html").read_text(encoding="utf-8")
    assert "At central values all 3 spans of periods fit. No figure is known of to 1, 1 alone and 3 alone." in text


def test_an_empty_set_leaves_the_columns_as_they_are(tmp_path: Path) -> None:
    economy = load(package(tmp_path / "dry"), scenario="dry")
    found = backtest(economy, question_about(economy, "backtest"))
    assert not len(found.by_product)
    assert {"corner", *found.by_product.columns} == set(RESULTS["backtest_products"][1])


@pytest.mark.parametrize(
    ("heading", "code", "column"),
    [
        ("[backtest]\nfloor = 45\n", "E107", "backtest.floor"),
        ("[backtest]\nfloor = -0.1\n", "E107", "backtest.floor"),
        ('[backtest]\nfloor = "base"\n', "E107", "backtest.floor"),
        ("[backtest]\nfloor = nan\n", "E107", "backtest.floor"),
        ('[backtest]\nscenario = "dri"\n', "E160", "backtest.scenario"),
        ("[backtest]\nflor = 0.5\n", "E107", "backtest.flor"),
        ("backtest = 3\n", "E107", "backtest"),
    ],
)
def test_what_the_heading_may_say(tmp_path: Path, heading: str, code: str, column: str) -> None:
    with pytest.raises(DataError) as wrong:
        load(package(tmp_path / "corn", heading))
    [finding] = wrong.value.findings
    assert (finding.code, finding.file, finding.column) == (code, "economy.toml", column)
    assert finding.rows == ((5 if column == "backtest" else 6),)
