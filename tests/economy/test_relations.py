"""Rules of a user's own, upkeep of plant, and payments that fall due later."""

from __future__ import annotations

from pathlib import Path

import pytest

import planner
from planner.economy import DataError, Economy
from tests.formulation.build import build, question

TABLES = {
    "products": "product,unit\nsteel,t\ntools,t",
    "activities": "activity,product,group\nmaking,steel,heavy\nforging,tools,light",
    "coefficients": "activity,item,role,value\nmaking,works,capacity,1\nforging,steel,input,0.5\nforging,works,capacity,1",
    "capacities": "capacity,unit,initial,gestation\nworks,t,10,2",
    "upkeep": "capacity,item,value,unit\nworks,steel,0.1,t per t",
    "relations": "relation,period,name,sense,value\nshare,*,tools are a third of all output,exactly,0\n",
    "relation_terms": "relation,measure,item,lag,weight\nshare,output,steel,,-1\nshare,output,tools,,2\n",
    "runs": "activity,units,least,most\n",
    "run_inputs": "activity,item,measure,value,unit\n",
    "plans": "plan\nmore",
    "targets": "plan,measure,item,period,value\nmore,output,steel,2,9",
}
ASKED = 'families = ["material_balance", "capacity", "capacity_accumulation", "target"]\n'


def economy(folder: Path, **more: str) -> Economy:
    return build(folder / "economy", {**TABLES, **{name: TABLES[name] + rows for name, rows in more.items()}})


@pytest.mark.parametrize(
    ("table", "row", "code", "column"),
    [
        ("relations", "idle,1,,at_most,5", "E149", "relation"),
        ("relations", "share,3,,at_most,5", "E140", "period"),
        ("relations", "share,1,,,5", "E111", "sense"),
        ("relation_terms", "other,output,steel,,1", "E104", "relation"),
        ("relation_terms", "share,output,iron,,1", "E104", "item"),
        ("relation_terms", "share,profit,steel,,1", "E125", "measure"),
        ("relation_terms", "share,output,steel,1.5,1", "E124", "lag"),
        ("relation_terms", "share,output,steel,,1", "E110", "relation"),
        ("upkeep", "\nmill,steel,1,", "E104", "capacity"),
        ("runs", "rolling,1,0,5", "E104", "activity"),
        ("runs", "making,1.5,0,5", "E124", "units"),
        ("runs", "making,1,6,5", "E123", "least"),
        ("upkeep", "\nworks,tools,1,t per hour", "E150", "unit"),
        ("run_inputs", "making,steel,running,1,", "E104", "activity"),
    ],
)
def test_a_row_that_cannot_be_meant_is_named(table: str, row: str, code: str, column: str, tmp_path: Path) -> None:
    with pytest.raises(DataError) as caught:
        economy(tmp_path, **{table: row})
    found = caught.value.findings[0]
    assert (found.code, found.file, found.column) == (code, f"{table}.csv", column)


def test_a_rule_stands_in_conflicts_by_its_own_name(tmp_path: Path) -> None:
    """Tools are half as much as steel, and 10 t of plant make 15 units of neither: 6 2/3 t of steel, 74.07 % of 9."""
    answer = planner.assess(economy(tmp_path), model=question(tmp_path, ASKED), plan="more")
    assert "can be reached to 74.1 %" in answer.headline
    assert "the rule: tools are a third of all output" in " ".join(answer.tables["conflicts"]["sentence"])
    assert answer.tables["conflicts"]["proved"].iloc[0] == "yes"


def test_upkeep_is_a_use_of_its_own(tmp_path: Path) -> None:
    answer = planner.solve(economy(tmp_path), model=question(tmp_path, ASKED), plan="more")
    balance = answer.tables["balances"]
    kept = balance[balance["entry"] == "upkeep"]
    assert kept["quantity"].tolist() == pytest.approx([1.0, 1.0])
    assert set(kept["by"]) == {"works"}
    sides = balance.groupby(["product", "period", "side"])["quantity"].sum().unstack()
    assert sides["source"].to_numpy() == pytest.approx(sides["use"].to_numpy())


