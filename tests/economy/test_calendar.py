"""Periods of their own length, and parts of a period."""

from __future__ import annotations

from pathlib import Path

import pytest

import planner
from planner.analysis.feasibility.horizon import earlier, extended, year_reached
from planner.economy import DataError, Economy
from planner.economy.opening_position import at_year
from tests.formulation.build import build, question

SEASONS = 'periods = ["1.summer", "1.winter", "2"]\n'
TABLES = {
    "periods": "period,length,part_of\n1,1,\n1.summer,0.5,1\n1.winter,0.5,1\n2,2,",
    "products": "product,unit\ngrain,t",
    "activities": "activity,product\nfarming,grain",
    "coefficients": "activity,item,role,value\nfarming,farms,capacity,1",
    "capacities": "capacity,unit,initial\nfarms,t a year,100",
    "stocks": "product,spoilage\ngrain,0.75",
    "final_use": "product,use,period,value\ngrain,seed,1.summer,0",
    "plans": "plan\nmore",
    "targets": "plan,measure,item,period,value\nmore,delivery,grain,1.winter,100",
}
ASKED = 'families = ["material_balance", "capacity", "capacity_accumulation", "target"]\n'


def economy(folder: Path, heading: str = SEASONS, **tables: str) -> Economy:
    return build(folder / "economy", {**TABLES, **tables}, heading)


def lengths(*rows: str) -> str:
    return "\n".join(["period,length,part_of", *rows])


@pytest.mark.parametrize(
    ("rows", "code", "column"),
    [
        (("1.spring,0.5,1",), "E140", "period"),
        (("1.summer,0,1", "1.winter,1,1"), "E215", "length"),
        (("1,1.5,", "1.summer,0.5,1", "1.winter,0.5,1"), "E215", "length"),
        (("1.summer,0.5,1", "1.winter,0.5,"), "E215", "part_of"),
        (("1.summer,0.5,year", "1.winter,0.5,year"), "E215", "period"),
        (("1.summer,0.5,2", "1.winter,0.5,1"), "E215", "part_of"),
    ],
)
def test_parts_that_do_not_fit_are_named(rows: tuple[str, ...], code: str, column: str, tmp_path: Path) -> None:
    with pytest.raises(DataError) as caught:
        economy(tmp_path, periods=lengths(*rows))
    found = caught.value.findings[0]
    assert (found.code, found.file, found.column) == (code, "periods.csv", column)


def test_parts_follow_one_another(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="do not follow one another"):
        economy(tmp_path, 'periods = ["1.summer", "2", "1.winter"]\n')


def test_what_counts_periods_goes_with_even_ones_alone(tmp_path: Path) -> None:
    with pytest.raises(DataError) as caught:
        economy(tmp_path, final_use="product,use,period,value,residual\ngrain,seed,*,1,yes")
    assert [(found.code, found.file) for found in caught.value.findings] == [("E214", "final_use.csv")]
    with pytest.raises(DataError) as caught:
        at_year(economy(tmp_path), "2")
    assert caught.value.findings[0].code == "E214"
    with pytest.raises(DataError) as caught:
        planner.execute(economy(tmp_path), plan="more")
    assert caught.value.findings[0].code == "E214"


WORKS = {
    "periods": lengths("2,2,"),
    "final_use": "product,use,period,value",
    "stocks": "product",
    "projects": "project,capacity,size,gestation,earliest\npolder,farms,150,3,1",
    "project_goods": "project,item,year,value\npolder,grain,1,50\npolder,grain,2,50",
    "targets": "plan,measure,item,period,value\nmore,delivery,grain,1..3,500",
}


def test_projects_take_calendar_time(tmp_path: Path) -> None:
    """Periods of one, two and one year. Farms deliver 400 t in them; a polder of 150 t takes 100 t and three years to dike.

    Begun as the first period opens it is there in the third, three years on: 450 t. Begun a period later it comes too late.
    """
    asked = question(tmp_path, ASKED.replace('"target"', '"target", "project"') + '[projects]\ndivisible = "none"')
    heading = 'periods = ["1", "2", "3"]\n'
    answer = planner.projects(economy(tmp_path, heading, **WORKS), model=asked, plan="more")
    assert answer.summary["value"] == pytest.approx(0.9)
    table = answer.tables["projects"].drop_duplicates("project")
    assert table[["start", "on_stream"]].to_numpy().tolist() == [["1", "3"]]
    later = {**WORKS, "projects": WORKS["projects"].removesuffix("1") + "2"}
    answer = planner.projects(economy(tmp_path / "later", heading, **later), model=asked, plan="more")
    assert answer.summary["value"] == pytest.approx(0.8)


def test_a_project_starts_as_a_whole_opens(tmp_path: Path) -> None:
    works = "project,capacity,size,gestation,earliest,latest\npolder,farms,1,0,1.winter,1.winter"
    with pytest.raises(DataError, match="No whole period opens between") as caught:
        economy(tmp_path, projects=works)
    assert [(found.code, found.file, found.rows) for found in caught.value.findings] == [("E144", "projects.csv", (2,))]


