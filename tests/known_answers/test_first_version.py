"""What models had to be disguised as before tables said it plainly: both ways have the same optimum, worked out by hand."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from planner.answers.solve import solve
from tests.formulation.build import build, question

PLAN = {"plans": "plan\nplan"}


def optimum(folder: Path, tables: Mapping[str, str], asked: str) -> float:
    return float(
        solve(
            build(folder / "economy", {**PLAN, **tables}),
            model=question(folder, asked),
            plan="plan" if "targets" in tables else None,
        ).value
    )


def test_a_delivery_of_at_most_nothing_is_a_balance_that_is_an_equation(tmp_path: Path) -> None:
    """A ton of coke brings two of gas, of which heat for 10 takes one each: 5 t of coke, where ovens could make 20."""
    tables = {
        "activities": "activity,product\ncoking,coke\nheating,heat",
        "coefficients": "activity,item,role,value\ncoking,gas,output,2\nheating,gas,input,1\ncoking,ovens,capacity,1",
        "capacities": "capacity,unit,initial\novens,t,20",
        "bounds": "measure,item,period,sense,value\noutput,heat,1,at_most,10",
    }
    asked = (
        'families = ["material_balance", "capacity", "capacity_accumulation", "target"]\nobjective = "own"\n'
        '[own]\nterms = [{ measure = "output", item = "coke", period = "1" }]\n'
    )
    goods = "product,unit,disposal\ncoke,t,\nheat,GJ,\ngas,t,"
    disguised = {
        "products": goods,
        "targets": "plan,measure,item,period,sense,value,hard\nplan,delivery,gas,1,at_most,0,yes",
    }
    plain = {"products": f"{goods}none", "targets": "plan,measure,item,period,value\nplan,output,coke,2,0"}
    free = {**plain, "products": goods}
    found = [
        optimum(tmp_path / name, {**tables, **more}, asked)
        for name, more in (("1", disguised), ("2", plain), ("3", free))
    ]
    assert found == pytest.approx([5.0, 5.0, 20.0])


def test_money_is_a_product_or_money(tmp_path: Path) -> None:
    """A ton of steel sells for 30 and takes 2 t of ore at 7; 10 t can be rolled: 160 crowns."""
    mill = {"capacities": "capacity,unit,initial\nmill,t,10"}
    common = 'families = ["material_balance", "capacity", "capacity_accumulation"]\n'
    disguised = {
        "products": "product,unit\nsteel,t\nore,t\nmoney,crowns",
        "activities": "activity,product\nmill,steel\nselling,money\nbuying,ore",
        "coefficients": "activity,item,role,value\nmill,ore,input,2\nselling,steel,input,1\nselling,money,output,30\nbuying,money,input,7",
        "final_use": "product,use,period,value,credit\nmoney,till,1,-1000,yes",
    }
    own = common + 'objective = "own"\n[own]\nterms = [{ measure = "delivery", item = "money", period = "1" }]\n'
    plain = {
        "products": "product,unit\nsteel,t\nore,t",
        "activities": "activity,product\nmill,steel\nbuying,ore",
        "coefficients": "activity,item,role,value\nmill,ore,input,2",
        "costs": "kind,measure,item,currency,period,value\nrevenue,delivery,steel,crowns,1,30\ncost,activity,buying,crowns,1,7",
    }
    assert optimum(tmp_path / "1", {**mill, **disguised}, own) == pytest.approx(1160.0)
    assert optimum(tmp_path / "2", {**mill, **plain}, common + 'objective = "net_revenue"\n') == pytest.approx(160.0)


def test_a_project_on_plant_that_lasts_a_period_is_a_unit_that_is_on(tmp_path: Path) -> None:
    """Kept open in one of two periods a mine gives 10 t and takes 4 t of timber, of which there are 4 in each: 10 t in each."""
    common = {
        "products": "product,unit\nore,t\ntimber,t",
        "activities": "activity,product\nmining,ore",
        "final_use": "product,use,period,value,credit\ntimber,stock,1,-4,yes\ntimber,stock,2,-4,yes",
    }
    families = ["material_balance", "capacity", "capacity_accumulation"]
    terms = '[own]\nterms = [{ measure = "output", item = "ore", period = "1..2" }]\n'
    disguised = {
        "coefficients": "activity,item,role,value\nmining,open,capacity,1",
        "capacities": "capacity,unit,initial,retirement,gestation\nopen,t,0,1,0",
        "projects": "project,capacity,size,cost,gestation,earliest,latest\nfirst,open,10,1,0,1,1\nsecond,open,10,1,0,2,2",
        "project_goods": "project,item,year,value\nfirst,timber,1,4\nsecond,timber,1,4",
    }
    plain = {
        "activities": "activity,product\nmining,ore\nkeeping,ore",
        "coefficients": "activity,item,role,value\nkeeping,ore,output,0\nkeeping,timber,input,4",
        "runs": "activity,units,least,most\nkeeping,1,1,1",
        "relations": "relation,period,sense,value\nopen,*,at_most,0",
        "relation_terms": "relation,measure,item,weight\nopen,activity,mining,1\nopen,running,keeping,-10",
    }
    asked = f'objective = "own"\nfamilies = {families}\n{terms}'.replace("'", '"')
    works = asked.replace('"capacity_accumulation"', '"capacity_accumulation", "project"')
    assert optimum(tmp_path / "1", {**common, **disguised}, works) == pytest.approx(20.0)
    assert optimum(tmp_path / "2", {**common, **plain}, asked) == pytest.approx(20.0)


def test_periods_of_a_load_curve_and_terms_of_an_objective_are_parts_and_costs(tmp_path: Path) -> None:
    """2 of heat in summer and 7 in winter, from 5 a half-year of gas at 3 and any amount of oil at 5: 21 and 10 crowns."""
    tables = {
        "products": "product,unit\nheat,GJ",
        "activities": "activity,product\ngas,heat\noil,heat",
        "coefficients": "activity,item,role,value\ngas,boilers,capacity,1",
    }
    families = 'families = ["material_balance", "capacity", "capacity_accumulation"]\n'
    disguised = {
        "capacities": "capacity,unit,initial,gestation\nboilers,GJ,5,2",
        "final_use": "product,use,period,value\nheat,town,1,2\nheat,town,2,7",
    }
    terms = ", ".join(
        f'{{ measure = "activity", item = "{name}", period = "1..2", weight = {n} }}'
        for name, n in (("gas", 3.0), ("oil", 5.0))
    )
    told = f'{families}objective = "own"\n[own]\nsense = "min"\nterms = [{terms}]\n'
    plain = {
        "periods": "period,length,part_of\n1.summer,0.5,1\n1.winter,0.5,1",
        "capacities": "capacity,unit,initial\nboilers,GJ a year,10",
        "final_use": "product,use,period,value\nheat,town,1.summer,2\nheat,town,1.winter,7",
        "costs": "kind,measure,item,currency,period,value\ncost,activity,gas,crowns,*,3\ncost,activity,oil,crowns,*,5",
    }
    parts = build(tmp_path / "parts", {**tables, **plain}, 'periods = ["1.summer", "1.winter"]\n')
    cheapest = question(tmp_path, f'{families}objective = "least_cost"\n')
    found = [optimum(tmp_path / "1", {**tables, **disguised}, told), solve(parts, model=cheapest).value]
    assert found == pytest.approx([31.0, 31.0])
