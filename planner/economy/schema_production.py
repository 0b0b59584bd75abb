"""Tables of what is made, with what, and on which plant."""

from __future__ import annotations

from planner.economy.columns import GROUP, NAME, OWN_UNIT, UNIT, By, Column, Table, key, period, value

__all__ = ["PRODUCTION"]

STANDING, PACE = "plant standing and under way", "pace of building"

PRODUCTION = (
    Table(
        "products",
        "What is balanced.",
        (
            key("product", "identifier"),
            NAME,
            OWN_UNIT,
            GROUP,
            Column("price", "number", "value_unit per unit at base-period prices (1 where the unit is the value_unit)"),
        ),
    ),
    Table(
        "activities",
        "A technique: makes 1 unit of its product per unit of activity unless an output row says otherwise.",
        (
            key("activity", "identifier"),
            NAME,
            Column("product", "id", "principal product", required=True, refers=("products",)),
            GROUP,
        ),
    ),
    Table(
        "coefficients",
        "What one unit of an activity takes, occupies and makes.",
        (
            key("activity", "the technique", refers=("activities",)),
            key(
                "item",
                "product, resource or capacity, by role",
                refers=By(
                    "role",
                    {
                        "input": ("products",),
                        "output": ("products",),
                        "resource": ("resources",),
                        "capacity": ("capacities",),
                    },
                ),
            ),
            Column(
                "role",
                "choice",
                "how the item enters",
                key=True,
                required=True,
                choices=("input", "output", "capacity", "resource"),
            ),
            Column("from_period", "period", "holds from this period on; empty: from the first", key=True),
            value(
                "units of the item per unit of activity",
                By("role", {"input": ("low",), "output": ("high",), "capacity": ("low",), "resource": ("low",)}),
            ),
            Column("lead", "integer", "periods by which an input or resource is taken before the activity", default=0),
            UNIT,
        ),
        unit_rule="item per activity",
    ),
    Table(
        "capacities",
        "Kinds of plant.",
        (
            key("capacity", "identifier"),
            NAME,
            OWN_UNIT,
            Column(
                "initial",
                "number",
                "in existence at the base date",
                required=True,
                optimistic="high",
                limit=STANDING,
                built=True,
            ),
            Column("utilisation", "number", "highest use as a share of capacity", default=1, optimistic="high"),
            Column("retirement", "number", "share retired a period", default=0, maximum=1, optimistic="low"),
            Column("gestation", "integer", "periods from the start of building to first use", default=1),
            Column(
                "growth_limit",
                "number",
                "what is started under the plan and comes on stream is at most this share of the capacity before, "
                "plus growth_floor; empty: no limit",
                optimistic="high",
                limit=PACE,
            ),
            Column(
                "growth_floor",
                "number",
                "added to the growth limit, in units",
                default=0,
                optimistic="high",
                limit=PACE,
            ),
        ),
    ),
    Table(
        "pipeline",
        "Plant already building at the base date.",
        (
            key("capacity", "kind of plant", refers=("capacities",)),
            period("when it comes on stream", star=False),
            value("units of capacity", "high", limit=STANDING, built=True),
        ),
    ),
    Table(
        "investment",
        "Products and resources taken by building one unit of new capacity.",
        (
            key("capacity", "kind of plant", refers=("capacities",)),
            key("item", "product or resource", refers=("products", "resources")),
            Column("year", "integer", "building year, 1 .. max(1, gestation)", key=True, required=True, minimum=1),
            value("units of the item per unit of capacity", "low"),
            UNIT,
        ),
        unit_rule="item per capacity",
    ),
)
