"""The tornado against the same numbers set on the command line."""

import numpy as np
import pandas as pd
import pytest

from planner.analysis.sensitivity.tornado import Tornado
from planner.answers.pose import pose
from planner.economy.schema import TABLES
from planner.solver.highs import Session


def tornado(economy, **asked):
    formulation = pose(economy, **asked)
    session = Session()
    return Tornado(formulation, session.solve(formulation.program), session)


@pytest.fixture(scope="module")
def ussr():
    found = tornado("ussr_1928")
    return found, found.singles()


def test_two_goods_by_hand():
    """0.08 and 0.12 t of iron a tonne of corn around 0.10: 93.25 and 86.75 per cent."""
    row = tornado("two_goods").singles().iloc[0]
    assert (row["at_low"], row["at_high"]) == pytest.approx((0.9325, 0.8675), abs=1e-6)


@pytest.mark.parametrize("place", range(4))
def test_singles_equal_a_solve_with_set(ussr, place):
    _, table = ussr
    moved = table[(table["swing"] > 0) | (table["plan"] != "yes")]
    row = moved.iloc[place]
    keys = {
        "supply": f"resource={row['number']}",
        "targets": ",".join(
            f"{k}={v}" for k, v in zip(("plan", "measure", "item"), row["number"].split(), strict=False)
        ),
        "coefficients": ",".join(
            f"{k}={v}" for k, v in zip(("activity", "item", "role"), row["number"].split(), strict=False)
        ),
    }[row["table"]]
    for end in ("low", "high"):
        solution = Session().solve(pose("ussr_1928", changes=changes(row["table"], keys, end)).program)
        value = solution.objective if solution.optimal else np.nan
        assert row[f"at_{end}"] == pytest.approx(value, abs=1e-7, nan_ok=True)


def changes(table, keys, end):
    """One change a row, since ends may differ by period: the number becomes its own end."""
    frame = pose("ussr_1928").economy.tables[table]
    chosen = np.ones(len(frame), bool)
    for part in keys.split(","):
        key, _, word = part.partition("=")
        chosen &= (frame[key] == word).to_numpy()
    time = "period" if "period" in frame else "from_period"
    rows = frame[chosen & (frame["low"] < frame["high"]).to_numpy()]
    return [f"{table}:{keys},{time}={r[time]}:value={r[end]}" for r in rows.to_dict("records")]


def test_halving_misses_nothing(ussr):
    """A sample of all numbers, solved one by one at both ends, changes the value just where the table says so."""
    found, table = ussr
    moved = table[(table["swing"] > 0) | (table["plan"] != "yes")]
    told = set(zip(moved["table"], moved["number"], moved["column"], strict=True))
    assert len(found.numbers) - len(told) > 500
    for i in np.random.default_rng(5).choice(len(found.numbers), 30, replace=False):
        number = found.numbers[i]
        values = found.at([([number], end) for end in found.ends])
        changed = any(np.isnan(value) or abs(value - found.value) > 1e-8 for value in values)
        frame = found.formulation.economy.tables[number.table].iloc[number.places[0]]
        keys = [key for key in TABLES[number.table].key if key not in ("period", "from_period")]
        name = " ".join(str(frame[key]) for key in keys)
        assert changed == ((number.table, name, number.column) in told)


def test_groups_hold_their_members_and_keep_asymmetry(ussr):
    found, table = ussr
    groups = found.groups(groupings=("table", "period", "verified"))
    assert set(groups["by"]) == {"table", "period", "verified"}
    [both] = found.at([(found.numbers, found.corners[1])])
    by_table = groups[groups["by"] == "table"]
    assert both >= by_table["at_high"].max() - 1e-9
    supply = by_table[by_table["number"] == "supply"].iloc[0]
    single = table[(table["table"] == "supply") & (table["plan"] == "yes")]
    assert supply["at_high"] >= single["at_high"].max() - 1e-9
    swings = table.loc[table["plan"] == "yes", "swing"]
    assert swings.is_monotonic_decreasing


def test_rows_are_sorted_by_swing_with_empty_set_first(ussr):
    _, table = ussr
    first = table["plan"].ne("yes").to_numpy()
    assert not first[np.argmin(first) :].any()
    assert pd.notna(table.loc[table["plan"] == "yes", "at_low"]).all()
