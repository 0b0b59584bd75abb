"""Balanced shares: cases worked by hand, and the slow way on economies with a row of every kind."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings

from planner.analysis.feasibility.shortfall import most_met
from planner.analysis.shares.balanced import MOST, balanced
from planner.analysis.shares.target_rows import TargetRows
from planner.answers.pose import pose
from planner.economy import Economy
from planner.formulation import Formulation, formulate, load_question
from planner.solver.highs import Session
from tests.properties.economies import PLAN, Tables, rich
from tests.properties.frames import economy

QUESTION = load_question("attainment")


def test_two_goods_by_hand() -> None:
    """Iron is stuck at 36 of 40 t. Corn goes on to 78 of 72 t: 300 workers less 4 x 36, at 2 a ton (the farms hold 80)."""
    found = balanced(pose("two_goods", model="attainment", plan="ambitious"))
    assert found.shares.tolist() == pytest.approx([78 / 72, 36 / 40], rel=1e-9)
    assert found.step.tolist() == [1, 0]


def cloth_and_yarn(**figures: object) -> Economy:
    """12 of cloth must be woven; spindles make 10 of yarn; neither needs the other. What is asked scales."""
    tables = {
        "products": {"product": ["cloth", "yarn"], "unit": "m"},
        "activities": {"activity": ["weaving", "spinning"], "product": ["cloth", "yarn"]},
        "capacities": {"capacity": ["spinning"], "unit": "m", "initial": [10.0]},
        "final_use": {"product": ["cloth"], "use": "army", "period": "1", "value": 12.0},
        "targets": {
            "plan": PLAN,
            "measure": "output",
            "item": ["cloth", "yarn"],
            "period": "1",
            "unit": "m",
            "scales": ["yes" if sense != "at_least" else "no" for sense in figures.get("sense", ["at_least"] * 2)],
            **figures,
        },
    }
    return economy(tables, ["1"])


def test_a_figure_to_be_met_exactly_is_held_back_by_overshooting() -> None:
    """Exactly 10 of cloth are asked, 12 must be made: a share of 0.8. That is no reason to stop yarn before 10 / 5."""
    posed = formulate(cloth_and_yarn(value=[10.0, 5.0], sense=["exactly", "at_least"]), QUESTION, PLAN)
    found = balanced(posed)
    assert found.shares.tolist() == pytest.approx([0.8, 2.0])
    met = most_met(posed)
    assert (met.met.tolist(), met.bound, met.exact) == ([0.0, 1.0], 1, True)


@pytest.mark.parametrize(("cap", "shares"), [(16.0, [1.0, 2.0]), (12.0, [1.0, 2.0]), (11.0, [np.nan, np.nan])])
def test_a_cap_that_does_not_scale_is_part_of_the_set(cap: float, shares: list[float]) -> None:
    """12 of cloth must be made. Less than that cannot be a cap: then there is no plan at all, whatever the shares."""
    posed = formulate(cloth_and_yarn(value=[cap, 5.0], sense=["at_most", "at_least"], scales="no"), QUESTION, PLAN)
    assert balanced(posed).shares.tolist() == pytest.approx(shares, nan_ok=True)


def test_a_figure_not_to_be_passed() -> None:
    """At most 16 of cloth, 12 are made: (2 - s) 16 = 12 at a share of 1.25."""
    found = balanced(formulate(cloth_and_yarn(value=[16.0, 5.0], sense=["at_most", "at_least"]), QUESTION, PLAN))
    assert found.shares.tolist() == pytest.approx([1.25, 2.0])


def test_a_figure_nothing_limits_is_reported_at_the_ceiling() -> None:
    found = balanced(formulate(cloth_and_yarn(value=[24.0, 5.0]), QUESTION, PLAN))
    assert found.shares.tolist() == pytest.approx([MOST, 2.0])


def the_slow_way(posed: Formulation) -> np.ndarray:
    """Raise all open shares together; then each alone with the others held there: what cannot go on is settled.

    A case is passed over where a limit has come to carry a price so high that the solver's tolerance decides the share.
    """
    handle, session = TargetRows(posed), Session()
    upper = posed.program.column_upper.copy()
    upper[handle.theta] = MOST
    program = posed.program.with_(column_upper=upper)
    shares = np.where(posed.targets.scaled, np.nan, 1.0)
    left = handle.scaled
    while len(left):
        solution = session.solve(program)
        level = solution.objective
        assume(solution.optimal and np.abs(solution.row_prices).max() < 1e5)
        held = level - 1e-9 * max(1.0, level)
        alone = [session.solve(handle.held(program, np.setdiff1d(left, [i]), held)).objective for i in left]
        settled = left[np.array(alone) <= level + 1e-6 * max(1.0, level)]
        assert len(settled), "the common share could have been higher"
        shares[settled] = level
        left = np.setdiff1d(left, settled)
        program = handle.held(program, settled, level - 1e-10)
    return shares


@settings(max_examples=8, derandomize=True, deadline=None)
@given(rich())
def test_same_shares_the_slow_way(made: tuple[Tables, list[str]]) -> None:
    """Figures to be met exactly are left aside: two of them can pin the plan so that rounding decides what follows."""
    facts = economy(*made)
    posed = formulate(facts, replace(QUESTION, without=tuple(facts.tables["activities"]["activity"])), PLAN)
    found = balanced(posed)
    assume(found.first.optimal)
    assert found.last is not None
    assert found.shares == pytest.approx(the_slow_way(posed), rel=1e-5, abs=1e-6)
    assert found.shares[posed.targets.scaled].min() == pytest.approx(found.first.objective, abs=1e-9)
