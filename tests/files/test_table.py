"""CSV that a spreadsheet opens without taking text for a formula, and from which the text comes back."""

import csv
import io

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner.files import as_text, csv_text, from_text, table_text

SIGNS = st.sampled_from("=+-@\t\r\n'\",;aé计\ue000 1.") | st.characters(
    exclude_categories=["Cs"], exclude_characters="\0"
)
TEXTS = st.text(SIGNS, max_size=6)
FORMULAS = ["=cmd|'/C calc'!A0", "+1+1", "-2+3", "@SUM(1)", "\tx", "\rx", "\nx", "＝1+1", "'quoted", "-", "=", "=5"]
NUMBERS = ["-5", "-5.0", "+3", "-1e-07", "-12/35", ".5", "12"]


def rows_of(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_starts_like_a_formula(text):
    for written in (csv_text([["a", "b"], [text, 1]]), table_text(pd.DataFrame({"a": [text], "b": [1]}))):
        cell, number = rows_of(written)[1]
        assert cell.startswith("'")
        assert from_text(cell) == text
        assert number == "1"


@pytest.mark.parametrize("text", NUMBERS)
def test_numbers_stay_numbers(text):
    assert as_text(text) == text
    assert rows_of(table_text(pd.DataFrame({"a": [text]})))[1] == [text]


def test_columns_of_numbers_are_as_pandas_writes_them():
    table = pd.DataFrame(
        {
            "f": [-0.1, 1e-07, float("nan")],
            "i": [-1, 2, 3],
            "b": [True, False, True],
            "o": [-1, None, "=x"],
            "s": ["a", None, ""],
        }
    )
    assert table_text(table) == table.assign(o=[-1, None, "'=x"]).to_csv(index=False, lineterminator="\n")


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=4))
def test_every_text_comes_back(rows):
    for text in (csv_text(rows), table_text(pd.DataFrame(rows, columns=["a", "b"]))):
        found = [[from_text(cell) for cell in row] for row in rows_of(text)]
        assert found[-len(rows) :] == [list(row) for row in rows]


def test_a_carriage_return_does_not_split_a_row():
    """The writer of CSV quotes it only where it ends lines."""
    assert rows_of(csv_text([["a\rb", "c"], ["\ue000", "d"]])) == [["a\rb", "c"], ["\ue000", "d"]]
