"""What can be counted: a row for each measure of targets and actuals, as far as tables ask about it.

How a measure is counted in a plan stands beside its name in ``planner.formulation.measures``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

__all__ = ["MEASURES", "PLACES", "PRICED", "TABLE_OF", "Measure", "declare"]

TABLE_OF: Mapping[str, str] = {
    "product": "products",
    "capacity": "capacities",
    "resource": "resources",
    "activity": "activities",
    "currency": "currencies",  # no table of its own: whatever costs and trade are in
}


@dataclass(frozen=True, kw_only=True)
class Measure:
    """A measure of targets, actuals and a user's own objective.

    Args:
        name: as in the tables.
        says: what is counted, in a sentence.
        axis: whose labels the item is.
        unit: of a cell: that of the ``item``, that ``per head``, the ``value`` unit of the economy, the ``foreign`` currency,
            ``units``, a ``level`` with 1 in the base period, or, where the item is a currency, the item ``itself``.
        star: what ``*`` is as an item: the ``sum`` over all; the same where their units differ, so that no target can be
            set for it (``mixed``); a ``level`` with 1 in the base period; or nothing.
        groups: whether groups are items too: of activities, those of capacities standing for the plant they run on; of
            products, and named aggregates of them.
        means: what makes it possible, as ``planner.economy.checks.use`` knows it; ``""`` where that is not checked.
        target: a target of it within a sentence, with ``{name}`` and ``{item}``.
        whole: the same of ``*``.
        stands: whether it is what there is at a time, and no amount of a period: a price of it is by the unit of time, and of
            the parts of a period the last counts for all.

    Raises:
        ValueError: a name or an axis that cannot be.
    """

    name: str
    says: str
    axis: str
    unit: Literal["item", "per head", "value", "foreign", "itself", "units", "level"] = "item"
    star: Literal["", "sum", "mixed", "level"] = ""
    groups: bool = False
    means: str = ""
    target: str = "{name} of {item}"
    whole: str = "all {name}"
    stands: bool = False

    def __post_init__(self) -> None:
        """Refuse what no table could hold."""
        if not re.fullmatch(r"[a-z]\w*", self.name, re.ASCII):
            raise ValueError(f'"{self.name}" is no name for a measure: a small letter, then letters, digits and "_".')
        if self.axis not in TABLE_OF:
            raise ValueError(f'The measure "{self.name}" is of "{self.axis}"; items are of {", ".join(TABLE_OF)}.')

    @property
    def table(self) -> str:
        """The table in which its items stand."""
        return TABLE_OF[self.axis]

    @property
    def places(self) -> tuple[str, ...]:
        """Where an item of a target must stand."""
        grouped = "aggregates" if self.axis == "product" else "groups"
        return (self.table, *([grouped] if self.groups else []), *(["*"] if self.star in ("sum", "level") else []))

    def words(self, item: str) -> str:
        """A target of it within a sentence.

        Args:
            item: its name, or ``*``.

        >>> MEASURES["export"].words("grain"), MEASURES["employment"].words("*"), MEASURES["consumption"].words("*")
        ('export of grain', 'all employment', 'consumption per head')
        """
        said = self.whole if item == "*" else self.target
        return said.format(name=self.name.replace("_", " "), item=item)


MEASURES: dict[str, Measure] = {}
PLACES: dict[str, tuple[str, ...]] = {}  # by measure: what the schema of targets and actuals goes by
PRICED: dict[str, tuple[str, ...]] = {}  # the same of all that is no money itself, so that it can have a price


def declare(measure: Measure) -> None:
    """Make a measure known to the tables.

    Raises:
        ValueError: another one has its name.
    """
    if MEASURES.get(measure.name, measure) != measure:
        raise ValueError(f'There is a measure "{measure.name}" already.')
    MEASURES[measure.name] = measure
    PLACES[measure.name] = measure.places
    if measure.axis != "currency":
        PRICED[measure.name] = measure.places


for _row in (
    Measure(
        name="output", says="gross output of all activities together", axis="product", means="made", target="{item}"
    ),
    Measure(
        name="value",
        says="gross output at base-period prices; a product without a price does not count",
        axis="product",
        unit="value",
        star="sum",
        groups=True,
        means="valued",
        target="value of the output of {item}",
        whole="value of all output",
    ),
    Measure(
        name="value_index",
        says="the same over that of the base period: an index at base-period prices, of the products with a price and a known "
        "output in the base period",
        axis="product",
        unit="level",
        star="sum",
        groups=True,
        means="indexed",
        target="index of the output of {item}",
        whole="index of all output",
    ),
    Measure(
        name="delivery",
        says="what the balance leaves beyond final use, households, investment, exports and stocks",
        axis="product",
        means="obtained",
    ),
    Measure(
        name="consumption",
        says="household use of a product per head, or the level of the whole bundle (*)",
        axis="product",
        unit="per head",
        star="level",
        means="bundle",
        whole="consumption per head",
    ),
    Measure(
        name="investment",
        says="building done, at central norms and base-period prices",
        axis="capacity",
        unit="value",
        star="sum",
        groups=True,
        means="built",
    ),
    Measure(name="capacity", says="plant in existence", axis="capacity", star="mixed", stands=True),
    Measure(
        name="employment", says="resource used by production and building; * is all labour", axis="resource", star="sum"
    ),
    Measure(
        name="idle",
        says="resource that is there and not used",
        axis="resource",
        star="sum",
        whole="all that is idle",
        target="{item} not used",
    ),
    Measure(
        name="trained",
        says="persons who start training for a grade",
        axis="resource",
        star="sum",
        means="trained",
        target="training for {item}",
        whole="all training",
    ),
    Measure(
        name="recruited",
        says="persons recruited from outside",
        axis="resource",
        star="sum",
        means="recruited",
        target="recruiting of {item}",
        whole="all recruiting",
    ),
    Measure(
        name="dismissed",
        says="persons dismissed",
        axis="resource",
        star="sum",
        means="dismissed",
        target="dismissals of {item}",
        whole="all dismissals",
    ),
    Measure(
        name="downgraded",
        says="persons of a grade moved down for good",
        axis="resource",
        star="sum",
        means="downgraded",
        target="downgrading of {item}",
        whole="all downgrading",
    ),
    Measure(name="export", says="sold abroad", axis="product", means="export"),
    Measure(name="import", says="bought abroad", axis="product", means="import"),
    Measure(
        name="sent",
        says="moved out of a region less moved into it",
        axis="product",
        target="surplus of {item} sent elsewhere",
    ),
    Measure(name="stock", says="kept at the end of the period", axis="product", means="stock", stands=True),
    Measure(
        name="activity", says="level of one technique, or of a group of them together", axis="activity", groups=True
    ),
    Measure(name="start", says="building begun", axis="capacity", star="mixed"),
    Measure(name="expansion", says="expansions begun, of plant that is built by them", axis="capacity", unit="units"),
    Measure(
        name="running",
        says="units of a technique, or of a group, that are on",
        axis="activity",
        unit="units",
        groups=True,
        stands=True,
    ),
    Measure(
        name="started",
        says="units of a technique, or of a group, that are switched on",
        axis="activity",
        unit="units",
        groups=True,
    ),
    Measure(
        name="trade_balance",
        says="value of exports less that of imports, at the prices of trade",
        axis="product",
        unit="foreign",
        star="sum",
        whole="trade balance",
    ),
    Measure(
        name="exchange",
        says="what is given of a currency for others",
        axis="currency",
        unit="itself",
    ),
    Measure(
        name="cost",
        says="what is paid in a currency: costs, and imports at their prices",
        axis="currency",
        unit="itself",
        target="cost in {item}",
    ),
    Measure(
        name="revenue",
        says="what is earned in a currency: revenue, and exports at their prices",
        axis="currency",
        unit="itself",
        target="revenue in {item}",
    ),
    Measure(
        name="net_revenue",
        says="revenue less cost in a currency",
        axis="currency",
        unit="itself",
        target="net revenue in {item}",
    ),
):
    declare(_row)
