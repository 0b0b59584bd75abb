"""Units are names: an economy counted in others gives the same shares, verdicts, conflicts and draws, and prices that follow."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.cli import main
from planner.economy import Economy, load
from planner.economy.schema.columns import FILE, ROW, range_names
from planner.formulation import formulate, load_question
from planner.solver.highs import Session
from tests.properties.economies import PLAN, Tables, rich
from tests.properties.frames import economy
from tests.properties.units import every, in_units
from tests.test_one_economy import every_answer

DIGITS = 9  # a unit is so many powers of ten from another
SHARES = {
    "share",
    "attainment",
    "attainment_of_growth",
    "alone_share",
    "with_others_held_share",
    "needed",
    "weight",
    "shapley",
    "gap_proved",
    "met_share",
    "at_low",
    "at_high",
    "pessimistic",
    "optimistic",
}
OF_SHARES = ("assess verdicts", "assess horizon", "assess leave_one_out", "others ladder", "others draws")
WORDS_WITH_NUMBERS = {"sentence"}


@pytest.fixture(scope="module")
def usual() -> dict[str, pd.DataFrame]:
    return every_answer(load("two_goods"), "central", "base")


def powers(one: pd.Series, two: pd.Series) -> np.ndarray:
    """By how many units apart numbers are; ``nan`` where one of them is nothing."""
    first, second = one.to_numpy(float), two.to_numpy(float)
    there = np.isfinite(first) & np.isfinite(second) & (np.abs(first) > 1e-9)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(there, np.log10(np.abs(second / np.where(there, first, 1.0))) / DIGITS, np.nan)


@pytest.mark.parametrize(("factor", "alternate"), [(1e-9, False), (1e9, True)])
def test_every_answer_is_the_same(factor: float, alternate: bool, usual: dict[str, pd.DataFrame]) -> None:
    facts = load("two_goods")
    there = every_answer(in_units(facts, every(facts, factor, alternate=alternate)), "central", "base")
    assert list(there) == list(usual)
    words = WORDS_WITH_NUMBERS | (
        {"proved"} if alternate else set()
    )  # of numbers that were rounded no proof need be found
    for name, one in usual.items():
        two = there[name]
        assert one.shape == two.shape, name
        for column in one:
            where = f"{name}, {column}"
            if one[column].dtype.kind != "f":
                assert column in words or one[column].astype(str).tolist() == two[column].astype(str).tolist(), where
                continue
            assert (one[column].isna() == two[column].isna()).all(), where
            apart = powers(one[column], two[column])
            apart = apart[np.isfinite(apart)]
            wanted = 0.0 if column in SHARES or name in OF_SHARES else np.round(apart)
            close = (
                np.log10(2.0) / DIGITS if str(column).startswith("step_") else 1e-7
            )  # "over so much at least", by doubling
            np.testing.assert_allclose(apart, wanted, atol=close, rtol=0.0, err_msg=where)


def written(facts: Economy, folder: Path) -> Path:
    """The economy as files, from its tables in memory."""
    folder.mkdir()
    (folder / "economy.toml").write_bytes((facts.folder / "economy.toml").read_bytes())
    for name, table in facts.tables.items():
        ends = {f"{c}_central" for c in table} | {c for c in table if c.endswith(("_low", "_high")) and len(table)}
        kept = [
            c for c in table if c not in {FILE, ROW, "central"} | ends | {e for c in table for e in range_names(c)[2:]}
        ]
        if len(table):
            with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as lines:
                writer = csv.writer(lines)
                writer.writerow(kept)
                for row in table[kept].itertuples(index=False):
                    writer.writerow(
                        "" if pd.isna(cell) else repr(cell) if isinstance(cell, float) else cell for cell in row
                    )
    return folder


@pytest.mark.parametrize(("factor", "solver"), [(1e-9, "highs"), (1e-9, "cbc"), (1e9, "highs"), (1e9, "cbc")])
def test_the_command_line_answers_the_same(factor: float, solver: str, tmp_path: Path) -> None:
    facts = load("two_goods")
    folder = written(in_units(facts, every(facts, factor)), tmp_path / "mine")
    asked = ["solve", str(folder), "--solver", solver, "--out", str(tmp_path / "out"), "--format", "json"]
    result = CliRunner().invoke(main, asked)
    assert result.exit_code == 0, result.output
    answer = json.loads(result.stdout)
    assert answer["summary"]["value"] == pytest.approx(0.9, rel=1e-7)
    assert [row["share"] for row in answer["targets"]] == pytest.approx([1.0, 0.9], rel=1e-7)
    weights = {(row["family"], row["item"], row["period"]): row["weight"] for row in answer["summary"]["binding"]}
    assert weights["capacity_accumulation", "furnaces", "1"] == pytest.approx(1.1, rel=1e-6)


def test_an_empty_set_is_empty_in_any_unit() -> None:
    facts = load("two_goods")
    question = replace(load_question("five_year"), floor=4.0)
    for factor in (1e-9, 1e-3, 1e9):
        for alternate in (False, True):
            posed = formulate(in_units(facts, every(facts, factor, alternate=alternate)), question, "ambitious")
            assert Session().solve(posed.program).status.value == "infeasible", (factor, alternate)


@settings(max_examples=6, derandomize=True, deadline=None)
@given(rich(), st.sampled_from([1e-9, 1e-5, 1e5, 1e9]), st.booleans())
def test_the_share_of_any_economy_is_the_same(made: tuple[Tables, list[str]], factor: float, alternate: bool) -> None:
    facts, question = economy(*made), replace(load_question("attainment"), floor=0.5)
    one, two = (
        Session().solve(formulate(there, question, PLAN).program)
        for there in (facts, in_units(facts, every(facts, factor, alternate=alternate)))
    )
    assert one.status is two.status
    assert not one.optimal or two.objective == pytest.approx(one.objective, rel=1e-7, abs=1e-9)
