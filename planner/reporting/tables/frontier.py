"""The frontier of two quantities as a table, and quantities as a reader says them."""

from __future__ import annotations

import numpy as np
import pandas as pd

from planner.analysis.frontier.feasible_set import Quantity, distance, on_ray, pareto
from planner.analysis.frontier.frontier import Frontier
from planner.economy.names import Names

__all__ = ["frontier_table", "name_of"]


def frontier_table(found: Frontier) -> pd.DataFrame:
    """``frontier.csv``: corners of each polygon in order, and the three points with their distance to each polygon."""
    rows: list[tuple[object, ...]] = []
    nothing = float("nan")
    for level, one in found.family.items():
        for order, (corner, best) in enumerate(zip(one.corners, pareto(one.corners), strict=True), start=1):
            rows.append(
                (level, "corner", "", order, *corner, "yes" if best else "no", nothing, nothing, nothing, nothing)
            )
        for name, point in found.points.items():
            known = bool(np.isfinite(point).all()) and bool(one.corners)
            far, near = distance(one.corners, point) if known else (nothing, (nothing, nothing))
            ray = on_ray(one.corners, point) if known and min(point) > 0 else nothing
            rows.append((level, "point", name, 0, *point, "", far, *near, ray))
    columns = [
        "third",
        "kind",
        "name",
        "order",
        "x",
        "y",
        "pareto",
        "distance",
        "nearest_x",
        "nearest_y",
        "share_of_both",
    ]
    table = pd.DataFrame(rows, columns=columns)
    third = found.third
    return table.assign(
        x_quantity=found.x.text,
        x_unit=found.x.unit,
        y_quantity=found.y.text,
        y_unit=found.y.unit,
        third_quantity=third.text if third else "",
        third_unit=third.unit if third else "",
        distance_unit="share of the point's own figures",
    )


def name_of(quantity: Quantity, names: Names) -> str:
    """A quantity as a reader says it.

    >>> names = Names({})
    >>> name_of(Quantity("output", "pig_iron", "1933", "Mt"), names), name_of(Quantity("consumption", "*", "1933", ""), names)
    ('pig iron in 1933', 'consumption per head in 1933')
    """
    return f"{names.target(quantity.measure, quantity.item)} in {quantity.period}"
