"""Tables of territory: regions, what stands where, and what moves between them."""

from __future__ import annotations

from planner.economy.schema.columns import NAME, UNIT, Column, Place, Table, key, value
from planner.economy.schema.production import PACE

__all__ = ["TERRITORY"]

LINES = "lines between regions"

TERRITORY = (
    Table(
        "regions",
        "Territories. With them an item with places has one row a place, and one without is one pool for all of them.",
        (
            key("region", "identifier"),
            NAME,
            Column("centre", "text", "town that stands for it on a map"),
            Column(
                "longitude", "number", "of the centre, degrees east", minimum=-180.0, maximum=180.0, unit="degrees east"
            ),
            Column(
                "latitude", "number", "of the centre, degrees north", minimum=-90.0, maximum=90.0, unit="degrees north"
            ),
            Column(
                "gate",
                "choice",
                "yes: foreign trade in products with places passes here; where no region says so, in every one",
                default="no",
                choices=("yes", "no"),
            ),
        ),
        absent="Nothing has a place: the economy is one point.",
    ),
    Table(
        "shares",
        "How a number of the country is shared out among the regions; the shares of one number add up to exactly one.",
        (
            key(
                "table",
                "table whose number it is: capacities, pipeline, supply, final_use, stocks, opening, population, or consumption; "
                "of one use `final_use:USE`",
                kind="text",
            ),
            key("item", "of which; `*` for all without a share of their own", kind="text"),
            key("region", "where", refers=("regions",)),
            Column("period", "period", "holds from this period on; empty: from the first", key=True),
            Column("value", "number", "share", required=True, maximum=1, unit="share"),
        ),
        absent=(
            "None of it is there. A kind of plant or a resource has places exactly where it has a share, be it 0, or a row of "
            "its own; of what has none it is one pool."
        ),
        told=("E201", "E203"),
    ),
    Table(
        "growth_floors",
        "What a kind of plant may grow by in a region beside its share of what is there.",
        (
            key("capacity", "kind of plant", refers=("capacities",)),
            value("units of capacity a period", "high", limit=PACE, unit="capacity"),
        ),
        absent="No more than the growth limit allows, and what the region is given of the country's own floor.",
        places=(Place("region", "capacity", "where"),),
    ),
    Table(
        "links",
        "What connects regions. A link that is the name of a kind of plant, too, carries no more than that plant, each way.",
        (
            key("link", "identifier"),
            Column("from", "id", "one end", required=True, refers=("regions",)),
            Column("to", "id", "the other", required=True, refers=("regions",)),
            Column("km", "number", "length in kilometres, or in what `carriage` counts by", default=0, unit="km"),
            Column("mode", "text", "of what kind, for `carriage`"),
            Column("both", "choice", "whether it can be used both ways", default="yes", choices=("yes", "no")),
        ),
        absent="Nothing moves between regions.",
        told=("E206",),
    ),
    Table(
        "carriage",
        "What moving one unit of a product takes, at the end where it starts, what is paid for it, and what it counts on a line.",
        (
            key("product", "which", refers=("products",)),
            Column("item", "id", "product that it takes; empty: it takes none", key=True, refers=("products",)),
            Column("currency", "text", "currency in which it is paid for, in place of an item", key=True),
            Column("mode", "text", "on links of which mode; empty: of every one", key=True),
            Column("from", "id", "from which region alone; empty: from any", key=True, refers=("regions",)),
            Column("to", "id", "to which region alone; empty: to any", key=True, refers=("regions",)),
            Column("per_unit", "number", "units of the item, or money, per unit moved", default=0, optimistic="low"),
            Column(
                "per_km",
                "number",
                "units of the item, or money, per unit moved and kilometre",
                default=0,
                optimistic="low",
                unit="stated per km",
            ),
            Column("weight", "number", "what a unit counts on a line", default=1, optimistic="low", unit=""),
            UNIT,
        ),
        absent=(
            "The product cannot be moved on links of the kind. "
            "A row for two ends replaces that for a mode, and that one the rest."
        ),
        told=("E207",),
    ),
    Table(
        "migration",
        "Who may move to another region, for good.",
        (
            key("resource", "which", refers=("resources",)),
            Column(
                "leave",
                "number",
                "share of a region's supply that may leave in a period",
                required=True,
                maximum=1,
                optimistic="high",
                limit="moves between regions",
                unit="share a period",
            ),
            Column(
                "join",
                "number",
                "share of a region's supply that may come in a period; empty: no limit",
                optimistic="high",
                limit="moves between regions",
                unit="share a period",
            ),
        ),
        absent="They stay where they are.",
        places=(Place("region", "resource", "where this holds in place of the general row"),),
    ),
)
