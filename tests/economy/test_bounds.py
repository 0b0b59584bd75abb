"""Bounds on measures, and products of which nothing may be left over: facts that hold in every question."""

from __future__ import annotations

from pathlib import Path

import pytest

import planner
from planner.economy import DataError, Economy
from planner.economy.opening_position import at_year
from tests.formulation.build import build, question

TABLES = {
    "products": "product,unit,disposal\nsteel,t,\ntar,t,none",
    "activities": "activity,product\nmaking,steel\nburning,tar",
    "coefficients": "activity,item,role,value\nmaking,mill,capacity,1\nburning,tar,output,0\nburning,tar,input,1\nmaking,tar,output,0.5",
    "capacities": "capacity,unit,initial,gestation\nmill,t,10,2",
    "bounds": "measure,item,period,sense,value,low,high,unit\nactivity,burning,*,at_most,3,2,4,t\noutput,steel,1..2,at_least,5,,,t\n",
    "plans": "plan\nmore",
    "targets": "plan,measure,item,period,value\nmore,output,steel,2,8",
}
ASKED = 'families = ["material_balance", "capacity", "capacity_accumulation", "target"]\n'


def economy(folder: Path, row: str = "", **tables: str) -> Economy:
    return build(folder / "economy", {**TABLES, "bounds": TABLES["bounds"] + row, **tables})


@pytest.mark.parametrize(
    ("row", "code", "column"),
    [
        ("activity,forging,*,at_most,1,,,", "E104", "item"),
        ("speed,making,*,at_most,1,,,", "E125", "measure"),
        ("activity,making,3,at_most,1,,,", "E140", "period"),
        ("activity,making,2..1,at_most,1,,,", "E141", "period"),
        ("activity,making,1,below,1,,,", "E125", "sense"),
        ("activity,making,1,,1,,,", "E111", "sense"),
        ("activity,making,1,at_most,,,,", "E111", "value"),
        ("activity,making,1,at_most,1,,,kt", "E150", "unit"),
        ('output,steel,"1,2",at_least,6,,,', "E110", "measure"),
        ("output,steel,1..2,exactly,6,,,", "E146", "sense"),
        ("export,steel,1,at_least,1,,,", "E133", "item"),
        ("delivery,tar,1,at_least,1,,,", "E133", "item"),
        ("cost,pounds,1,at_most,1,,,", "E104", "item"),
    ],
)
def test_a_bound_that_cannot_be_meant_is_named(row: str, code: str, column: str, tmp_path: Path) -> None:
    with pytest.raises(DataError) as caught:
        economy(tmp_path, row)
    found = caught.value.findings[0]
    assert (found.code, found.file, found.column, found.rows[-1]) == (code, "bounds.csv", column, 4)


def test_a_target_on_what_may_not_be_left_over_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError) as caught:
        economy(tmp_path, targets=TABLES["targets"] + "\nmore,delivery,tar,1,1")
    assert [(f.code, f.file) for f in caught.value.findings] == [("E133", "targets.csv")]


def test_what_must_be_burned_limits_what_is_made_and_the_bound_is_named(tmp_path: Path) -> None:
    """A ton of steel brings half a ton of tar, and 3 t a period can be burned: 6 t of steel, 75 % of what is asked."""
    answer = planner.assess(economy(tmp_path), model=question(tmp_path, ASKED), plan="more")
    assert "can be reached to 75.0 %" in answer.headline
    assert "with the upper bound on activity of burning" in " ".join(answer.tables["conflicts"]["sentence"])
    best = planner.solve(economy(tmp_path), model=question(tmp_path, ASKED), plan="more", corner="optimistic")
    assert best.value == pytest.approx(1.0)  # at the favourable end 4 t can be burned
    free = economy(tmp_path, products=TABLES["products"].replace("none", "free"))
    assert planner.solve(free, model=question(tmp_path, ASKED), plan="more").value == pytest.approx(1.25)


def test_one_year_of_it_keeps_the_bounds_of_that_year(tmp_path: Path) -> None:
    year = at_year(economy(tmp_path), "2")
    assert year.tables["bounds"][["measure", "period"]].to_numpy().tolist() == [["activity", "2"]]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("capacity,mill,2,at_least,12,,,", 'In 2 no more than 10 of "mill" can stand'),
        ("capacity,mill,1,exactly,10.5,,,", "works take 2 periods"),
        ("capacity,mill,1,at_least,10,,,", ""),
        ("capacity,mill,2,at_most,12,,,", ""),
    ],
)
def test_plant_that_is_asked_for_too_soon_is_told_before_anything_is_solved(
    row: str, said: str, tmp_path: Path
) -> None:
    found = [f.sentence for f in economy(tmp_path, row).warnings if f.code == "W128"]
    assert len(found) == bool(said)
    assert all(said in sentence for sentence in found)


def test_plant_that_may_not_grow_is_told_too(tmp_path: Path) -> None:
    still = "capacity,unit,initial,gestation,growth_limit\nmill,t,10,0,0"
    told = economy(tmp_path, "capacity,mill,2,at_least,12,,,", capacities=still).warnings
    [found] = [f.sentence for f in told if f.code == "W128"]
    assert "its growth limit lets it grow by nothing" in found
