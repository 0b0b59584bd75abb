"""Tables of limits that are facts and no figures of a plan."""

from __future__ import annotations

from dataclasses import replace

from planner.economy.schema.columns import UNIT, By, Column, Table, key, period
from planner.economy.schema.measured import MEASURE, MEASURED, SOMEWHERE, WHEN, sense

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
        places=SOMEWHERE,
    ),
    Table(
        "relations",
        "Rules of a user's own: in each period named, a weighted sum of measures against a number, in every question.",
        (
            key("relation", "identifier; its terms stand in relation_terms"),
            period("when"),
            Column("name", "text", "the rule in a few words, for readers (default: the identifier)"),
            sense("on which side of the number the sum stands"),
            Column(
                "value",
                "number",
                "the number, in the unit of the sum",
                required=True,
                minimum=float("-inf"),
                optimistic=By("sense", {"at_least": ("low",), "at_most": ("high",)}),
            ),
            Column(
                "before",
                "choice",
                "what a term of a period before the plan is of which no actual tells: unknown, so that the relation says nothing "
                "of the period, or nothing",
                default="unknown",
                choices=("unknown", "nothing"),
            ),
            UNIT,
        ),
        absent="There are no rules but those of the other tables.",
    ),
    Table(
        "relation_terms",
        "What a relation adds up; another sum is a sum with negative weights.",
        (
            key("relation", "which", refers=("relations",)),
            MEASURE,
            MEASURED,
            Column(
                "lag",
                "integer",
                "periods back; of the base period its preferred actual counts; where that is not known, or the period lies "
                "before it, what the relation says under `before`",
                key=True,
                default=0,
                unit="periods",
            ),
            Column("weight", "number", "by which it is multiplied", required=True, minimum=float("-inf"), unit=""),
        ),
        absent="It is no part of the sum.",
        places=SOMEWHERE,
    ),
)
