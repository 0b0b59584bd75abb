"""What a plan leaves is all that those who come after need: an economy cut in two reaches what it reaches whole."""

import dataclasses

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.economy.chain.opened import opened_by
from planner.economy.chain.rebase import rebased
from planner.formulation import formulate, load_question
from planner.formulation.chains.state import state_table
from planner.solver.highs import Session
from tests.properties.chain import cut
from tests.properties.economies import PLAN, rich
from tests.properties.frames import economy

QUESTION = dataclasses.replace(load_question("attainment"), floor=0.5)
FEW = settings(max_examples=15, derandomize=True, deadline=None)


def opened(later, state, of):
    """The later economy with a state in place of its record."""
    return dataclasses.replace(later, tables=opened_by(later, rebased(later, state, of.name)))


@given(rich(), st.integers(1, 3))
@FEW
def test_the_rest_of_a_plan_reaches_from_its_state_what_the_whole_reaches(made, at):
    tables, periods = made
    at = min(at, len(periods) - 1)
    whole = economy(tables, periods)
    targets = whole.tables["targets"]
    whole = dataclasses.replace(whole, tables={**whole.tables, "targets": targets[targets["period"] == periods[-1]]})
    posed = formulate(whole, QUESTION, PLAN)
    best = Session().solve(posed.program)
    if not best.optimal:
        return
    before, later = cut(whole, at)
    table = state_table(posed, best, at)
    state = table[table["end_of"] == periods[at - 1]].drop(columns="end_of")
    again = Session().solve(formulate(opened(later, state, before), QUESTION, PLAN).program)
    assert again.value == pytest.approx(best.value, rel=1e-6, abs=1e-7)
