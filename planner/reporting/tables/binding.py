"""What binds: the limits that carry the price of the objective."""

from __future__ import annotations

import numpy as np
import pandas as pd

from planner.formulation import FAMILIES
from planner.program import LinearProgram
from planner.reporting.tables.plan import prices_table
from planner.solver.solution import Solution

TARGETS = frozenset(name for name, family in FAMILIES.items() if family.of_targets)  # figures asked for are no limits


def binding_table(solution: Solution) -> pd.DataFrame:
    """Every limit with a price, heaviest first.

    ``weight`` is price × limit ÷ objective: the percentage by which the objective grows when the limit grows by one per
    cent. The weights of all limits add up to one. Where several optimal prices exist this is one of them. Targets that are
    reached to a share are no limits; those that hold in full are.
    """
    table = prices_table(solution)
    asked = _to_a_share(solution.program)
    cells = zip(table["family"], table["item"], table["period"], strict=True)
    limits = np.array([cell not in asked and cell[0] != "attainment" for cell in cells], dtype=bool)
    table = table[(table["weight"].abs() > 1e-9) & limits]
    order = np.argsort(-np.round(table["weight"].abs().to_numpy(), 9), kind="stable")  # equal but for rounding is equal
    return table.iloc[order][
        ["family", "item", "period", "limit", "unit", "shadow_price", "price_unit", "weight"]
    ].reset_index(drop=True)


def _to_a_share(program: LinearProgram) -> set[tuple[str, str, str]]:
    """Family, item and period of the target rows that θ moves, as the table of prices names them."""
    found: set[tuple[str, str, str]] = set()
    share = program.column_block.get("attainment")
    for block in program.rows:
        if share is not None and block.name in TARGETS and len(block.unit):
            moved = program.matrix[block.slice][:, [share.start]].toarray().ravel() != 0
            found |= {
                (block.name, f"{measure}/{item}", period)
                for (measure, item, period), moves in zip(zip(*block.keys, strict=True), moved, strict=True)
                if moves
            }
    return found
