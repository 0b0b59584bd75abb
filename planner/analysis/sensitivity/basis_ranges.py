"""Basis intervals: how far one limit or one weight of the objective can move before the basis changes."""

from __future__ import annotations

import numpy as np
import pandas as pd

from planner.analysis.sensitivity.prices import limits_of
from planner.program import LinearProgram, Vector
from planner.program.program import Block
from planner.solver.highs import Session
from planner.solver.scaling import scaling_of

__all__ = ["basis_intervals"]

_WIDTH = 1e-9  # an end this near, against where a limit stands and its unit, is no room at all
_BASIC = 1  # HiGHS' word for a row or column that is at no limit


def basis_intervals(session: Session, program: LinearProgram, prices: pd.DataFrame) -> pd.DataFrame:
    """Right-hand-side and objective ranges of the optimal basis, as absolute limits.

    Over an interval the shadow prices (for a limit) or the plan itself (for a weight of the objective) stay as they are.
    That is a fact about one basis. Where the optimum is degenerate there are several, and the interval is hidden: where
    the prices of both sides differ, or where the interval has no room on either side of where it stands.

    Args:
        session: warm.
        program: linear.
        prices: from `two_sided`, of every limit.

    Returns:
        of (``limit`` or ``weight``), family, item, period, unit, at (where it stands), low, high (``nan`` where hidden),
        degenerate (yes/no), what (``basis interval``).
    """
    solution = session.solve(program)
    found, units = session.ranging(), scaling_of(program)
    differ = dict(
        zip(
            zip(prices["kind"], prices["side"], prices["family"], prices["item"], prices["period"], strict=True),
            prices["unique"] == "no",
            strict=True,
        )
    )
    rows: list[tuple[object, ...]] = []
    for limit in limits_of(program):
        starts, ends, status = (
            (found.row_from, found.row_to, found.basis.rows)
            if limit.of_row
            else (found.bound_from, found.bound_to, found.basis.columns)
        )
        low, high = float(starts[limit.place]), float(ends[limit.place])
        if status[limit.place] == _BASIC:  # not reached: of its limit nothing is said
            values = solution.row_values if limit.of_row else solution.values
            low, high = _beyond(limit.side, float(values[limit.place]))
        side = {"both": "equal", "row_lower": "at_least", "column_lower": "at_least"}.get(limit.side, "at_most")
        key = (limit.family, limit.item, limit.period)
        two = differ.get(("row" if limit.of_row else "bound", side, *key), False)
        unit = float((1.0 / units.rows if limit.of_row else units.columns)[limit.place])
        rows.append(("limit", *key, limit.unit, *_shown(limit.limit, unit, low, high, differ=two)))
    weight_units = 1.0 / (units.columns * units.objective(program))
    for block in program.columns:
        rows += _weights(block, program, weight_units, found.cost_from, found.cost_to)
    columns = ["of", "family", "item", "period", "unit", "at", "low", "high", "degenerate"]
    return pd.DataFrame(rows, columns=columns).assign(what="basis interval")


def _beyond(side: str, value: float) -> tuple[float, float]:
    """A limit that is not reached may go as far as the row's own value, and any distance away from it."""
    return (value, np.inf) if side in ("row_upper", "column_upper") else (-np.inf, value)


def _weights(
    block: Block, program: LinearProgram, units: Vector, low: Vector, high: Vector
) -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = []
    unit = program.objective_unit
    for i in range(len(block.unit)):
        place = block.start + i
        if program.column_lower[place] == program.column_upper[place]:
            continue  # a column that cannot move has no say
        key = {axis: str(labels[i]) for axis, labels in zip(block.index, block.keys, strict=True)}
        period = key.pop("period", "")
        named = ("weight", block.name, "/".join(key.values()), period, f"{unit} per {block.unit[i] or 'unit'}")
        at, ends = float(program.cost[place]), (float(low[place]), float(high[place]))
        rows.append((*named, *_shown(at, float(units[place]), *ends, differ=False)))
    return rows


def _shown(at: float, unit: float, low: float, high: float, *, differ: bool) -> tuple[float, float, float, str]:
    width = _WIDTH * (unit + abs(at))
    hidden = differ or (at - low <= width or high - at <= width)
    return (at, np.nan, np.nan, "yes") if hidden else (at, low, high, "no")
