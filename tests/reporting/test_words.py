"""What can be explained is what there is: words, registries and the handbook agree."""

import csv
from pathlib import Path

import pytest

import planner
from planner.cli.options import CORNERS as OFFERED
from planner.economy.codes import CODES
from planner.economy.corner import CORNERS
from planner.economy.measures import MEASURES
from planner.economy.schema import TABLES
from planner.formulation import FAMILIES
from planner.formulation.keys import FLOORS, keys
from planner.formulation.objectives import OBJECTIVES
from planner.reporting.dictionary import glossary
from planner.reporting.dictionary.handbook import handbook
from planner.reporting.dictionary.lookup import entries, explain, nearest
from planner.reporting.dictionary.pages import PAGES, with_symbols
from planner.shipped import shipped


@pytest.mark.parametrize("name", PAGES)
def test_pages_are_those_that_are_written(name):
    page = shipped("models").parent / name
    assert page.read_text(encoding="utf-8") == PAGES[name](), "run: planner explain --write ."


def test_the_table_of_symbols_is_the_one_that_is_written():
    page = (shipped("models").parent / "planner" / "README.md").read_text(encoding="utf-8")
    assert page.count("| `attainment` |") == 1
    assert page == with_symbols(page), "run: planner explain --write ."


def test_the_handbook_knows_every_key_of_a_model_file():
    missing = [key for key in keys() if f"| `{key}` |" not in handbook()]
    assert not missing


def test_words_follow_the_registries():
    assert list(glossary.CLOSURES) == list(FLOORS)
    assert list(glossary.CORNERS) == list(CORNERS)
    assert list(OFFERED) == list(CORNERS)


@pytest.mark.parametrize("word", [*FAMILIES, *MEASURES, *OBJECTIVES, *TABLES, *CODES, *glossary.RESULTS])
def test_everything_registered_is_explained(word):
    found = explain(word)
    assert found
    assert all(entry.says.endswith((".", "?")) for entry in found)


def test_no_entry_is_empty():
    for entry in entries():
        assert entry.says.strip(".")
        assert all(name and text for name, text in entry.facts), entry


@pytest.mark.parametrize("table", TABLES)
def test_every_column_of_an_economy_is_explained(table):
    for column in TABLES[table].columns:
        assert explain(f"{table}.{column.name}"), column.name


def test_tables_of_a_solve_have_the_columns_that_are_explained(tmp_path: Path):
    folder = planner.solve("two_goods").write(tmp_path / "run")
    for path in folder.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            assert next(csv.reader(file)) == list(glossary.RESULTS[path.stem][1]), path.stem


def test_endings_and_case_do_not_matter():
    assert explain("Coefficients.csv") == explain("coefficients")
    assert explain("e104") == explain("E104")
    assert explain("shadow price")[0].kind == "term"
    assert not explain("phlogiston")
    assert "material_balance" in nearest("material_balanc")
