"""What is not there: each default that is taken is said once a table, what cannot be meant is refused, and a gap of the horizon told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from planner.economy import DataError, Finding, load
from planner.economy.codes import CODES
from planner.economy.schema import TABLES
from planner.economy.schema.describe import explain_table
from planner.reporting.dictionary.lookup import explain


def warned(folder: Path) -> list[Finding]:
    return [finding for finding in load(folder).warnings if finding.code.startswith("W12")]


def refused(folder: Path) -> list[str]:
    with pytest.raises(DataError) as caught:
        load(folder)
    return [finding.code for finding in caught.value.findings]


def only(text: str, *starts: str) -> str:
    """The header of a table and its rows that begin in one of some ways."""
    head, *rows = text.splitlines()
    return "\n".join([head, *(row for row in rows if row.startswith(starts))]) + "\n"


LEFT_OUT = {
    "supply of a year": (
        "supply",
        lambda text: text.replace("land,*", "land,2002"),
        "There is no row for land in 2001 and 2003. None of the",
    ),
    "supply of those who can be trained": (
        "supply",
        lambda text: text.replace("skilled,*,1,,,M persons\n", ""),
        "no row for skilled in 2001, 2002 and 2003. None",
    ),
    "supply by several": (
        "supply",
        lambda text: text.replace("labour,*", "labour,2001").replace("land,*", "land,2001"),
        "no row for labour in 2003; land in 2002 and 2003.",
    ),
    "final use of a year": (
        "final_use",
        lambda text: text.replace("*", "2003"),
        "no row for steel defence in 2001. Nothing is used in that way.",
    ),
    "trade of a year": (
        "trade",
        lambda text: text.replace("machines,import,*", "machines,import,2002"),
        "no row for machines import in 2001 and 2003. There is no trade",
    ),
    "finance of a year": (
        "finance",
        lambda text: text.replace("*", "2002"),
        "no row for foreign exchange in 2001 and 2003.",
    ),
    "finance altogether": (
        "finance",
        only,
        "foreign exchange in 2001, 2002 and 2003. There are no receipts",
    ),
    "a norm of later": (
        "coefficients",
        lambda text: text.replace("coal_mining,steel,input,,", "coal_mining,steel,input,2003,"),
        "no row for coal_mining steel input in 2001 and 2002. The item is not taken",
    ),
}


@pytest.mark.parametrize("name", LEFT_OUT)
def test_rows_left_out_are_named(name: str, package: Any, written: Any) -> None:
    table, change, said = LEFT_OUT[name]
    package.files[f"{table}.csv"] = change(package.text(f"{table}.csv"))
    (finding,) = warned(written(package))
    assert (finding.code, finding.file) == ("W120", f"{table}.csv")
    assert said in finding.sentence


def test_a_table_of_many_products_is_one_finding(package: Any, written: Any) -> None:
    names = [f"good_{at}" for at in range(40)]
    for table, line in (
        ("products", "{},,t,,"),
        ("activities", "{0},{0},"),
        ("coefficients", "{},land,resource,,1,,,,,,"),
    ):
        package.files[f"{table}.csv"] += "".join(line.format(name) + "\n" for name in names)
    package.files["final_use.csv"] += "".join(f"{name},towns,2002,1,,,\n" for name in names)
    (finding,) = warned(written(package))
    assert "good_0 towns, good_1 towns" in finding.sentence
    assert "and 32 more in 2001 and 2003" in finding.sentence


def test_what_comes_from_nothing_is_named(package: Any, written: Any) -> None:
    package.files["activities.csv"] += "dreaming,grain,food\n"
    package.files["investment.csv"] = only(package.text("investment.csv"), "furnaces")
    package.files["project_goods.csv"] = only(package.text("project_goods.csv"), "north")
    places = [(finding.code, finding.file, finding.rows) for finding in warned(written(package))]
    assert places == [
        ("W124", "activities.csv", (6,)),
        ("W124", "capacities.csv", (3,)),
        ("W124", "projects.csv", (3,)),
    ]


def test_plant_that_cannot_be_built_in_time_costs_nothing_in_vain(package: Any, written: Any) -> None:
    package.files["investment.csv"] = only(package.text("investment.csv"), "furnaces")
    package.cell("capacities.csv", 3, "gestation", "3")
    assert warned(written(package)) == []


REFUSED = {
    "no activities": (lambda package: package.files.pop("activities.csv"), {"E126"}),
    "no products": (lambda package: package.files.pop("products.csv"), {"E126"}),
    "activities without a row": (lambda p: p.files.update({"activities.csv": "activity,product\n"}), {"E126"}),
    "no population": (lambda package: package.files.pop("population.csv"), {"E142"}),
    "no supply": (lambda package: package.files.pop("supply.csv"), {"E127"}),
    "a resource used and never there": (
        lambda package: package.files.update({"supply.csv": only(package.text("supply.csv"), "labour", "skilled")}),
        {"E127"},
    ),
    "workers' extra without workers": (
        lambda package: package.replace("resources.csv", "persons,labour", "persons,hands"),
        {"E135"},
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_meant_is_refused(name: str, package: Any, written: Any) -> None:
    change, expected = REFUSED[name]
    change(package)
    assert set(refused(written(package))) == expected


def test_a_resource_used_by_building_alone_must_be_there(package: Any, written: Any) -> None:
    package.add("resources.csv", "sites,places,site")
    package.add("investment.csv", "furnaces,sites,1,1,,,")
    assert refused(written(package)) == ["E127"]


def test_a_resource_that_nobody_uses_may_be_absent(package: Any, written: Any) -> None:
    package.add("resources.csv", "sites,places,site")
    assert warned(written(package)) == []


@pytest.mark.parametrize("table", TABLES)
def test_what_an_absent_row_means_stands_in_the_schema(table: str) -> None:
    declared = TABLES[table]
    assert declared.absent.endswith(".")
    assert set(declared.told) <= set(CODES)
    assert f"Without a row: {declared.absent}" in explain_table(table)
    entry = next(entry for entry in explain(table) if entry.kind == "table of an economy")
    assert dict(entry.facts)["without a row"].startswith(declared.absent)


@pytest.mark.parametrize(("table", "word"), [("capacities", "retires"), ("stocks", "spoils")])
def test_what_is_there_at_first_is_said_to_wear_before_its_use(table: str, word: str) -> None:
    (entry,) = explain(f"{table}.initial")
    assert f"what a period {word} is gone before that period's use, in the first as in every other" in entry.says


# -- the horizon ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("periods", "code"),
    [
        ("[2001, 2003, 2002]", "E141"),
        ("[2003, 2002, 2001]", "E141"),
        ('["2001", "02001"]', "E141"),
        ("[1999, 2001, 2002]", "E141"),  # the base period, 2000, in their midst
        ("[2001, 2002, 2007]", "W121"),
        ("[2005, 2006, 2007]", "W121"),  # a gap after the base period
        ("[2005, 2010, 2015]", "W121"),
        ("[2002, 2004, 2006, 2008, 2010, 2012, 2014, 2016, 2018, 2020]", "W121"),  # ten gaps, of which eight are shown
        ("[2001, 2002, 2003]", ""),
        ("[1, 2, 3]", ""),  # plan years after 2000
        ('["spring", "autumn", "a"]', ""),
        ('["10a", "9"]', ""),
    ],
)
def test_numbered_periods_are_in_order_and_without_gaps(periods: str, code: str, tmp_path: Path) -> None:
    (tmp_path / "economy.toml").write_text(f'schema = 1\ntitle = "A test"\nbase_period = 2000\nperiods = {periods}\n')
    (tmp_path / "products.csv").write_text("product,unit\ncorn,t\n")
    (tmp_path / "activities.csv").write_text("activity,product\nfarming,corn\n")
    (tmp_path / "resources.csv").write_text("resource,unit\nland,ha\n")
    (tmp_path / "stocks.csv").write_text("product,initial\ncorn,1\n")
    (tmp_path / "supply.csv").write_text("resource,period,value\nland,*,1\n")
    (tmp_path / "coefficients.csv").write_text("activity,item,role,value\nfarming,land,resource,1\n")
    if code.startswith("E"):
        assert refused(tmp_path) == [code]
    else:
        found = load(tmp_path).warnings
        assert [finding.code for finding in found] == ([code] if code else [])
        assert all(finding.column == "periods" and "counts as one" in finding.sentence for finding in found)
        assert all((" and 2 more" in finding.sentence) == ("2020" in periods) for finding in found)
