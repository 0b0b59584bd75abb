"""What binds: the limits that carry the price of the objective."""

from __future__ import annotations

import numpy as np
import pandas as pd

from planner.formulation import FAMILIES
from planner.report.tables import prices_table
from planner.solver.solution import Solution

TARGETS = frozenset(name for name, family in FAMILIES.items() if family.of_targets)  # figures asked for are no limits


def binding_table(solution: Solution) -> pd.DataFrame:
    """Every limit with a price, heaviest first.

    ``weight`` is price × limit ÷ objective: the percentage by which the objective grows when the limit grows by one per
    cent. The weights of all limits add up to one. Where several optimal prices exist this is one of them.
    """
    table = prices_table(solution)
    table = table[(table["weight"].abs() > 1e-9) & ~table["family"].isin([*TARGETS, "attainment"])]
    order = np.argsort(-table["weight"].abs().to_numpy(), kind="stable")
    return table.iloc[order][
        ["family", "item", "period", "limit", "unit", "shadow_price", "price_unit", "weight"]
    ].reset_index(drop=True)
