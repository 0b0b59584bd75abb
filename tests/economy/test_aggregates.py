"""Output counted by value: groups and aggregates of products at base-period prices, and the index that this comes to."""

from __future__ import annotations

from pathlib import Path

import pytest

import planner
from planner.economy import DataError, Economy
from tests.formulation.build import build, question

TABLES = {
    "products": (
        "product,unit,group,price,price_low,price_high\n"
        "steel,t,heavy,2,1,4\ncloth,m,light,1,,\nbread,kg,light,,,\ntools,crowns,heavy,,,"
    ),
    "aggregates": "aggregate,part\nindustry,heavy\nindustry,cloth",
    "activities": "activity,product\nsmelting,steel\nweaving,cloth\nbaking,bread\nforging,tools",
    "resources": "resource,unit,kind\nhands,persons,labour",
    "supply": "resource,period,value\nhands,*,40",
    "coefficients": "activity,item,role,value\nsmelting,hands,resource,2\nweaving,hands,resource,1\n"
    "baking,hands,resource,1\nforging,hands,resource,1",
    "actuals": "measure,item,period,series,value,preferred\noutput,steel,0,own,5,yes\noutput,cloth,0,own,10,yes\n"
    "value_index,industry,2,official,1.9,yes\noutput,steel,2,own,6,yes",
    "plans": "plan\nmore",
    "targets": "plan,measure,item,period,value\nmore,value_index,industry,2,2.5\nmore,output,steel,2,20\nmore,output,cloth,2,10",
}
ASKED = 'families = ["material_balance", "labour", "target"]\n'


def economy(folder: Path, **more: str) -> Economy:
    tables = {name: text + more.pop(name, "") for name, text in TABLES.items()}
    return build(folder / "economy", tables | more)


@pytest.mark.parametrize(
    ("table", "row", "code", "column"),
    [
        ("aggregates", "\nall,gold", "E104", "part"),
        ("aggregates", "\nheavy,cloth", "E116", "aggregate"),
        ("aggregates", "\nindustry,cloth", "E110", "aggregate"),
        ("targets", "\nmore,value,trade,2,1", "E104", "item"),
        ("targets", "\nmore,value,bread,2,1", "E133", "item"),
        ("targets", "\nmore,value_index,tools,2,1", "E133", "item"),
        ("targets", "\nmore,output,industry,2,1", "E104", "item"),
    ],
)
def test_what_cannot_be_counted_is_named(table: str, row: str, code: str, column: str, tmp_path: Path) -> None:
    with pytest.raises(DataError) as caught:
        economy(tmp_path, **{table: row})
    found = caught.value.findings[0]
    assert (found.code, found.file, found.column) == (code, f"{table}.csv", column)


def test_a_product_without_a_price_is_told_and_does_not_count(tmp_path: Path) -> None:
    facts = economy(tmp_path, targets="\nmore,value,light,2,30")
    assert [(f.code, f.value) for f in facts.warnings if f.code == "W207"] == [("W207", "bread")]


def test_the_official_index_stands_beside_those_implied_and_prices_decide(tmp_path: Path) -> None:
    """In the base 5 t at 2 and 10 m at 1 are 20 crowns; the figures ask for 20 t and 10 m, 50 crowns: 2.5 times as much.

    With steel at 1, 5 + 10 = 15 become 30, twice as much; at 4, 20 + 10 = 30 become 90, three times.
    """
    answer = planner.solve(economy(tmp_path), model=question(tmp_path, ASKED), plan="more")
    row = answer.tables["indices"].iloc[0]
    assert row[["official", "by_figures", "by_figures_low", "by_figures_high", "covered"]].tolist() == pytest.approx(
        [2.5, 2.5, 2.0, 3.0, 1.0]
    )
    assert row[["actual", "by_actuals"]].tolist() == pytest.approx([1.9, 1.2])
    assert answer.indices == [
        "Prices of the base period 0 decide the index of the output of industry: officially 2.5 in 2, and 2.5 by the plan's own "
        "figures at these prices, 2 to 3 within their ranges; the figures cover 100 % of its value."
    ]
    asked = question(tmp_path, ASKED + '[targets]\nbasis = "growth"\n')
    growth = planner.solve(economy(tmp_path), model=asked, plan="more")
    assert not [f for f in growth.warnings if f.code == "W129" and "value_index" in f.sentence]
    found = planner.assess(economy(tmp_path), model=question(tmp_path, ASKED), plan="more")
    assert found.summary["indices"] == answer.indices
    assert found.tables["indices"]["by_figures"].tolist() == pytest.approx([2.5])
