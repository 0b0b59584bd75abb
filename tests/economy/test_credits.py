"""Negative final use: stocks drawn down outside the model, or a by-product that is credited, are a source where the row says so."""

from __future__ import annotations

from pathlib import Path

import pytest

import planner
from planner.economy import DataError
from tests.formulation.build import build, question

TABLES = {
    "products": "product,unit\ngas,m3\nheat,MWh",
    "activities": "activity,product\nheating,heat",
    "coefficients": "activity,item,role,value\nheating,gas,input,2",
    "final_use": "product,use,period,value,low,high,credit\ngas,coke_ovens,*,-10,-12,-8,yes",
    "plans": "plan\nmore",
    "targets": "plan,measure,item,period,value\nmore,output,heat,2,10",
}


@pytest.mark.parametrize("row", ["\nheat,homes,*,-1,,,", "\nheat,homes,*,1,-1,2,no"])
def test_a_use_is_not_negative(row: str, tmp_path: Path) -> None:
    with pytest.raises(DataError) as caught:
        build(tmp_path / "economy", {**TABLES, "final_use": TABLES["final_use"] + row})
    assert [(f.code, f.file, f.column) for f in caught.value.findings] == [("E122", "final_use.csv", "value")] * 1


def test_what_is_credited_can_be_used_and_more_of_it_favours_the_plan(tmp_path: Path) -> None:
    """10 m3 of gas, which nothing in the model makes, heat 5 MWh of 10; at the favourable end 12 m3 heat 6."""
    economy = build(tmp_path / "economy", TABLES)
    assert [f.code for f in economy.warnings if f.code != "W120"] == []
    asked = question(tmp_path, 'families = ["material_balance", "target"]\n')
    shares = [planner.solve(economy, model=asked, plan="more", corner=end).value for end in ("central", "optimistic")]
    assert shares == pytest.approx([0.5, 0.6])
    flows = planner.solve(economy, model=asked, plan="more").tables["balances"]
    gas = flows[(flows["product"] == "gas") & (flows["period"].astype(str) == "2")]
    assert gas.groupby("side")["quantity"].sum().to_dict() == pytest.approx({"source": 10.0, "use": 10.0})
