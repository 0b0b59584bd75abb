"""Every number has the unit of what it is, whatever the row's own column ``unit`` is about."""

import pytest

import planner
from planner.economy import load
from planner.economy.schema import TABLES
from planner.economy.schema.columns import STATED
from planner.economy.units import Units
from planner.reporting.tables.data import data_tables
from tests.formulation.build import build, question

WITHOUT = {("targets", "weight"), ("relation_terms", "weight"), ("stylised_facts", "observed"), ("carriage", "weight")}


@pytest.mark.parametrize("name", ["ussr_1928", "leontief_trade", "two_goods_money", "three_regions"])
def test_every_number_of_an_economy_has_one(name):
    data = data_tables(load(name), accounts=True)["data"]
    bare = data[data["unit"] == ""]
    assert set(zip(bare["table"], bare["column"], strict=True)) <= WITHOUT


def test_it_is_that_of_the_column():
    data = data_tables(load("ussr_1928"))["data"]
    units = {key: set(found) for key, found in data.groupby(["table", "column"])["unit"]}
    assert units["capacities", "gestation"] == {"periods"}
    assert units["capacities", "retirement"] == units["stocks", "spoilage"] == {"share a period"}
    assert units["finance", "credit"] == {"bn gold rub"}
    assert {"Mt", "GW"} < units["capacities", "growth_floor"]


def test_a_row_that_leaves_its_unit_empty_has_that_of_what_it_counts():
    economy = load("two_goods")
    tables = {**economy.tables, "supply": economy.tables["supply"].assign(unit="")}
    assert set(Units(tables, "").of_rows("supply", "value", tables["supply"])) == set(economy.tables["supply"]["unit"])


def test_a_technique_may_be_counted_in_a_unit_of_its_own(tmp_path):
    """An acre gives 2.5 t, and what it takes is by the acre; the mill beside it is counted in what it makes."""
    tables = {
        "products": "product,unit\nwheat,t\nflour,t",
        "activities": "activity,product,unit\nsowing,wheat,acres\nmilling,flour,",
        "coefficients": "activity,item,role,value,unit\nsowing,wheat,output,2.5,t per acres\nmilling,wheat,input,1,t per t",
        "final_use": "product,use,period,value\nflour,town,*,5",
        "costs": "kind,measure,item,currency,period,value,unit\ncost,activity,sowing,EUR,*,3,EUR per acres",
    }
    asked = question(tmp_path, 'families = ["material_balance"]\nobjective = "least_cost"\n')
    answer = planner.solve(build(tmp_path / "economy", tables), model=asked)
    assert answer.value == pytest.approx(2 * 3 * 5 / 2.5)
    levels = answer.tables["activities"].query("period == 1").set_index("activity")
    assert levels[["level", "unit"]].to_numpy().tolist() == [[5.0, "t"], [2.0, "acres"]]
    wrong = tables["coefficients"].replace("per acres", "per t")
    with pytest.raises(planner.DataError, match="E150"):
        build(tmp_path / "wrong", {**tables, "coefficients": wrong})


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.name)
def test_a_table_without_units_says_what_its_numbers_are_in(table):
    if "unit" not in table.by_name:
        assert all(column.unit != STATED for column in table.ranged)
