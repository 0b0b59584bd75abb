"""What a plan leaves is all that those who come after need: an economy cut in two reaches what it reaches whole.

And one program over both parts allows whatever one plan after the other does: works in progress are in the state, and what their
building still takes is paid for.
"""

import dataclasses

import pytest

from planner.analysis.chains.chain import EconomyChain
from planner.analysis.chains.joined import joined
from planner.economy.chain.opened import opened_by
from planner.economy.chain.rebase import rebased
from planner.formulation import formulate, load_question
from planner.formulation.chains.state import state_table
from planner.solver.highs import Session
from tests.properties.chain import cut
from tests.properties.economies import PLAN, made
from tests.properties.frames import economy

QUESTION = dataclasses.replace(load_question("attainment"), floor=0.5)
CASES = [(0, 2, 2, 1), (1, 3, 3, 1), (2, 2, 2, 1), (5, 3, 4, 2), (8, 4, 2, 1)]  # seed, goods, periods, cut after


def opened(later, state, of):
    """The later economy with a state in place of its record."""
    return dataclasses.replace(later, tables=opened_by(later, rebased(later, state, of.name)))


def whole_of(seed, goods, years):
    """An economy whose figures are all due in its last period."""
    tables, periods = made(seed, goods, years)
    whole = economy(tables, periods)
    targets = whole.tables["targets"]
    last = targets[targets["period"] == periods[-1]].reset_index(drop=True)
    return dataclasses.replace(whole, tables={**whole.tables, "targets": last}, name="before")


def after(whole, later, posed, solution, at):
    """What the later part reaches from the state of a plan."""
    table = state_table(posed, solution, at)
    state = table[table["end_of"] == whole.periods[at - 1]].drop(columns="end_of")
    return Session().solve(formulate(opened(later, state, whole), QUESTION, PLAN).program)


@pytest.mark.parametrize(("seed", "goods", "years", "at"), CASES)
def test_cut_in_two(seed, goods, years, at):
    whole = whole_of(seed, goods, years)
    later = dataclasses.replace(cut(whole, at)[1], name="later")
    posed = formulate(whole, QUESTION, PLAN)
    best = Session().solve(posed.program)
    one = Session().solve(joined(EconomyChain((whole, later), QUESTION, PLAN, (0.5, 0.5))).program)
    if not best.optimal:
        assert not one.optimal
        return
    assert one.value == pytest.approx(best.value, rel=1e-6, abs=1e-7)
    assert after(whole, later, posed, best, at).value == pytest.approx(best.value, rel=1e-6, abs=1e-7)
    for question in (
        dataclasses.replace(QUESTION, terminal="keep"),
        dataclasses.replace(QUESTION, objective="consumption"),
    ):
        other = formulate(whole, question, PLAN)
        chained = Session().solve(other.program)
        if chained.optimal:
            found = after(whole, later, other, chained, at)
            assert not found.optimal or found.value <= one.value * (1.0 + 1e-6) + 1e-7
