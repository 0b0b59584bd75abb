"""A measure of one's own: registered, it is asked for in tables and questions, counted, named and explained like any other."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import planner
from planner.economy.measures import MEASURES, PLACES, Measure
from planner.formulation.measures import COUNTED, measure
from planner.reporting.dictionary.lookup import explain
from planner.shipped import shipped

USED = Measure(name="used", says="taken by all activities together", axis="product")


@pytest.fixture
def used() -> Iterator[None]:
    @measure(USED)
    def used(facts, plan):
        return facts.technology.uses @ plan.activity

    yield
    for table in (MEASURES, PLACES, COUNTED):
        del table["used"]


def _asking(tmp_path: Path, row: str) -> Path:
    folder = tmp_path / "asking"
    shutil.copytree(shipped("inputs") / "two_goods", folder)
    table = folder / "targets.csv"
    head, *_ = table.read_text(encoding="utf-8").splitlines()
    columns = head.split(",")
    cells = dict(zip(("plan", "measure", "item", "period", "value", "unit"), row.split(","), strict=True))
    line = ",".join(cells.get(column, "") for column in columns)
    table.write_text(f"{table.read_text(encoding='utf-8').rstrip()}\n{line}\n", encoding="utf-8")
    return folder


def test_it_is_asked_for_counted_and_named(tmp_path, used):
    economy = planner.load(_asking(tmp_path, "ambitious,used,iron,2,4,t"))
    result = planner.solve(economy, plan="ambitious")
    row = result.targets[result.targets["measure"] == "used"].iloc[0]
    flows = result.tables["balances"]
    flows = flows[(flows["product"] == "iron") & (flows["period"].astype(str) == "2") & (flows["entry"] == "input")]
    assert row["planned"] == pytest.approx(flows["quantity"].sum())
    assert any("taken by all activities together" in entry.says.lower() for entry in explain("used"))


def test_without_it_the_table_is_refused(tmp_path):
    with pytest.raises(planner.DataError) as refused:
        planner.load(_asking(tmp_path, "ambitious,used,iron,2,4,t"))
    assert [finding.code for finding in refused.value.findings] == ["E125"]


def test_an_item_of_another_table_is_refused(tmp_path, used):
    with pytest.raises(planner.DataError) as refused:
        planner.load(_asking(tmp_path, "ambitious,used,workers,2,4,t"))
    assert [finding.code for finding in refused.value.findings] == ["E104"]


def test_every_measure_that_is_declared_is_counted():
    assert set(COUNTED) == set(MEASURES) == set(PLACES)


@pytest.mark.parametrize(
    "row",
    [
        "no_such_measure",
        Measure(name="output", says="something else", axis="product"),
        Measure(name="mood", says="a level that nothing says how to count", axis="product", star="level"),
    ],
)
def test_what_cannot_be_counted_is_refused(row):
    before = dict(MEASURES)
    try:
        with pytest.raises(ValueError, match="measure"):
            measure(row)(lambda facts, plan: plan.imports)
    finally:
        for name in set(MEASURES) - set(before):
            del MEASURES[name], PLACES[name]
