"""Single numbers that turn the verdict, where a residual follows them."""

from dataclasses import replace

import pytest

from planner.analysis.feasibility.switching_values import switching_values
from planner.economy import load
from planner.formulation import load_question
from tests.economy.test_residuals import laid_down

ORE = "resource,period,value,low,high\nore,*,9,,\n"


@pytest.mark.parametrize(("tools", "turn"), [(6.2, [0.6]), (6.4, []), (30.0, [])])
def test_a_number_that_a_residual_follows_may_turn_the_verdict_at_the_end_that_takes_more(tmp_path, tools, turn):
    """By hand: 9 − (10 − 8a) iron is left for tools of a: 6 of them at .5, 5.5 at .4 and 6.33 at .6."""
    targets = f"plan,measure,item,period,value\nmore,output,tools,2002,{tools}\n"
    economy = load(laid_down(tmp_path / "iron", supply=ORE, targets=targets))
    question = replace(load_question("five_year"), objective="attainment")
    found = switching_values(economy, economy.at_corner("optimistic"), question, "more")
    assert found.complete
    assert found.table["end"].tolist() == turn
    assert found.table["attainment"].tolist() == pytest.approx([3.8 / 0.6 / tools] * len(turn))
