"""Whole plans near the best as tables, and what each is called."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from planner.analysis.frontier.alternatives import Alternative
from planner.economy.names import Names
from planner.language.counting import lower

__all__ = ["alternatives_table", "called"]


def called(measure: str, item: str, period: str, end: str, names: Names) -> str:
    """What a plan is called after the total that was taken to an end.

    Args:
        measure: of the total; empty of the steadiest plan.
        item: likewise.
        period: likewise.
        end: ``most`` or ``least``.
        names: of the economy.

    >>> called("import", "coal", "1929..1933", "least", Names({})), called("", "", "", "", Names({}))
    ('least import of coal', 'the steadiest')
    """
    if not measure:
        return "the steadiest"
    when = f" in {period}" if measure == "consumption" else ""
    return f"{end} {lower(names.target(measure, item))}{when}"


def alternatives_table(plans: Sequence[Alternative], epsilon: float) -> pd.DataFrame:
    """``alternatives.csv``: a row a plan: which total was taken to an end, and how far the plan lies from those before it.

    Args:
        plans: the steadiest first.
        epsilon: share that each settled figure may miss.
    """
    rows: list[tuple[object, ...]] = []
    for number, one in enumerate(plans, 1):
        of, end = one.seeks, "most" if one.greatest else "least"
        seen = ("", "", "", "", "") if of is None else (*of.term, end, of.unit)
        rows.append((number, *seen, one.total, one.in_first, one.furthest, one.apart, epsilon))
    columns = [
        "number",
        "measure",
        "item",
        "period",
        "end",
        "unit",
        "total",
        "in_steadiest",
        "furthest",
        "apart",
        "epsilon",
    ]
    return pd.DataFrame(rows, columns=columns)
