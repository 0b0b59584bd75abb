"""Runs side by side: one question by folder, by words and as an answer is one run; what is assumed, found and foretold."""

import json

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner

import planner
from planner.answers.compare import asked_in_file
from planner.cli import main
from planner.economy import DataError
from planner.reporting.dictionary.glossary import RESULTS
from planner.reporting.run.read import as_run
from planner.reporting.tables.comparison import Side, planning_test
from tests.formulation.build import build

OPEN = "plan=ambitious,scenario=open_trade"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A run kept in a folder."""
    return planner.solve("two_goods", plan="ambitious").write(tmp_path_factory.mktemp("kept") / "run")


@pytest.fixture(scope="module")
def found(folder):
    """The same question three times, and another."""
    return planner.compare("two_goods", "plan=ambitious", folder, planner.solve("two_goods", plan="ambitious"), OPEN)


def test_a_run_compared_with_itself_differs_in_nothing(found):
    differences = found.tables["differences"]
    same = differences[differences["run"] != OPEN]
    assert len(same)
    assert (same["difference"] == 0).all()
    assert found.tables["assumptions"]["run"].unique().tolist() == [OPEN]


def test_what_is_assumed_otherwise_is_what_the_scenario_says(found):
    table = found.tables["assumptions"]
    assert table["table"].tolist() == ["question", "trade", "trade"]
    assert table.iloc[0][["key", "first", "here"]].tolist() == ["scenario", "", "open_trade"]
    assert table.iloc[1:][["key", "column", "first", "here", "change"]].to_numpy().tolist() == [
        ["iron import 1", "limit", 2.5, 5.0, 1.0],
        ["iron import 2", "limit", 2.5, 5.0, 1.0],
    ]


def test_each_run_is_what_it_is_alone(found):
    runs = found.tables["runs"].set_index("run")
    for corner in ("pessimistic", "optimistic"):
        alone = planner.solve("two_goods", plan="ambitious", scenario="open_trade", corner=corner)
        assert runs.loc[OPEN, corner] == pytest.approx(alone.value, abs=1e-9)
    assert runs.loc[OPEN, "value"] == pytest.approx(
        planner.solve("two_goods", plan="ambitious", scenario="open_trade").value
    )


def test_a_verdict_is_compared_by_its_centre_and_both_ends(tmp_path):
    """A feasibility run holds all corners; beside a solve of the same question it says the same."""
    folder = planner.assess("two_goods", plan="ambitious", years=0).write(tmp_path / "verdict")
    answer = planner.compare("two_goods", folder, "plan=ambitious")
    runs = answer.tables["runs"]
    for column in ("corner", "value", "unit", "pessimistic", "optimistic", "targets_met"):
        assert runs[column].nunique() == 1, runs[column].tolist()
    assert runs["value"].iloc[0] == pytest.approx(0.9)
    assert answer.no_plan is None


def test_the_order_of_runs_changes_the_order_of_rows_only():
    def rows(*runs):
        table = planner.compare("two_goods", *runs).tables["paths"]
        return table.sort_values(["run", "kind", "measure", "item", "period"]).reset_index(drop=True)

    pd.testing.assert_frame_equal(rows("plan=ambitious", OPEN), rows(OPEN, "plan=ambitious"))


def test_what_is_followed():
    table = planner.compare("two_goods", "plan=ambitious", follow=["capacity:*", "output:iron"], actual=False).tables[
        "paths"
    ]
    assert set(table["measure"] + ":" + table["item"]) == {"output:iron", "capacity:farms", "capacity:furnaces"}
    assert set(table["kind"]) == {"official", "feasible"}


def test_how_figures_paths_and_trends_foretold_what_was_produced_by_hand():
    """1 of each at first; then 2, 3, 4, then 4, 9, 8; foretold 4, 9, 16 officially, the path what was made; trends 4, 9, 16."""
    economy = planner.load("two_goods")
    made = {"a": (1, 2, 4), "b": (1, 3, 9), "c": (1, 4, 8)}
    rows = [("output", i, p, v, "yes") for i, some in made.items() for p, v in zip(("0", "1", "2"), some, strict=True)]
    actuals = pd.DataFrame(rows, columns=["measure", "item", "period", "value", "preferred"])
    economy = type("Facts", (), {"tables": {"actuals": actuals}, "base_period": "0"})()
    path = [
        (i, p, "t", made[i][int(p)], made[i][int(p)], {"2": made[i][1] ** 2}.get(p)) for i in made for p in ("1", "2")
    ]
    table = pd.DataFrame(path, columns=["product", "period", "unit", "feasible", "actual", "official"])
    test = planning_test([Side("run", as_run({"path": table}, {}, {}), economy)]).set_index(["period", "kind"])
    assert test.loc[("2", "feasible"), ["rank_correlation", "mean_error", "mean_absolute_error"]].tolist() == [
        1.0,
        0.0,
        0.0,
    ]
    assert test.loc[("2", "trend"), "products"] == 3
    assert test.loc[("2", "trend"), "rank_correlation"] == pytest.approx(0.5)  # ranks 1, 2, 3 against 1, 3, 2
    assert test.loc[("2", "official"), "mean_error"] == pytest.approx(
        2 ** (1 / 3) - 1
    )  # a third of the products doubled
    assert test.loc[("1", "official"), "mean_error"] == pytest.approx(0.0)  # steady growth to it
    assert ("1", "trend") not in test.index
    played = table.rename(columns={"actual": "produced"}).assign(made=table["feasible"] ** 2)
    executed = planning_test([Side("run", as_run({"execution": played}, {}, {}), economy)]).set_index(
        ["period", "kind"]
    )
    assert executed.loc[("2", "executed"), "rank_correlation"] == 1.0
    assert executed.loc[("2", "executed"), "mean_error"] == pytest.approx((4 * 9 * 8) ** (1 / 3) - 1)
    pd.testing.assert_frame_equal(executed.drop(index="executed", level="kind"), test)


def test_a_file_names_the_runs(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    text = 'title = "Trade"\nfollow = ["output:*"]\nofficial = ["cautious"]\n[[run]]\nplan = "ambitious"\n'
    text += '[[run]]\nname = "open"\nplan = "ambitious"\nscenario = "open_trade"\n'
    (tmp_path / "both.toml").write_text(text, encoding="utf-8")
    asked = ["compare", "--economy", "two_goods", "--file", "both.toml", "--out", "out"]
    result = CliRunner().invoke(main, asked)
    assert result.exit_code == 0, result.output
    assert result.stdout.index("What was asked otherwise") < result.stdout.index("What they reach")
    for name in ("assumptions", "runs", "paths", "differences", "targets_by_run"):
        assert list(pd.read_csv(tmp_path / f"out/{name}.csv").columns) == list(RESULTS[name][1])
    paths = pd.read_csv(tmp_path / "out/paths.csv")
    assert set(paths["run"]) == {"plan=ambitious", "open", "cautious"}
    assert (tmp_path / "out/charts/comparison.svg").is_file()
    page = (tmp_path / "out/report.html").read_text(encoding="utf-8")
    assert page.index("What the runs assume otherwise") < page.index("What they reach")
    assert json.loads((tmp_path / "out/summary.json").read_text(encoding="utf-8"))["question"] == "Trade"
    (tmp_path / "both.toml").write_text("runs = 1\n", encoding="utf-8")
    with pytest.raises(DataError, match="no key"):
        asked_in_file(tmp_path / "both.toml")


def test_a_run_without_a_plan_ends_with_its_code_and_the_rest_is_written(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    asked = ["compare", "--economy", "two_goods", "plan=ambitious", "plan=ambitious,floor=5", "--out", "out"]
    assert CliRunner().invoke(main, asked).exit_code == 4
    assert np.isnan(pd.read_csv(tmp_path / "out/runs.csv")["value"]).tolist() == [False, True]
    assert CliRunner().invoke(main, ["compare", "--economy", "two_goods", "pln=ambitious"]).exit_code == 3


def test_a_floor_below_the_base_is_a_diagnosis_and_not_drawn():
    answer = planner.compare("two_goods", "plan=ambitious", "plan=ambitious,floor=0.5")
    assert answer.tables["runs"]["diagnosis"].tolist() == ["no", "yes"]
    chart = answer.plot.comparison()
    assert [text.get_text() for text in chart.legends[0].get_texts()] == ["plan=ambitious", "official", "actual"]


def test_a_question_with_a_tautness_is_played_forward():
    played = planner.execute("two_goods", plan="ambitious", tautness="adopted")
    found = planner.compare("two_goods", "plan=ambitious", "plan=ambitious,tautness=adopted", played, actual=False)
    paths = found.tables["paths"].set_index(["run", "kind", "item", "period"])["value"]
    for row in played.tables["execution"].to_dict("records"):
        cell = (row["product"], row["period"])
        assert paths["plan=ambitious,tautness=adopted", "executed", *cell] == row["made"]
        assert paths["plan=ambitious,tautness=adopted", "feasible", *cell] == row["feasible"]
    assert paths["plan=ambitious,tautness=adopted", "official", "iron", 2] == 40.0
    assert set(found.tables["paths"].query("run == 'plan=ambitious'")["kind"]) == {"official", "feasible"}
    values = found.tables["runs"].set_index("run")["value"]
    assert values.iloc[1] == values.iloc[2] == played.value
    assert f"{100 * played.value:.1f} % of the feasible plan" in found.headline


def test_runs_without_names_are_not_given_those_of_another_economy(tmp_path):
    """Labels of an economy that names nothing stay labels, whatever economy is asked by default."""
    tables = {
        "products": "product,unit\ncorn,t",
        "activities": "activity,product\nfarming,corn",
        "capacities": "capacity,unit,initial\nfields,ha,5",
        "coefficients": "activity,item,role,value\nfarming,fields,capacity,1",
        "plans": "plan\nmore",
        "targets": "plan,measure,item,period,value\nmore,output,corn,1,6",
    }
    facts = build(tmp_path / "economy", tables)
    for name in ("one", "other"):
        planner.solve(facts, model="attainment", plan="more").write(tmp_path / name)
    found = planner.compare("two_goods", str(tmp_path / "one"), str(tmp_path / "other"))
    assert "product" not in found.manifest["names"]


def test_questions_are_asked_again_on_one_set_of_draws(folder):
    """As `planner uncertainty` finds them, difference by difference; what is no question of now is left out and named."""
    asked = ["plan=ambitious", OPEN, folder, "plan=ambitious,corner=optimistic"]
    found = planner.compare("two_goods", *asked, draws=20, seed=4, cluster=planner.Cluster(workers=1))
    table = found.tables["runs_drawn"].set_index("run")
    assert table.index.tolist() == ["plan=ambitious", OPEN]
    assert "2 runs were not drawn: run, plan=ambitious,corner=optimistic" in found.notes[0]
    alone = [
        planner.uncertainty(
            "two_goods",
            plan="ambitious",
            scenario=scenario,
            sampling=planner.Sampling(samples=20, seed=4),
            cluster=planner.Cluster(workers=1),
        ).tables["samples"]
        for scenario in (None, "open_trade")
    ]
    values = [one.loc[one["measure"] == "value", "value"].to_numpy() for one in alone]
    gap = np.sort(values[1] - values[0])
    assert table.loc[OPEN, ["difference_low", "difference", "difference_high"]].tolist() == pytest.approx(
        [gap[0], gap[9], gap[18]]
    )
    assert table.loc[OPEN, "more"] == 1.0
    assert np.isnan(table.loc["plan=ambitious", "difference"])
    assert found.summary["draws"] == 20


def test_what_cannot_be_drawn_is_refused(folder):
    with pytest.raises(DataError, match="None of the runs can be drawn"):
        planner.compare("two_goods", folder, draws=5)
    with pytest.raises(DataError, match="E174"):
        planner.compare("two_goods", "plan=ambitious", draws=-1)
