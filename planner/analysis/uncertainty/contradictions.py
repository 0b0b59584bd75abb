"""Ranges that the base period of the same economy contradicts, seen in draws."""

from __future__ import annotations

import numpy as np

from planner.analysis.uncertainty.design import design_of, factors_of
from planner.economy import Economy, Finding
from planner.formulation.parametric.rows import uncertain_rows
from planner.language.numbers import percent

__all__ = ["contradictions"]

_DRAWS, _OFTEN = 200, 0.1


def contradictions(economy: Economy) -> list[Finding]:
    """Items of which the numbers drawn use more in the base period than there was, in more than a tenth of the draws.

    Args:
        economy: loaded, at its central values.
    """
    factors = factors_of(uncertain_rows(economy))
    if factors.numbers.drawn.all() or not len(factors):
        return []
    design = design_of(factors.names, factors.groups, samples=_DRAWS)
    _, scaled = factors.many(np.array([design.shares(draw) for draw in range(_DRAWS)]))
    rows = factors.numbers.table[~factors.numbers.drawn]
    found = []
    for item, hit in sorted(scaled.items()):
        if hit.mean() <= _OFTEN:
            continue
        where = rows[[item in str(number).split(" ") for number in rows["number"]]].head(1)
        file = str(where["file"].iloc[0]) if len(where) else "coefficients.csv"
        said = (
            f"In {int(hit.sum())} of {_DRAWS} draws ({percent(float(hit.mean()), 0)}) what is drawn uses more {item} in "
            f"{economy.base_period} than there was, and is brought down. Lower the high ends of what uses it."
        )
        found.append(Finding("W209", file, tuple(int(row) for row in where["row"]), "residual", item, said))
    return found
