"""Tables of limits that are facts and no figures of a plan."""

from __future__ import annotations

from dataclasses import replace

from planner.economy.schema.columns import UNIT, By, Column, Table
from planner.economy.schema.measured import MEASURE, MEASURED, WHEN, sense

__all__ = ["LIMITS"]

LIMITS = (
    Table(
        "bounds",
        "What a measure comes to at least or at most, as a fact that holds in every question.",
        (
            MEASURE,
            MEASURED,
            replace(WHEN, meaning=f"{WHEN.meaning} (`*`: each)", star=True),
            sense("on which side"),
            Column(
                "value",
                "number",
                "the bound, in units of the item",
                required=True,
                minimum=float("-inf"),
                optimistic=By("sense", {"at_least": ("low",), "at_most": ("high",)}),
            ),
            UNIT,
        ),
        absent="Nothing bounds it but what other tables say.",
        unit_rule="measure",
    ),
)
