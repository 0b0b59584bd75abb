"""The table of how long periods are."""

from __future__ import annotations

from planner.economy.schema.columns import UNIT, Column, Table, key

__all__ = ["CALENDAR"]

CALENDAR = (
    Table(
        "periods",
        "How long periods are, and which are parts of one: seasons, quarters, hours of a load curve.",
        (
            key("period", "label of economy.toml, or of a whole that its parts make up", kind="text"),
            Column(
                "length",
                "number",
                "units of time; the base period is one long. What plant can do and persons work goes with it, and so do "
                "final consumption, upkeep, retirement, spoilage, the pace of building and of moving, and interest. A "
                "gestation, a building year, a lead and a life are counted in units of time. Amounts of a period (final use, "
                "trade, finance, targets, bounds) are as stated for it",
                required=True,
            ),
            Column(
                "part_of",
                "text",
                "whole that it is a part of, with whose label and a point its own begins: `1930.winter` of `1930`. Plant "
                "and projects are begun, opened and retired as a whole opens; balances, plant in use, labour and stocks are of "
                "each part, in order. A target, a bound or a term of `1930` is of its parts together",
            ),
            UNIT,
        ),
        absent="It is one unit of time long, and whole.",
    ),
)
