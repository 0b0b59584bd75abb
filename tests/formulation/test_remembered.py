"""What one economy has worked out is taken for another only where that is the same."""

from dataclasses import replace

import pandas as pd
import pytest

from planner.economy import load
from planner.economy.schema import TABLES
from planner.formulation import formulate, load_question

QUESTION = load_question("attainment")


def stated(economy):
    return formulate(economy, QUESTION, "ambitious").program.fingerprint


@pytest.mark.parametrize("column", [column.name for column in TABLES["capacities"].columns if column.numeric])
def test_plant_whose_numbers_move_is_worked_out_anew(column):
    economy = load("two_goods")
    stated(economy)
    plant = economy.tables["capacities"]
    moved = economy.with_tables({"capacities": plant.assign(**{column: plant[column].fillna(1.0) + 1})})
    assert stated(moved) == stated(replace(moved))  # the copy begins with nothing worked out
    assert stated(economy) == stated(replace(economy))


@pytest.mark.parametrize("rows", [[("1", 2.0, "")], [("2", 0.5, "")], [("1", 0.25, "0"), ("2", 0.75, "0")]])
def test_so_is_plant_where_periods_have_other_lengths(rows):
    economy = load("two_goods")
    before, said = stated(economy), pd.DataFrame(rows, columns=["period", "length", "part_of"])
    moved = economy.with_tables({"periods": economy.tables["periods"].reindex(said.index).assign(**said)})
    assert stated(moved) == stated(replace(moved)) != before
