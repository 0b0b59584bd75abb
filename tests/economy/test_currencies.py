"""Several foreign currencies: each has a balance of its own, and one is changed for another only at a stated rate."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.answers.solve import solve
from planner.economy import DataError
from tests.cli.conftest import unexplained
from tests.formulation.build import build, question

TABLES = {
    "products": "product,unit\ngrain,t\nmachines,pcs",
    "activities": "activity,product\nfarming,grain",
    "coefficients": "activity,item,role,value\nfarming,land,resource,1",
    "resources": "resource,unit\nland,ha",
    "supply": "resource,period,value,low,high\nland,*,100,90,100",
    "trade": "product,direction,period,currency,price,limit,unit\ngrain,export,*,dollars,2,30,dollars per t\n"
    "grain,export,*,marks,5,,marks per t\nmachines,import,*,dollars,4,,\nmachines,import,*,marks,25,,",
    "finance": "period,currency,credit,debt_limit,interest,unit\n*,dollars,10,10,0.1,dollars\n*,marks,0,,,",
    "exchange": "from,to,period,rate,rate_low,rate_high,limit,unit\nmarks,dollars,*,0.25,0.2,0.3,100,dollars per marks",
}
MOST = (
    'objective = "own"\nfamilies = ["material_balance", "resource", "foreign_exchange"]\n'
    '[own]\nterms = [{ measure = "delivery", item = "machines", period = "1..2" }]\n'
)


def test_each_currency_pays_for_itself_and_one_is_changed_at_its_rate(tmp_path: Path) -> None:
    """30 t for 60 dollars, 70 t for 350 marks, of which 100 fetch 25 dollars: 85 / 4 and 250 / 25 machines, and 10 dollars lent once."""
    answer = solve(build(tmp_path / "economy", TABLES), model=question(tmp_path, MOST))
    assert answer.value == pytest.approx(2 * (85 / 4 + 250 / 25) + 10 / 4)
    trade = answer.tables["trade"]
    sign = trade["direction"].map({"import": -1, "interest": -1, "other_payments": -1}).fillna(1)
    assert (sign * trade["value"]).groupby([trade["currency"], trade["period"]]).sum().to_numpy() == pytest.approx(0.0)
    paid = answer.tables["payments"].set_index(["kind", "measure", "item", "currency", "period"])["amount"]
    assert paid["revenue", "exchange", "marks", "dollars", 1] == pytest.approx(25.0)
    assert paid["cost", "import", "machines", "marks", 1] == pytest.approx(250.0)
    price = answer.tables["prices"].query("family == 'foreign_exchange'").set_index(["item", "period"])["shadow_price"]
    assert price.abs().to_dict() == pytest.approx(
        {("dollars", 1): 1 / 4, ("dollars", 2): 1 / 4, ("marks", 1): 1 / 25, ("marks", 2): 1 / 25}
    )
    assert not unexplained(answer.write(tmp_path / "run"))


def test_without_a_rate_nothing_is_changed_and_the_better_end_of_one_is_the_higher(tmp_path: Path) -> None:
    asked = question(tmp_path, MOST)
    apart = build(tmp_path / "apart", {name: text for name, text in TABLES.items() if name != "exchange"})
    assert solve(apart, model=asked).value == pytest.approx(2 * (60 / 4 + 350 / 25) + 10 / 4)
    economy = build(tmp_path / "economy", TABLES)
    assert solve(economy, model=asked, corner="optimistic").value == pytest.approx(2 * (90 / 4 + 10) + 10 / 4)


@pytest.mark.parametrize(
    ("table", "row", "code", "column"),
    [
        ("trade", "grain,import,*,,9,,", "E217", "currency"),
        ("finance", "*,,1,,,", "E217", "currency"),
        ("bounds", "measure,item,period,sense,value\ntrade_balance,*,*,at_least,0", "E217", "measure"),
        (
            "price_steps",
            "kind,measure,item,currency,period,above,value\nrevenue,export,grain,marks,*,5,4",
            "E217",
            "item",
        ),
        ("exchange", "marks,marks,*,1,,,,", "E113", "to"),
        ("exchange", "marks,francs,*,1,,,,", "E104", "to"),
        ("exchange", "dollars,marks,*,4,,,,dollars per marks", "E150", "unit"),
        ("trade", "grain,import,*,dollars,9,,marks per t", "E150", "unit"),
        ("trade", "machines,export,*,dollars,5,,", "E138", "price"),
    ],
)
def test_what_is_in_no_currency_or_in_another_is_refused(
    table: str, row: str, code: str, column: str, tmp_path: Path
) -> None:
    text = f"{TABLES[table]}\n{row}" if table in TABLES else row
    with pytest.raises(DataError) as caught:
        build(tmp_path / "economy", {**TABLES, table: text})
    assert [(f.code, f.file, f.column) for f in caught.value.findings] == [(code, f"{table}.csv", column)]


def test_what_counts_foreign_exchange_as_one_asks_for_one_currency(tmp_path: Path) -> None:
    placed = {
        "products": "product,unit,place\ngrain,t,shipped\nmachines,pcs,",
        "regions": "region\nA\nB",
        "links": "link,from,to\nroad,A,B",
        "carriage": "product,currency,per_unit\ngrain,dollars,0",
        "shares": "table,item,region,value\nsupply,land,A,1",
    }
    with pytest.raises(DataError) as caught:
        build(tmp_path / "placed", {**TABLES, **placed})
    assert {(f.code, f.column) for f in caught.value.findings} == {("E217", "product")}
    marked = TABLES["finance"].replace("unit\n", "unit,residual\n").replace("0.1,dollars", "0.1,dollars,yes") + ",no"
    with pytest.raises(DataError) as caught:
        build(tmp_path / "marked", {**TABLES, "finance": marked})
    assert ("E217", "residual") in {(f.code, f.column) for f in caught.value.findings}