def test_what_units_take_is_a_use_of_its_own(tmp_path: Path) -> None:
    """A forge that is on takes 0.2 t of steel, and 1 t for being lit: 5 t of tools of each period are one forge, lit once."""
    more = {"runs": "forging,2,0,5", "run_inputs": "forging,steel,running,0.2,t per units\nforging,steel,started,1,"}
    tables = {**TABLES, **{name: TABLES[name] + rows for name, rows in more.items()}, "upkeep": "capacity,item,value"}
    tables |= {"final_use": "product,use,period,value\ntools,town,*,5"}
    tables |= {name: TABLES[name].partition("\n")[0] for name in ("relations", "relation_terms")}
    asked = 'families = ["material_balance"]\nobjective = "own"\n[own]\nsense = "min"\n'
    asked += 'terms = [{ measure = "output", item = "steel", period = "1..2" }]\n'
    answer = planner.solve(build(tmp_path / "economy", tables), model=question(tmp_path, asked), gap=0.0)
    assert answer.value == pytest.approx(2 * (0.5 * 5 + 0.2) + 1)
    balance = answer.tables["balances"]
    taken = balance[balance["entry"].isin(["running", "started"])]
    assert taken.groupby(["entry", "by"])["quantity"].sum().to_dict() == pytest.approx(
        {("running", "forging"): 0.4, ("started", "forging"): 1.0}
    )
    sides = balance.groupby(["product", "period", "side"])["quantity"].sum().unstack()
    assert sides["source"].to_numpy() == pytest.approx(sides["use"].to_numpy())


def test_units_of_a_region_take_what_is_there(tmp_path: Path) -> None:
    """Forges stand in both regions and run as units in the south alone: 2 of 3 t of steel of the south go for being on."""
    tables = {
        "regions": "region\nN\nS",
        "products": "product,unit,place\nsteel,t,local\ntools,t,pool",
        "activities": "activity,product,region\nforging,tools,N\nforging,tools,S",
        "coefficients": "activity,item,role,value\nforging,steel,input,1",
        "runs": "activity,region,units,most\nforging,S,1,5",
        "run_inputs": "activity,item,measure,value\nforging,steel,running,2",
        "final_use": "product,region,use,period,value,credit\nsteel,S,mill,*,-3,yes\nsteel,N,mill,*,-4,yes",
    }
    asked = 'families = ["material_balance"]\nobjective = "own"\n[own]\n'
    asked += 'terms = [{ measure = "output", item = "tools", period = "1" }]\n'
    assert planner.solve(
        build(tmp_path / "economy", tables), model=question(tmp_path, asked), gap=0.0
    ).value == pytest.approx(5.0)


def test_what_was_on_of_a_technique_without_units_says_nothing(tmp_path: Path) -> None:
    facts = build(tmp_path / "economy", {**TABLES, "opening": "kind,key,period,value\nrunning,making,1,2"})
    assert [(f.code, f.file) for f in facts.warnings] == [("W123", "opening.csv")]


def test_a_verdict_says_that_it_takes_whole_units_in_parts(tmp_path: Path) -> None:
    """Of ovens that give 5 t each 1.8 fit under a limit of 9 crews of 5: 9 t in parts, 5 of 9 in wholes."""
    ovens = {
        "products": "product,unit\nbread,t",
        "activities": "activity,product\nbaking,bread",
        "runs": "activity,units,least,most\nbaking,3,2,5",
        "relations": "relation,period,sense,value\ncrew,*,at_most,9",
        "relation_terms": "relation,measure,item,weight\ncrew,running,baking,5",
        "plans": "plan\nmore",
        "targets": "plan,measure,item,period,value\nmore,output,bread,2,9",
    }
    facts, asked = build(tmp_path / "economy", ovens), question(tmp_path, 'families = ["material_balance", "target"]\n')
    found = planner.assess(facts, model=asked, plan="more")
    assert found.headline.endswith("whole ones may reach less, which planner solve finds out.")
    assert planner.solve(facts, model=asked, plan="more").value == pytest.approx(5 / 9)
