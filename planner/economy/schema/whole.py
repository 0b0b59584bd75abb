"""Tables of what comes in whole units: techniques that run in units, what these take, and expansions of plant."""

from __future__ import annotations

from planner.economy.schema.columns import UNIT, Column, Place, Table, key, value

__all__ = ["WHOLE"]

WHOLE = (
    Table(
        "runs",
        "Techniques that run in whole units, such as machines or mines: a unit is on or off, and on it runs from least to most.",
        (
            key("activity", "the technique, or a product that moves", refers=("activities",)),
            Column("units", "integer", "how many units there are", required=True, optimistic="high", unit="units"),
            Column("least", "number", "least level of a unit that is on", default=0, optimistic="low", unit="activity"),
            Column(
                "most",
                "number",
                "greatest level of a unit that is on",
                required=True,
                optimistic="high",
                unit="activity",
            ),
        ),
        absent="It runs at any level, in no units.",
        places=(
            Place(
                "region",
                "activity",
                "where, of a technique with places: units of each region are its own; or, of a product that moves, which way "
                "(`UKR>CEN`): a haul that is made or not, up to a most",
                ways=True,
            ),
        ),
    ),
    Table(
        "run_inputs",
        "Products and resources that a unit of a technique takes for being on, or for being switched on, whatever its level.",
        (
            key("activity", "the technique", refers=("runs",)),
            key("item", "product or resource", refers=("products", "resources")),
            Column(
                "measure",
                "choice",
                "for what: running, for being on for a unit of time; or started, for being switched on",
                key=True,
                required=True,
                choices=("running", "started"),
            ),
            value("units of the item per unit that is on, or is switched on", "low"),
            UNIT,
        ),
        absent="It takes what its level takes.",
        unit_rule="item per units",
        places=(Place("region", "activity", "where, if this is a row of one region alone"),),
    ),
    Table(
        "expansions",
        "Plant that is built by expansions, each begun as a whole period opens or not at all, of a size between two: with both "
        "the same, plant in whole units. What one costs whatever its size is a cost of the measure expansion.",
        (
            key("capacity", "kind of plant", refers=("capacities",)),
            Column(
                "units",
                "integer",
                "how many may be begun as a period opens",
                default=1,
                optimistic="high",
                unit="units",
            ),
            Column(
                "least", "number", "least size of one, units of plant", default=0, optimistic="low", unit="capacity"
            ),
            Column(
                "most",
                "number",
                "greatest size of one, units of plant",
                required=True,
                optimistic="high",
                unit="capacity",
            ),
        ),
        absent="It is built in any amount.",
        places=(Place("region", "capacity", "where, of plant with places: expansions of each region are its own"),),
    ),
)
