"""Several foreign currencies: each has a balance of its own, and one is changed for another only at a stated rate."""

from __future__ import annotations

from pathlib import Path

import pytest

import planner
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


def test_what_hangs_on_a_rate_and_on_how_much_may_be_changed(tmp_path: Path) -> None:
    """100 marks given a year fetch 25 dollars and so 25/4 machines, where they would buy 4: rate and limit are worth having.

    At 0.2 dollars a mark they fetch 20, at 0.3 they fetch 30, a difference of 2 * 10 / 4 machines over both years; 90 ha of land
    instead of 100 are 10 t less a year, 50 marks and 2 machines. One mark more to be given is worth 0.25 / 4 - 1 / 25.
    """
    economy, asked = build(tmp_path / "economy", TABLES), question(tmp_path, MOST)
    answer = planner.sensitivity(economy, model=asked, curves=["exchange:limit=1:2"])
    tornado = answer.tables["tornado"].query("by == 'number'").set_index("table")
    assert tornado["swing"].to_dict() == pytest.approx({"exchange": 2 * 10 / 4, "supply": 2 * 2})
    more = answer.tables["bottlenecks"].query("way == 'one'").set_index("first").loc["exchange:limit"]
    assert (more["added"], more["unit"], more["gain"]) == (20, "marks", pytest.approx(20 * (0.25 / 4 - 1 / 25)))
    assert answer.tables["curve"]["amount"].iloc[[0, -1]].tolist() == [200, 400]


def test_draws_move_rates_within_their_ranges(tmp_path: Path) -> None:
    """Every draw lies between all rates at 0.2 and 90 ha, and all at 0.3 and 100 ha."""
    asked = question(tmp_path, MOST)
    sampling, alone = planner.Sampling(samples=8), planner.Cluster(workers=1)
    economy = build(tmp_path / "economy", TABLES)
    answer = planner.uncertainty(economy, model=asked, sampling=sampling, cluster=alone)
    low, high = answer.tables["one_way"].set_index("moved")["value"][["pessimistic", "optimistic"]]
    assert (low, high) == pytest.approx((2 * (80 / 4 + 8) + 10 / 4, 2 * (90 / 4 + 10) + 10 / 4))
    values = answer.tables["samples"]["value"]
    assert values.between(low, high).all()
    assert values.nunique() == 8


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
