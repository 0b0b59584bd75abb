"""Tables of what is made, with what, and on which plant."""

from __future__ import annotations

from planner.economy.schema.columns import (
    GROUP,
    NAME,
    OWN_UNIT,
    RESIDUAL,
    UNIT,
    By,
    Column,
    Place,
    Table,
    key,
    period,
    value,
)

__all__ = ["PRODUCTION"]

PLANT = (Place("region", "capacity", "where, if this is a row of one region alone"),)
STANDING, PACE, BEGUN = "plant standing and under way", "pace of building", "work begun before the plan"

PRODUCTION = (
    Table(
        "products",
        "What is balanced.",
        (
            key("product", "identifier"),
            NAME,
            OWN_UNIT,
            GROUP,
            Column(
                "price",
                "number",
                "value_unit per unit at base-period prices (1 where the unit is the value_unit)",
                unit="value per product",
            ),
            Column(
                "disposal",
                "choice",
                "what becomes of what is left over: free: nothing that matters; none: nothing may be left over, so that its "
                "balance is an equation (rows used_in_full). Disposal at a cost is free, with a row of costs for its delivery",
                default="free",
                choices=("free", "none"),
            ),
            Column(
                "keeps",
                "choice",
                "whether what is made may be used in a later month, where a plan is played forward: no for current, heat, "
                "haulage, building and services",
                default="yes",
                choices=("yes", "no"),
            ),
            Column(
                "place",
                "choice",
                "where there are regions: pool: one balance for all; local: one a region, and it cannot be moved; shipped: one "
                "a region, and it moves over links",
                default="pool",
                choices=("pool", "local", "shipped"),
            ),
        ),
        absent="There is nothing to plan.",
        told=("E126",),
    ),
    Table(
        "aggregates",
        "Products that are counted together by value, such as industry; every group of products is one without a row here.",
        (
            key("aggregate", "identifier, an item of the measures value and value_index"),
            key("part", "a product, or a group of products", refers=("products", "product groups")),
        ),
        absent="It is no part of the aggregate; an aggregate without rows is none.",
    ),
    Table(
        "activities",
        "A technique: makes 1 unit of its product per unit of activity unless an output row says otherwise.",
        (
            key("activity", "identifier"),
            NAME,
            Column("product", "id", "principal product", required=True, refers=("products",)),
            Column(
                "unit", "text", "unit of its level, such as the acre of a crop; empty: that of its principal product"
            ),
            GROUP,
        ),
        absent="There is nothing to plan.",
        told=("E126",),
        places=(Place("region", "activity", "where it may stand; without: wherever all is that it needs and makes"),),
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
            Column(
                "from_period",
                "period",
                "holds from this period on; empty: from the first; the base period: in it alone",
                key=True,
                base=True,
            ),
            value(
                "units of the item per unit of activity",
                By("role", {"input": ("low",), "output": ("high",), "capacity": ("low",), "resource": ("low",)}),
            ),
            Column(
                "lead",
                "integer",
                "periods by which an input or resource is taken before the activity; outputs and capacities have none. "
                "What would be taken before the first period is not free: the activity then runs at no more than the "
                "table `opening` says was begun",
                default=0,
                unit="periods",
            ),
            UNIT,
            RESIDUAL,
        ),
        absent=(
            "The item is not taken, occupied or made; without an output row an activity makes 1 of its product. "
            "A row that begins in a later period says nothing of those before."
        ),
        told=("W120", "W124"),
        unit_rule="item per activity",
        places=(
            Place("region", "activity", "where the activity has this norm in place of the general one"),
            Place("at", "item", "region where the item is taken or delivered; without: where the activity stands"),
        ),
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
                "in existence at the base date; what a period retires is gone before that period's use, in the first as in "
                "every other, so (1 - retirement) of it can be used then",
                required=True,
                optimistic="high",
                limit=STANDING,
                built=True,
            ),
            Column(
                "utilisation",
                "number",
                "highest use as a share of capacity",
                default=1,
                optimistic="high",
                unit="share",
            ),
            Column(
                "retirement",
                "number",
                "share retired a period",
                default=0,
                maximum=1,
                optimistic="low",
                unit="share a period",
            ),
            Column(
                "gestation", "integer", "periods from the start of building to first use", default=1, unit="periods"
            ),
            Column(
                "life",
                "integer",
                "periods for which plant that comes on stream in the plan is in use, after which all of it is gone; "
                "empty: it has no end but retirement. Of the initial plant `opening` says when it ends (retiring)",
                minimum=1,
                optimistic="high",
                unit="periods",
            ),
            Column(
                "growth_limit",
                "number",
                "what is started under the plan and comes on stream is at most this share of the capacity before, "
                "plus growth_floor; empty: no limit",
                optimistic="high",
                limit=PACE,
                unit="share a period",
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
        absent="What is not named limits nothing.",
        places=PLANT,
    ),
    Table(
        "pipeline",
        "Plant already building at the base date; what its building still takes is not charged to the plan.",
        (
            key("capacity", "kind of plant", refers=("capacities",)),
            period("when it comes on stream", star=False),
            value("units of capacity", "high", limit=STANDING, built=True, unit="capacity"),
            RESIDUAL,
        ),
        absent="Nothing comes on stream from before the plan.",
        places=PLANT,
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
        absent="Building takes nothing that is not named.",
        told=("W124",),
        unit_rule="item per capacity",
        places=PLANT,
    ),
    Table(
        "upkeep",
        "Products and resources taken in each period by a unit of plant in existence, whether it is used or not.",
        (
            key("capacity", "kind of plant", refers=("capacities",)),
            key("item", "product or resource", refers=("products", "resources")),
            value("units of the item per unit of capacity", "low"),
            UNIT,
        ),
        absent="Plant that stands takes nothing.",
        unit_rule="item per capacity",
        places=PLANT,
    ),
    Table(
        "opening",
        "What was begun before the first period and is finished in the plan, and what ran, stood or was owed as it began.",
        (
            Column(
                "kind",
                "choice",
                "of what: an activity with a lead, that was begun; running, the units of one that were on; retiring, plant whose "
                "fixed life ends; debt, what was owed abroad as the plan began, of which debt_limit then speaks too",
                key=True,
                required=True,
                choices=("activity", "running", "retiring", "debt"),
            ),
            key(
                "key",
                "which activity, capacity or currency, by kind",
                refers=By(
                    "kind",
                    {
                        "activity": ("activities",),
                        "running": ("activities",),
                        "retiring": ("capacities",),
                        "debt": ("currencies",),
                    },
                ),
            ),
            period(
                "when what was begun is finished and runs; of plant that retires: the first period in which it is gone; else the "
                "first period",
                star=False,
            ),
            value(
                "most that was begun, in units of the activity; how many units were on; units of plant, as it stood at the base "
                "date; or what was owed",
                By("kind", {"activity": ("high",), "retiring": ("low",), "debt": ("low",)}),
                limit=BEGUN,
            ),
            UNIT,
        ),
        absent=(
            "Nothing was begun: an activity that takes something before the first period does not run in the "
            "periods concerned. Nothing was on or owed, and plant of the base date has no end but retirement."
        ),
        told=("W122",),
        unit_rule="key",
        places=(Place("region", "key", "where, of what has places"),),
    ),
)
