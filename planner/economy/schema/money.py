"""Tables of money: what is paid and earned for what a plan does."""

from __future__ import annotations

from planner.economy.measures import PRICED
from planner.economy.schema.columns import MOST_PERIODS, UNIT, By, Column, Table, key, period, value
from planner.economy.schema.measured import SOMEWHERE

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
            value("currency per unit, of each payment", By("kind", {"cost": ("low",), "revenue": ("high",)})),
            Column(
                "due",
                "number",
                "periods after what it is paid for until the first payment; a part of one, such as 0.5 for the middle of a year, "
                "counts in discounting alone. Payments of different amounts, such as outlays year by year, are rows that "
                "differ in it",
                key=True,
                default=0,
                maximum=MOST_PERIODS,
                unit="periods",
            ),
            Column(
                "times",
                "integer",
                "how many such payments, one a period; those after the last period are of no period of the plan, but the "
                "objectives that are about money count them",
                default=1,
                minimum=1,
                unit="payments",
            ),
            UNIT,
        ),
        absent="It costs nothing and earns nothing.",
        unit_rule="currency per measure",
        places=SOMEWHERE,
    ),
    Table(
        "price_steps",
        "Prices that change with the amount: what is paid or earned for a unit of what lies beyond an amount.",
        (
            Column(
                "kind",
                "choice",
                "as in costs; of imports cost, of exports revenue",
                key=True,
                required=True,
                choices=("cost", "revenue"),
            ),
            Column(
                "measure",
                "choice",
                "as in costs, of a row of which the first price is; or export or import, of a row of trade",
                key=True,
                required=True,
                choices=PRICED.keys(),
            ),
            key("item", "as in that row", refers=By("measure", PRICED)),
            Column("currency", "text", "as in that row; of trade its own", key=True, required=True),
            period("when"),
            Column(
                "above",
                "number",
                "amount in a period from which on it is the price, in units of the item",
                key=True,
                required=True,
                unit="measure",
            ),
            value(
                "currency per unit beyond that: of costs no less than before it, of revenue no more, since a cheaper step would "
                "be taken first",
                By("kind", {"cost": ("low",), "revenue": ("high",)}),
            ),
            UNIT,
        ),
        absent="One price holds whatever the amount.",
        unit_rule="currency per measure",
        places=SOMEWHERE,
    ),
)
