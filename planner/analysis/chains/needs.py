"""What the first period of an economy needs of each kind of plant beyond what it begins with."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from planner.economy import Economy
from planner.economy.opening_position import at_year
from planner.formulation import Question, formulate
from planner.program import Matrix
from planner.solver.highs import Session

__all__ = ["needs"]

_LEFT_OUT = ("capacity", "capacity_accumulation", "growth_limit", "training", "terminal", "keep", "steady", "target")
_LEAST = 1e-7  # of what a kind comes to: what is missing beyond this is no rounding


def needs(economy: Economy, question: Question) -> pd.DataFrame:
    """The least plant that is missing in the first period, whatever is made: final use and households' floor alone must be met.

    One small program: production, trade and opening stocks of that period, each kind of plant as it begins, and more of it at a
    price that is the share by which it would be more. Where nothing is missing the first period can be lived through.

    Args:
        economy: whose first period it is.
        question: which families and which floor hold.

    Returns:
        capacity, unit, stands (what can be used of the opening plant and of what comes on stream without being begun under the
        plan), needed (the same with what is missing); ``nan`` where nothing meets the balances, however much plant there is.
    """
    posed = formulate(at_year(economy, economy.periods[0]), _of_balances(question))
    facts, K = posed.facts, len(posed.facts.capacities)
    pipeline = economy.tables["pipeline"]
    coming = pipeline[pipeline["period"] == economy.periods[0]].groupby("capacity")["value"].sum()
    stands = facts.plant.survives * economy.tables["capacities"]["initial"].to_numpy(dtype=float)
    stands = stands + np.array([coming.get(name, 0.0) for name in facts.capacities], dtype=float)
    use, at = facts.plant.column("utilisation"), posed.program.column_block["activity"].slice
    body = np.zeros((K, posed.program.shape[1]))
    body[:, at] = facts.technology.runs_on.toarray()
    price = np.where(facts.plant.gestation == 0, 0.0, 1.0 / np.maximum(stands, stands.max(initial=0.0) * 1e-6))
    program = posed.program.with_rows("plant", Matrix(body), upper=use * stands)
    more = Matrix((-use, (np.arange(K) + posed.program.shape[0], np.arange(K))), shape=(program.shape[0], K))
    program = program.with_columns("missing", more)
    cost = np.concatenate([np.zeros(posed.program.shape[1]), price])
    solution = Session().solve(program.minimising(cost, "plant that is missing"))
    missing = solution.values[-K:] if solution.optimal else np.full(K, np.nan)
    missing = np.where((missing > _LEAST * (stands + missing)) & (price > 0.0), missing, missing * 0.0)
    columns = {
        "capacity": facts.capacities,
        "unit": facts.units("capacities"),
        "stands": stands,
        "needed": stands + missing,
    }
    return pd.DataFrame(columns)


def _of_balances(question: Question) -> Question:
    """The question with nothing asked for, and without what limits plant."""
    families = tuple(name for name in question.families if name not in _LEFT_OUT)
    return replace(question, families=families, objective="consumption", then="", terminal="none", annual=False)
