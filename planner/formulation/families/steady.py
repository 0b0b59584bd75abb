"""Steadiness: no output falls from one period to the next by more than the question allows."""

import numpy as np
import scipy.sparse as sp

from planner.economy.arrays import Arrays
from planner.economy.arrays.time import Time
from planner.formulation.measures import COUNTED
from planner.formulation.named import Group
from planner.formulation.registry import family
from planner.formulation.variables import Variables
from planner.program import Matrix, Rows, lag


@family(
    "steady",
    algebra="yₜ ≥ (1 − fall) yₜ₋₁",
    index=("product", "period"),
    unit_of="product",
    says="No output falls from one period to the next by more than the share allowed; the first is held to the base period's.",
    group=Group("steadiness", "the rule that no output falls", rule=True),
    one_more="one more {unit} of {item} than the rule of steadiness asks for in {period}",
    asked=True,
    reads=("actuals",),
)
def steady(facts: Arrays, plan: Variables) -> Rows:
    """Output of every product of the groups named against that of the period before, known of the base period or not asked."""
    rule, goods = plan.steady, facts.country.products
    kept, time, size = 1.0 - rule.fall, facts.time, len(facts.products)
    first = int(np.flatnonzero(time.closes)[0])
    floor = np.zeros((len(goods.names), facts.T))
    floor[:, first] = kept * facts.base_totals
    made = COUNTED["output"].block(facts, plan)
    change = made - lag(size, facts.T, 1, kept) @ made if time.even else _by_the_unit_of_time(time, size, kept) @ made
    groups = facts.labels("products", "group").astype(str)[goods.first]
    named = np.isin(groups, rule.groups) | (not rule.groups)
    known = np.tile(time.closes, (len(floor), 1))
    known[:, first] = floor[:, first] > 0.0
    asked = (named[:, None] & known).ravel()
    return goods.at_least(change, floor.ravel(), asked, facts.units("products"), facts.periods)


def _by_the_unit_of_time(time: Time, size: int, kept: float) -> Matrix:
    """What each whole makes in a unit of time, where it closes, less what is kept of the one before."""
    rate = sp.diags_array(1.0 / time.whole_length) @ time.totals()
    before = np.zeros((len(time.length),) * 2)
    closing = np.flatnonzero(time.closes)
    before[closing[1:], closing[:-1]] = kept
    return Matrix(sp.kron(sp.eye_array(size), rate - before @ rate))
