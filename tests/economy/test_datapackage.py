"""The generated descriptor, and the words made from the same declarations."""

from __future__ import annotations

import json
from typing import Any

import pytest

from planner.economy import DataError, load
from planner.economy.codes import CODES
from planner.economy.reading.datapackage import datapackage, write_datapackage
from planner.economy.schema import TABLES
from planner.economy.schema.columns import By
from planner.economy.schema.describe import explain_code, explain_table


def test_fields_follow_the_file_and_the_schema(package: Any, written: Any) -> None:
    descriptor = datapackage(written(package))
    resources = {resource["name"]: resource for resource in descriptor["resources"]}
    schema = resources["coefficients"]["schema"]
    names = [field["name"] for field in schema["fields"]]
    assert names == [
        "activity",
        "item",
        "role",
        "from_period",
        "value",
        "low",
        "high",
        "unit",
        "source",
        "verified",
        "lead",
    ]
    fields = {field["name"]: field for field in schema["fields"]}
    assert fields["value"]["type"] == "number"
    assert fields["value"]["constraints"] == {"required": True, "minimum": 0}
    assert fields["role"]["constraints"]["enum"] == ["input", "output", "capacity", "resource"]
    assert fields["from_period"]["constraints"]["enum"] == ["2001", "2002", "2003"]
    assert schema["primaryKey"] == ["activity", "item", "role", "from_period"]
    reference = {"fields": ["activity"], "reference": {"resource": "activities", "fields": ["activity"]}}
    assert schema["foreignKeys"] == [reference]
    assert resources["dry.coefficients"]["path"] == "scenarios/dry/coefficients.csv"


def test_written_file_is_stable_and_known_to_the_reader(package: Any, written: Any) -> None:
    folder = written(package)
    first = write_datapackage(folder).read_bytes()
    assert write_datapackage(folder).read_bytes() == first
    assert json.loads(first)["name"] == "toy"
    assert load(folder).warnings == ()


def test_unreadable_heading(package: Any, written: Any) -> None:
    package.files["economy.toml"] = "="
    with pytest.raises(DataError):
        datapackage(written(package))


def test_declarations_hang_together() -> None:
    """References lead to tables with a single key, but for rules of a user's own, and rules by another column to a column of choices."""
    for table in TABLES.values():
        assert table.key
        assert len({*table.header}) == len(table.header)
        for column in table.columns:
            refers = column.refers
            places = sum(refers.of.values(), ()) if isinstance(refers, By) else refers
            for place in set(places) - {"*", "groups", "product groups", "aggregates", "currencies"}:
                assert len(TABLES[place].key) == 1 or place == "relations"
            for rule in (column.refers, column.optimistic):
                if isinstance(rule, By):
                    assert set(rule.of) <= set(table.by_name[rule.column].choices)


@pytest.mark.parametrize("name", TABLES)
def test_table_is_explained(name: str) -> None:
    text = explain_table(name)
    assert all(f"  {column.name}: " in text for column in TABLES[name].columns)


@pytest.mark.parametrize("code", CODES)
def test_code_is_explained(code: str) -> None:
    text = explain_code(code)
    assert text.startswith(code)
    assert "What to do: " in text
