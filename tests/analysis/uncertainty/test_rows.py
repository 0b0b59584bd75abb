"""The uncertain numbers of an economy, one a fact, and economies in which they stand elsewhere."""

import numpy as np
import pytest

from planner.economy import load
from planner.economy.residuals.steps import marked
from planner.formulation.parametric.rows import uncertain_rows


@pytest.fixture(scope="module")
def ussr():
    return uncertain_rows(load("ussr_1928"), "raised_1930")


def test_two_goods_has_one_number_with_a_range():
    numbers = uncertain_rows(load("two_goods"))
    assert (numbers.table["table"] + " " + numbers.table["number"]).tolist() == ["coefficients farming iron input"]
    assert (numbers.low[0], numbers.now[0], numbers.high[0], numbers.favourable[0]) == (0.08, 0.1, 0.12, -1)


def test_a_row_for_every_period_is_one_number(ussr):
    of_use = ussr.table["table"] == "final_use"
    starred = of_use & (ussr.table["period"] == "*")
    assert starred.any()
    assert {len(ussr.places[i]) for i in np.flatnonzero(starred)} == {len(ussr.economy.periods)}
    assert {len(ussr.places[i]) for i in np.flatnonzero(of_use & ~starred)} == {1}


def test_every_range_of_the_tables_is_found_once(ussr):
    for table, column, low, high in (("coefficients", "value", "low", "high"), ("supply", "value", "low", "high")):
        frame = ussr.economy.tables[table]
        mine = [places for places, name in zip(ussr.places, ussr.table["table"], strict=True) if name == table]
        found = np.sort(np.concatenate(mine))
        assert found.tolist() == np.flatnonzero((frame[low] < frame[high]).to_numpy()).tolist(), (table, column)


def test_only_the_plan_asked_for_brings_its_targets(ussr):
    assert set(ussr.table.loc[ussr.table["table"] == "targets", "number"].str.split().str[0]) == {"raised_1930"}
    assert not (uncertain_rows(ussr.economy).table["table"] == "targets").any()


@pytest.mark.parametrize("corner", ["optimistic", "pessimistic"])
def test_favourable_ends_are_the_corners(ussr, corner):
    """Residuals aside: they have no ends of their own."""
    numbers = ussr.some((ussr.table["table"] != "targets") & ussr.drawn)
    moved = numbers.economy_at(numbers.ends(favour=corner == "optimistic"))
    there = load("ussr_1928", corner=corner)
    for name, column in set(zip(numbers.table["table"], numbers.table["column"], strict=True)):
        own = ~marked(there.tables[name])
        one, other = moved.tables[name][column][own], there.tables[name][column][own]
        assert np.array_equal(one, other, equal_nan=True), (name, column)


def test_the_economy_itself_is_left_alone(ussr):
    before = ussr.economy.tables["supply"]["value"].to_numpy().copy()
    assert not np.array_equal(ussr.economy_at(ussr.low).tables["supply"]["value"], before)
    assert np.array_equal(ussr.economy.tables["supply"]["value"], before)
