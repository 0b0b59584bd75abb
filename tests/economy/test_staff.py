"""Flows of people: what cannot be meant is named, and who is dismissed or recruited follows from the numbers."""

from __future__ import annotations

from pathlib import Path

import pytest

import planner
from planner.economy import DataError, Economy
from planner.economy.opening_position import at_year
from tests.formulation.build import build, question

TABLES = {
    "products": "product,unit\niron,t",
    "activities": "activity,product\nsmithing,iron",
    "coefficients": "activity,item,role,value\nsmithing,smiths,resource,1",
    "resources": "resource,unit,kind,initial,wastage,recruits,first_wastage,dismissals\n"
    "smiths,persons,labour,10,0.2,3,0.5,yes\nhands,persons,labour,20,,,,",
    "training": "to_resource,from_resource,periods,growth_limit,joining,staying\nsmiths,hands,1,0.25,0.5,",
    "plans": "plan\nmore",
    "targets": "plan,measure,item,period,value\nmore,output,iron,2,12",
}
ASKED = 'families = ["material_balance", "labour", "training", "target"]\n'


def economy(folder: Path, **more: str) -> Economy:
    return build(folder / "economy", {name: text + more.get(name, "") for name, text in TABLES.items()} | _new(more))


def _new(more: dict[str, str]) -> dict[str, str]:
    return {name: text for name, text in more.items() if name not in TABLES}


@pytest.mark.parametrize(
    ("table", "row", "code", "column"),
    [
        ("resources", "\nland,ha,land,5,,,,", "E117", "resource"),
        ("resources", "\nmasons,persons,labour,5,1.5,,,", "E122", "wastage"),
        ("resources", "\nmasons,persons,labour,5,,,,perhaps", "E125", "dismissals"),
        ("targets", "\nmore,recruited,hands,2,1", "E133", "item"),
        ("targets", "\nmore,dismissed,hands,2,1", "E133", "item"),
        ("targets", "\nmore,trained,hands,2,1", "E133", "item"),
        ("targets", "\nmore,downgraded,smiths,2,1", "E133", "item"),
    ],
)
def test_what_cannot_be_meant_is_named(table: str, row: str, code: str, column: str, tmp_path: Path) -> None:
    with pytest.raises(DataError) as caught:
        economy(tmp_path, **{table: row})
    found = caught.value.findings[0]
    assert (found.code, found.file, found.column) == (code, f"{table}.csv", column)


def test_who_works_in_the_second_period(tmp_path: Path) -> None:
    """Of 10 smiths 6.4 are left; of 3 recruits in each period 1.5 stay, then 1.2; of g trainees half join in the second period.

    In the first there are 8 + 1.5, of whom a quarter may be trained: 2.375, and 1.1875 join: 6.4 + 1.2 + 1.5 + 1.1875 = 10.2875.
    """
    answer = planner.assess(economy(tmp_path), model=question(tmp_path, ASKED), plan="more")
    assert answer.found.attainment("central") == pytest.approx(10.2875 / 12)
    assert "recruits there are" in " ".join(answer.tables["conflicts"]["sentence"])


def test_a_year_later_fewer_are_left_of_the_base_date(tmp_path: Path) -> None:
    staff = at_year(economy(tmp_path), "2").tables["resources"].set_index("resource")["initial"]
    assert staff.to_dict() == pytest.approx({"smiths": 8.0, "hands": 20.0})
