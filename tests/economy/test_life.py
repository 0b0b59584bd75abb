"""Plant with a fixed life, and what was owed before the plan."""

from __future__ import annotations

from pathlib import Path

import pytest

import planner
from planner.economy import DataError
from tests.formulation.build import build, question

LIFE = {
    "products": "product,unit\nsteel,t",
    "activities": "activity,product\nmaking,steel",
    "coefficients": "activity,item,role,value\nmaking,mill,capacity,1",
    "capacities": "capacity,unit,initial,gestation,life\nmill,t,10,1,1",
    "opening": "kind,key,period,value,unit\nretiring,mill,2,4,t",
}


@pytest.mark.parametrize(
    ("rows", "code", "column"),
    [
        ("retiring,mine,2,1,t", "E104", "key"),
        ("retiring,mill,1,7,t", "E129", "value"),
        ("retiring,mill,1,1,kg", "E150", "unit"),
        ("debt,pounds,1,1,", "E104", "key"),
    ],
)
def test_a_life_that_cannot_be_is_named(rows: str, code: str, column: str, tmp_path: Path) -> None:
    with pytest.raises(DataError) as caught:
        build(tmp_path / "economy", {**LIFE, "opening": f"{LIFE['opening']}\n{rows}"})
    found = caught.value.findings[0]
    assert (found.code, found.file, found.column) == (code, "opening.csv", column)


def test_plant_is_gone_when_its_life_ends(tmp_path: Path) -> None:
    """Of 10 t 4 are gone in period 2, and a mill begun in period 1 works in it alone; a debt without a limit changes nothing."""
    tables = {**LIFE, "trade": "product,direction,period,price\nsteel,export,*,1"}
    tables |= {"finance": "period,unit\n*,pounds", "opening": LIFE["opening"] + "\ndebt,pounds,1,3,pounds"}
    economy = build(tmp_path / "economy", tables)
    assert [f.column for f in economy.warnings if f.code == "W123"] == ["key"]
    asked = question(
        tmp_path,
        'families = ["capacity_accumulation", "capacity"]\nobjective = "own"\n[own]\n'
        'terms = [{ measure = "output", item = "steel", period = "2" }, '
        '{ measure = "start", item = "mill", period = "1..2", weight = -2 }]\n',
    )
    answer = planner.solve(economy, model=asked)
    assert answer.value == pytest.approx(6.0)
    assert answer.tables["capacities"]["retired"].tolist() == pytest.approx([0.0, 4.0])
