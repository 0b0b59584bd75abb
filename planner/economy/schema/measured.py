"""Columns by which a row says what it counts: a measure, an item and periods."""

from __future__ import annotations

from planner.economy.measures import PLACES
from planner.economy.schema.columns import By, Column, Place, key

__all__ = ["MEASURE", "MEASURED", "SOMEWHERE", "WHEN", "sense"]

MEASURE = Column("measure", "choice", "what is measured", key=True, required=True, choices=PLACES.keys())
MEASURED = key(
    "item", "of what: a product, capacity, resource, activity or group; `*` for all", refers=By("measure", PLACES)
)
SOMEWHERE = (
    Place(
        "region",
        "item",
        "of one region, of several together (`URA+WSB`) or of what moves (`UKR>CEN`); without: of the country",
        several=True,
    ),
)
WHEN = key("period", "one period, `first..last` or a comma list for a sum", kind="periods")


def sense(meaning: str, default: str | None = None) -> Column:
    """The column that says on which side a number stands."""
    return Column(
        "sense",
        "choice",
        meaning,
        key=True,
        required=default is None,
        default=default,
        choices=("at_least", "at_most", "exactly"),
    )
