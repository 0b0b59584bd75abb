"""Scenarios over the base, named periods over `*`, and the three corners."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from planner.economy import DataError, load
from planner.economy.schema import TABLES
from planner.economy.schema.columns import By, range_names


def _rows(economy: Any, table: str, *columns: str) -> list[list[Any]]:
    return economy.tables[table][list(columns)].to_numpy().tolist()


def test_star_stands_for_every_period_and_named_rows_win(package: Any, written: Any) -> None:
    economy = load(written(package))
    steel = [["2001", 0.1], ["2003", 0.1], ["2002", 0.2]]
    assert _rows(economy, "final_use", "period", "value") == steel
    labour = [row for row in _rows(economy, "supply", "resource", "period", "value") if row[0] == "labour"]
    assert [row[1:] for row in labour] == [["2001", 10.0], ["2003", 10.0], ["2002", 12.0]]
    assert len(economy.tables["population"]) == 3
    grain = [row[1:] for row in _rows(economy, "trade", "product", "period", "price") if row[0] == "grain"]
    assert sorted(grain) == [["2001", 0.08], ["2002", 0.08], ["2003", 0.07]]


def test_scenario_replaces_in_place_and_adds_at_the_end(package: Any, written: Any) -> None:
    folder = written(package)
    base, dry = load(folder, scenario="base"), load(folder, scenario="dry")
    assert len(dry.tables["coefficients"]) == len(base.tables["coefficients"]) + 1
    land = dry.tables["coefficients"].iloc[5]
    assert (land["value"], land["file"], land["row"]) == (1.4, "scenarios/dry/coefficients.csv", 2)
    last = dry.tables["coefficients"].iloc[-1]
    assert (last["item"], last["from_period"], last["value"]) == ("land", "2003", 1.5)
    assert dry.tables["trade"].equals(base.tables["trade"])
    assert dry.scenario == "dry"


def test_scenario_extends_another(package: Any, written: Any) -> None:
    drier = load(written(package), scenario="drier")
    land = [row[1:] for row in _rows(drier, "coefficients", "item", "from_period", "value") if row[0] == "land"]
    assert land == [["", 2.0], ["2003", 1.5]]


def test_named_row_of_the_base_beats_star_of_the_scenario(package: Any, written: Any) -> None:
    drier = load(written(package), scenario="drier")
    steel = [row[1:] for row in _rows(drier, "final_use", "product", "period", "value") if row[0] == "steel"]
    assert sorted(steel) == [["2001", 0.3], ["2002", 0.2], ["2003", 0.3]]


def test_default_scenario_and_base(package: Any, written: Any) -> None:
    package.add("economy.toml", 'default_scenario = "dry"')
    folder = written(package)
    assert load(folder).scenario == "dry"
    assert load(folder, scenario="base").scenario is None


def test_unknown_scenario(package: Any, written: Any) -> None:
    with pytest.raises(DataError, match='Did you mean "drier"') as caught:
        load(written(package), scenario="driest")
    (finding,) = caught.value.findings
    assert (finding.code, finding.value) == ("E160", "driest")


def test_scenario_extends_nothing_known(package: Any, written: Any) -> None:
    package.replace("scenarios/drier/scenario.toml", '"dry"', '"dri"')
    with pytest.raises(DataError) as caught:
        load(written(package), scenario="drier")
    (finding,) = caught.value.findings
    assert (finding.code, finding.file, finding.rows) == ("E160", "scenarios/drier/scenario.toml", (2,))


def test_scenarios_in_a_circle(package: Any, written: Any) -> None:
    package.add("scenarios/dry/scenario.toml", 'extends = "drier"')
    with pytest.raises(DataError, match="drier -> dry -> drier") as caught:
        load(written(package), scenario="drier")
    (finding,) = caught.value.findings
    assert (finding.code, finding.file, finding.rows) == ("E161", "scenarios/dry/scenario.toml", (2,))


def test_scenario_without_heading(package: Any, written: Any) -> None:
    del package.files["scenarios/dry/scenario.toml"]
    with pytest.raises(DataError) as caught:
        load(written(package), scenario="dry")
    assert [finding.code for finding in caught.value.findings] == ["E101"]


CORNERS = [  # table, row, column, then the central, optimistic and pessimistic choice
    ("coefficients", 0, "value", 1.2, 1.0, 1.5),  # input
    ("coefficients", 1, "value", 0.02, 0.01, 0.03),  # resource
    ("coefficients", 2, "value", 1.0, 0.9, 1.1),  # capacity
    ("coefficients", 3, "value", 0.05, 0.05, 0.05),  # no range
    ("coefficients", 9, "value", 1.0, 1.1, 0.9),  # output
    ("capacities", 0, "initial", 4.0, 4.5, 3.5),
    ("investment", 0, "value", 0.2, 0.1, 0.3),
    ("supply", 0, "value", 10.0, 11.0, 9.0),
    ("final_use", 0, "value", 0.1, 0.05, 0.2),
    ("trade", 0, "price", 0.08, 0.1, 0.06),  # export
    ("trade", 2, "price", 2.0, 1.5, 2.5),  # import
    ("targets", 0, "value", 5.0, 5.0, 5.0),
]


def test_corners(package: Any, written: Any) -> None:
    folder = written(package)
    corners = [load(folder, corner=corner).tables for corner in ("central", "optimistic", "pessimistic")]
    for table, row, column, *choices in CORNERS:
        low, high, middle = range_names(column)
        for tables, choice in zip(corners, choices, strict=True):
            frame = tables[table]
            assert (frame[column].iloc[row], frame[middle].iloc[row]) == (choice, choices[0]), (table, row)
            assert frame[low].iloc[row] <= choice <= frame[high].iloc[row]


def test_every_favourable_end_is_declared() -> None:
    """Only what a corner must leave alone has no end: what is judged, counted in periods or of unclear sign."""
    free = {
        f"{name}.{column.name}" for name, table in TABLES.items() for column in table.ranged if not column.optimistic
    }
    assert free == {
        "products.price",
        "coefficients.lead",
        "capacities.gestation",
        "training.periods",
        "training.trainers",
        "training.growth_limit",
        "consumption.flexible",
        "targets.value",
        "targets.weight",
        "actuals.value",
        "projects.gestation",
        "projects.share_first_year",
        "finance.interest",
        "costs.times",
        "relation_terms.weight",
        "shares.value",
        "regions.longitude",
        "links.km",
        "periods.length",
        "rebase.factor",
        "rebase.offset",
        "regions.latitude",
        "stylised_facts.observed",
        "money_stock.value",
        "prices.quantity",
        "prices.value",
        "public_finance.value",
        "reached.made",
        "reached.value",
        "reached.year_before",
    }
    rules = [column.optimistic for table in TABLES.values() for column in table.ranged]
    ends = {end for rule in rules for end in (sum(rule.of.values(), ()) if isinstance(rule, By) else (rule,))}
    assert ends == {"low", "high", ""}


def test_corner_of_an_absent_limit_is_absent(package: Any, written: Any) -> None:
    for corner in ("optimistic", "pessimistic"):
        assert np.isnan(load(written(package), corner=corner).tables["trade"]["limit"].iloc[-1])
