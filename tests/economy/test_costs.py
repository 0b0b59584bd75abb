"""What is paid and earned: rows of costs are checked like others, currencies are kept apart, and time has a price."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.answers.solve import solve
from planner.economy import DataError, Economy, load
from tests.formulation.build import build, question

TABLES = {
    "products": "product,unit\nsteel,t",
    "activities": "activity,product\nmaking,steel",
    "resources": "resource,unit\nmill,hours",
    "supply": "resource,period,value\nmill,*,10",
    "coefficients": "activity,item,role,value\nmaking,mill,resource,2",
    "costs": (
        "kind,measure,item,currency,period,value,low,high,unit\n"
        "cost,activity,making,crowns,*,4,3,6,crowns per t\n"
        "revenue,delivery,steel,crowns,*,10,8,11,crowns per t\n"
    ),
}
ASKED = 'objective = "net_revenue"\nfamilies = ["material_balance", "resource"]\n'


def economy(folder: Path, row: str = "", heading: str = "") -> Economy:
    return build(folder / "economy", {**TABLES, "costs": TABLES["costs"] + row}, heading)


@pytest.mark.parametrize(
    ("row", "code", "column"),
    [
        ("cost,activity,making,,*,1,,,", "E111", "currency"),
        ("cost,cost,crowns,crowns,*,1,,,", "E125", "measure"),
        ("cost,profit,making,crowns,*,1,,,", "E125", "measure"),
        ("cost,activity,forging,crowns,*,1,,,", "E104", "item"),
        ("cost,employment,mill,crowns,*,1,,,crowns per t", "E150", "unit"),
        ("cost,employment,mill,crowns,*,1,,,pounds per hour", "E150", "unit"),
        ("cost,activity,making,crowns,*,1,,,", "E110", "kind"),
    ],
)
def test_a_row_that_cannot_be_meant_is_named(row: str, code: str, column: str, tmp_path: Path) -> None:
    with pytest.raises(DataError) as caught:
        economy(tmp_path, row)
    found = caught.value.findings[0]
    assert (found.code, found.file, found.column, found.rows[-1]) == (code, "costs.csv", column, 4)


def test_money_is_told_to_the_last_unit_and_its_ranges_favour_the_plan_at_one_corner(tmp_path: Path) -> None:
    """5 tons a period, each bringing 10 less 4: 60 in both; at best 11 less 3, at worst 8 less 6."""
    facts, asked = economy(tmp_path), question(tmp_path, ASKED)
    worth = {
        corner: solve(facts, model=asked, corner=corner).value for corner in ("central", "optimistic", "pessimistic")
    }
    assert worth == pytest.approx({"central": 60.0, "optimistic": 80.0, "pessimistic": 20.0})
    answer = solve(facts, model=asked)
    assert answer.headline == "Net revenue: 60 crowns."
    assert answer.tables["payments"].groupby("kind")["amount"].sum().to_dict() == pytest.approx(
        {"cost": 40.0, "revenue": 100.0}
    )
    cheapest = solve(facts, model=question(tmp_path, ASKED.replace("net_revenue", "least_cost")))
    assert cheapest.value == pytest.approx(-60.0)


def test_money_of_later_periods_counts_less(tmp_path: Path) -> None:
    asked = question(tmp_path, ASKED)
    facts = economy(tmp_path, heading='[discounting]\nrate = 0.25\nto = "0"\n')
    answer = solve(facts, model=asked)
    assert answer.value == pytest.approx(30 / 1.25 + 30 / 1.25**2)
    assert answer.headline == "Net revenue, discounted at 25 % to 0: 43.2 crowns."
    own = solve(facts, model=question(tmp_path, ASKED + "[money]\ndiscount = 0.0\n"))
    assert own.value == pytest.approx(60.0)


def test_a_date_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError) as caught:
        economy(tmp_path, heading='[discounting]\nrate = 0.25\nto = "spring"\n')
    assert [(f.code, f.column) for f in caught.value.findings] == [("E140", "discounting.to")]


def test_currencies_are_kept_apart(tmp_path: Path) -> None:
    facts = economy(tmp_path, "cost,employment,mill,pounds,*,1,,,pounds per hour\n")
    with pytest.raises(DataError) as caught:
        solve(facts, model=question(tmp_path, ASKED))
    assert [(f.code, f.column) for f in caught.value.findings] == [("E178", "money.currency")]
    pounds = question(tmp_path, ASKED + '[money]\ncurrency = "pounds"\n')
    assert solve(facts, model=pounds).value == pytest.approx(0.0)  # nothing made costs none
    with pytest.raises(DataError) as caught:
        solve(facts, model=question(tmp_path, ASKED + '[money]\ncurrency = "roubles"\n'))
    assert caught.value.findings[0].code == "E178"
    with pytest.raises(DataError) as caught:
        solve(load("leontief"), model=question(tmp_path, ASKED))
    assert [(f.code, f.column) for f in caught.value.findings] == [("E178", "objective")]


STEPS = {
    "products": "product,unit\noil,t",
    "activities": "activity,product\ndrilling,oil\nmining,oil",
    "coefficients": "activity,item,role,value\ndrilling,wells,capacity,1",
    "capacities": "capacity,unit,initial\nwells,t,100",
    "final_use": "product,use,period,value\noil,town,1,30\noil,town,2,0",
    "trade": "product,direction,period,price\noil,export,1,1",
    "finance": "period,unit\n*,crowns",
    "costs": "kind,measure,item,currency,period,value,due\ncost,activity,drilling,crowns,*,2,0\ncost,activity,mining,crowns,*,3,0\n"
    "cost,activity,mining,crowns,*,1,1\n",
    "price_steps": "kind,measure,item,currency,period,above,value\ncost,activity,drilling,crowns,1,10,3\n",
}


@pytest.mark.parametrize(
    ("row", "code", "column"),
    [
        ("cost,activity,drilling,crowns,1,20,2.5", "E216", "value"),
        ("revenue,export,oil,crowns,1,5,1.5", "E216", "value"),
        ("cost,activity,drilling,crowns,1,0,3", "E216", "above"),
        ("cost,activity,drilling,pounds,1,5,3", "E216", "item"),
        ("cost,activity,boring,crowns,1,5,3", "E104", "item"),
        ("cost,activity,mining,crowns,1,5,6", "E216", "item"),
    ],
)
def test_a_step_that_would_come_first_is_refused(row: str, code: str, column: str, tmp_path: Path) -> None:
    with pytest.raises(DataError) as caught:
        build(tmp_path / "economy", {**STEPS, "price_steps": STEPS["price_steps"] + row})
    found = caught.value.findings[0]
    assert (found.code, found.file, found.column) == (code, "price_steps.csv", column)


def test_the_dearer_step_is_taken_last(tmp_path: Path) -> None:
    """30 t: 10 at 2, then 15 at 3, then mining at 4 before drilling at 5: 20 + 45 + 20 crowns."""
    tables = {
        **STEPS,
        "price_steps": STEPS["price_steps"] + "cost,activity,drilling,crowns,1,25,5\n",
    }  # mining: 3, and 1 a period later
    asked = question(tmp_path, 'families = ["material_balance"]\nobjective = "least_cost"\n')
    answer = solve(build(tmp_path / "economy", tables), model=asked)
    assert answer.value == pytest.approx(85.0)
    paid = answer.tables["payments"]
    assert paid["amount"].sum() == pytest.approx(85.0)
    assert sorted(paid.loc[paid["item"] == "drilling", "amount"].round(6)) == [0.0, 0.0, 20.0, 45.0]


def test_a_step_may_begin_within_a_unit(tmp_path: Path) -> None:
    """30 t: 10.5 at 2, then 19.5 at 3: 21 + 58.5 crowns."""
    tables = {**STEPS, "price_steps": STEPS["price_steps"].replace(",10,3", ",10.5,3")}
    asked = question(tmp_path, 'families = ["material_balance"]\nobjective = "least_cost"\n')
    assert solve(build(tmp_path / "economy", tables), model=asked).value == pytest.approx(79.5)


@pytest.mark.parametrize(
    ("table", "row", "column"),
    [
        ("bounds", "measure,item,period,sense,value\ncost,crowns,1,at_least,50", "item"),
        ("bounds", "measure,item,period,sense,value\nnet_revenue,crowns,1,exactly,-50", "item"),
        ("relation_terms", "relation,measure,item,weight\npaid,cost,crowns,1", "item"),
    ],
)
def test_a_sum_that_dearer_steps_would_meet_on_paper_is_refused(
    table: str, row: str, column: str, tmp_path: Path
) -> None:
    more = {table: row, "relations": "relation,period,sense,value\npaid,1,at_least,5"}
    if table == "bounds":
        more["relation_terms"] = "relation,measure,item,weight\npaid,output,oil,1"
    with pytest.raises(DataError) as caught:
        build(tmp_path / "economy", {**STEPS, **more})
    assert [(f.code, f.file, f.column) for f in caught.value.findings] == [("E216", f"{table}.csv", column)]
    own = 'families = ["material_balance"]\nobjective = "own"\n[own]\n'
    asked = question(tmp_path, own + 'terms = [{ measure = "cost", item = "crowns", period = "1" }]\n')
    with pytest.raises(DataError) as caught:
        solve(build(tmp_path / "plain", STEPS), model=asked)
    assert [(f.code, f.column) for f in caught.value.findings] == [("E178", "own.terms[1]")]


def test_a_payment_in_the_middle_of_a_period_is_discounted_for_half_of_it(tmp_path: Path) -> None:
    """30 t at 2 crowns, paid half a period after the first begins: 60 / 1.21 ** 0.5."""
    tables = {name: text for name, text in STEPS.items() if name != "price_steps"}
    tables["costs"] = "kind,measure,item,currency,period,value,due\ncost,activity,drilling,crowns,*,2,0.5"
    tables["activities"] = "activity,product\ndrilling,oil"
    del tables["trade"]
    asked = question(tmp_path, 'families = ["material_balance"]\nobjective = "least_cost"\n')
    answer = solve(build(tmp_path / "economy", tables, "[discounting]\nrate = 0.21\n"), model=asked)
    assert answer.value == pytest.approx(60 / 1.1)
