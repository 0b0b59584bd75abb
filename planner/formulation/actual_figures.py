"""What happened, as a plan's targets count it."""

from __future__ import annotations

import numpy as np
import pandas as pd

from planner.economy.arrays import Arrays
from planner.formulation.measures import periods_of
from planner.program import Vector

__all__ = ["actual_figures", "rank_correlation"]


def actual_figures(facts: Arrays, frame: pd.DataFrame) -> Vector:
    """What happened, for each measure, item and period; sums where a period is a list; ``nan`` where it is not known."""
    actuals = facts.tables["actuals"]
    preferred = actuals[actuals["preferred"] == "yes"]
    keys = zip(preferred["measure"], preferred["item"], preferred["period"], strict=True)
    known = dict(zip(keys, preferred["value"].astype(float), strict=True))
    periods = list(facts.periods)

    def figure(measure: str, item: str, text: str) -> float:
        if (measure, item, text) in known:
            return known[measure, item, text]
        single = [known.get((measure, item, periods[t]), np.nan) for t in periods_of(text, periods)]
        return float(np.sum(single)) if single else float("nan")

    return np.array(
        [figure(*key) for key in zip(frame["measure"], frame["item"], frame["period"], strict=True)], dtype=float
    )


def rank_correlation(one: Vector, other: Vector) -> float:
    """Spearman's: how nearly two growths of the same items come in the same order; ``nan`` where either has one value only.

    >>> rank_correlation(np.array([1.0, 1.2, 3.0]), np.array([0.9, 1.0, 1.1]))
    1.0
    """
    with np.errstate(invalid="ignore"):
        return float(np.corrcoef(pd.Series(one).rank(), pd.Series(other).rank())[0, 1])
