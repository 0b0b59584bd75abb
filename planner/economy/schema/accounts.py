"""Tables of accounts: money earned, taken and spent, and prices, of a plan or as it turned out; no plan is bound by them."""

from __future__ import annotations

from dataclasses import replace

from planner.economy.schema.columns import RESIDUAL, UNIT, By, Column, Table, key, value

__all__ = ["ACCOUNTS", "HAPPENED"]

HAPPENED = "what happened"  # the account of things as they turned out; others are named by plans

_ACCOUNT = key("account", f"whose figures they are: a plan, or `{HAPPENED}`", kind="text")
_WHEN = key("period", "when: a label of the economy, a span of them, or a date before or beside them", kind="text")
_HOUSEHOLDS = Column("households", "text", "of which households, such as town or village; empty: of all")
_LOWER, _HIGHER = ("low",), ("high",)

ACCOUNTS = (
    Table(
        "incomes",
        "What households earn, and what is taken from it or spent on services before goods are bought.",
        (
            _ACCOUNT,
            key("income", "what it is called", kind="text"),
            _WHEN,
            Column(
                "line",
                "choice",
                "line of the account: wages, farm and other are earned; taken (taxes, dues, loans, deposits) and services "
                "are not left for goods",
                required=True,
                choices=("wages", "farm", "other", "taken", "services"),
            ),
            Column(
                "per",
                "id",
                "resource by whose use it is multiplied, where it is a rate; `*`: all labour. A rate follows the hands of a plan "
                "that is solved; the amount of its line is what the account itself says",
                refers=("resources", "*"),
            ),
            _HOUSEHOLDS,
            Column(
                "value",
                "number",
                "amount or rate; of a rate empty where the wage stands in `costs` (cost, employment, the resource)",
                optimistic=By(
                    "line",
                    {"wages": _LOWER, "farm": _LOWER, "other": _LOWER, "taken": _HIGHER, "services": _HIGHER},
                ),
            ),
            UNIT,
            replace(
                RESIDUAL,
                meaning="yes: what the base period leaves, so that its incomes just buy its goods; no: a number",
            ),
        ),
        absent="It is not known. Between the periods that it names an account of a plan lies on straight lines.",
        told=("E195", "E196"),
        account=True,
    ),
    Table(
        "retail",
        "What is sold to households, and how much of it there is.",
        (
            _ACCOUNT,
            key("channel", "by whom or of what", kind="text"),
            _WHEN,
            Column(
                "counts",
                "choice",
                "as what: trade: adds up to all trade, in money; part: a part of a row of trade; volume: an index of the volume "
                "of all goods; persons: those who buy",
                required=True,
                choices=("trade", "part", "volume", "persons"),
            ),
            _HOUSEHOLDS,
            value("turnover, index or persons", By("counts", {"trade": _HIGHER})),
            UNIT,
        ),
        absent="It is not known. Without trade in the base period nothing can be said of money and goods.",
        told=("E196",),
        account=True,
    ),
    Table(
        "prices",
        "What was paid or asked for a good, by kind of price; prices of the base period in value units stand in `products`.",
        (
            key("good", "what was priced, as the source has it", kind="text"),
            Column(
                "kind",
                "choice",
                "of price: procurement is paid to the village, the others are asked of whoever buys",
                key=True,
                required=True,
                choices=("procurement", "wholesale", "retail", "market", "ration"),
            ),
            _ACCOUNT,
            _WHEN,
            Column("product", "id", "product for which it stands; empty: none", refers=("products",)),
            value("price"),
            Column(
                "quantity",
                "number",
                "how much changed hands between village and town at it, in units of the product",
                unit="product",
            ),
            UNIT,
        ),
        absent="It is not known.",
        account=True,
    ),
    Table(
        "price_index",
        "Indices of prices and costs.",
        (
            key("index", "of what", kind="text"),
            _ACCOUNT,
            _WHEN,
            value("the index", By("preferred", {"yes": _HIGHER}), unit="index"),
            Column("base", "text", "what is 100"),
            Column(
                "preferred",
                "choice",
                "yes: the level of prices that households were asked, or promised",
                default="no",
                choices=("yes", "no"),
            ),
        ),
        absent="It is not known; a plan without one keeps the prices of the base period.",
        account=True,
    ),
    Table(
        "public_finance",
        "Sources and uses of public money.",
        (
            _ACCOUNT,
            key("item", "what it is", kind="text"),
            Column(
                "side",
                "choice",
                "source, use, or a total that its sources cannot pass",
                key=True,
                required=True,
                choices=("source", "use", "total"),
            ),
            _WHEN,
            Column("body", "text", "whose accounts: the budget, industry ...; only what is of one body is added up"),
            replace(value("amount; a loss is negative"), minimum=float("-inf")),
            UNIT,
        ),
        absent="It is not known.",
        told=("W212",),
        account=True,
    ),
    Table(
        "money_stock",
        "Money in existence at a date.",
        (
            key("series", "which money", kind="text"),
            key("date", "a day, or a period at whose end it is", kind="text"),
            value("amount"),
            Column(
                "circulates",
                "choice",
                "yes: notes and coin with which goods are bought",
                default="no",
                choices=("yes", "no"),
            ),
            UNIT,
        ),
        absent="It is not known.",
        account=True,
    ),
)
