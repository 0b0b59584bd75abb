"""Which factors matter: Sobol and Morris indices of a design that was solved, by SALib."""

from __future__ import annotations

import numpy as np
import pandas as pd

from planner.analysis.uncertainty.design import LEVELS, Design
from planner.program import Vector

__all__ = ["COLUMNS", "indices_of"]

COLUMNS = ["factor", "index", "value", "confidence", "says"]
_SAYS = {
    "first": "share of the variance that goes when this factor alone is known",
    "total": "share of the variance that stays while this factor alone is unknown",
    "mean": "mean change, at the rate from the lowest to the highest quantile of this factor",
    "mean_absolute": "the same without sign: how much the factor matters",
    "spread": "standard deviation of these changes: how much they hang on the other factors",
}


def indices_of(design: Design, values: Vector) -> pd.DataFrame:
    """Indices of every factor, or of every group of factors; the factors that matter most first.

    Args:
        design: ``sobol`` or ``morris``; of a random one there are none.
        values: what came of each draw, shape (draws,); all finite.

    Returns:
        factor, index (Sobol: ``first``, ``total``; Morris: ``mean``, ``mean_absolute``, ``spread``), value, confidence (half
        width of a 95 % interval, by resampling; ``nan`` where there is none), says.
    """
    if design.kind == "random" or not len(design.names):
        return pd.DataFrame(columns=COLUMNS)
    labels = list(dict.fromkeys(design.groups))
    found = _sobol(design, values) if design.kind == "sobol" else _morris(design, values)
    order = np.argsort(
        -np.abs(np.nan_to_num(found["total" if design.kind == "sobol" else "mean_absolute"][0])), kind="stable"
    )
    rows = [
        (labels[i], name, float(value[i]), float(confidence[i]), _SAYS[name])
        for i in order
        for name, (value, confidence) in found.items()
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


Found = dict[str, tuple[Vector, Vector]]


def _sobol(design: Design, values: Vector) -> Found:
    from SALib.analyze import sobol

    if np.ptp(values) == 0.0:  # nothing varies, so there is nothing to explain
        nothing = np.zeros(len(dict.fromkeys(design.groups)))
        return {"first": (nothing, nothing), "total": (nothing, nothing)}
    # SALib scales by the standard deviation itself
    found = sobol.analyze(design.problem, values, calc_second_order=False, seed=design.seed)
    return {"first": (found["S1"], found["S1_conf"]), "total": (found["ST"], found["ST_conf"])}


def _morris(design: Design, values: Vector) -> Found:
    from SALib.analyze import morris

    found = morris.analyze(design.problem, design.table, values, num_levels=LEVELS, seed=design.seed)
    order = [list(found["names"]).index(label) for label in dict.fromkeys(design.groups)]
    unknown = np.full(len(order), np.nan)
    star = {"mean_absolute": (_plain(found["mu_star"])[order], _plain(found["mu_star_conf"])[order])}
    if len(order) < len(design.names):  # the numbers of a group move up and down at once: their change has no sign
        return star
    return {"mean": (_plain(found["mu"])[order], unknown), **star, "spread": (_plain(found["sigma"])[order], unknown)}


def _plain(values: object) -> Vector:
    return np.asarray(np.ma.filled(np.ma.asarray(values, dtype=float), np.nan), dtype=float)
