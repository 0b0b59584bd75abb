"""Sources: listed once, cited by their keys, and held to what they are said to be."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import planner
from planner.economy import DataError, load
from planner.economy.provenance import is_address, keys_in
from planner.reporting.tables.data import data_tables
from planner.shipped import ECONOMIES, shipped

SOURCES = """\
key,author,title,year,page,url,licence,grade,note
book,A. Writer,A Book,1930,p. 12,https://example.org/book?page=12,,copy,
memory,,Literature,,,,,recalled,
"""
Write = Callable[[Any], Path]


@pytest.fixture
def listing(package: Any) -> Any:
    """A good economy that lists its sources."""
    package.files["sources.csv"] = SOURCES
    package.cell("coefficients.csv", 2, "source", "book; memory")
    package.cell("coefficients.csv", 3, "source", "memory")
    return package


def found(folder: Path) -> set[tuple[str, str, str, str]]:
    """Code, file, column and value of every finding about sources, whatever scenario shows it."""
    return {
        (one.code, one.file, one.column, one.value)
        for one in planner.check(folder).findings
        if one.code in ("E104", "E110", "E111", "E112", "E119", "E125", "W214", "W215")
    }


def test_listed_sources_are_cited_by_their_keys(listing: Any, written: Write) -> None:
    folder = written(listing)
    assert found(folder) == set()
    told = data_tables(load(folder))
    sources = told["sources"].set_index("source")
    assert sources.loc["book", "reference"] == "A. Writer, A Book (1930), p. 12"
    assert sources.loc["book", ["url", "grade"]].tolist() == ["https://example.org/book?page=12", "copy"]
    assert sources.loc[["book", "memory"], ["numbers", "verified_numbers"]].to_numpy().tolist() == [
        [2, 2],
        [4, 2],
    ]  # value and lead
    assert sources.index[-1] == ""  # what names none comes last
    assert sources["numbers"].sum() == len(told["data"]) + 2  # two numbers name both
    assert "book; memory" in told["places"]["source"].tolist()


def test_without_a_list_any_text_will_do(package: Any, written: Write) -> None:
    package.cell("coefficients.csv", 2, "url", "https://a.org ; https://b.org")
    package.cell("coefficients.csv", 3, "source", "a book; by hand")
    package.cell("coefficients.csv", 3, "url", "https://c.org")
    folder = written(package)
    assert found(folder) == set()
    sources = data_tables(load(folder))["sources"].set_index("source")["url"]
    assert sources["a book"] == ""  # two addresses are none
    assert sources["a book; by hand"] == "https://c.org"


@pytest.mark.parametrize(
    ("file", "row", "column", "value", "code", "shown"),
    [
        ("coefficients.csv", 2, "source", "book; boook", "E104", "boook"),
        ("scenarios/dry/coefficients.csv", 2, "source", "other", "E104", "other"),
        ("coefficients.csv", 2, "url", "https://example.org", "E119", "https://example.org"),
        ("sources.csv", 2, "url", "https://a.org ; https://b.org", "E119", "https://a.org ; https://b.org"),
        ("sources.csv", 2, "url", "www.example.org", "E119", "www.example.org"),
        ("sources.csv", 3, "key", "book", "E110", "book"),
        ("sources.csv", 2, "key", "a book", "E112", "a book"),
        ("sources.csv", 2, "title", "", "E111", ""),
        ("sources.csv", 2, "grade", "good", "E125", "good"),
        ("coefficients.csv", 2, "source", "memory", "W214", "memory"),
    ],
)
def test_what_is_wrong_is_found_where_it_stands(
    listing: Any, written: Write, file: str, row: int, column: str, value: str, code: str, shown: str
) -> None:
    listing.cell(file, row, column, value)
    at = "verified" if code == "W214" else column
    assert (code, file, at, shown) in found(written(listing))


def test_a_source_that_nobody_cites_is_told_unless_a_scenario_cites_it(listing: Any, written: Write) -> None:
    listing.add("sources.csv", "idle,,A pamphlet,,,,,secondary,")
    listing.add("sources.csv", "dry,,Weather,,,,,original,")
    listing.cell("scenarios/dry/coefficients.csv", 2, "source", "dry")
    assert found(written(listing)) == {("W215", "sources.csv", "key", "idle")}


def test_a_change_needs_no_source_of_the_list(listing: Any, written: Write) -> None:
    change = "coefficients:activity=steel_making,item=coal,role=input:value=1.3"
    economy = load(written(listing), changes=[change])
    assert f"--set {change}" in set(data_tables(economy)["sources"]["source"])


def test_an_unknown_source_stops_what_rests_on_it(listing: Any, written: Write) -> None:
    listing.cell("coefficients.csv", 2, "source", "bock")
    with pytest.raises(DataError, match=r'"bock" is not in sources\.csv\. Did you mean "book"\?'):
        load(written(listing))


def rows(name: str) -> dict[Path, list[dict[str, str]]]:
    """Rows of every table of a shipped economy."""
    return {
        path: list(csv.DictReader(path.open(encoding="utf-8", newline="")))
        for path in sorted((shipped("inputs") / name).rglob("*.csv"))
    }


@pytest.mark.parametrize("name", ECONOMIES)
def test_shipped_rows_cite_texts_that_are_listed(name: str) -> None:
    tables = rows(name)
    listed = {row["key"]: row for path, found in tables.items() if path.stem == "sources" for row in found}
    assert all(not row["url"] or is_address(row["url"]) for row in listed.values())
    cited = {key for found in tables.values() for row in found for key in keys_in(row.get("source", ""))}
    assert cited == set(listed)
    beside = [
        cell for path, found in tables.items() if path.stem != "sources" for row in found for cell in row.values()
    ]
    assert not any("://" in cell for cell in beside)
    assert not any("research/" in (row.get("note") or "") for found in tables.values() for row in found)
