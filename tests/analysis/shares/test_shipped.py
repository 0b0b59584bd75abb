"""Shares and path on every shipped plan, scenario and corner: beside Clarabel, and with all limits moved a little.

The whole is slow; a sample runs with every suite. Where the usual floor leaves nothing, or nearly nothing, to be shared out,
the floor is 95 % of the highest that some plan keeps.
"""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

import planner
from planner.analysis.feasibility.households import highest_floor
from planner.analysis.shares.path import path_to
from planner.analysis.shares.proportional import CLEAR, LEAST, Proportional, proportional
from planner.answers.pose import pose
from planner.economy import Economy
from planner.economy.corner import CORNERS
from planner.formulation import Formulation
from tests.analysis.shares.by_clarabel import outputs_by_squares, shares_by_cone

SHIPPED = planner.load("ussr_1928")
SCENARIOS = ("plan_assumptions", "realised", "no_collectivisation")
PLANS = tuple(SHIPPED.tables["plans"]["plan"])
SAMPLE = (("raised_1930", "plan_assumptions", "central"), ("ffyp_optimum", "realised", "central"))
EVERY = [
    pytest.param(plan, scenario, corner, marks=() if (plan, scenario, corner) in SAMPLE else pytest.mark.slow)
    for scenario in SCENARIOS
    for corner in CORNERS
    for plan in PLANS
]
every_question = pytest.mark.parametrize(("plan", "scenario", "corner"), EVERY)


@cache
def conditions(scenario: str, corner: str) -> tuple[Economy, float]:
    """The economy, and a floor that leaves something to be shared out."""
    facts = SHIPPED.in_scenario(scenario).at_corner(corner)
    most = highest_floor(facts, pose(facts, plan=PLANS[0]).question)
    if np.isnan(most):
        pytest.skip(f"no plan keeps the balances of {scenario} at {corner} values")
    return facts, 1.0 if most >= 1.0 / CLEAR else 0.95 * most


@cache
def asked(plan: str, scenario: str, corner: str) -> tuple[Formulation, Proportional]:
    """A question and its shares."""
    facts, floor = conditions(scenario, corner)
    posed = pose(facts, plan=plan, floor=floor)
    return posed, proportional(posed, reasons=False)


@every_question
def test_clarabel_finds_the_same_shares(plan: str, scenario: str, corner: str) -> None:
    posed, found = asked(plan, scenario, corner)
    weighed = np.flatnonzero(posed.targets.scaled & ~found.unmade)
    assert (found.shares[weighed] > LEAST).all()
    by_cone, within = shares_by_cone(posed, weighed)
    assert found.shares[weighed] == pytest.approx(by_cone[weighed], abs=within)


@every_question
def test_clarabel_finds_the_same_path(plan: str, scenario: str, corner: str) -> None:
    posed, found = asked(plan, scenario, corner)
    path = path_to(posed, found.shares)
    rows, level = path.reference.rows, path.reference.level.ravel()
    apart = np.abs(outputs_by_squares(path, found.shares) - path.output.ravel())[rows] / level[rows]
    assert apart.max() <= 2e-3
    assert path.gap <= 1e-3  # of a sum of squares that may be next to nothing


@every_question
def test_shares_do_not_hang_on_the_last_digits(plan: str, scenario: str, corner: str) -> None:
    """All limits moved at random by a millionth: no share moves by 1e-4."""
    posed, found = asked(plan, scenario, corner)
    program, random = posed.program, np.random.default_rng(3)
    by = 1.0 + 1e-6 * random.uniform(-1.0, 1.0, program.shape[0])
    moved = program.limited(slice(None), lower=program.row_lower * by, upper=program.row_upper * by)
    after = proportional(replace(posed, program=moved), reasons=False)
    assert np.abs(after.shares - found.shares).max() < 1e-4
