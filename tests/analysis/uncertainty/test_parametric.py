"""A program as a function of its numbers is the program stated in full, wherever they stand."""

from dataclasses import replace

import numpy as np
import pytest

from planner.answers.pose import pose
from planner.economy import load
from planner.formulation.parametric.program import difference, flat, in_full, parametrise
from planner.formulation.parametric.rows import uncertain_rows
from planner.solver.highs import Session


def farthest(stated, values):
    """Greatest difference of an entry, relative to it, from the program stated in full."""
    one, whole = flat(stated.at(values)), flat(in_full(stated.formulation, stated.numbers, values))
    return np.abs(
        difference(one, whole, np.ones(len(one))) / (1.0 + np.abs(np.where(np.isinf(whole), 0.0, whole)))
    ).max()


def anywhere(numbers, seed):
    return numbers.low + np.random.default_rng(seed).random(len(numbers)) * (numbers.high - numbers.low)


@pytest.fixture(scope="module")
def ussr():
    formulation = pose("ussr_1928", model="attainment", plan="raised_1929_12")
    return parametrise(formulation, uncertain_rows(formulation.economy, "raised_1929_12"))


def test_the_shipped_economy_is_linear_in_its_numbers(ussr):
    assert ussr.slopes is not None
    assert not len(ussr.odd)
    for values in (ussr.numbers.low, ussr.numbers.high, anywhere(ussr.numbers, 7)):
        assert farthest(ussr, values) < 1e-12


def test_where_they_stand_the_program_is_the_one_given(ussr):
    assert np.array_equal(flat(ussr.at(ussr.numbers.now)), flat(ussr.formulation.program))


def test_the_optimistic_corner_comes_out(ussr):
    numbers = ussr.numbers.table["table"] != "targets"
    values = np.where(numbers, ussr.numbers.ends(favour=True), ussr.numbers.now)
    corner = pose("ussr_1928", model="attainment", plan="raised_1929_12", corner="optimistic")
    assert Session().solve(ussr.at(values)).objective == pytest.approx(
        Session().solve(corner.program).objective, rel=1e-9
    )


def test_numbers_that_multiply_each_other_are_stated_in_full():
    """Corn per head and the number of heads are multiplied: neither is linear while the other moves."""
    economy = load("two_goods")
    tables = dict(economy.tables)
    tables["consumption"] = tables["consumption"].assign(per_head_low=0.4, per_head_high=0.6)
    tables["population"] = tables["population"].assign(low=90.0, high=110.0)
    formulation = pose(replace(economy, tables=tables), model="attainment", plan="ambitious")
    stated = parametrise(formulation, uncertain_rows(formulation.economy))
    assert stated.slopes is None
    assert farthest(stated, anywhere(stated.numbers, 3)) == 0.0


def test_a_figure_that_falls_below_the_base_is_odd_and_no_obstacle():
    """On the growth basis a target at or below the base is held in full: its row is not linear in the figure."""
    economy = load("two_goods")
    targets = economy.tables["targets"]
    iron = (targets["plan"] == "ambitious") & (targets["item"] == "iron")
    tables = {**economy.tables, "targets": targets.assign(low=targets["low"].mask(iron, 10.0))}
    formulation = pose(replace(economy, tables=tables), model="growth", plan="ambitious")
    stated = parametrise(formulation, uncertain_rows(formulation.economy, "ambitious"))
    assert stated.slopes is not None
    assert stated.numbers.table["table"].iloc[stated.odd].tolist() == ["targets"]
    for values in (stated.numbers.low, stated.numbers.high, anywhere(stated.numbers, 5)):
        assert farthest(stated, values) < 1e-12


def test_without_numbers_there_is_nothing_to_find_out():
    formulation = pose("leontief")
    stated = parametrise(formulation, uncertain_rows(formulation.economy))
    assert np.array_equal(flat(stated.at(np.zeros(0))), flat(formulation.program))


@pytest.mark.slow
def test_shares_of_regions_multiply_what_they_share_out():
    formulation = pose("ussr_1928_regions", model="attainment", plan="raised_1929_12")
    stated = parametrise(formulation, uncertain_rows(formulation.economy))
    assert stated.slopes is None
    assert farthest(stated, anywhere(stated.numbers, 7)) == 0.0
