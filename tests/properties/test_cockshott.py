"""Plans of the kind Cockshott computes: flows, stocks of each good tied up in each industry, and deliveries wanted every year.

The plan wants the largest share of a bill of final deliveries, the same in every year, from flow norms, stock norms
by industry and good, depreciation by industry and good, and the labour of each year.
"""

from dataclasses import dataclass

import numpy as np
import pulp
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from planner.analysis.shares.target_rows import TargetRows
from planner.economy import Economy
from planner.formulation import formulate, load_question
from planner.reporting.tables.plan import Reader
from planner.solver.highs import Session
from tests.properties.frames import economy

QUESTION = load_question("attainment")
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:pulp")


@dataclass(frozen=True)
class Cockshott:
    """Flows and stocks per unit of output (good by industry), depreciation, opening stocks, labour, hands and targets by year."""

    flows: NDArray[np.float64]
    stocks: NDArray[np.float64]
    wear: NDArray[np.float64]
    opening: NDArray[np.float64]
    labour: NDArray[np.float64]
    hands: NDArray[np.float64]
    wanted: NDArray[np.float64]

    @property
    def size(self) -> tuple[int, int]:
        """Goods and years."""
        return len(self.flows), len(self.hands)


@st.composite
def plans(draw: st.DrawFn) -> Cockshott:
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    goods, years = draw(st.integers(1, 4)), draw(st.integers(1, 5))
    flows = rng.uniform(0.0, 0.7 / goods, (goods, goods))
    stocks = rng.uniform(0.1, 1.0, (goods, goods)) * (rng.random((goods, goods)) < 0.7)
    wanted = rng.uniform(1.0, 5.0, (goods, years)) * (rng.random((goods, years)) < 0.9)
    wanted[0, :] += 1.0
    output = np.linalg.solve(np.eye(goods) - flows, wanted.mean(axis=1))
    labour = rng.uniform(0.2, 1.0, goods)
    return Cockshott(
        flows,
        stocks,
        rng.uniform(0.0, 0.15, (goods, goods)),
        stocks * output * rng.uniform(0.8, 2.0, (goods, goods)),
        labour,
        labour @ output * rng.uniform(1.0, 1.6, years),
        wanted,
    )


def as_economy(plan: Cockshott) -> Economy:
    goods, years = plan.size
    names, periods = [f"g{i}" for i in range(goods)], [str(t + 1) for t in range(years)]
    used = [(i, j) for i in range(goods) for j in range(goods) if plan.stocks[i, j] > 0]
    pairs = [(i, j) for i in range(goods) for j in range(goods)]
    kinds = [f"g{i}.in.g{j}" for i, j in used]
    tables = {
        "products": {"product": names, "unit": "t"},
        "activities": {"activity": names, "product": names},
        "coefficients": {
            "activity": [names[j] for _, j in pairs] + [names[j] for _, j in used] + names,
            "item": [names[i] for i, _ in pairs] + kinds + ["hands"] * goods,
            "role": ["input"] * len(pairs) + ["capacity"] * len(used) + ["resource"] * goods,
            "value": np.concatenate([[plan.flows[p] for p in pairs], [plan.stocks[p] for p in used], plan.labour]),
        },
        "capacities": {
            "capacity": kinds,
            "unit": "t",
            "initial": [plan.opening[p] for p in used],
            "gestation": 1,
            "retirement": [plan.wear[p] for p in used],
        }
        if used
        else {},
        "investment": {"capacity": kinds, "item": [names[i] for i, _ in used], "year": 1, "value": 1.0} if used else {},
        "resources": {"resource": ["hands"], "unit": "persons", "kind": "labour"},
        "supply": {"resource": ["hands"] * years, "period": periods, "value": plan.hands},
        "targets": {
            "plan": "plan",
            "measure": "delivery",
            "item": np.repeat(names, years),
            "period": periods * goods,
            "unit": "t",
            "value": plan.wanted.ravel(),
        },
    }
    return economy(tables, periods)


def by_pulp(plan: Cockshott) -> float:
    """The same plan in PuLP; stocks put in place in a year serve from the next on."""
    goods, years = plan.size
    G, Y = range(goods), range(years)
    problem = pulp.LpProblem("cockshott", pulp.LpMaximize)
    share = pulp.LpVariable("share", 0)
    x = {(j, t): pulp.LpVariable(f"x.{j}.{t}", 0) for j in G for t in Y}
    new = {(i, j, t): pulp.LpVariable(f"new.{i}.{j}.{t}", 0) for i in G for j in G for t in Y if plan.stocks[i, j] > 0}
    problem += share
    for t in Y:
        for i in G:
            flows = pulp.lpSum(plan.flows[i, j] * x[j, t] for j in G)
            invested = pulp.lpSum(new[i, j, t] for j in G if (i, j, t) in new)
            problem += x[i, t] >= flows + invested + share * plan.wanted[i, t]
            for j in G:
                if plan.stocks[i, j] > 0:
                    left = 1.0 - plan.wear[i, j]
                    there = plan.opening[i, j] * left ** (t + 1) + pulp.lpSum(
                        new[i, j, s] * left ** (t - s - 1) for s in range(t)
                    )
                    problem += plan.stocks[i, j] * x[j, t] <= there
        problem += pulp.lpSum(plan.labour[j] * x[j, t] for j in G) <= plan.hands[t]
    assert pulp.LpStatus[problem.solve(pulp.PULP_CBC_CMD(msg=False))] == "Optimal"
    return float(share.value())


@settings(max_examples=40, derandomize=True, deadline=None)
@given(plans())
def test_same_share_as_stated_in_pulp(plan: Cockshott) -> None:
    posed = formulate(as_economy(plan), QUESTION, "plan")
    found = Session().solve(posed.program)
    assert found.objective == pytest.approx(by_pulp(plan), rel=1e-6)
    assert len(TargetRows(posed).scaled) == np.count_nonzero(plan.wanted)
    # What the plan delivers is what the outputs leave beyond flows and new stocks.
    reader = Reader(posed, found)
    made = reader.value(posed.variables.activity).reshape(plan.size)
    starts = reader.value(posed.facts.plant.builds @ posed.variables.start).reshape(plan.size)
    assert (made - plan.flows @ made - starts >= found.objective * plan.wanted - 1e-7).all()
