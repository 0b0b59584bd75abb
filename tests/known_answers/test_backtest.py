"""The back-test of ``ussr_1928``: what was produced in 1929 to 1933 fits the feasible set under conditions as they turned out.

Shares to three decimals. Whoever compiled the tables published 1.005 for 1929 and 1.003 for 1929 to each later year, optimistic
1.012 throughout, and no plan at all at the pessimistic corner; since then the payments of `realised` were rebuilt from customs
totals and eight norms cut, which leaves 1.004 and 1.002.
"""

from dataclasses import replace

import numpy as np
import pytest

from planner.analysis.feasibility.backtest import PLAN, as_plan
from planner.economy import Economy, load
from planner.formulation import formulate, load_question
from planner.program import LinearProgram
from planner.solver.highs import Session

QUESTION = load_question("backtest")
CENTRAL = {"1929": 1.0037, "1930": 1.0017, "1931": 1.0017, "1932": 1.0017, "1933": 1.0017}


def up_to(economy: Economy, year: str) -> LinearProgram:
    """Outputs of all years to this one, posed as the figures of a plan."""
    posed = as_plan(economy)
    targets = posed.tables["targets"]
    kept = targets[targets["period"] <= year].reset_index(drop=True)
    return formulate(replace(posed, tables={**posed.tables, "targets": kept}), QUESTION, PLAN).program


@pytest.mark.parametrize("year", CENTRAL)
def test_what_was_produced_fits(year: str) -> None:
    central = Session().solve(up_to(load("ussr_1928", scenario="realised"), year))
    assert central.objective == pytest.approx(CENTRAL[year], abs=0.0005)
    assert central.residuals.relative < 1e-8


def test_at_the_corners() -> None:
    programs = {
        c: up_to(load("ussr_1928", scenario="realised", corner=c), "1933") for c in ("optimistic", "pessimistic")
    }
    assert Session().solve(programs["optimistic"]).objective == pytest.approx(1.012, abs=0.0005)
    assert Session().solve(programs["pessimistic"]).status.value == "infeasible"


def test_what_outputs_leave_to_households() -> None:
    """With actual outputs in full the tables allow 0.455 of the level of 1928 in the leanest year: the floor of 0.45 just fits."""
    program = up_to(load("ussr_1928", scenario="realised"), "1933")
    in_full, no_floor = program.column_lower.copy(), program.row_lower.copy()
    in_full[program.column_block["attainment"].slice] = 1.0
    no_floor[program.row_block["consumption_floor"].slice] = 0.0
    session, levels = Session(), program.column_block["consumption"]
    most = [
        session.solve(
            program.with_(cost=np.eye(program.shape[1])[year], column_lower=in_full, row_lower=no_floor)
        ).objective
        for year in range(levels.start, levels.stop)
    ]
    assert min(most) == pytest.approx(0.455, abs=0.0005)
