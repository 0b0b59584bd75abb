"""Whatever stands in the files, the answer is an economy or a `DataError` that can be printed."""

from __future__ import annotations

import csv
import io
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner.economy import DataError, Economy, load
from planner.economy.schema import TABLES

QUIET = settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
CELLS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(["", "*", "-1", "1e308", "inf", "nan", "0", "2001..", ",", "..", "{value}", "a\x1fb", "'", '"']),
    st.floats().map(repr),
)


def _answer(package: Any, **options: Any) -> Economy | DataError:
    """Load a package from a folder of its own; anything but an economy or a `DataError` fails the test."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            return load(package.write(Path(folder)), **options)
        except DataError as error:
            answer = error
    assert answer.findings
    assert str(answer).endswith("says more.")
    return answer


@QUIET
@given(data=st.data())
def test_any_cell(package: Any, data: st.DataObject) -> None:
    kept = dict(package.files)
    for _ in range(data.draw(st.integers(1, 4))):
        table = data.draw(st.sampled_from([name for name in sorted(TABLES) if f"{name}.csv" in package.files]))
        rows = list(csv.reader(io.StringIO(package.text(f"{table}.csv"))))
        row = data.draw(st.integers(1, len(rows)))
        column = data.draw(st.sampled_from(rows[0]))
        package.cell(f"{table}.csv", row, column, data.draw(CELLS))
    _answer(package, scenario=data.draw(st.sampled_from(["base", "drier"])), corner="optimistic")
    package.files = kept


@QUIET
@given(file=st.sampled_from([f"{name}.csv" for name in sorted(TABLES)]), content=st.binary(max_size=60))
def test_any_bytes(package: Any, file: str, content: bytes) -> None:
    kept = dict(package.files)
    package.files[file] = content
    _answer(package)
    package.files = kept


@QUIET
@given(text=st.one_of(st.text(max_size=30), st.from_regex(r"\A(trade|supply):(product=\w+)?:(price|value)[*+]?=.*\Z")))
def test_any_change(package: Any, text: str) -> None:
    _answer(package, changes=[text])


@pytest.mark.parametrize("number", ["9" * 5000, "0x" + "f" * 5000, "1979-05-27", "nan", "[[" * 500])
def test_odd_toml(package: Any, number: str) -> None:
    package.replace("economy.toml", "2000", number)
    assert isinstance(_answer(package), DataError)
