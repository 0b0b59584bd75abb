"""The path beside what was produced: how far they lie apart, and why where that is far."""

from __future__ import annotations

import numpy as np
import pandas as pd

from planner.analysis.shares.path import Path
from planner.formulation.actual_figures import actual_figures
from planner.reporting.tables.plan import tidy

__all__ = ["APART", "produced_table"]

APART = 0.15  # of what was produced, from which on a reason is told
_SAME = 1e-7  # of what was produced; a solver tells no less apart
_OUT = 0.99  # of what was produced; what could be had at most is less


def produced_table(path: Path) -> pd.DataFrame:
    """``produced.csv``: path and produced of everything of which it is known what was produced, by period."""
    facts, reference = path.formulation.facts, path.reference
    T = facts.T
    items = np.repeat(np.array(reference.names, object), T)
    measure = np.where(items == "*", "consumption", "output")
    produced = actual_figures(
        facts, pd.DataFrame({"measure": measure, "item": items, "period": np.tile(facts.periods, len(reference.names))})
    ).reshape(-1, T)
    apart = path.output / np.where(produced > 0, produced, np.nan) - 1.0
    apart[np.abs(apart) < _SAME] = 0.0
    rows = [
        {
            "product": reference.names[name],
            "period": facts.periods[t],
            "unit": path.units[name],
            "path": path.output[name, t],
            "produced": produced[name, t],
            "apart": apart[name, t],
            "reason": _reason(path, name, t, produced[name, t]) if abs(apart[name, t]) > APART else "",
        }
        for name in range(len(reference.names))
        for t in range(reference.last + 1)
        if np.isfinite(apart[name, t])
    ]
    columns = ["product", "period", "unit", "path", "produced", "apart", "reason"]
    return tidy(pd.DataFrame(rows, columns=columns), ["product", "period"])


def _reason(path: Path, name: int, period: int, produced: float) -> str:
    """Why path and produced lie far apart: by what can be had, by what was made before, or by what steady growth asks."""
    output = path.output[name, period]
    steady = path.reference.level[name, period] * path.formulation.facts.time.length[period]
    if output > produced:
        if produced < path.reference.base[name]:
            return "produced fell below the base period; the conditions assumed do not have that"
        return (
            "steady growth to the figure asks for more by then"
            if steady > produced
            else "needed for the rest of the plan"
        )
    if path.greatest(name, period) < _OUT * produced:
        return "more cannot be had beside the settled figures under the conditions assumed"
    if steady < produced * (1.0 - APART):
        return "steady growth to the figure asks for no more by then"
    return "held down by the rest of the plan"
