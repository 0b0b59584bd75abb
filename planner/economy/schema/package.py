"""Tables about the data package itself: what its curator decided, and how its assumptions are told apart."""

from __future__ import annotations

from planner.economy.schema.columns import Column, Table, key
from planner.economy.schema.limits import LIMITS
from planner.economy.schema.money import MONEY
from planner.economy.schema.production import PRODUCTION
from planner.economy.schema.surroundings import SURROUNDINGS
from planner.economy.schema.territory import TERRITORY

__all__ = ["PACKAGE"]

PACKAGE = (
    Table(
        "judgements",
        "What whoever compiled the tables decided after having seen a verdict.",
        (key("judgement", "identifier"), Column("text", "text", "what was decided, in a sentence", required=True)),
        absent="Nothing is known to have been decided in the light of a result.",
    ),
    Table(
        "assumptions",
        "Groups in which what was assumed is exchanged for what happened; without rows each table is a group.",
        (
            Column(
                "table",
                "choice",
                "table of conditions",
                key=True,
                required=True,
                choices=tuple(table.name for table in (*PRODUCTION, *SURROUNDINGS, *TERRITORY, *MONEY, *LIMITS)),
            ),
            Column("kind", "text", "kind of the resources whose rows are meant; empty: all other rows", key=True),
            Column("group", "text", "name of the group, in words", required=True),
        ),
        absent="Each table is a group of its own.",
    ),
)
