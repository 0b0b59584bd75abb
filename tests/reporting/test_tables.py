"""SolveAnswer tables: they add up, keep their order and say their units."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from planner.answers.solve import SolveAnswer, solve
from planner.reporting.tables.plan import tidy
from tests.cli.conftest import unexplained
from tests.formulation.build import build, question

QUESTIONS = {
    "two goods": ("two_goods", {"plan": "ambitious"}),
    "raised": ("ussr_1928", {"plan": "raised_1930"}),
    "optimum, realised": ("ussr_1928", {"plan": "ffyp_optimum", "scenario": "realised", "floor": 0.45}),
    "annual": ("ussr_1928", {"plan": "plan_1931", "model": "annual"}),
    "consumption": ("ussr_1928", {"model": "consumption"}),
    "williams": ("williams", {"model": "williams_capacity"}),
    "leontief": ("leontief", {}),
}


@pytest.fixture(scope="module", params=QUESTIONS)
def result(request: pytest.FixtureRequest) -> SolveAnswer:
    name, options = QUESTIONS[request.param]
    return solve(name, **options)


def test_sources_and_uses_of_every_balance_are_the_same(result: SolveAnswer) -> None:
    table = result.tables["balances"]
    signed = table["quantity"] * np.where(table["side"] == "source", 1.0, -1.0)
    size = table["quantity"].abs().groupby([table["product"], table["period"]]).sum()
    off = signed.groupby([table["product"], table["period"]]).sum().abs()
    assert (off <= 1e-9 * (1.0 + size)).all()
    assert table["quantity"].min() > -1e-7


def test_output_in_the_balances_is_that_of_the_activities(result: SolveAnswer) -> None:
    facts = result.formulation.facts
    tables = {name: result.tables[name].astype({"period": str}) for name in ("balances", "activities")}
    made = tables["balances"].query("entry == 'output'").groupby(["product", "period"])["quantity"].sum()
    levels = tables["activities"].set_index(["activity", "period"])["level"]
    flat = levels.reindex(pd.MultiIndex.from_arrays(facts.keys("activity", "period"))).to_numpy()
    total = pd.Series(facts.technology.makes @ flat, index=pd.MultiIndex.from_arrays(facts.keys("product", "period")))
    assert total[total > 1e-9].to_dict() == pytest.approx(made[made > 1e-9].to_dict())


def test_plant_is_what_was_there_and_came_less_what_was_retired(result: SolveAnswer) -> None:
    plant = result.tables["capacities"]
    total = plant["before"] - plant["retired"] + plant["from_pipeline"] + plant["from_plan"]
    assert total.to_numpy() == pytest.approx(plant["in_existence"].to_numpy(), rel=1e-9, abs=1e-7)
    utilised = plant["capacity"].map(
        result.formulation.economy.tables["capacities"].set_index("capacity")["utilisation"]
    )
    assert (plant["used"] <= utilised * plant["in_existence"] + 1e-6).all()


def test_no_more_hands_are_used_than_there_are(result: SolveAnswer) -> None:
    if "labour" in result.formulation.question.families:
        labour = result.tables["resources"].query("kind == 'labour'")
        assert labour["unused"].min() > -1e-6


def test_foreign_trade_is_paid_for(result: SolveAnswer) -> None:
    if "foreign_exchange" not in result.formulation.question.families:
        return
    trade = result.tables["trade"]
    sign = trade["direction"].map(
        {"export": 1, "import": -1, "other_receipts": 1, "other_payments": -1, "credit_taken": 1}
    )
    assert (sign * trade["value"]).groupby(trade["period"]).sum().min() > -1e-7
    goods = trade[trade["direction"].isin(["export", "import"])]
    assert (goods["quantity"] <= goods["limit"] + 1e-9).all()


def test_tables_are_sorted_and_name_their_units(result: SolveAnswer) -> None:
    for name, table in result.tables.items():
        assert {"unit", "price_unit"} & set(table.columns), name
        keys = {"targets": ["plan", "measure", "item", "period"], "prices": ["kind", "family", "item", "period"]}.get(
            name, list(table.columns[:2])
        )
        assert table[keys].equals(table.sort_values(keys, kind="stable", ignore_index=True)[keys]), name


def test_weights_of_all_limits_add_up_to_one(result: SolveAnswer) -> None:
    if abs(result.solution.objective) > 1e-9:
        assert result.tables["prices"]["weight"].sum() == pytest.approx(1.0, abs=1e-6)


def test_figures_of_the_plan_reach_their_share() -> None:
    """Every target is planned at the figure called feasible, or in full where more would be."""
    for name in ("raised", "two goods"):
        economy, options = QUESTIONS[name]
        targets = solve(economy, **options).targets
        wanted = np.minimum(targets["feasible"], targets["official"])
        assert (targets["planned"] >= wanted * (1.0 - 0.005 - 1e-6)).all()  # the path comes within half a per cent
        assert targets["shortfall"].to_numpy() == pytest.approx((targets["official"] - wanted).to_numpy())


def test_two_goods_balances_by_hand() -> None:
    """Iron of year 1: 20 made and 2.5 bought are worn out in growing corn, a tenth of it, or built into furnaces."""
    answer = solve("two_goods", plan="ambitious")
    iron = (
        answer.tables["balances"]
        .query("product == 'iron' and period == 1")
        .set_index(["side", "entry", "by"])["quantity"]
    )
    corn = answer.tables["activities"].query("activity == 'farming' and period == 1")["level"].sum()
    assert iron["source"].to_dict() == pytest.approx({("import", ""): 2.5, ("output", "smelting"): 20.0})
    assert iron["use"].to_dict() == pytest.approx(
        {("building", "furnaces"): 22.5 - 0.1 * corn, ("input", "farming"): 0.1 * corn}
    )
    assert 64.0 < corn < 66.0


def test_tidy_puts_keys_first_sorts_and_clears_minus_zero() -> None:
    table = tidy(pd.DataFrame({"number": [-0.0, 1.0], "key": ["b", "a"]}), ["key"])
    assert table.columns.tolist() == ["key", "number"]
    assert table["key"].tolist() == ["a", "b"]
    assert not np.signbit(table["number"]).any()


def test_what_comes_in_whole_units_is_told_whether_it_is_paid_for_or_not(tmp_path: Path) -> None:
    """Two ovens of 3 to 5 t; 4 t are wanted, then none, then 11 t: an oven of the two, none, and both with one expansion of 1 t."""
    tables = {
        "products": "product,unit,disposal\ncoke,t,none\nbread,t,",
        "activities": "activity,product\noven,coke\nbaking,bread",
        "coefficients": "activity,item,role,value\nbaking,bakery,capacity,1",
        "capacities": "capacity,unit,initial,gestation\nbakery,t,10,0",
        "runs": "activity,units,least,most\noven,2,3,5",
        "expansions": "capacity,units,least,most\nbakery,3,1,1",
        "opening": "kind,key,period,value\nrunning,oven,8,2",
        "final_use": "product,use,period,value\ncoke,town,8,4\ncoke,town,10,10\nbread,town,*,11",
    }
    asked = (
        'objective = "own"\nfamilies = ["material_balance", "capacity", "capacity_accumulation"]\n'
        '[own]\nsense = "min"\nterms = [{ measure = "start", item = "bakery", period = "8..10" }]\n'
    )
    economy = build(tmp_path / "economy", tables, 'base_period = "7"\nperiods = ["8", "9", "10"]')
    answer = solve(economy, model=question(tmp_path, asked))
    table = answer.tables["whole_units"].set_index(["kind", "item", "period"])
    assert table.loc["running", "number"].to_dict() == {("oven", 8): 1.0, ("oven", 9): 0.0, ("oven", 10): 2.0}
    assert table.loc["running", "amount"].to_dict() == pytest.approx({("oven", 8): 4, ("oven", 9): 0, ("oven", 10): 10})
    assert table.loc["running", "switched_on"].to_dict() == {
        ("oven", 8): 0.0,
        ("oven", 9): 0.0,
        ("oven", 10): 2.0,
    }
    assert table.loc["running", "switched_off"].to_dict() == {
        ("oven", 8): 1.0,
        ("oven", 9): 1.0,
        ("oven", 10): 0.0,
    }
    assert table.loc["expansion", "number"].to_dict() == {
        ("bakery", 8): 1.0,
        ("bakery", 9): 0.0,
        ("bakery", 10): 0.0,
    }
    assert set(table["unit"]) == {"t"}
    assert not unexplained(answer.write(tmp_path / "run"))
