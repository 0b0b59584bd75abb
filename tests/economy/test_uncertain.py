"""One definition of an uncertain number, and one count of them, whoever counts."""

import pytest

import planner
from planner.analysis.sensitivity.tornado import Tornado
from planner.analysis.uncertainty.design import factors_of
from planner.economy import load
from planner.economy.schema import TABLES
from planner.economy.uncertain import UncertainNumbers, at_end, counts, mixed
from planner.formulation.parametric.rows import uncertain_rows
from planner.solver.highs import Session


@pytest.fixture(scope="module")
def ussr():
    return load("ussr_1928")


@pytest.mark.parametrize("plan", ["raised_1930", "ffyp_optimum", "ffyp_minimum", ""])
def test_conditions_and_figures_add_up(ussr, plan):
    numbers = UncertainNumbers.of(ussr, plan)
    conditions = UncertainNumbers.of(ussr)
    assert conditions.figures == 0
    assert len(numbers) == len(conditions) + numbers.figures
    assert counts(ussr, plan).uncertain == len(numbers)
    assert bool(plan) == (numbers.figures > 0)


def test_each_is_counted_once_whatever_its_periods(ussr):
    numbers = UncertainNumbers.of(ussr, "raised_1930").all
    keys = {
        (n.table, n.column, *ussr.tables[n.table].iloc[n.places[0]][list(TABLES[n.table].lasting_key)].astype(str))
        for n in numbers
    }
    assert len(keys) == len(numbers)
    assert max(len(number.places) for number in numbers) > 1


def test_what_is_drawn_apart_is_what_is_counted(ussr):
    """The factors of a usual design are the conditions: entries in one row, for several periods, share a draw."""
    entries = uncertain_rows(ussr)
    assert len(factors_of(entries)) == len(UncertainNumbers.of(ussr)) < len(entries)


def test_what_is_moved_is_what_is_counted():
    formulation = planner.pose("two_goods", plan="ambitious")
    found = Tornado(formulation, Session().solve(formulation.program), Session())
    assert found.numbers == UncertainNumbers.of(formulation.economy, "ambitious").all


def test_other_plans_and_what_happened_do_not_count(ussr):
    every = {(n.table, place) for n in UncertainNumbers.of(ussr, "raised_1930").all for place in n.places}
    plans = {ussr.tables["targets"]["plan"].iloc[place] for table, place in every if table == "targets"}
    assert plans == {"raised_1930"}
    assert not [table for table, _ in every if table == "actuals"]


def test_moved_to_an_end_and_no_other(ussr):
    numbers = UncertainNumbers.of(ussr, "raised_1930").all
    moved = mixed(ussr, at_end(ussr, "high"), numbers[:1])
    first = numbers[0]
    before, after = (e.tables[first.table][first.column].to_numpy() for e in (ussr, moved))
    changed = [place for place in range(len(before)) if before[place] != after[place]]
    assert set(changed) <= set(first.places)
    assert changed


@pytest.mark.parametrize(("economy", "plan", "uncertain"), [("leontief", "", 0), ("williams", "sixth_year", 0)])
def test_an_economy_without_ranges(economy, plan, uncertain):
    found = counts(load(economy), plan)
    assert (found.uncertain, found.figures) == (uncertain, 0)
    assert found.stated > 0
