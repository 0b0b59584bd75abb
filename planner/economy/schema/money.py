"""Tables of money: what is paid and earned for what a plan does."""

from __future__ import annotations

from planner.economy.measures import PRICED
from planner.economy.schema.columns import UNIT, By, Column, Table, key, period, value

__all__ = ["MONEY"]

MONEY = (
    Table(
        "costs",
        "What is paid and earned for a unit of whatever a measure counts.",
        (
            Column("kind", "choice", "which way the money goes", key=True, required=True, choices=("cost", "revenue")),
            Column(
                "measure",
                "choice",
                "for what: each unit of a technique (activity), of a resource used (employment), of plant begun (start) or in "
                "existence (capacity), of a product delivered (delivery: all that its balance leaves over), kept (stock) ...",
                key=True,
                required=True,
                choices=PRICED.keys(),
            ),
            key("item", "of which; `*` for all, where a measure has that", refers=By("measure", PRICED)),
            Column("currency", "text", "in which; nothing is converted", key=True, required=True),
            period("when"),
            value("currency per unit", By("kind", {"cost": ("low",), "revenue": ("high",)})),
            UNIT,
        ),
        absent="It costs nothing and earns nothing.",
        unit_rule="currency per measure",
    ),
)
