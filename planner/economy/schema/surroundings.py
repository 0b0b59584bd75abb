"""Tables of what production draws on and whom it serves: resources, households, stocks, foreign trade."""

from __future__ import annotations

from planner.economy.schema.columns import (
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

__all__ = ["SURROUNDINGS"]

GOODS = (Place("region", "product", "where, if this is a row of one region alone"),)
ABROAD, STOCKS = "foreign exchange", "opening stocks and room for them"

SURROUNDINGS = (
    Table(
        "resources",
        "Primary resources, which no activity makes.",
        (
            key("resource", "identifier"),
            NAME,
            OWN_UNIT,
            Column("kind", "text", "labour, land …: employment counts what is labour", default=""),
            Column(
                "initial",
                "number",
                "of labour: persons at the base date, who leave by wastage; they stand beside those of `supply`",
                default=0,
                optimistic="high",
                limit="resources",
            ),
            Column(
                "wastage",
                "number",
                "of labour: share of those of the base date, of recruits and of those who changed grade that leaves each period; "
                "those of `supply` are as stated",
                default=0,
                maximum=1,
                optimistic="low",
            ),
            Column(
                "recruits",
                "number",
                "of labour: most persons recruited from outside in a period, who work in it; empty: nobody is",
                optimistic="high",
                limit="recruits",
            ),
            Column(
                "first_wastage",
                "number",
                "share of recruits that leaves in their first period",
                default=0,
                maximum=1,
                optimistic="low",
            ),
            Column(
                "dismissals",
                "choice",
                "of labour: whether persons may be dismissed",
                default="no",
                choices=("yes", "no"),
            ),
        ),
        absent="Nothing is needed but products and plant.",
    ),
    Table(
        "supply",
        "What is available of a resource.",
        (
            key("resource", "which", refers=("resources",)),
            period("when"),
            value("units of the resource", "high", limit="resources"),
            UNIT,
            RESIDUAL,
        ),
        absent="None of the resource is there.",
        told=("W120", "E127"),
        unit_rule="resource",
        places=(Place("region", "resource", "where, if this is a row of one region alone"),),
    ),
    Table(
        "training",
        "Moving labour up a skill, and down again.",
        (
            key("to_resource", "higher grade", refers=("resources",)),
            key("from_resource", "lower grade", refers=("resources",)),
            Column("periods", "integer", "trainees join the higher grade so many periods later", required=True),
            Column("trainers", "number", "persons of the higher grade per trainee", default=0),
            Column(
                "growth_limit",
                "number",
                "trainees a period as a share of the higher grade; empty: no limit",
                limit="places for training",
            ),
            Column(
                "stepping_down",
                "choice",
                "whether persons of the higher grade may work in the lower for a period",
                default="yes",
                choices=("yes", "no"),
            ),
            Column(
                "joining",
                "number",
                "share of trainees that joins the higher grade",
                default=1,
                maximum=1,
                optimistic="high",
            ),
            Column(
                "staying",
                "number",
                "share of those moved down for good that stays, in the lower grade; empty: nobody is moved down for good",
                maximum=1,
                optimistic="high",
            ),
        ),
        absent="Nobody can be trained.",
    ),
    Table(
        "final_use",
        "Final use given from outside: defence, administration, investment outside the model.",
        (
            key("product", "which", refers=("products",)),
            key("use", "by whom or what for"),
            period("when"),
            Column(
                "value",
                "number",
                "units of the product; where credit is yes a negative number is a source",
                required=True,
                minimum=float("-inf"),
                optimistic="low",
                limit="final use",
            ),
            Column(
                "credit",
                "choice",
                "yes: the value may be negative, as of stocks drawn down elsewhere or a by-product that is credited; no: a use",
                default="no",
                choices=("yes", "no"),
            ),
            UNIT,
            RESIDUAL,
        ),
        absent="Nothing is used in that way.",
        told=("W120",),
        unit_rule="product",
        places=GOODS,
    ),
    Table(
        "consumption",
        "The household bundle in the base period.",
        (
            key("product", "which", refers=("products",)),
            Column("per_head", "number", "units of the product per head", required=True, optimistic="low"),
            Column("flexible", "number", "share that moves with the level of consumption", default=1, maximum=1),
            UNIT,
        ),
        absent="Households get nothing beyond final use.",
        unit_rule="product per head",
    ),
    Table(
        "worker_consumption",
        "Extra consumption per person employed.",
        (
            key("product", "which", refers=("products",)),
            Column("per_worker", "number", "units of the product per person", required=True, optimistic="low"),
            UNIT,
        ),
        absent="Those who work get no more than others.",
        told=("E135",),
        unit_rule="product per worker",
    ),
    Table(
        "population",
        "Persons who eat from the household bundle.",
        (period("when"), value("persons", "low"), UNIT),
        absent="There is nobody to get the household bundle, so every period needs a row where there is one.",
        told=("E142",),
        unit_rule="head",
    ),
    Table(
        "stocks",
        "Products that can be stored; stocks may be used up by the end of the plan.",
        (
            key("product", "which", refers=("products",)),
            Column(
                "initial",
                "number",
                "stock at the base date, units; what a period spoils is gone before that period's use, in the first as in "
                "every other, so (1 - spoilage) of it can be used then",
                default=0,
                optimistic="high",
                limit=STOCKS,
            ),
            Column(
                "limit", "number", "most that can be stored, units; empty: no limit", optimistic="high", limit=STOCKS
            ),
            Column("spoilage", "number", "share lost a period", default=0, maximum=1, optimistic="low"),
            Column(
                "carried",
                "choice",
                "on: what is left goes over to the next period; round: each whole with parts stands for many alike, so that the "
                "stock with which it closes is that with which it opened (of a typical day, or a typical year of seasons)",
                default="on",
                choices=("on", "round"),
            ),
        ),
        absent="The product cannot be kept from one period to the next.",
        places=GOODS,
    ),
    Table(
        "trade",
        "What can be sold and bought abroad.",
        (
            key("product", "which", refers=("products",)),
            Column("direction", "choice", "which way", key=True, required=True, choices=("export", "import")),
            period("when"),
            Column(
                "price",
                "number",
                "foreign currency per unit of the product",
                required=True,
                optimistic=By("direction", {"export": ("high",), "import": ("low",)}),
            ),
            Column(
                "limit", "number", "most in the period, units; empty: no limit", optimistic="high", limit="trade limits"
            ),
            Column(
                "currency",
                "text",
                "currency of the price; empty where there is one only, that of `finance`. A product sold or bought for several "
                "has a row for each",
                key=True,
            ),
            UNIT,
        ),
        absent="There is no trade in the product that way.",
        told=("W120",),
        unit_rule="currency per product",
        places=GOODS,
    ),
    Table(
        "finance",
        "Foreign exchange outside the products, in its own currency or in several, each with a balance of its own.",
        (
            period("when"),
            Column(
                "currency",
                "text",
                "which, where there are several: none is changed for another but by `exchange`; empty: the one that `unit` names",
                key=True,
            ),
            Column(
                "other_receipts", "number", "receipts outside the model", default=0, optimistic="high", limit=ABROAD
            ),
            Column("other_payments", "number", "payments outside the model", default=0, optimistic="low"),
            Column("credit", "number", "new credit allowed in the period", default=0, optimistic="high", limit=ABROAD),
            Column("debt_limit", "number", "most debt outstanding; empty: no limit", optimistic="high", limit=ABROAD),
            Column(
                "interest",
                "number",
                "rate, a unit of time, paid on what was owed as the period opened, and earned on what was lent",
                default=0,
            ),
            UNIT,
            RESIDUAL,
        ),
        absent="There are no receipts, payments or credit, and there is no limit to debt.",
        told=("W120",),
        unit_rule="currency",
    ),
    Table(
        "exchange",
        "What one currency may be changed for in another.",
        (
            key("from", "currency that is given", refers=("currencies",)),
            key("to", "currency that is had for it", refers=("currencies",)),
            period("when"),
            Column(
                "rate",
                "number",
                "units of the second that are had for a unit of the first",
                required=True,
                optimistic="high",
            ),
            Column(
                "limit", "number", "most that is given in the period; empty: no limit", optimistic="high", limit=ABROAD
            ),
            UNIT,
        ),
        absent="Neither is changed for the other, and money of each is counted by itself.",
        told=("E217",),
        unit_rule="to per from",
    ),
)