def test_what_is_kept_from_one_season_is_there_in_the_next(tmp_path: Path) -> None:
    """Half a year's harvest is 50 t. Of that of summer a half is left in winter, 25 t beside the 50 of winter: 75 of 100."""
    asked = question(tmp_path, ASKED)
    assert planner.assess(economy(tmp_path), model=asked, plan="more").value == pytest.approx(0.75)
    fallow = "measure,item,period,sense,value\noutput,grain,1.winter,at_most,0"
    assert planner.assess(economy(tmp_path, bounds=fallow), model=asked, plan="more").value == pytest.approx(0.25)


def test_a_figure_of_a_period_is_of_its_parts_together(tmp_path: Path) -> None:
    """100 t in the year and 200 in the two after it; plant is what stands in the last part; both spellings are one."""
    targets = "plan,measure,item,period,value\nmore,output,grain,1.summer..1.winter,80\nmore,output,grain,2,100\n"
    answer = planner.assess(
        economy(tmp_path, targets=targets + "more,capacity,farms,1,50"), model=question(tmp_path, ASKED), plan="more"
    )
    assert answer.value == pytest.approx(1.25)
    assert answer.tables["feasibility"]["period"].astype(str).tolist() == ["1", "1", "2"]
    path = answer.tables["path"]
    assert set(path.loc[path["reference"] > 0, "period"].astype(str)) == {"2"}


def test_later_dates_are_as_long_as_the_last_period(tmp_path: Path) -> None:
    """Of 700 t farms grow 300 in three years, and 200 more in each period after them."""
    asked = question(tmp_path, ASKED)
    targets = "plan,measure,item,period,value\nmore,delivery,grain,1..2,700"
    tables = {"targets": targets, "final_use": "product,use,period,value", "periods": lengths("1,1,", "2,2,")}
    tables["bounds"] = "measure,item,period,sense,value\nstart,farms,*,at_most,0"
    table = year_reached(economy(tmp_path, 'periods = ["1", "2"]\n', **tables), asked, "more")
    assert table["due"].tolist() == ["2", "3", "4"]
    assert table["attainment"].tolist() == pytest.approx([3 / 7, 5 / 7, 1.0])


def test_later_dates_have_the_parts_of_the_last_period(tmp_path: Path) -> None:
    """Of 250 t farms grow 100 a year, 50 in each season: 0.8 in two years, and three do; a year earlier 0.4."""
    heading = 'periods = ["1.summer", "1.winter", "2.summer", "2.winter"]\n'
    seasons = lengths(*(f"{year}.{season},0.5,{year}" for year in (1, 2) for season in ("summer", "winter")), "2,1,")
    targets = "plan,measure,item,period,value\nmore,delivery,grain,1..2,250\nmore,output,grain,2.winter,20"
    tables = {"targets": targets, "stocks": "product", "periods": seasons}
    asked = question(tmp_path, ASKED)
    bounds = "measure,item,period,sense,value\nstart,farms,*,at_most,0"
    country = economy(tmp_path, heading, **tables, bounds=bounds)
    table = year_reached(country, asked, "more")
    assert table[["due", "periods"]].to_numpy().tolist() == [["2", 2], ["3", 3]]
    assert table["attainment"].tolist() == pytest.approx([0.8, 1.2])
    assert extended(country, "more", 1).tables["targets"]["period"].tolist() == ["1.summer..3.winter", "3.winter"]
    sooner = earlier(country, "more")
    assert sooner.tables["targets"]["period"].tolist() == ["1", "1.winter"]
    assert planner.assess(sooner, model=asked, plan="more").value == pytest.approx(0.4)


def test_what_is_due_in_a_part_is_not_due_where_there_is_none(tmp_path: Path) -> None:
    """A figure of the second summer is nowhere due a year earlier, when there are no seasons; nor are others of the plan."""
    heading = 'periods = ["1", "2.summer", "2.winter"]\n'
    targets = "plan,measure,item,period,value\nmore,output,grain,2,10\nmore,output,grain,2.summer,5"
    tables = {"targets": targets, "final_use": "product,use,period,value"}
    there = {**tables, "periods": lengths("2.summer,0.5,2", "2.winter,0.5,2")}
    assert not len(earlier(economy(tmp_path, heading, **there), "more").tables["targets"])


def test_money_of_later_periods_goes_by_their_lengths(tmp_path: Path) -> None:
    """Numbers that only count periods are no dates: a crown of the second, which opens after two years, counts for 0.64.

    Where the first has two parts of a year, so that money of either is its own, it counts for as much.
    """
    tables = {"final_use": "product,use,period,value\ngrain,seed,*,1", "periods": lengths("1,2,", "2,1,")}
    tables["costs"] = "kind,measure,item,currency,period,value\ncost,output,grain,crowns,*,1"
    tables["targets"] = "plan,measure,item,period,value"
    heading = 'periods = ["1", "2"]\n[discounting]\nrate = 0.25\n'
    asked = question(tmp_path, 'objective = "least_cost"\nfamilies = ["material_balance"]\n')
    assert planner.solve(economy(tmp_path, heading, **tables), model=asked).value == pytest.approx(1.64)
    tables["periods"] = lengths("1.a,1,1", "1.b,1,1", "2,1,")
    heading = 'periods = ["1.a", "1.b", "2"]\n[discounting]\nrate = 0.25\nto = "1.b"\n'
    parted = economy(tmp_path / "parted", heading, **tables)
    assert planner.solve(parted, model=asked).value == pytest.approx(1 + 1 + 0.64)
