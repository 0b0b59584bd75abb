"""What is taken ahead: leads where they apply, and what was begun before the first period."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from planner.economy import DataError, Finding, load
from planner.economy.arrays import Arrays
from planner.economy.opening_position import at_year
from planner.reporting.tables.data import data_tables


def refused(folder: Path) -> list[Finding]:
    with pytest.raises(DataError) as caught:
        load(folder)
    return list(caught.value.findings)


@pytest.mark.parametrize(("row", "role"), [(4, "capacity"), (11, "output")])
def test_outputs_and_capacities_have_no_lead(row: int, role: str, package: Any, written: Any) -> None:
    package.cell("coefficients.csv", row, "lead", "1")
    (finding,) = refused(written(package))
    assert (finding.code, finding.rows, finding.column) == ("E128", (row,), "lead")
    assert f'role "{role}"' in finding.sentence


def test_a_lead_on_the_command_line_is_checked_too(package: Any, written: Any) -> None:
    with pytest.raises(DataError) as caught:
        load(written(package), changes=["coefficients:item=furnaces:lead=1"])
    assert [(finding.code, finding.file) for finding in caught.value.findings] == [("E128", "--set")]


def test_what_was_begun_and_is_not_said(package: Any, written: Any) -> None:
    """Lead 2 from 2002 on and 1 before it: the harvests of 2001 and of 2002 were begun before the first period."""
    package.files["opening.csv"] = "kind,key,period,value\n"
    package.add("coefficients.csv", "farming,machines,input,2002,0.02,,,,,,2")
    package.cell("coefficients.csv", 3, "lead", "1")  # a resource may be taken ahead as well
    (finding,) = load(written(package)).warnings
    assert (finding.code, finding.file, finding.rows) == ("W122", "coefficients.csv", (3, 8, 12))
    assert "steel_making in 2001; farming in 2001 and 2002" in finding.sentence


def test_zero_is_an_answer(package: Any, written: Any) -> None:
    package.files["opening.csv"] = "kind,key,period,value\nactivity,farming,2001,0\n"
    assert load(written(package)).warnings == ()


def test_a_norm_of_nothing_reaches_nowhere(package: Any, written: Any) -> None:
    package.files["opening.csv"] = "kind,key,period,value\n"
    package.cell("coefficients.csv", 8, "value", "0")
    assert load(written(package)).warnings == ()


@pytest.mark.parametrize("line", ["activity,farming,2002,1", "activity,coal_mining,2001,1"])
def test_rows_in_vain_are_named(line: str, package: Any, written: Any) -> None:
    package.add("opening.csv", f"{line},,,")
    assert [(f.code, f.file, f.rows) for f in load(written(package)).warnings] == [("W123", "opening.csv", (3,))]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("activity,farmin,2001,1,,,", "E104"),
        ("activity,farming,2000,1,,,", "E140"),
        ("activity,farming,*,1,,,", "E140"),
        ("stock,coal,2001,1,,,", "E125"),
        ("activity,farming,2001,41,,,", "E110"),
        ("activity,steel_making,2001,-1,,,", "E122"),
        ("activity,steel_making,2001,1,,,kt", "E150"),
    ],
)
def test_rows_are_checked_like_those_of_other_tables(line: str, code: str, package: Any, written: Any) -> None:
    package.add("opening.csv", line)
    assert [finding.code for finding in refused(written(package))] == [code]


def test_most_begun_is_at_its_high_end_where_that_favours_the_plan(package: Any, written: Any) -> None:
    package.files["opening.csv"] = "kind,key,period,value,low,high\nactivity,farming,2001,40,35,50\n"
    folder = written(package)
    begun = {
        corner: Arrays(load(folder, corner=corner)).technology.begun_before.max()
        for corner in ("optimistic", "pessimistic")
    }
    assert begun == {"optimistic": 50.0, "pessimistic": 35.0}


def test_a_single_year_opens_with_what_was_begun_for_it(package: Any, written: Any) -> None:
    """In the first year as the tables say; in a later one what the year before began is not known, and so not charged."""
    economy = load(written(package))
    first, second = Arrays(at_year(economy, "2001")), Arrays(at_year(economy, "2002"))
    farming = first.position("activity", "farming")
    assert (first.technology.reaches_back[farming], first.technology.begun_before[farming]) == (True, 40.0)
    assert not second.technology.reaches_back.any()
    assert "farming" not in set(second.tables["coefficients"].query("item == 'machines'")["activity"])


@pytest.mark.parametrize("name", ["two_goods", "two_goods_money", "steel_mill", "ussr_1928"])
def test_a_year_by_itself_says_where_its_numbers_come_from_or_that_nobody_says(name: str) -> None:
    """Rows that are worked out have no source, and that is an empty text like any other."""
    economy = load(name)
    year = at_year(economy, economy.periods[-1])
    for frame in year.tables.values():
        words = frame.select_dtypes(exclude="number")
        assert not words.isna().to_numpy().any()
    assert set(data_tables(year)) == {"data", "places", "sources"}
