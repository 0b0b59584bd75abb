"""What must not change the answer of any shipped economy to its own question, and limits that are relaxed, after which it is no worse.

The regions of the Soviet economy are left out, for an answer takes a minute there; what regions do is changed in the smaller ones.
"""

from __future__ import annotations

import json
import shutil
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner

import planner
from planner.cli import main
from planner.economy import Economy, load
from planner.shipped import heading, shipped
from tests.properties.units import every, in_units
from tests.test_metamorphic import Rows, rewritten, shuffled
from tests.test_one_economy import in_files, in_memory
from tests.test_units import powers, written

NAMES = sorted({path.parent.name for path in shipped("inputs").glob("*/economy.toml")} - {"ussr_1928_regions"})
SCENARIOS = [(name, scenario) for name in NAMES for scenario in load(name).scenarios]
pytestmark = pytest.mark.slow


@cache
def usual(name: str, scenario: str | None = None) -> tuple[float, pd.Series]:
    found = answered(load(name, scenario=scenario))
    assert scenario or np.isfinite(found[0])
    return found


@cache
def plan_of(name: str) -> str | None:
    return planner.pose(load(name)).plan or None


def answered(economy: Economy | str, plan: str | None = None) -> tuple[float, pd.Series]:
    """Value of an economy's own question, and the share of each figure; no number where a scenario leaves no plan."""
    answer = planner.solve(economy, plan=plan)
    figures = answer.tables.get("targets", pd.DataFrame(columns=["measure", "item", "period", "share"]))
    return (answer.value if answer.solution.optimal else np.nan), figures.set_index(["measure", "item", "period"])[
        "share"
    ].astype(float).sort_index()


def same(one: tuple[float, pd.Series], two: tuple[float, pd.Series], *, rel: float = 1e-7) -> None:
    assert two[0] == pytest.approx(one[0], rel=rel, abs=1e-9, nan_ok=True)
    pd.testing.assert_series_equal(one[1], two[1], check_exact=False, rtol=1e-5, atol=1e-6)


def _extended(name: str) -> list[str]:
    """An economy and the one it extends, if it does."""
    return [name, *Path(heading(shipped("inputs") / name / "economy.toml").get("extends", "")).name.split()]


def copied(name: str, folder: Path) -> Path:
    """The files of an economy, beside those of the one it extends."""
    for one in _extended(name):
        shutil.copytree(shipped("inputs") / one, folder / "inputs" / one)
    return folder / "inputs" / name


def from_files(folder: Path) -> tuple[float, dict[Any, float]]:
    """The same through the command line."""
    asked = ["solve", str(folder), "--out", str(folder.parents[1] / "out"), "--overwrite", "--format", "json"]
    plan = plan_of(folder.name)
    result = CliRunner().invoke(main, [*asked, *(("--plan", plan) if plan else ())])
    assert result.exit_code == 0, result.output
    told = json.loads(result.stdout)
    return told["summary"]["value"], {
        (row["measure"], row["item"], row["period"]): row["share"] for row in told.get("targets", ())
    }


@pytest.mark.parametrize("factor", [1e-9, 1e9])
@pytest.mark.parametrize("name", NAMES)
def test_units(name: str, factor: float) -> None:
    """A value is so many units apart; a share is the same."""
    economy = load(name)
    (value, shares), other = usual(name), answered(in_units(economy, every(economy, factor)))
    [apart] = powers(pd.Series([value]), pd.Series([other[0]]))
    assert apart == pytest.approx(round(apart), abs=1e-7)
    assert apart == pytest.approx(0.0, abs=1e-7) or planner.pose(economy).goal.unit.startswith("share") is False
    pd.testing.assert_series_equal(shares, other[1], check_exact=False, rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize("name", NAMES)
def test_the_order_of_rows_and_columns(name: str, tmp_path: Path) -> None:
    folder = copied(name, tmp_path)
    before = from_files(folder)
    shuffled(folder.parent)
    after = from_files(folder)
    assert after[0] == pytest.approx(before[0], rel=1e-7)
    assert after[1] == pytest.approx(before[1], rel=1e-5, abs=1e-6)


@pytest.mark.parametrize("name", NAMES)
def test_rows_that_say_nothing(name: str, tmp_path: Path) -> None:
    """A use of nothing, and trade that may not happen."""

    def more(table: str, rows: Rows) -> Rows:
        if table == "final_use":
            said = rows[0] | {key: "" for key in ("low", "high", "residual") if key in rows[0]}
            return [*rows, said | {"use": "nothing", "value": "0"}]
        if table == "trade" and not any(row["direction"] == "export" for row in rows):
            return [*rows, rows[0] | {"direction": "export", "limit": "0"}]
        return rows

    folder = copied(name, tmp_path)
    rewritten(folder.parent, more)
    same(usual(name), answered(str(folder), plan_of(name)))


RELAXED = {
    "supply": ("value", 1.25),
    "capacities": ("initial", 1.25),
    "pipeline": ("value", 1.5),
    "trade": ("limit", 1.5),
}


@pytest.mark.parametrize("name", NAMES)
def test_limits_that_are_relaxed(name: str) -> None:
    economy = load(name)
    better = 1.0 if planner.pose(economy).program.sense == "max" else -1.0
    value, counted = usual(name)[0], {*economy.tables["costs"]["measure"], *economy.tables["relation_terms"]["measure"]}
    for table, (column, factor) in RELAXED.items():
        frame = economy.tables[table]
        if len(frame) and not (
            table in ("capacities", "pipeline") and counted & {"capacity", "start"}
        ):  # more costs more
            ends = [c for c in frame if c == column or c.startswith(f"{column}_") or c in ("low", "high", "central")]
            numbers = frame[[c for c in ends if frame[c].dtype.kind == "f"]] * factor
            found = answered(economy.with_tables({table: frame.assign(**numbers)}))[0]
            assert better * found >= better * value - 1e-7 * max(1.0, abs(value)), table


@pytest.mark.parametrize("name", NAMES)
def test_a_change_in_memory_is_the_change_in_the_files(name: str, tmp_path: Path) -> None:
    economy = load(name)
    tables = [table for table in ("coefficients", "supply", "final_use", "targets") if len(economy.tables[table])]
    folder = copied(name, tmp_path)
    in_files(folder.parent, tables)
    one = answered(in_memory(economy, tables))
    same(one, answered(str(folder), plan_of(name)))
    assert not np.isclose(one[0], usual(name)[0]) or not tables


@pytest.mark.parametrize(("name", "scenario"), SCENARIOS)
def test_a_scenario_laid_over_and_the_same_tables_written_out(name: str, scenario: str, tmp_path: Path) -> None:
    economy = load(name, scenario=scenario)
    if len(economy.tables["regions"]):
        pytest.skip("tables of regions stand divided in memory, and in files as a country's with shares")
    folder = written(economy, tmp_path / "mine")
    for kept in ("models", "scenarios"):  # questions of its own, and scenarios that the heading names
        for one in _extended(name):
            if (shipped("inputs") / one / kept).is_dir():
                shutil.copytree(shipped("inputs") / one / kept, folder / kept, dirs_exist_ok=True)
    head = (folder / "economy.toml").read_text(encoding="utf-8").splitlines(keepends=True)
    (folder / "economy.toml").write_text("".join(line for line in head if not line.startswith("extends")), "utf-8")
    same(usual(name, scenario), answered(load(folder, scenario="base"), plan_of(name)), rel=1e-9)
