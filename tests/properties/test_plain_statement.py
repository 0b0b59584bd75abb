"""The planner's program and the same mathematics said plainly in PuLP have one optimum, on economies with everything in them."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.formulation import formulate, load_question
from planner.solver.highs import Session
from tests.properties.economies import PLAN, Tables, rich
from tests.properties.frames import economy
from tests.properties.plain import Plain

QUESTION = load_question("attainment")
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:pulp")
STEADY = settings(max_examples=40, derandomize=True, deadline=None)


@STEADY
@given(rich(), st.sampled_from(["central", "optimistic", "pessimistic"]), st.booleans(), st.booleans())
def test_same_optimum(made: tuple[Tables, list[str]], corner: str, growth: bool, sustain: bool) -> None:
    facts = economy(*made, corner=corner)
    asked = replace(
        QUESTION, floor=0.5, basis="growth" if growth else "level", terminal="sustain" if sustain else "none"
    )
    ours = Session().solve(formulate(facts, asked, PLAN).program)
    theirs = Plain(facts, PLAN, 0.5, growth=growth, sustain=sustain).solve()
    assert ours.optimal == (theirs is not None)
    if theirs is not None:
        assert ours.objective == pytest.approx(theirs, rel=1e-6, abs=1e-8)
