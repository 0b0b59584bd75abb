"""What a plan hands on that must keep what it found: one end, raised evenly."""

import numpy as np
import pytest

import planner
from planner.analysis.shares.handed_on import handing_on
from planner.analysis.shares.settled import settle
from planner.solver.highs import Session


@pytest.fixture(scope="module")
def kept():
    formulation = planner.pose("two_goods", model="kept", plan="ambitious")
    return formulation, settle(formulation, reasons=False)


def extreme(program, column, sign):
    """The most, or the least, of a column."""
    cost = np.zeros(program.shape[1])
    cost[column] = 1.0
    solution = Session().solve(program.maximising(cost, "most") if sign > 0 else program.minimising(cost, "least"))
    return solution.objective


def test_of_each_kind_there_is_one_end_and_none_can_be_raised_but_at_the_cost_of_one_raised_no_more(kept):
    formulation, settled = kept
    facts, opening = formulation.facts, formulation.facts.plant.column("initial")
    program = handing_on(formulation, settled.shares)
    columns = program.column_block["capacity_level"].start + np.arange(len(opening)) * facts.T + facts.T - 1
    ends = np.array([[extreme(program, column, sign) for column in columns] for sign in (-1, 1)])
    assert ends[0] == pytest.approx(ends[1], rel=1e-4)
    level = ends[1] / opening
    free = program.relaxed(program.row_block["handed_on"].slice)
    for k, column in enumerate(columns):
        held = [j for j in range(len(columns)) if j != k and level[j] <= level[k] * (1 + 1e-6)]
        others = free.bounded(columns[held], lower=ends[0][held] * (1 - 1e-9))
        assert extreme(others, column, 1) == pytest.approx(ends[1][k], rel=1e-4)


def test_the_plan_that_is_told_ends_so(kept):
    formulation, settled = kept
    facts = formulation.facts
    level = settled.plan.read(formulation.variables.capacity.expression()).reshape(-1, facts.T)[:, -1]
    program = handing_on(formulation, settled.shares)
    columns = program.column_block["capacity_level"].start + np.arange(len(level)) * facts.T + facts.T - 1
    assert level == pytest.approx([extreme(program, column, 1) for column in columns], rel=1e-4)


def test_where_nothing_is_to_be_kept_nothing_is_held():
    formulation = planner.pose("two_goods", plan="ambitious")
    assert handing_on(formulation, np.ones(2)) is None
